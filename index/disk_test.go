package index_test

import (
	"os"
	"path/filepath"
	"testing"

	"frontdesk/index"
)

// TestOnDisk answers from a folder as from memory, and leaves nothing in it.
func TestOnDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := index.ClearFolder(dir); err != nil {
		t.Fatal(err)
	}
	base := library(40)
	inMemory, err := index.Build(t.Context(), base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer inMemory.Close()
	onDisk, err := index.Build(t.Context(), base, index.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if files := in(t, dir); len(files) != 1 {
		t.Errorf("the folder holds %q, want the one index", files)
	}
	for _, text := range questionsFor(base) {
		same(t, "on disk", index.Query{Text: text}, onDisk, inMemory)
	}
	live := index.NewLive(onDisk)
	_, release := live.Acquire()
	live.Close()
	if files := in(t, dir); len(files) != 1 {
		t.Errorf("the folder holds %q while somebody reads, want the one index", files)
	}
	release()
	if files := in(t, dir); len(files) != 0 {
		t.Errorf("the folder holds %q after the last reader, want nothing", files)
	}
}

// TestClearFolder takes away what was left of an index and nothing else.
func TestClearFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"index-123/bleve", "mine"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "index-notes.txt")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := index.ClearFolder(dir); err != nil {
		t.Fatal(err)
	}
	if files := in(t, dir); len(files) != 2 {
		t.Errorf("ClearFolder leaves %q, want what is nobody's index", files)
	}
	if err := index.ClearFolder(file); err == nil {
		t.Error("ClearFolder of a file gives no error")
	}
}

// in returns the names of what is in a folder.
func in(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
