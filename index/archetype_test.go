package index

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"frontdesk/knowledge/lang"
)

// TestArchetypesMeetWithoutASharedWord is what archetypes are for.
func TestArchetypesMeetWithoutASharedWord(t *testing.T) {
	l, err := loadLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	about := func(text string) subjects { return l.place(l.words(text)) }
	for _, c := range []struct{ question, near, far string }{
		{"can I leave my car there", "There are five spaces in the yard", "The fee is due on the first of the month"},
		{"is it pricey", "A single session is 40 pounds", "There are five spaces in the yard"},
		{"when can I go back to the gym", "Avoid strenuous activity for two weeks", "The fee is due on the first of the month"},
		{"how do I quit", "To end your membership, give a month's notice", "The side door opens with a code"},
	} {
		q := about(c.question)
		near, _ := q.meet(about(c.near), l.fine())
		far, _ := q.meet(about(c.far), l.fine())
		if near <= far {
			t.Errorf("%q meets %q with %.2f and %q with %.2f, want more with the first", c.question, c.near, near, c.far, far)
		}
	}
}

func TestArchetypesFile(t *testing.T) {
	for _, scale := range scales {
		t.Run(scale.file, func(t *testing.T) { testArchetypesFile(t, scale.file) })
	}
}

// TestLearnArchetypes learns both scales from a folder of examples, of which the fine one alone has the second.
func TestLearnArchetypes(t *testing.T) {
	example := func(name, text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("# a comment\n[" + name + "]\n? " + text + "\n= " + text + "\n")}
	}
	folder := fstest.MapFS{
		"en/archetypes/a.txt": example("zorps", "how tall is a zorp"), "en/archetypes/b.txt": example("blicks", "what does a blick weigh"),
		"en/archetypes/fine/c.txt": example("tall-blicks", "may a tall blick come in"), "es/archetypes/d.txt": {Data: []byte("? how\n")},
	}
	learned, err := LearnArchetypes(t.Context(), "en", folder)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][]string{"archetypes.bin": {"zorps", "blicks"}, "archetypes-fine.bin": {"zorps", "blicks", "tall-blicks"}} {
		a, err := parseArchetypes(learned[file])
		if err != nil || !slices.Equal(a.names, want) {
			t.Errorf("%s is of %v, %v, want %q", file, a, err, want)
		}
	}
	if _, err := LearnArchetypes(t.Context(), "en", fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("LearnArchetypes without examples = %v, want fs.ErrNotExist", err)
	}
	if _, err := LearnArchetypes(t.Context(), "es", folder); err == nil || !strings.Contains(err.Error(), "es/archetypes/d.txt:1: an example stands before the first [name]") {
		t.Errorf("LearnArchetypes of an example without a name = %v, want an error that names the file", err)
	}
}

func testArchetypesFile(t *testing.T, name string) {
	data, err := lang.File("en", name) // learning it anew would take the race detector half a minute
	if err != nil {
		t.Fatal(err)
	}
	a, err := parseArchetypes(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.names) < 40 {
		t.Errorf("%d archetypes, want all of the files'", len(a.names))
	}
	seen := map[string]bool{}
	for _, name := range a.names {
		if seen[name] {
			t.Errorf("archetype %q twice, want a repeated name to continue it", name)
		}
		seen[name] = true
	}
	for _, broken := range []string{"", "{}", "null\n", string(data[:len(data)-1]), strings.Replace(string(data), "16384", "16383", 1)} {
		if _, err := parseArchetypes([]byte(broken)); err == nil {
			t.Errorf("parseArchetypes of %d broken bytes gives no error", len(broken))
		}
	}
}

// BenchmarkPlace prints what it takes to place a sentence of twelve words.
func BenchmarkPlace(b *testing.B) {
	l, err := loadLanguage("en")
	if err != nil {
		b.Fatal(err)
	}
	words := l.words("most people feel well enough to drive home on the next day")
	for b.Loop() {
		l.place(words)
	}
}
