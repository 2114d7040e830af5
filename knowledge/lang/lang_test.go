package lang

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestEmbedded holds the program to what it reads of a language: all of its folder but what only training reads.
func TestEmbedded(t *testing.T) {
	for _, code := range Languages() {
		err := fs.WalkDir(os.DirFS(code), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			trains := strings.HasPrefix(name, "crisis/") || strings.HasPrefix(name, "archetypes/")
			if _, err := File(code, name); trains != errors.Is(err, fs.ErrNotExist) {
				t.Errorf("File(%q, %q) error = %v, want it in the program unless only training reads it", code, name, err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
