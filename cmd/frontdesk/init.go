package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

func initCommand() command {
	return command{
		name:    "init",
		args:    "DIR",
		summary: "make a folder of articles to start from",
		text: `
Writes the sample knowledge into DIR, which must be empty or new, for you to change: desk.yaml first (your name and the
way to reach you), then the articles, and in questions.tsv the questions whose answers you count on.

Example:
  frontdesk init articles
  frontdesk chat -knowledge articles`,
		run: program.init,
	}
}

func (p program) init(_ context.Context, args []string) error {
	f := p.flags(initCommand())
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return misuse("want one DIR")
	}
	dir := f.Arg(0)
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%q is a file; name a new folder", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("%q is not empty; name a new folder", dir)
	}
	files := 0
	err = fs.WalkDir(sample(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(sample(), path)
		if err != nil {
			return err
		}
		files++
		target := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s in %s. Start with desk.yaml, then: frontdesk chat -knowledge %s\n", count(files, "file"), dir, dir)
	return nil
}
