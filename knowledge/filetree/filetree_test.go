package filetree

import (
	"errors"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestOf(t *testing.T) {
	fsys := Of(map[string][]byte{"a.md": []byte("one"), "more/b.md": nil, "more/still/c.md": []byte("three")})
	if err := fstest.TestFS(fsys, "a.md", "more/b.md", "more/still/c.md"); err != nil {
		t.Error(err)
	}
	if err := fstest.TestFS(Of(nil)); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestAddRefusesTricks(t *testing.T) {
	for _, name := range []string{"../x", "/etc/passwd", "a/../b", "", ".", "a.md/b.md", "a.md/b/c.md", "a//b"} {
		tree := New()
		empty := func() ([]byte, error) { return nil, nil }
		tree.Add("a.md", 0, empty)
		tree.Add(name, 0, empty)
		if err := fstest.TestFS(tree, "a.md"); err != nil {
			t.Errorf("with a file %q: %v", name, err)
		}
		if entries, err := fs.ReadDir(tree, "."); len(entries) != 1 || err != nil {
			t.Errorf("a folder with a file %q lists %v, %v, want a.md alone", name, entries, err)
		}
		if info, err := fs.Stat(tree, "a.md/b"); err == nil {
			t.Errorf("a folder with a file %q has %v below a file", name, info)
		}
	}
}

func TestUnreadable(t *testing.T) {
	broken := errors.New("broken")
	tree := New()
	tree.Add("a.md", 1, func() ([]byte, error) { return nil, broken })
	if _, err := fs.ReadFile(tree, "a.md"); !errors.Is(err, broken) {
		t.Errorf("ReadFile() = %v, want %v", err, broken)
	}
	if _, err := fs.ReadFile(tree, "b.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadFile() of no file = %v, want %v", err, fs.ErrNotExist)
	}
}

func TestFile(t *testing.T) {
	f := File("a.md", []byte("one"))
	data, err := io.ReadAll(f)
	info, statErr := f.Stat()
	if string(data) != "one" || errors.Join(err, statErr, f.Close()) != nil {
		t.Errorf("File() holds %q, %v, %v", data, err, statErr)
	}
	if info.Name() != "a.md" || info.Size() != 3 || !info.Mode().IsRegular() {
		t.Errorf("Stat() = %v", info)
	}
}
