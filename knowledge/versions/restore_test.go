package versions

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// usualMode is that of files that a group of people may change, which the usual mask would not let through.
const usualMode = 0o660

// put makes a real folder of files.
func put(t *testing.T, files map[string]string) (string, *os.Root) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, usualMode); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return dir, root
}

func TestRestore(t *testing.T) {
	from := map[string]string{"a.md": "new", "b.md": "same", "sub/c.md": "added since"}
	to := map[string]string{"a.md": "old", "b.md": "same", "gone/d.md": "removed since"}
	for name, c := range map[string]struct{ disk, want map[string]string }{
		"as from has it":                         {from, to},
		"as to has it already":                   {to, to},
		"cut short in the middle":                {map[string]string{"a.md": "old", "b.md": "same", "sub/c.md": "added since"}, to},
		"with files that are not knowledge":      {with(from, "photo.jpg", "J"), with(to, "photo.jpg", "J")},
		"with what a killed program left behind": {with(from, ".frontdesk-version-ABCDEFGHIJKL.tmp", "half"), to},
		"while the console writes a file":        {with(from, ".frontdesk-abcdefghijkl.tmp", "half"), with(to, ".frontdesk-abcdefghijkl.tmp", "half")},
		"while somebody saves":                   {with(from, "a.md", "mine"), with(to, "a.md", "mine")},
		"while somebody removes":                 {without(from, "a.md"), without(to, "a.md")},
		"while somebody saves what was added":    {with(from, "sub/c.md", "mine"), with(to, "sub/c.md", "mine")},
		"while somebody writes what was removed": {with(from, "gone/d.md", "mine"), with(to, "gone/d.md", "mine")},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, t.TempDir(), 0)
			target := keep(t, s, to, Version{})
			source := keep(t, s, from, Version{})
			dir, root := put(t, c.disk)
			if err := s.Restore(root, Restore{Approval{ID: target.ID}, source.ID}); err != nil {
				t.Fatalf("Restore() = %v", err)
			}
			if diff := cmp.Diff(c.want, contents(t, os.DirFS(dir))); diff != "" {
				t.Errorf("the folder, -want +got:\n%s", diff)
			}
			if r, under := s.Restoring(); under {
				t.Errorf("Restoring() = %v after it ended", r)
			}
			if info, err := os.Stat(filepath.Join(dir, "a.md")); err == nil && info.Mode().Perm() != usualMode {
				t.Errorf("a.md has the mode %v, want that of the file before", info.Mode().Perm())
			}
		})
	}
}

func with(files map[string]string, name, text string) map[string]string {
	m := map[string]string{name: text}
	for k, v := range files {
		if k != name {
			m[k] = v
		}
	}
	return m
}

func without(files map[string]string, name string) map[string]string {
	m := with(files, name, "")
	delete(m, name)
	return m
}

func TestFinishRestore(t *testing.T) {
	store := t.TempDir()
	s := open(t, store, 0)
	to, from := map[string]string{"a.md": "old", "b.md": "old"}, map[string]string{"a.md": "new", "b.md": "new"}
	target, source := keep(t, s, to, Version{}), keep(t, s, from, Version{})
	dir, root := put(t, with(from, "b.md", "old")) // one file is back already
	if err := s.order(restoreFile, Restore{Approval{ID: target.ID}, source.ID}); err != nil {
		t.Fatal(err)
	}
	again := open(t, store, 0)
	for range 2 {
		if err := again.FinishRestore(root); err != nil {
			t.Fatalf("FinishRestore() = %v", err)
		}
	}
	if diff := cmp.Diff(to, contents(t, os.DirFS(dir))); diff != "" {
		t.Errorf("the folder, -want +got:\n%s", diff)
	}
}

// TestRestoreWhileSomebodySaves has files saved after their successors were prepared.
func TestRestoreWhileSomebodySaves(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	to, from := map[string]string{"a.md": "old", "b.md": "old", "c.md": "old"}, map[string]string{"a.md": "new", "b.md": "new", "d.md": "new"}
	target, source := keep(t, s, to, Version{}), keep(t, s, from, Version{})
	dir, root := put(t, from)
	plan := newReplacement(s, root)
	for _, c := range Diff(source.Files, target.Files) {
		if err := plan.stage(c.File, source.file(c.File), target.file(c.File)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a.md", "c.md", "d.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := plan.carryOut(); err != nil {
		t.Fatal(err)
	}
	plan.drop()
	want := map[string]string{"a.md": "mine", "b.md": "old", "c.md": "mine", "d.md": "mine"}
	if diff := cmp.Diff(want, contents(t, os.DirFS(dir))); diff != "" {
		t.Errorf("the folder, -want +got:\n%s", diff)
	}
}

// TestRestoreFailsWhole has a folder stand where a file has to go: nothing else may have changed by then.
func TestRestoreFailsWhole(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	to, from := map[string]string{"a.md": "old", "z.md": "old"}, map[string]string{"a.md": "new"}
	target, source := keep(t, s, to, Version{}), keep(t, s, from, Version{})
	disk := with(from, "z.md/in the way.txt", "x")
	dir, root := put(t, disk)
	if err := s.Restore(root, Restore{Approval{ID: target.ID}, source.ID}); err == nil {
		t.Error("Restore() over a folder = nil")
	}
	if diff := cmp.Diff(disk, contents(t, os.DirFS(dir))); diff != "" {
		t.Errorf("the folder, -want +got:\n%s", diff)
	}
	if _, under := s.Restoring(); under {
		t.Error("an order that cannot be carried out remains")
	}
}

// TestRestoreStaysInTheFolder has a link lead out of it where a file has to go.
func TestRestoreStaysInTheFolder(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	target := keep(t, s, map[string]string{"out/a.md": "old"}, Version{})
	source := keep(t, s, map[string]string{"b.md": "new"}, Version{})
	outside := t.TempDir()
	dir, root := put(t, map[string]string{"b.md": "new"})
	if err := os.Symlink(outside, filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(root, Restore{Approval{ID: target.ID}, source.ID}); err == nil {
		t.Error("Restore() through a link that leaves the folder = nil")
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Errorf("outside of the folder there is %v, %v", entries, err)
	}
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	s, other := open(t, dir, 0), open(t, dir, 0)
	unlock, err := s.Lock(t.Context())
	if err != nil {
		t.Fatalf("Lock() = %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := other.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Lock() while another holds it = %v, want %v", err, context.DeadlineExceeded)
	}
	got := make(chan error)
	go func() {
		unlock, err := other.Lock(t.Context())
		if err == nil {
			unlock()
		}
		got <- err
	}()
	unlock()
	if err := <-got; err != nil {
		t.Errorf("Lock() once the other lets go = %v", err)
	}
}

func TestAStoreThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, 0); err == nil || !strings.Contains(err.Error(), "open versions") {
		t.Errorf("Open(a file) = %v, want an error that says what", err)
	}
}
