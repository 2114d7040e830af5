package journal

import (
	"strings"
	"testing"
	"unicode/utf8"

	"frontdesk/knowledge"
)

// clinicWords are the words of the knowledge that the scrubbing tests have.
func clinicWords() *vocabulary {
	j := &Journal{}
	j.Learn(knowledge.Base{Articles: []knowledge.Article{{Sections: []knowledge.Section{{
		Title: "Does Medicare pay for Spravato?", Body: "Ketamine therapy in Austin. Appointments cost 450 dollars. Ask Dr. Alvarez.", Phrasings: []string{"drive home after the session"},
	}}}}})
	return j.words.Load()
}

func TestScrub(t *testing.T) {
	s := scrubber{known: clinicWords().has}
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"how much does it cost", "how much does it cost"},
		// e-mail addresses, links, handles
		{"write to ann.o'hara+x@mail.example.org please", "write to [e-mail] please"},
		{"write to ann at example dot org", "write to [e-mail]"},
		{"escribe a ana arroba ejemplo punto es", "escribe a [e-mail]"},
		{"see https://example.org/~ann?x=1 and www.me.example or t.me/ann_s", "see [link] and [link] or [link]"},
		{"I'm @ann_smith, on Discord <@!8134> or ann#1234", "I'm [handle], on [name] [handle] or [handle]"},
		// numbers
		{"call (512) 555-0100 or +1 512.555.0100", "call [number] or [number]"},
		{"born 12/03/1990, I weigh 80kg", "born [number], I weigh [number]kg"},
		{"٣ ½ pills", "[number] pills"},
		// names by what stands before them
		{"my name is xochitl quetzal and I have a question", "my name is [name] and I have a question"},
		{"hola, me llamo xóchitl, ¿cuánto cuesta?", "hola, me llamo [name], ¿cuánto cuesta?"},
		{"is dr. okonkwo in today", "is dr. [name] in today"},
		{"can I see a dr about appointments", "can I see a dr about appointments"},
		{"Mrs Thistlewood said so", "Mrs [name] said so"},
		// names by lists of given names, in any letters
		{"does maria have time", "does [name] have time"},
		{"DOES MARIA GONZALEZ WORK TODAY", "DOES [name] WORK TODAY"},
		{"José's session", "[name] session"},
		{"is mary-jane there", "is [name] there"},
		// names by their capitals
		{"can Xochitl Quetzal drive home", "can [name] drive home"},
		{"Thandiwe Nkosi asked me to write", "[name] asked me to write"},
		{"I am Thandiwe", "I am [name]"},
		// what is no name
		{"Does Medicare pay for Spravato in Austin", "Does Medicare pay for Spravato in Austin"},
		{"What about PTSD and an MRI?", "What about PTSD and an MRI?"},
		{"Hello. Parking is where? Thanks", "Hello. Parking is where? Thanks"},
		{"Will it hurt? May I drive", "Will it hurt? May I drive"},
		{"HOW LONG DOES PARKING TAKE", "HOW LONG DOES PARKING TAKE"},
		{"si me dan cita, ¿ella viene?", "si me dan cita, ¿ella viene?"},
	} {
		if got := s.clean(test.text); got != test.want {
			t.Errorf("clean(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzScrub checks that nothing with an at sign or a digit comes through, and that scrubbing twice changes nothing more.
func FuzzScrub(f *testing.F) {
	for _, seed := range []string{"my name is Ann, ann@example.org 555-0100", "@ann", "a.b@c.d", "<@1>", "[name] [name]", "Dr. X", "x@y", "½"} {
		f.Add(seed)
	}
	s := scrubber{known: clinicWords().has}
	f.Fuzz(func(t *testing.T, text string) {
		text = clean(text, maxText)
		got := s.clean(text)
		if !utf8.ValidString(got) {
			t.Fatalf("clean(%q) = %q, no UTF-8", text, got)
		}
		if i := strings.IndexAny(got, "0123456789"); i >= 0 {
			t.Errorf("clean(%q) = %q, with a number at %d", text, got, i)
		}
		if strings.Contains(got, "@example.org") {
			t.Errorf("clean(%q) = %q, with an address", text, got)
		}
	})
}

func TestNamesAreNoEverydayWords(t *testing.T) {
	for name := range words().given {
		if words().function[name] || words().topic[name] {
			t.Errorf("names.txt has %q, which words.txt lists as an everyday word", name)
		}
	}
	if !words().function["the"] || !words().function["cuanto"] || !words().topic["appointment"] {
		t.Error("the lists of words.txt are not read")
	}
	if n := len(words().given); n < 500 {
		t.Errorf("%d given names, want at least 500", n)
	}
}
