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

// music tells prices from numbers.
const music = `# Music school

## How many lessons do I need?

Most pupils play a first song after ten lessons. Your teacher tells you more after the second.

## Prices

A lesson of half an hour is £22, a term of twelve £240, paid ahead.

## How many pupils are in a group?

Groups have four to six pupils of about the same age.

## Practising at home

Practise twenty minutes a day. A beginner needs no more time than that.

## Group courses

A group course runs over ten weeks and costs £120 for each pupil.
`

// TestPriceOrNumber expects "how much" to ask for a price or an amount, and not for a number.
func TestPriceOrNumber(t *testing.T) {
	s := build(t, map[string]string{"music.md": music})
	for question, want := range map[string]string{
		"how much for a lesson":        "Prices",
		"how much is a group":          "Group courses",
		"how much practice do i need":  "Practising at home",
		"how many lessons":             "How many lessons do I need?",
		"number of pupils in a group?": "How many pupils are in a group?",
	} {
		hits, err := s.Search(t.Context(), index.Query{Text: question}, 2)
		if err != nil || len(hits) == 0 || hits[0].Section.Title != want {
			t.Errorf("Search(%q) = %q, %v, want %q first", question, titles(hits), err, want)
		}
	}
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
