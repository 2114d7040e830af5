package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"frontdesk/knowledge/lang"
)

// writeLearned learns something of every language that has examples of it and writes each language's files, by their
// names, into its folder under dir. learn wraps fs.ErrNotExist for a language without examples.
func writeLearned(dir string, learn func(code string) (map[string][]byte, error)) error {
	for _, code := range lang.Languages() {
		learned, err := learn(code)
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
