package index_test

import (
	"strings"
	"testing"

	"frontdesk/index"
)

const longSection = `# Pool

## Swimming lessons

Lessons run in three terms a year and are taught by four teachers who all started as swimmers here. We keep groups small on purpose, eight at the most, so that nobody waits at the edge for long. New swimmers are looked at in the water before they join a group. This takes ten minutes and costs nothing.

What to bring on the first day:

- a towel and a costume
- goggles that fit
- a padlock for the locker

A term of ten lessons costs £85, and brothers and sisters pay half. It can be paid in two parts. Children who have had a stomach upset stay out of the pool for two full days, even if they feel well again, because the filters cannot take out everything that they bring with them. Teachers may send a child home who looks unwell.
`

func TestPassage(t *testing.T) {
	s := build(t, map[string]string{"pool.md": longSection})
	tests := []struct {
		question       string
		has, has2, not string
	}{
		{"what about swimming lessons?", "Lessons run in three terms", "This takes ten minutes", "padlock"},
		{"how much is a term", "A term of ten lessons costs £85", "£85", "padlock"},
		{"can it be paid in two parts", "It can be paid in two parts.", "A term of ten lessons", "padlock"}, // it leans on the sentence before
		{"do I need goggles", "What to bring on the first day:", "a padlock for the locker", "£85"},         // a list stays whole
		{"my child had a stomach upset", "stay out of the pool for two full days", "", "£85"},
		{"how long does being looked at in the water take", "This takes ten minutes", "New swimmers are looked at", "padlock"},
	}
	for _, test := range tests {
		hits, err := s.Search(t.Context(), index.Query{Text: test.question}, 1)
		if err != nil || len(hits) == 0 {
			t.Fatalf("Search(%q) = %v, %v", test.question, hits, err)
		}
		got := hits[0].Section.Body[hits[0].Passage.Start:hits[0].Passage.End]
		if !strings.Contains(got, test.has) || !strings.Contains(got, test.has2) || strings.Contains(got, test.not) {
			t.Errorf("Search(%q) passage = %q, want %q and %q in it and not %q", test.question, got, test.has, test.has2, test.not)
		}
	}
}

func TestShortBodyIsItsPassage(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	hits, err := s.Search(t.Context(), index.Query{Text: "opening hours"}, 1)
	if err != nil || len(hits) == 0 {
		t.Fatal(hits, err)
	}
	if want := (index.Span{Start: 0, End: len(hits[0].Section.Body)}); hits[0].Passage != want {
		t.Errorf("Passage = %v, want the whole body, %v", hits[0].Passage, want)
	}
}
