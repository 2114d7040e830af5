package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func numbered(id int) update {
	u := update{raw: json.RawMessage(fmt.Sprintf("{\"update_id\": %d,\n \"message\": {\"text\": \"words %d\"}}", id, id))}
	u.UpdateID = id
	return u
}

func mustAccept(t *testing.T, b *inbox, ids ...int) (fresh []int) {
	t.Helper()
	var batch []update
	for _, id := range ids {
		batch = append(batch, numbered(id))
	}
	got, err := b.accept(batch)
	if err != nil {
		t.Fatalf("accept(%v) = %v", ids, err)
	}
	for _, u := range got {
		fresh = append(fresh, u.UpdateID)
	}
	return fresh
}

func mustOpen(t *testing.T, dir string) *inbox {
	t.Helper()
	b, err := openInbox(dir, "42")
	if err != nil {
		t.Fatalf("openInbox() = %v", err)
	}
	t.Cleanup(func() { b.close() })
	return b
}

func pendingIDs(b *inbox) (ids []int) {
	for _, raw := range b.pending() {
		id, _ := updateID(raw)
		ids = append(ids, id)
	}
	return ids
}

func TestInbox(t *testing.T) {
	for _, dir := range []string{"", filepath.Join(t.TempDir(), "made", "when", "missing")} {
		b := mustOpen(t, dir)
		if got := mustAccept(t, b, 3, 1, 2, 3); fmt.Sprint(got) != "[3 1 2]" {
			t.Errorf("accept() = %v, want each once", got)
		}
		for _, id := range []int{1, 1, 99} {
			if err := b.done(id); err != nil {
				t.Errorf("done(%d) = %v", id, err)
			}
		}
		if got := mustAccept(t, b, 1, 2, 4); fmt.Sprint(got) != "[4]" {
			t.Errorf("accept() = %v, want only what is new", got)
		}
		if got := pendingIDs(b); fmt.Sprint(got) != "[2 3 4]" {
			t.Errorf("pending() = %v", got)
		}
	}
}

func TestInboxSurvives(t *testing.T) {
	dir := t.TempDir()
	b := mustOpen(t, dir)
	mustAccept(t, b, 1, 2, 3)
	b.done(2)
	// No close: as after a kill. The last line of each file is torn.
	tear(t, filepath.Join(dir, "telegram-42-"+inboxName), `{"update_id":4,"mess`)
	tear(t, filepath.Join(dir, "telegram-42-"+answeredName), "3")
	again := mustOpen(t, dir)
	if got := pendingIDs(again); fmt.Sprint(got) != "[1 3]" {
		t.Errorf("pending() = %v after a crash, want [1 3]", got)
	}
	if got := mustAccept(t, again, 1, 2, 3, 4); fmt.Sprint(got) != "[4]" {
		t.Errorf("accept() = %v after a crash, want only what is new", got)
	}
}

func tear(t *testing.T, name, line string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(line); err != nil {
		t.Fatal(err)
	}
}

func TestInboxForgetsWordsOnceAnswered(t *testing.T) {
	dir := t.TempDir()
	b := mustOpen(t, dir)
	read := func() string {
		data, err := os.ReadFile(filepath.Join(dir, "telegram-42-"+inboxName))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for id := 1; id <= 20; id++ {
		mustAccept(t, b, id)
	}
	for id := 1; id < 20; id++ {
		if err := b.done(id); err != nil {
			t.Fatal(err)
		}
		if left := strings.Count(read(), "words"); left != b.len() {
			t.Errorf("after %d answers the file holds the words of %d, and %d wait", id, left, b.len())
		}
	}
	if got := pendingIDs(mustOpen(t, dir)); fmt.Sprint(got) != "[20]" {
		t.Errorf("pending() = %v between blanks, want [20]", got)
	}
	b = mustOpen(t, dir)
	b.done(20)
	if left := read(); left != "" {
		t.Errorf("the file holds %q with nothing to answer", left)
	}
	mustAccept(t, b, 21)
	if got := read(); !strings.Contains(got, "words 21") || strings.Count(got, "\n") != 1 {
		t.Errorf("the file holds %q, want update 21 on one line", got)
	}
}

func TestInboxDoesNotGrowWhileOneWaits(t *testing.T) {
	dir := t.TempDir()
	b := mustOpen(t, dir)
	mustAccept(t, b, 1)
	long := strings.Repeat("x", 100_000)
	for id := 2; id < 50; id++ {
		u := update{raw: json.RawMessage(fmt.Sprintf(`{"update_id":%d,"x":"%s"}`, id, long))}
		u.UpdateID = id
		if _, err := b.accept([]update{u}); err != nil {
			t.Fatal(err)
		}
		if err := b.done(id); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(filepath.Join(dir, "telegram-42-"+inboxName))
	if err != nil || info.Size() > maxBlank+2*100_000 {
		t.Errorf("the file has %d bytes (%v), want about %d at most", info.Size(), err, maxBlank)
	}
	if got := pendingIDs(mustOpen(t, dir)); fmt.Sprint(got) != "[1]" {
		t.Errorf("pending() = %v, want [1]", got)
	}
}

func TestInboxRemembersABoundedNumber(t *testing.T) {
	dir := t.TempDir()
	b := mustOpen(t, dir)
	const many = 2*keptIDs + 10
	for id := 1; id <= many; id++ {
		b.waiting[id] = entry{raw: json.RawMessage(`{}`)}
		if err := b.done(id); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "telegram-42-"+answeredName))
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(data), "\n"); len(b.answered.ids) != keptIDs || lines > 2*keptIDs {
		t.Errorf("%d ids kept in memory, %d on disk", len(b.answered.ids), lines)
	}
	again := mustOpen(t, dir)
	if got := mustAccept(t, again, many, many-1, many+1); fmt.Sprint(got) != fmt.Sprint([]int{many + 1}) {
		t.Errorf("accept() = %v, want only what is new", got)
	}
}

func TestInboxOnABadDiskStillTakesIn(t *testing.T) {
	b := mustOpen(t, t.TempDir())
	b.file.Close() // as good as a full disk
	got, err := b.accept([]update{numbered(1)})
	if err == nil || len(got) != 1 {
		t.Errorf("accept() = %v, %v, want the update and the error", got, err)
	}
	if b.file, err = os.OpenFile(b.prefix+inboxName, os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	tear(t, b.prefix+inboxName, `{"update_id":1,"mes`) // what got onto the disk before it was full
	mustAccept(t, b, 2)
	if err := b.done(1); err != nil {
		t.Errorf("done() = %v for an update that is not on the disk", err)
	}
	if got := pendingIDs(mustOpen(t, filepath.Dir(b.prefix))); fmt.Sprint(got) != "[2]" {
		t.Errorf("pending() = %v after a torn line, want [2]", got)
	}
	if _, err := openInbox("/dev/null/none", "42"); err == nil {
		t.Error("openInbox() under a file = nil error")
	}
}

func TestInboxErasesWordsThoughTheDiskIsFull(t *testing.T) {
	for _, tt := range []struct {
		name string
		fill func(t *testing.T, b *inbox)
	}{
		{"no room for the note", func(_ *testing.T, b *inbox) { b.answered.file.Close() }},
		{"no room to write the notes anew", func(t *testing.T, b *inbox) {
			b.answered.lines = 2 * keptIDs
			obstruct(t, b.prefix+answeredName)
		}},
		{"no room to write the words anew", func(t *testing.T, b *inbox) {
			b.size += 2 * maxBlank // as if of blanks
			obstruct(t, b.prefix+inboxName)
		}},
	} {
		dir := t.TempDir()
		b := mustOpen(t, dir)
		mustAccept(t, b, 1, 2)
		tt.fill(t, b)
		if b.done(1) == nil {
			t.Errorf("%s: done() = nil error", tt.name)
		}
		data, err := os.ReadFile(b.prefix + inboxName)
		if err != nil || strings.Contains(string(data), "words 1") || !strings.Contains(string(data), "words 2") {
			t.Errorf("%s: the file holds %q (%v) after the answer, want the words of 2 alone", tt.name, data, err)
		}
		os.Remove(b.prefix + answeredName + ".new")
		os.Remove(b.prefix + inboxName + ".new")
		if got := pendingIDs(mustOpen(t, dir)); fmt.Sprint(got) != "[2]" {
			t.Errorf("%s: pending() = %v after a restart, want [2]", tt.name, got)
		}
	}
}

func TestInboxNotesWholeNumbersThoughTheDiskWasFull(t *testing.T) {
	dir := t.TempDir()
	b := mustOpen(t, dir)
	mustAccept(t, b, 11, 22)
	b.answered.file.Close() // as good as a full disk
	if b.done(11) == nil {
		t.Error("done() = nil error")
	}
	var err error
	if b.answered.file, err = os.OpenFile(b.answered.name, os.O_RDWR, 0); err != nil {
		t.Fatal(err)
	}
	tear(t, b.answered.name, "1") // what got onto the disk before it was full
	if err := b.done(22); err != nil {
		t.Errorf("done() = %v with room on the disk again", err)
	}
	if got := mustAccept(t, mustOpen(t, dir), 122, 22); fmt.Sprint(got) != "[122]" {
		t.Errorf("accept() takes %v for new after a torn note, want [122]", got)
	}
}

func TestInboxThatCannotBeLoadedIsClosed(t *testing.T) {
	b := newInbox()
	b.prefix = filepath.Join(t.TempDir(), "telegram-42-")
	obstruct(t, b.prefix+answeredName)
	if b.load() == nil {
		t.Fatal("load() = nil error")
	}
	if err := b.file.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Close() = %v, want the file closed already", err)
	}
}

// obstruct makes it impossible to write a file anew.
func obstruct(t *testing.T, name string) {
	t.Helper()
	if err := os.Mkdir(name+".new", 0o700); err != nil {
		t.Fatal(err)
	}
}
