package edit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"frontdesk/knowledge"
)

const groups = "# Groups\n\n## When?\n\nOn Mondays at six.\n\nIn the small room.\n\nBring a cup.\n\n## Who?\n\nAnybody who comes to us.\n"

// draft is what somebody makes of a section that they read a while ago.
func draft(t *testing.T, b *Book, id knowledge.SectionID, old, new string) func() (Change, error) {
	t.Helper()
	s := section(t, b, id)
	text, err := b.Section(s)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.Body, old) {
		t.Fatalf("%q is not in %q", old, text.Body)
	}
	text.Body = strings.Replace(text.Body, old, new, 1)
	return func() (Change, error) { return b.Replace(s, text) }
}

func apply(t *testing.T, b *Book, author string, propose func() (Change, error)) {
	t.Helper()
	c, err := propose()
	if err == nil {
		err = b.Apply(context.Background(), author, c)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func openGroups(t *testing.T) (*Book, string) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"groups.md": groups})
	return reopen(t, dir)
}

func TestTwoPeopleSave(t *testing.T) {
	b, dir := openGroups(t)
	ann, bob := draft(t, b, "groups#when", "six", "seven"), draft(t, b, "groups#when", "a cup", "two cups")
	apply(t, b, "ann", ann)
	apply(t, b, "bob", bob)
	if got, want := read(t, dir, "groups.md"), strings.NewReplacer("six", "seven", "a cup", "two cups").Replace(groups); got != want {
		t.Errorf("both wrote, and the file is\n%s", got)
	}
}

func TestTwoPeopleProposeThenSave(t *testing.T) {
	b, dir := openGroups(t)
	propose := draft(t, b, "groups#when", "six", "seven")
	mine, err := propose()
	if err != nil {
		t.Fatal(err)
	}
	apply(t, b, "bob", draft(t, b, "groups#when", "a cup", "two cups"))
	write(t, dir, map[string]string{"groups.md": "<!-- by hand -->\n" + read(t, dir, "groups.md")})
	apply(t, b, "ann", func() (Change, error) { return mine, nil })
	if got, want := read(t, dir, "groups.md"), "<!-- by hand -->\n"+strings.NewReplacer("six", "seven", "a cup", "two cups").Replace(groups); got != want {
		t.Errorf("three wrote, and the file is\n%s", got)
	}
}

func TestConflict(t *testing.T) {
	b, dir := openGroups(t)
	ann, bob := draft(t, b, "groups#when", "six", "seven"), draft(t, b, "groups#when", "six", "eight")
	stale, err := draft(t, b, "groups#when", "six", "nine")()
	if err != nil {
		t.Fatal(err)
	}
	apply(t, b, "ann", ann)
	after := read(t, dir, "groups.md")
	_, late := bob()
	for name, err := range map[string]error{"proposing": late, "applying": b.Apply(context.Background(), "bob", stale)} {
		var conflict *ConflictError
		if !errors.As(err, &conflict) {
			t.Fatalf("%s: %v, want a conflict", name, err)
		}
		for _, piece := range []string{"at seven.", yoursMark, middleMark, theirsMark, "Bring a cup."} {
			if !strings.Contains(conflict.Joined.Body, piece) {
				t.Errorf("%s: there is no %q in\n%s", name, piece, conflict.Joined.Body)
			}
		}
		if string(conflict.Theirs) != after || conflict.Text == nil || !strings.Contains(conflict.Text.Body, "seven") {
			t.Errorf("%s: theirs is %q, the text %+v", name, conflict.Theirs, conflict.Text)
		}
	}
	if got := read(t, dir, "groups.md"); got != after {
		t.Errorf("the conflict wrote\n%s", got)
	}
}

// TestConflictOfStrangers is about somebody whose first version nobody remembers, as after a restart.
func TestConflictOfStrangers(t *testing.T) {
	b, dir := openGroups(t)
	s := section(t, b, "groups#when")
	text, err := b.Section(s)
	if err != nil {
		t.Fatal(err)
	}
	text.Body = "On Tuesdays."
	apply(t, b, "ann", draft(t, b, "groups#when", "six", "seven"))
	later, _ := reopen(t, dir)
	var conflict *ConflictError
	if _, err := later.Replace(s, text); !errors.As(err, &conflict) || !strings.Contains(conflict.Joined.Body, "On Tuesdays.") || !strings.Contains(conflict.Joined.Body, "at seven.") {
		t.Errorf("Replace = %v, want a conflict with both texts", err)
	}
	if _, err := b.Replace(s, Text{Title: s.Title, Body: "On Tuesdays."}); err != nil {
		t.Errorf("without a revision the text is meant for the section as it is: %v", err)
	}
}

func TestMergeOfWholeFiles(t *testing.T) {
	b, dir := openGroups(t)
	c := Change{File: "groups.md", Before: []byte(groups), After: []byte(strings.Replace(groups, "six", "seven", 1)), Summary: "brought back"}
	apply(t, b, "bob", draft(t, b, "groups#who", "Anybody", "Everybody"))
	apply(t, b, "ann", func() (Change, error) { return c, nil })
	if got, want := read(t, dir, "groups.md"), strings.NewReplacer("six", "seven", "Anybody", "Everybody").Replace(groups); got != want {
		t.Errorf("the file is\n%s", got)
	}
	if err := b.Apply(context.Background(), "ann", c); err != nil {
		t.Errorf("what is done is no error: %v", err)
	}
	var conflict *ConflictError
	c.After = []byte(strings.Replace(groups, "six", "nine", 1))
	if err := b.Apply(context.Background(), "ann", c); !errors.As(err, &conflict) || !strings.Contains(string(conflict.Merged), "nine") {
		t.Errorf("Apply = %v, want a conflict", err)
	}
	gone := Change{File: "groups.md", Before: []byte(read(t, dir, "groups.md")), Summary: "removed"}
	apply(t, b, "ann", func() (Change, error) { return gone, nil })
	if _, err := os.Stat(filepath.Join(dir, "groups.md")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	const writers = 12
	b, dir := openGroups(t)
	s := section(t, b, "groups#who")
	var work sync.WaitGroup
	for i := range writers {
		work.Go(func() {
			c, err := b.AddPhrasing(s, fmt.Sprintf("may number %d come", i))
			if err == nil {
				err = b.Apply(context.Background(), fmt.Sprint("writer ", i), c)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	if got := section(t, b, "groups#who").Phrasings; len(got) != writers {
		t.Errorf("%d phrasings of %d are in\n%s", len(got), writers, read(t, dir, "groups.md"))
	}
	entries, err := b.Audit(0)
	if err != nil || len(entries) != writers {
		t.Fatalf("Audit = %d entries, %v; want %d", len(entries), err, writers)
	}
	for i, e := range entries[:writers-1] {
		if e.Before != entries[i+1].After || e.Author == "" || e.File != "groups.md" || e.Before == e.After {
			t.Errorf("entry %+v does not follow %+v", e, entries[i+1])
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestAudit(t *testing.T) {
	b, _ := openGroups(t)
	apply(t, b, "ann", draft(t, b, "groups#when", "six", "seven"))
	f, err := os.OpenFile(b.audit, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"at":"2026-11-23T09:00:00Z","author":"torn`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	apply(t, b, "bob", draft(t, b, "groups#when", "seven", "eight"))
	entries, err := b.Audit(2)
	if err != nil {
		t.Fatal(err)
	}
	var who []string
	for _, e := range entries {
		who = append(who, e.Author+": "+e.Summary)
	}
	if want := []string{"bob: groups#when: text", "ann: groups#when: text"}; !slices.Equal(who, want) {
		t.Errorf("Audit = %q, want %q", who, want)
	}
	if one, err := b.Audit(1); err != nil || len(one) != 1 {
		t.Errorf("Audit(1) = %v, %v", one, err)
	}
}

func TestApplyKeepsTheFileAsItIs(t *testing.T) {
	b, dir := openGroups(t)
	name := filepath.Join(dir, "groups.md")
	if err := os.Chmod(name, 0o664); err != nil {
		t.Fatal(err)
	}
	apply(t, b, "ann", draft(t, b, "groups#when", "six", "seven"))
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
	if os.Geteuid() == 0 {
		return // may write everywhere
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	c, err := draft(t, b, "groups#when", "seven", "eight")()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Apply(context.Background(), "ann", c); !errors.Is(err, os.ErrPermission) {
		t.Errorf("Apply = %v, want that it is not permitted", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": groups})
	for name, paths := range map[string][2]string{
		"no folder":                {filepath.Join(dir, "no"), ""},
		"a file":                   {filepath.Join(dir, "a.md"), ""},
		"a list among the files":   {dir, filepath.Join(dir, "changes.jsonl")},
		"a list in no folder":      {dir, filepath.Join(dir, "no", "changes.jsonl")},
		"a list by a detour in it": {dir, filepath.Join(dir, "..", filepath.Base(dir), "changes.jsonl")},
	} {
		if b, err := Open(paths[0], paths[1]); err == nil {
			b.Close()
			t.Errorf("%s: Open(%q, %q) succeeded", name, paths[0], paths[1])
		}
	}
}
