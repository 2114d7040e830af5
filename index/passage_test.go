package index_test

import (
	"fmt"
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

const clubRules = `# Club

## Membership and fees

The club has three kinds of membership, so that students and people who only row in summer find something that suits them. Each includes the gym, the showers and the room upstairs.

| Membership | Per year |
|---|---|
| Adult | £320 |
| Student | £140 |
| Summer | £120 |

To leave the club, write to the secretary by the end of February. Fees that have been paid are not returned.

You can change your kind of membership once a year. To change it:

1. log in to the members' page
2. choose "My membership"
3. wait for the e-mail that confirms the new fee

These changes take effect on the first of the next month.

## Is the water dangerous?

<!-- also: hypothermia -->

Cold is. It takes your breath within a minute, and swimming fails after ten. Because of this, everyone wears a life jacket from November to March. If you capsize, stay with the boat: it floats, and you may not. Climb onto it and blow the whistle.

Then call the coastguard, which listens on channel 16 and will want to know where you are, how many you are and whether anybody is hurt or missing. Do not swim for the bank, however near it looks. That has cost more lives on this river than all storms.

- bicycles are parked behind the flagpole
- radios are charged overnight in the office

  The charger stands beside the door.
- the tide table hangs at the landing stage
`

// TestPassageMakesSenseAlone looks at where passages begin and end.
func TestPassageMakesSenseAlone(t *testing.T) {
	s := build(t, map[string]string{"club.md": clubRules})
	tests := []struct{ question, begins, ends string }{
		{"how much is a student membership", "| Membership | Per year |", "| Summer | £120 |"},             // a row, and so its table
		{"how do I change my membership", "You can change your kind", "confirms the new fee"},              // the steps that a lead-in announces
		{"when do the changes take effect", "To change it:", "first of the next month."},                   // "these" points across paragraphs
		{"do I have to wear a life jacket", "Cold is.", "and you may not."},                                // so does "because of this"
		{"does the coastguard have a radio channel", "Then call the coastguard", "however near it looks."}, // "then" may open a paragraph
		{"where is the charger", "- bicycles", "at the landing stage"},                                     // a list is not cut behind a paragraph of an item
		{"will I get hypothermia", "Cold is.", "blow the whistle."},                                        // nothing but "will" is in the text: its beginning
	}
	for _, test := range tests {
		hits, err := s.Search(t.Context(), index.Query{Text: test.question}, 1)
		if err != nil || len(hits) == 0 {
			t.Fatalf("Search(%q) = %v, %v", test.question, hits, err)
		}
		got := hits[0].Section.Body[hits[0].Passage.Start:hits[0].Passage.End]
		if !strings.HasPrefix(got, test.begins) || !strings.HasSuffix(got, test.ends) {
			t.Errorf("Search(%q) passage = %q, want %q … %q", test.question, got, test.begins, test.ends)
		}
	}
}

// TestLongListIsNotShownFromItsStart expects the item that answers, and not thirty others before it.
func TestLongListIsNotShownFromItsStart(t *testing.T) {
	var items strings.Builder
	for i := range 30 {
		fmt.Fprintf(&items, "- locker %d is opened with a key from the office, which costs a deposit\n", i)
	}
	s := build(t, map[string]string{"rules.md": "# Rules\n\n## House rules\n\nPlease note:\n\n" + items.String() + "- bicycles are parked behind the flagpole\n"})
	hits, err := s.Search(t.Context(), index.Query{Text: "where do bicycles go"}, 1)
	if err != nil || len(hits) == 0 {
		t.Fatal(hits, err)
	}
	if got, want := hits[0].Section.Body[hits[0].Passage.Start:hits[0].Passage.End], "- bicycles are parked behind the flagpole"; got != want {
		t.Errorf("Search passage = %q, want %q", got, want)
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
