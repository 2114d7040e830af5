package edit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRemove takes one section out of files of all kinds: what is left, and the rest answers as before.
func TestRemove(t *testing.T) {
	const three = "# Visits\n\nWelcome to us, all of you.\n\n## How much?\n\n<!-- also: price -->\n\nNothing.\n\n## Where?\n\nHere.\n"
	for name, c := range map[string]struct{ file, before, title, after string }{
		"in the middle":    {"a.md", three, "How much?", "# Visits\n\nWelcome to us, all of you.\n\n## Where?\n\nHere.\n"},
		"the last":         {"a.md", three, "Where?", "# Visits\n\nWelcome to us, all of you.\n\n## How much?\n\n<!-- also: price -->\n\nNothing.\n"},
		"a note":           {"a.md", "---\nsections:\n  How much?:\n    phrasings:\n      - price\n  Where?: [place]\ntitle: V\n---\n## How much?\n\nNothing.\n\n## Where?\n\nHere.\n", "How much?", "---\nsections:\n  Where?: [place]\ntitle: V\n---\n## Where?\n\nHere.\n"},
		"the only note":    {"a.md", "---\ntitle: V\nsections:\n  How much?: [price]\n---\n## How much?\n\nNothing.\n\n## Where?\n\nHere.\n", "How much?", "---\ntitle: V\n---\n## Where?\n\nHere.\n"},
		"a note in a list": {"a.md", "---\nsections:\n  - phrasings: [price]\n    heading: How much?\n  - heading: Where?\n    phrasings: [place]\n---\n## How much?\n\nNothing.\n\n## Where?\n\nHere.\n", "How much?", "---\nsections:\n  - heading: Where?\n    phrasings: [place]\n---\n## Where?\n\nHere.\n"},
		"an item's end":    {"a.md", "---\nsections:\n  - phrasings: [price]\n    # what it is about\n    tags:\n      - money\n\n    heading: How much?\n  - heading: Where?\n    phrasings: [place]\n---\n## How much?\n\nNothing.\n\n## Where?\n\nHere.\n", "How much?", "---\nsections:\n  - heading: Where?\n    phrasings: [place]\n---\n## Where?\n\nHere.\n"},
		"Windows":          {"a.md", "## How much?\r\n\r\nNothing.\r\n\r\n## Where?\r\n\r\nHere.\r\n", "Where?", "## How much?\r\n\r\nNothing.\r\n"},
		"a row":            {"a.csv", "id,question,answer\np,How much?,\"Nothing,\nat all.\"\nw,Where?,Here.\n", "How much?", "id,question,answer\nw,Where?,Here.\n"},
		"the last row":     {"a.csv", "id,question,answer\np,How much?,Nothing.\nw,Where?,\"Here.\"", "Where?", "id,question,answer\np,How much?,Nothing.\n"},
		"all there is":     {"a.md", "# Visits\n\n## Where?\n\nHere.\n", "Where?", ""},
		"the only row":     {"a.csv", "id,question,answer\nw,Where?,Here.\n", "Where?", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b, dir := folderOf(t, map[string]string{c.file: c.before, "other.md": "## Who?\n\nWe.\n"})
			s := titled(t, b, c.title)
			change, err := b.Remove(s, "")
			if err != nil {
				t.Fatalf("Remove() = %v", err)
			}
			if err := b.Apply(t.Context(), "ann", change); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(dir, c.file))
			if gone := errors.Is(err, fs.ErrNotExist); gone != (c.after == "") || err != nil && !gone || string(got) != c.after {
				t.Errorf("%s = %q, %v\nwant %q", c.file, got, err, c.after)
			}
			if err := b.Apply(t.Context(), "bob", change); err != nil { // who wanted the same
				t.Errorf("Apply() once more = %v", err)
			}
			if _, err := b.Remove(s, ""); !errors.Is(err, ErrGone) {
				t.Errorf("Remove() once more = %v, want ErrGone", err)
			}
		})
	}
}

// TestRemoveRefuses names what cannot be taken out alone, and leaves the files as they are.
func TestRemoveRefuses(t *testing.T) {
	files := map[string]string{
		"old.html":  plainPage,
		"above.md":  "## Prices\n\nAll in dollars.\n\n### Of a visit\n\nTen.\n",
		"twice.md":  "## Cost\n\nOf travel: nothing.\n\n## Cost\n\nOf parking: two.\n",
		"links.md":  "## Forms\n\nHere they are: [one][form].\n\n## Where?\n\nThere.\n\n[form]: https://clinic.example/form\n",
		"plans.md":  "## Which plans?\n\nNone yet.\n\n## What is planned?\n",
		"rows.csv":  "id,question,answer\np,Is there a pool?,No.\nw,Is there a sauna?,\n",
		"other.csv": "id,question,answer\nbroken,\"x,y\n",
	}
	b, dir := folderOf(t, files)
	var refused *RefusedError
	for _, title := range []string{"Prices", "Cost", "Where?", "Which plans?", "Is there a pool?"} {
		if c, err := b.Remove(titled(t, b, title), ""); !errors.As(err, &refused) {
			t.Errorf("Remove(%q) = %q, %v, want that it is refused", title, c.After, err)
		}
	}
	if _, err := b.Remove(titled(t, b, "Bus"), ""); !errors.Is(err, ErrFormat) {
		t.Errorf("Remove() of a saved page = %v, want ErrFormat", err)
	}
	for name, text := range files {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != text {
			t.Errorf("%s = %q, %v", name, got, err)
		}
	}
}

// TestRemoveWhatSomebodyChanged keeps words that whoever removes a section has not seen, whenever they came.
func TestRemoveWhatSomebodyChanged(t *testing.T) {
	for name, file := range map[string]string{"one of two": "## Where?\n\nHere.\n\n## When?\n\nNow.\n", "the only one": "## Where?\n\nHere.\n"} {
		t.Run(name, func(t *testing.T) {
			b, dir := folderOf(t, map[string]string{"a.md": file})
			s := titled(t, b, "Where?")
			seen, err := b.Section(s)
			if err != nil {
				t.Fatal(err)
			}
			proposed, err := b.Remove(s, seen.Revision)
			if err != nil {
				t.Fatal(err)
			}
			seen.Body = "Behind the house."
			change, err := b.Replace(s, seen)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Apply(t.Context(), "bob", change); err != nil {
				t.Fatal(err)
			}
			var refused *RefusedError
			if _, err := b.Remove(s, seen.Revision); !errors.As(err, &refused) {
				t.Errorf("Remove() of what has changed = %v, want that it is refused", err)
			}
			if err := b.Apply(t.Context(), "ann", proposed); !errors.As(err, &refused) {
				t.Errorf("Apply() to what has changed = %v, want that it is refused", err)
			}
			if got, err := os.ReadFile(filepath.Join(dir, "a.md")); err != nil || !strings.Contains(string(got), "Behind the house.") {
				t.Errorf("a.md = %q, %v, want Bob's words in it", got, err)
			}
		})
	}
}
