package terminal

import (
	"bytes"
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		columns    int
		want       string
	}{
		{"not at all", "one two three", 0, "one two three"},
		{"between words", "one two three", 8, "one two\nthree"},
		{"to the last column", "one two three", 7, "one two\nthree"},
		{"lines for themselves", "one two\n\nthree four", 8, "one two\n\nthree\nfour"},
		{"a long word stays whole", "see https://example.org/a now", 10, "see\nhttps://example.org/a\nnow"},
		{"a long word alone", "https://example.org/a", 10, "https://example.org/a"},
		{"items are set in", "   • one two three", 12, "   • one two\n     three"},
		{"choices are set in", "  [1] one two three", 13, "  [1] one two\n      three"},
		{"wide signs", "你好 你好 你好", 9, "你好 你好\n你好"},
		{"too narrow to be set in", "   • one two", 6, "   • one\ntwo"},
		{"white space inside", "one  two three", 9, "one  two\nthree"},
	} {
		if got := Wrap(tt.text, tt.columns); got != tt.want {
			t.Errorf("%s: Wrap(%q, %d) = %q, want %q", tt.name, tt.text, tt.columns, got, tt.want)
		}
	}
}

func TestPrintFitsTheTerminal(t *testing.T) {
	r := bot.Reply{
		Title: strings.Repeat("A long title ", 8), Text: strings.Repeat("Some words ", 40), Note: strings.Repeat("A note ", 30),
		Choices: []bot.Choice{{Label: strings.Repeat("a choice ", 12)}},
		Handoff: knowledge.Handoff{Label: strings.Repeat("Write ", 15), URL: "https://example.org", Hours: strings.Repeat("all day ", 12)},
	}
	var out bytes.Buffer
	if err := Print(&out, r, 60); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if n := cells(strings.TrimRight(line, "\n")); n > 60 {
			t.Errorf("a line of %d columns: %q", n, line)
		}
	}
}
