package knowledge

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOpenDir(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret.md")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(outside, "# Secret\nNot yours.")
	write(filepath.Join(dir, "a.md"), "# A\nText.")
	if err := os.Symlink(outside, filepath.Join(dir, "link.md")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	_ = os.Symlink("a.md", filepath.Join(dir, "inside.md"))
	_ = os.Symlink(filepath.Dir(outside), filepath.Join(dir, "folder"))
	_ = os.Symlink("gone.md", filepath.Join(dir, "nowhere.md"))

	base, problems := open(t, dir)
	want := []string{"a#introduction | introduction | A | Text.", "inside#introduction | introduction | A | Text."}
	if diff := cmp.Diff(want, show(base)); diff != "" {
		t.Errorf("folder: %s", diff)
	}
	wantProblems(t, problems, "folder: warning: left out: the link leaves the folder", "link.md: warning: left out: the link leaves the folder",
		"nowhere.md: error: the link leads nowhere")

	if err := os.Symlink(outside, filepath.Join(dir, "desk.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, problems = open(t, dir); problems[0].Source.File != "desk.yaml" || problems[0].Level != Error {
		t.Errorf("settings behind a link that leaves the folder: %v, want an error", problems)
	}

	base, problems = open(t, filepath.Join(dir, "a.md"))
	wantProblems(t, problems)
	if diff := cmp.Diff(want[:1], show(base)); diff != "" {
		t.Errorf("file: %s", diff)
	}
	base, _ = open(t, filepath.Join(dir, "link.md"))
	if diff := cmp.Diff([]string{"link#introduction | introduction | Secret | Not yours."}, show(base)); diff != "" {
		t.Errorf("file behind a link that was named: %s", diff)
	}
	if _, _, err := OpenDir(filepath.Join(dir, "none")); err == nil {
		t.Error("OpenDir of nothing: no error")
	}
}

func open(t *testing.T, path string) (Base, []Problem) {
	t.Helper()
	folder, closer, err := OpenDir(path)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	return Load(folder, contact)
}
