package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestSeveralSentences(t *testing.T) {
	for _, test := range []struct {
		text    string
		outcome Outcome
		want    []string // the ends of the ids of what is shown or offered
	}{
		{"Good evening from the whole family. Our uncle lives far away and grows tomatoes. What are the side effects? We were only curious.",
			Answered, []string{"What are the side effects?"}},
		{"We saw a film with elephants yesterday.\nWhat are the benefits?\nMy sister wonders: does my insurance pay?",
			Unsure, []string{"What are the benefits?", "Does my insurance pay?"}},
		{"Our uncle was told of a treatment with elephants and lemonade. What are the benefits of it?", Unsure, []string{"What are the benefits?"}},
		{"Ayer vimos elefantes y bebimos limonada. ¿Cuáles son los beneficios? Mi prima vende zapatos azules.",
			Answered, []string{"¿Cuáles son los beneficios?"}},
		{"Our uncle grows tomatoes. Where do elephants sleep? We like lemonade.", Unanswered, nil},
		{"Hello! Thanks! Bye.", Smalltalk, nil},
	} {
		c := newChat(t, open(t, clinic(), Config{}))
		r := c.desk.Answer(context.Background(), c.message(test.text))
		got := []string{}
		if r.Section != "" {
			got = append(got, string(r.Section))
		}
		if r.Outcome == Unsure {
			for _, c := range r.Choices {
				got = append(got, c.Label)
			}
		}
		if r.Outcome != test.outcome || !slices.EqualFunc(got, test.want, strings.HasSuffix) {
			t.Errorf("Answer(%q) = %q with %q, want %q with %q", test.text, r.Outcome, got, test.outcome, test.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                     nil,
		"one":                                  {"one"},
		"One. Two?! Three":                     {"One.", "Two?!", "Three"},
		"she wonders: open at 9:30? or later":  {"she wonders:", "open at 9:30?", "or later"},
		"version 1.2 of it costs $3.50. Right": {"version 1.2 of it costs $3.50.", "Right"},
		"first line\n\n second line ...\n!!!":  {"first line", "second line ..."},
		"\xff? \xff a":                         {"\xff a"},
	} {
		if got := sentences(text); !slices.Equal(got, want) {
			t.Errorf("sentences(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("a. b?\nc")
	f.Fuzz(func(t *testing.T, text string) {
		rest := text
		for _, s := range sentences(text) {
			at := strings.Index(rest, s)
			if at < 0 || len(split(s)) == 0 {
				t.Fatalf("sentences(%q) has %q, which is no part of it or says nothing", text, s)
			}
			rest = rest[at+len(s):]
		}
	})
}
