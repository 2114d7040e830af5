package versions

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/knowledge/filetree"
)

func open(t *testing.T, dir string, keep int) *Store {
	t.Helper()
	s, err := Open(dir, keep)
	if err != nil {
		t.Fatalf("Open(%q) = %v", dir, err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// folder makes a folder of files by name.
func folder(files map[string]string) fs.FS {
	m := map[string][]byte{}
	for name, text := range files {
		m[name] = []byte(text)
	}
	return filetree.Of(m)
}

// contents reads a folder back.
func contents(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatalf("read the folder: %v", err)
	}
	return all
}

func keep(t *testing.T, s *Store, files map[string]string, v Version) Version {
	t.Helper()
	kept, err := s.Keep(folder(files), v)
	if err != nil {
		t.Fatalf("Keep(%v) = %v", files, err)
	}
	return kept
}

func list(t *testing.T, s *Store) []Version {
	t.Helper()
	all, err := s.List()
	if err != nil {
		t.Fatalf("List() = %v", err)
	}
	return all
}

func TestAVersionComesBackAsItWas(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 0)
	files := map[string]string{"a.md": "one\n", "sub/deep/b.md": "two", "sub/c.md": "one\n", "desk.yaml": "", "Straße.md": "ß"}
	at := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	kept := keep(t, s, files, Version{At: at, Author: "Anna", Reason: "opening hours", Forced: true, Files: []File{{Name: "a.md", Sections: 3}, {Name: "sub/c.md", Sections: 2}}})
	id, _, err := Describe(folder(files))
	if err != nil || kept.ID != id || kept.Sections != 5 || len(kept.Changes) != 0 {
		t.Errorf("Keep() = %+v, want id %s with 5 sections and nothing to compare with (%v)", kept, id, err)
	}
	again := open(t, dir, 0) // as after a restart
	if diff := cmp.Diff([]Version{kept}, list(t, again)); diff != "" {
		t.Errorf("List() after a restart, -want +got:\n%s", diff)
	}
	for _, id := range []string{kept.ID, kept.ID[:4]} {
		fsys, err := again.FS(id)
		if err != nil {
			t.Fatalf("FS(%q) = %v", id, err)
		}
		if diff := cmp.Diff(files, contents(t, fsys)); diff != "" {
			t.Errorf("FS(%q), -want +got:\n%s", id, diff)
		}
		if err := fstest.TestFS(fsys, slices.Sorted(mapKeys(files))...); err != nil {
			t.Error(err)
		}
	}
	for _, id := range []string{"", "000", "ffffffffffffffffffffffff", "../../../etc", kept.ID[:3]} {
		if _, err := again.FS(id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("FS(%q) = %v, want fs.ErrNotExist", id, err)
		}
	}
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func TestDescribe(t *testing.T) {
	id := func(files map[string]string) string {
		id, _, err := Describe(folder(files))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	one := map[string]string{"a.md": "1", "b.md": "2"}
	if id(one) != id(map[string]string{"b.md": "2", "a.md": "1", ".git/HEAD": "x", "a.md~": "y", "c.md.tmp": "z"}) {
		t.Error("hidden files change the id")
	}
	for name, other := range map[string]map[string]string{
		"another text":  {"a.md": "1", "b.md": "3"},
		"another name":  {"a.md": "1", "c.md": "2"},
		"one more file": {"a.md": "1", "b.md": "2", "c.md": ""},
		"swapped":       {"a.md": "2", "b.md": "1"},
		"one less file": {"a.md": "1"},
	} {
		if id(one) == id(other) {
			t.Errorf("%s: the same id", name)
		}
	}
	if !validID.MatchString(id(one)) {
		t.Errorf("Describe() = %q, want an id that is good for a file's name", id(one))
	}
}

func TestWhatIsKeptOnce(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	a, b := map[string]string{"a.md": "A"}, map[string]string{"a.md": "B", "b.md": "B"}
	first := keep(t, s, a, Version{Author: "Anna"})
	if again := keep(t, s, a, Version{Author: "Ben"}); again.Author != "Anna" {
		t.Errorf("what serves is kept again, by %s", again.Author)
	}
	if draft := keep(t, s, a, Version{Draft: true}); draft.At != first.At {
		t.Error("a draft of what serves is kept")
	}
	keep(t, s, b, Version{Draft: true})
	if v := keep(t, s, a, Version{Draft: true}); v.At != first.At {
		t.Error("a draft of what serves is kept behind another draft")
	}
	keep(t, s, b, Version{})
	last := keep(t, s, a, Version{Reason: "back"})
	want := []FileChange{{"a.md", Changed, 0, 0}, {"b.md", Removed, 0, 0}}
	if diff := cmp.Diff(want, last.Changes); diff != "" {
		t.Errorf("Changes of the version that came back, -want +got:\n%s", diff)
	}
	var got []string
	for _, v := range list(t, s) {
		got = append(got, fmt.Sprint(v.ID == first.ID, v.Draft))
	}
	if want := []string{"true false", "false false", "false true", "true false"}; !slices.Equal(got, want) {
		t.Errorf("List() = %q, want %q", got, want)
	}
}

func TestTimeNeverRunsBackwards(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	at := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	for i := range 5 {
		keep(t, s, map[string]string{"a.md": fmt.Sprint(i)}, Version{At: at.Add(-time.Duration(i) * time.Hour), Reason: fmt.Sprint(i)})
	}
	var got []string
	for _, v := range list(t, s) {
		got = append(got, v.Reason)
	}
	if want := []string{"4", "3", "2", "1", "0"}; !slices.Equal(got, want) {
		t.Errorf("List() = %v, want %v although the clock ran backwards", got, want)
	}
}

func TestTheStoreIsBounded(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 3)
	for i := range 6 {
		keep(t, s, map[string]string{"a.md": fmt.Sprint("text ", i), "same.md": "same"}, Version{})
		age(t, dir, 2*time.Hour)
	}
	if n := len(list(t, s)); n != 3 {
		t.Errorf("%d versions are kept, want 3", n)
	}
	if n := len(objects(t, dir)); n != 4 {
		t.Errorf("%d contents are kept, want those of 3 versions: 4", n)
	}
	for _, v := range list(t, s) {
		fsys, err := s.FS(v.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := contents(t, fsys); got["same.md"] != "same" {
			t.Errorf("a version that is kept holds %v", got)
		}
	}
	serving := list(t, s)[0]
	for i := range 6 {
		keep(t, s, map[string]string{"a.md": fmt.Sprint("draft ", i)}, Version{Draft: true})
	}
	if v, err := s.Version(serving.ID); err != nil || v.Draft {
		t.Errorf("drafts push out the version that serves: %v", err)
	}
}

// TestFreshContentsAreSpared: another program may be about to write the record that names them.
func TestFreshContentsAreSpared(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 1)
	for i := range 4 {
		keep(t, s, map[string]string{"a.md": fmt.Sprint(i)}, Version{})
	}
	if n := len(objects(t, dir)); n != 4 {
		t.Errorf("%d contents are left of 4 written within the hour, want all", n)
	}
}

// age makes all contents older.
func age(t *testing.T, dir string, by time.Duration) {
	t.Helper()
	for _, name := range objects(t, dir) {
		at := time.Now().Add(-by)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

func objects(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, objectsDir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestFind(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	for _, text := range []string{"A", "B", "B2", "C", "B", "D"} {
		keep(t, s, map[string]string{"a.md": text}, Version{Reason: text, Draft: text == "B2"})
	}
	for spec, want := range map[string]string{"-1": "B", "-2": "C", "-3": "A"} {
		if v, err := s.Find(spec); err != nil || v.Reason != want {
			t.Errorf("Find(%q) = %q, %v, want %q", spec, v.Reason, err, want)
		}
	}
	for _, spec := range []string{"-4", "-0", "0", "1", "", "-x", "zzzz"} {
		if v, err := s.Find(spec); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Find(%q) = %v, %v, want fs.ErrNotExist", spec, v.ID, err)
		}
	}
}

func TestWhatCannotBeReadIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 0)
	good := keep(t, s, map[string]string{"a.md": "good"}, Version{})
	other := keep(t, s, map[string]string{"a.md": "other"}, Version{})
	record, err := os.ReadFile(filepath.Join(dir, recordsDir, recordName(other)))
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string]string{
		recordName(other): string(record[:len(record)/2]),
		"20990101T000000.000000000Z-" + good.ID + ".json":          string(record),
		"20990102T000000.000000000Z-000000000000000000000000.json": "",
		"20990103T000000.000000000Z-000000000000000000000000.json": `{"id":"000000000000000000000000","at":"2099-01-03T00:00:00Z"}`,
		"zzz.json":              "not JSON",
		tempPrefix + "half.tmp": "passed over without a word",
	}
	for name, text := range broken {
		if err := os.WriteFile(filepath.Join(dir, recordsDir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ordersDir, pinFile), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, 0)
	if all := list(t, again); len(all) != 1 || all[0].ID != good.ID {
		t.Errorf("List() = %v, want the one that is whole", all)
	}
	problems, err := again.Problems()
	if err != nil || len(problems) != 6 {
		t.Errorf("Problems() = %v, %v, want one for each of 5 records and the order", problems, err)
	}
	for _, p := range problems {
		if p.Source.File == "" || p.Advice == "" {
			t.Errorf("the problem %q names no file or no advice", p)
		}
	}
	if _, ok := again.Pinned(); ok {
		t.Error("Pinned() of a half-written pin")
	}
	if v := keep(t, again, map[string]string{"a.md": "new"}, Version{}); v.ID == "" {
		t.Error("nothing can be kept beside broken records")
	}
}

func TestDamagedContent(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 0)
	v := keep(t, s, map[string]string{"a.md": "good", "b.md": "fine"}, Version{})
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(objectName(v.file("a.md").SHA256))), []byte("evil"), 0o644); err != nil {
		t.Fatal(err)
	}
	fsys, err := s.FS(v.ID)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := fs.ReadFile(fsys, "a.md"); err == nil {
		t.Errorf("a damaged content is read as %q", data)
	}
	if data, err := fs.ReadFile(fsys, "b.md"); err != nil || string(data) != "fine" {
		t.Errorf("the content beside it is read as %q, %v", data, err)
	}
	keep(t, s, map[string]string{"a.md": "goodness"}, Version{})
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(objectName(v.file("a.md").SHA256))), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	keep(t, s, map[string]string{"a.md": "good", "b.md": "fine"}, Version{})
	if data, err := fs.ReadFile(fsys, "a.md"); err != nil || string(data) != "good" {
		t.Errorf("a content cut short is kept again as %q, %v, want it mended", data, err)
	}
}

func TestNoSuchID(t *testing.T) {
	s := open(t, t.TempDir(), 0)
	for _, id := range []string{"", "..", "../records/x", strings.Repeat("a", 23), strings.Repeat("A", 24)} {
		if err := s.Approve(Approval{ID: id}); err == nil {
			t.Errorf("Approve(%q) = nil", id)
		}
		if _, ok := s.Approved(id); ok {
			t.Errorf("Approved(%q)", id)
		}
	}
}

func TestOrders(t *testing.T) {
	dir := t.TempDir()
	s, other := open(t, dir, 0), open(t, dir, 0)
	a := Approval{ID: strings.Repeat("ab", 12), At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Author: "Anna", Reason: "because"}
	if err := s.Approve(a); err != nil {
		t.Fatal(err)
	}
	if got, ok := other.Approved(a.ID); !ok || got != a {
		t.Errorf("Approved() by another program = %v, %v, want %v", got, ok, a)
	}
	if err := errors.Join(other.Disapprove(a.ID), other.Disapprove(a.ID)); err != nil {
		t.Errorf("Disapprove() twice = %v", err)
	}
	if _, ok := s.Approved(a.ID); ok {
		t.Error("an approval outlives its end")
	}
	pin := Pin{a, "disk", "read-only"}
	if err := s.Pin(pin); err != nil {
		t.Fatal(err)
	}
	if got, ok := other.Pinned(); !ok || got != pin {
		t.Errorf("Pinned() by another program = %v, %v, want %v", got, ok, pin)
	}
	if err := errors.Join(other.Unpin(), other.Unpin()); err != nil {
		t.Errorf("Unpin() twice = %v", err)
	}
}
