package knowledge

import (
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		name, body string
		want       []string
	}{
		{"two", "We open at nine. We close at five.", []string{"We open at nine.", "We close at five."}},
		{"abbreviations", "Ask Dr. Weber, e.g. by phone. Prof. J. Lim is away, i.e. on leave.",
			[]string{"Ask Dr. Weber, e.g. by phone.", "Prof. J. Lim is away, i.e. on leave."}},
		{"times", "We are here from 9 a.m. to 5 p.m. on weekdays. It opens at 9.30 p.m. The bell rings.",
			[]string{"We are here from 9 a.m. to 5 p.m. on weekdays.", "It opens at 9.30 p.m.", "The bell rings."}},
		{"country", "It is legal in the U.S. Army and the U.S. We checked.",
			[]string{"It is legal in the U.S. Army and the U.S.", "We checked."}},
		{"number", "See No. 5. Must I fast? No. Drink water.", []string{"See No. 5.", "Must I fast?", "No.", "Drink water."}},
		{"quotation", `She said "Rest." Then she left. (He did too.) Both slept.`,
			[]string{`She said "Rest."`, "Then she left.", "(He did too.)", "Both slept."}},
		{"ellipsis and marks", "Really?! Yes... it is. Wait… Done!", []string{"Really?!", "Yes... it is.", "Wait…", "Done!"}},
		{"Spanish", "¿Duele? No, nada. ¡Ánimo! La Dra. Ruiz abre a las 9.30 h. y cierra tarde.",
			[]string{"¿Duele?", "No, nada.", "¡Ánimo!", "La Dra. Ruiz abre a las 9.30 h. y cierra tarde."}},
		{"markup stays whole", "Read **this. And that.** Then [call. Or write](https://a.example). *Done.* Bye.",
			[]string{"Read this. And that.", "Then call. Or write.", "Done.", "Bye."}},
		{"list", "Bring:\n\n- a towel. Any size.\n- **water**\n  - still\n\nThat is all.",
			[]string{"Bring:", "a towel. Any size.", "water", "still", "That is all."}},
		{"numbers", "1. Breathe. Slowly.\n2. Rest.", []string{"Breathe. Slowly.", "Rest."}},
		{"table", "| Day | Hours |\n|---|---|\n| Monday | 9 to 5 |\n| Sunday | closed |",
			[]string{"Day; Hours", "Monday; 9 to 5", "Sunday; closed"}},
		{"entities and escapes", `Ham &amp; eggs cost 3\. Fine&nbsp;so. 5 \* 3 is 15.`, []string{"Ham & eggs cost 3.", "Fine so.", "5 * 3 is 15."}},
		{"wrapped lines", "One line\nand its rest. Another\nsentence.", []string{"One line and its rest.", "Another sentence."}},
		{"quotation block", "> Said one. Said two.\n\nNext.", []string{"Said one. Said two.", "Next."}},
		{"code", "Run:\n\n```\nmake. It\n```\n", []string{"Run:", "make. It"}},
		{"comment", "<!-- not. Shown -->\n\nShown <b>here</b>.", []string{"Shown here."}},
		{"empty", " \n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range Sentences(test.body) {
				got = append(got, s.Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("Sentences(%q) = %q, want %q", test.body, got, test.want)
			}
			checkSentences(t, test.body)
		})
	}
}

func TestSentenceSpansKeepMarkup(t *testing.T) {
	body := "Intro.\n\n- **one**. More.\n- two\n  - three\n\n| a | b |\n|---|---|\n| c | d |\n\nSee **x**. *End.*"
	want := []string{"Intro.", "- **one**. More.", "- two", "- three", "| a | b |\n|---|---|", "| c | d |", "See **x**.", "*End.*"}
	blocks := []int{0, 1, 1, 1, 2, 2, 3, 3}
	sentences := Sentences(body)
	if len(sentences) != len(want) {
		t.Fatalf("Sentences = %d sentences, want %d", len(sentences), len(want))
	}
	for i, s := range sentences {
		if got := body[s.Start:s.End]; got != want[i] || s.Block != blocks[i] {
			t.Errorf("sentence %d = %q in block %d, want %q in block %d", i, got, s.Block, want[i], blocks[i])
		}
	}
}

func TestPlainText(t *testing.T) {
	body := "Some *text*. And more.\n\n* one\n* two\n\n| a | b |\n|---|---|\n| c | d |"
	want := "Some text. And more.\n\none\ntwo\n\na; b\nc; d"
	if got := PlainText(body); got != want {
		t.Errorf("PlainText(%q) = %q, want %q", body, got, want)
	}
}

func FuzzSentences(f *testing.F) {
	for _, seed := range []string{"a. B", "- x\n  > y. Z", "| a |\n|-|\n| b. C |", "**a. B", "1. \n\n   x", "```\na", "&amp. B\\", "\xff. A", "> - a\n>   b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) { checkSentences(t, body) })
}

// checkSentences holds what must be true of any body's sentences.
func checkSentences(t *testing.T, body string) {
	t.Helper()
	end, block := 0, 0
	for _, s := range Sentences(body) {
		if s.Start < end || s.End <= s.Start || s.End > len(body) || s.Block < block || s.Text == "" {
			t.Fatalf("Sentences(%q) has %+v after byte %d, block %d", body, s, end, block)
		}
		if utf8.ValidString(body) && (insideWord(body, s.Start) || insideWord(body, s.End)) {
			t.Fatalf("Sentences(%q) cuts a word: %+v", body, s)
		}
		end, block = s.End, s.Block
	}
}

func insideWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsLetter(before) && unicode.IsLetter(after) || !utf8.RuneStart((s + " ")[at])
}
