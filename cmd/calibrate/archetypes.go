package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"frontdesk/index"
	"frontdesk/knowledge/lang"
)

// writeArchetypes learns the archetypes of every language that has examples and writes each language's into its
// folder under dir.
func writeArchetypes(ctx context.Context, dir string) error {
	for _, code := range lang.Languages() {
		learned, err := index.LearnArchetypes(ctx, code)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		for name, data := range learned {
			if err := os.WriteFile(filepath.Join(dir, code, name), data, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeVectors learns the word vectors of every language that has pairs in the folder pairs and writes each language's
// into its folder under dir.
func writeVectors(ctx context.Context, dir, pairs string) error {
	for _, code := range lang.Languages() {
		data, err := index.LearnVectors(ctx, code, os.DirFS(pairs))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, code, "vectors.bin"), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
