package index_test

import (
	"strings"
	"testing"

	"frontdesk/index"
)

// TestOpposites asks with words that deny what a section's words say: none of them is a slip of the finger.
func TestOpposites(t *testing.T) {
	s := build(t, map[string]string{"rules.md": "# Rules\n\n## Who is banned\n\nWhoever cheats is banned.\n\n## Insured parcels\n\nParcels are insured up to 500 dollars.\n"})
	for _, test := range []struct {
		question, word string
		corrected      bool
	}{
		{"how do I get unbanned", "unbanned", false},
		{"is my parcel uninsured", "uninsured", false},
		{"is my parcel innsured", "innsured", true},
		{"who gets bannned", "bannned", true},
	} {
		e, err := s.Explain(t.Context(), index.Query{Text: test.question}, 1)
		if err != nil {
			t.Fatal(err)
		}
		corrected := false
		for _, c := range e.Corrections {
			corrected = corrected || c.From == test.word
		}
		if corrected != test.corrected {
			t.Errorf("%q: %q was corrected: %t, want %t (%v)", test.question, test.word, corrected, test.corrected, e.Corrections)
		}
	}
}

// TestRepairsAreFew: a message of many parts, each with a slip, has few of them looked up.
func TestRepairsAreFew(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	e, err := s.Explain(t.Context(), index.Query{Text: "when do you open? " + strings.Repeat("allergiees, ", 1000)}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(e.Corrections); n == 0 || n > 100 {
		t.Errorf("%d words were corrected of a message with a thousand slips, want some, and few", n)
	}
}
