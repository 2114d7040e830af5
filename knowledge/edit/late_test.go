package edit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"frontdesk/knowledge"
)

// TestLateFolder changes files of a folder that comes after the book, goes, and comes back as another one, as mounts do.
func TestLateFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "articles")
	b := At(dir, filepath.Join(t.TempDir(), "changes.jsonl"))
	t.Cleanup(func() { b.Close() })
	if err := b.Ready(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Ready() without a folder = %v, want that it does not exist", err)
	}
	if _, err := fs.ReadFile(b.FS(), "a.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("reading without a folder = %v, want that it does not exist", err)
	}
	parking := knowledge.SectionID("a#where-can-i-park")
	teach := func(step, words string) {
		t.Helper()
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, dir, map[string]string{"a.md": "# A\n\n## Where can I park?\n\nBehind the house.\n"})
		if err := b.Ready(); err != nil {
			t.Fatalf("%s: Ready() = %v", step, err)
		}
		base, _ := knowledge.Load(b.FS(), knowledge.Handoff{})
		c, err := b.AddPhrasing(base.Sections()[0], words)
		if err == nil {
			err = b.Apply(t.Context(), "ann", c)
		}
		if err != nil {
			t.Fatalf("%s: teach %q: %v", step, words, err)
		}
		base, _ = knowledge.Load(os.DirFS(dir), knowledge.Handoff{})
		if s := base.Sections()[0]; s.ID != parking || len(s.Phrasings) != 1 || s.Phrasings[0] != words {
			t.Errorf("%s: the folder holds %v of %s, want %q of %s", step, s.Phrasings, s.ID, words, parking)
		}
	}
	teach("the folder has come", "is there a car park")
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	if b.Ready() == nil {
		t.Error("Ready() after the folder went = nil")
	}
	teach("another folder has come", "where do I leave my car")
	if (*Book)(nil).Ready() == nil {
		t.Error("Ready() of no book = nil")
	}
}
