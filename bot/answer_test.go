package bot

import (
	"strings"
	"testing"

	"frontdesk/index"
)

func TestWithin(t *testing.T) {
	const body = "\nOne. Two.\n\nThree.\n"
	for _, test := range []struct {
		name string
		part index.Span
		want string // empty when there is no part to show
	}{
		{"not given", index.Span{}, ""},
		{"all", index.Span{Start: 0, End: len(body)}, ""},
		{"all but blank space", index.Span{Start: 1, End: len(body) - 1}, ""},
		{"a sentence", index.Span{Start: 1, End: 5}, "One."},
		{"with blank space around", index.Span{Start: 0, End: 12}, "One. Two."},
		{"the last", index.Span{Start: 12, End: 18}, "Three."},
		{"blank", index.Span{Start: 10, End: 12}, ""},
		{"the wrong way round", index.Span{Start: 5, End: 1}, ""},
		{"before the text", index.Span{Start: -1, End: 5}, ""},
		{"behind the text", index.Span{Start: 1, End: 500}, ""},
	} {
		part := within(body, test.part)
		if got := body[part.Start:part.End]; got != test.want {
			t.Errorf("%s: within(%v) = %q, want %q", test.name, test.part, got, test.want)
		}
	}
}

// TestHeadRow expects the heading row in front of rows from the middle of a table, and nothing in front of anything else.
func TestHeadRow(t *testing.T) {
	const head = "| kind | fee |\n|---|---|\n"
	for _, test := range []struct{ name, before, passage, want string }{
		{"a row", "Fees:\n\n" + head + "| A | 1 |\n", "| B | 2 |", head},
		{"the first row", head, "| A | 1 |", head},
		{"the whole table", "Fees:\n\n", head + "| A | 1 |", ""},
		{"a sentence behind a table", head + "| A | 1 |\n\n", "They are due in May.", ""},
		{"a sentence that begins the body", "", "Fees are due in May.", ""},
		{"a lone row", "| A | 1 |\n", "| B | 2 |", ""},
	} {
		body := test.before + test.passage
		if got := headRow(body, index.Span{Start: len(test.before), End: len(body)}); got != test.want {
			t.Errorf("%s: headRow = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestFollowing(t *testing.T) {
	for _, test := range []struct {
		name, passage, rest string
		want                string // empty when the rest does not stand on its own
	}{
		{"sentences", "One. Two.", " Three.", " Three."},
		{"a paragraph", "One.", "\n\nTwo.\n", "Two."},
		{"a list", "- one\n- two", "\n- three", "- three"},
		{"rows of a table", "| a |\n|---|\n| 1 |", "\n| 2 |", ""},
		{"the middle of code", "```\none", "\ntwo\n```", ""},
	} {
		got, ok := following(test.passage+test.rest, index.Span{Start: 0, End: len(test.passage)})
		if !ok {
			got = ""
		}
		if got != test.want {
			t.Errorf("%s: following = %q, want %q", test.name, got, test.want)
		}
	}
	if got, ok := following("One. Two. Three.", index.Span{Start: 5, End: 9}); ok {
		t.Errorf("following a passage in the middle = %q, want none", got)
	}
}

func TestOpening(t *testing.T) {
	paragraph := strings.Repeat("A sentence of some length. ", 12)
	code := "```\n" + strings.Repeat(paragraph+"\n\n", 3) + "```"
	for _, test := range []struct {
		name, body string
		want       string // empty for the whole
	}{
		{"short", paragraph + "\n\n" + paragraph, ""},
		{"one endless paragraph", strings.Repeat(paragraph, 10), ""},
		{"long", strings.Repeat(paragraph+"\n\n", 6), strings.TrimSpace(paragraph + "\n\n" + paragraph)},
		{"code", code + "\n\n" + strings.Repeat(paragraph+"\n\n", 6), code},
	} {
		part := opening(test.body)
		if got := test.body[part.Start:part.End]; got != test.want {
			t.Errorf("%s: opening = %q, want %q", test.name, got, test.want)
		}
	}
}
