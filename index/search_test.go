package index_test

import (
	"testing"
	"testing/fstest"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// bakery is a small knowledge base of its own.
const bakery = `# Bakery

## Opening hours

We bake from 5 am and open at 7 am, every day but Monday. We close at 2 pm.

## What do you charge for a birthday cake?

A cake for eight people costs £28. Ask two days ahead.

## Allergies

All bread is made in a room with nuts and sesame. We have no gluten-free oven.

## Where to find us

On the market square beside the town hall. Bus 4 stops at the door.
`

func build(t testing.TB, files map[string]string) *index.Snapshot {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	base, problems := knowledge.Load(fsys, knowledge.Handoff{})
	for _, p := range problems {
		if p.Level == knowledge.Error {
			t.Fatal(p)
		}
	}
	s, err := index.Build(t.Context(), base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSearch(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	tests := []struct{ question, want string }{
		{"when do you open", "Opening hours"},
		{"how much is a cake", "What do you charge for a birthday cake?"},
		{"allergys", "Allergies"},
		{"is there gluten in it", "Allergies"},
		{"where are you", "Where to find us"},
		{"which bus", "Where to find us"},
		{"brthday caek", "What do you charge for a birthday cake?"},
	}
	for _, test := range tests {
		hits, err := s.Search(t.Context(), index.Query{Text: test.question}, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 || hits[0].Section.Title != test.want {
			t.Errorf("Search(%q) = %v, want %q", test.question, titles(hits), test.want)
		}
	}
}

func titles(hits []index.Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, h.Section.Title)
	}
	return all
}
