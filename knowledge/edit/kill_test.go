package edit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// writerVar names the folder that a copy of the test program writes to until it is killed.
const writerVar = "EDIT_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerVar); dir != "" {
		fmt.Println("writer:", writer(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writer makes one change after another, and says when each is done.
func writer(dir string) error {
	b, err := Open(filepath.Join(dir, "knowledge"), filepath.Join(dir, "changes.jsonl"))
	if err != nil {
		return err
	}
	base, _ := knowledge.Load(b.FS(), knowledge.Handoff{})
	s := base.Sections()[0]
	for n := 0; ; n++ {
		text, err := b.Section(s)
		if err != nil {
			return err
		}
		text.Body = strings.Repeat(fmt.Sprintf("Version %d.\n", n), 300)
		c, err := b.Replace(s, text)
		if err != nil {
			return err
		}
		if err := b.Apply(context.Background(), "writer", c); err != nil {
			return err
		}
		fmt.Println("written", n)
	}
}

// TestKilled kills a program that writes, again and again: the file is whole, the list of changes can be read, and what
// the file says is in the list.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "knowledge")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, folder, map[string]string{"a.md": "# Article\n\n## Section\n\nVersion 0.\n\n## Other\n\nStays.\n"})
	for round := range 6 {
		writing := exec.Command(os.Args[0])
		writing.Env = append(os.Environ(), writerVar+"="+dir)
		out, err := writing.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writing.Start(); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 1)
		for seen := 0; seen < 12+round*7; seen++ { // somewhere between two changes, and within one
			if _, err := out.Read(buf); err != nil {
				t.Fatalf("the writer ended: %v", err)
			}
		}
		if err := writing.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var killed *exec.ExitError
		if err := writing.Wait(); !errors.As(err, &killed) || killed.Exited() {
			t.Fatalf("the writer was not killed: %v", err)
		}
		checkWhole(t, folder, filepath.Join(dir, "changes.jsonl"))
	}
}

func checkWhole(t *testing.T, folder, list string) {
	t.Helper()
	b, err := Open(folder, list)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	now := load(b.FS())
	if len(newErrors(nil, now.problems)) > 0 || len(now.base.Sections()) != 2 {
		t.Fatalf("after the kill: %v", now.problems)
	}
	body := now.base.Sections()[0].Body
	first, _, _ := strings.Cut(body, "\n")
	if strings.Count(body, first) != strings.Count(body, "\n")+1 || now.base.Sections()[1].Body != "Stays." {
		t.Fatalf("half a change is in the file: it begins with %q and has %d bytes", first, len(body))
	}
	data, err := os.ReadFile(filepath.Join(folder, "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := b.Audit(0)
	if err != nil || len(entries) == 0 {
		t.Fatalf("Audit = %v, %v", entries, err)
	}
	if is := hash(data); is != entries[0].After && is != entries[0].Before {
		t.Errorf("what the file says is not at the top of the list: %+v", entries[0])
	}
}
