package index

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// TestShortForms expects what people leave out of words to be written out, and what only looks like it to stay.
func TestChatSpellings(t *testing.T) {
	for _, test := range []struct{ lang, text, want string }{
		{"en", "can i come w/ my dog", "can i come with my dog"},
		{"en", "come w/my dog", "come with my dog"},
		{"en", "w/o an appt", "without an appointment"},
		{"en", "open b4 8? thx 4 ur help", "open before 8 thanks for your help"},
		{"en", "something 4 my kid 2 do", "something for my kid to do"},
		{"en", "a 14 y/o, £30 p/w", "a 14 years old <money> 30 per week"},
		{"en", "my 9yo, in 2hrs, 10th, 5km", "my 9 years old in 2 hours 10th 5km"},
		{"en", "4 kids, 2 dogs, a 60 W bulb", "4 kids 2 dogs a 60 w bulb"},
		{"en", "and/or 24/7 1/2 w/c his/her", "and or 24 7 1 2 w c his her"},
		{"en", "https://example.org/w/one", "https example org w one"},
		{"es", "c/ perro y s/ cita", "con perro y sin cita"},
		{"es", "xq no hay tb café dnd", "por que no hay tambien cafe donde"},
		{"es", "p/el niño, c/u", "para el niño cada uno"},
	} {
		l, err := loadLanguage(test.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.words(test.text); !slices.Equal(got, strings.Fields(test.want)) {
			t.Errorf("words(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestLettersThatSectionsHave expects a letter of a question to be a short form only where the sections do not use it.
func TestLettersThatSectionsHave(t *testing.T) {
	sections := []knowledge.Section{
		{ID: "a#1", Article: "Lockers", ArticleID: "a", Title: "Paying", Body: "Pay at the desk, by card or with cash.", Lang: "en"},
		{ID: "a#2", Article: "Lockers", ArticleID: "a", Title: "Keys", Body: "Keys are at the desk.", Lang: "en"},
	}
	asked := func() string {
		s, err := Build(t.Context(), knowledge.Base{Articles: []knowledge.Article{{ID: "a", Title: "Lockers", Lang: "en", Sections: sections}}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		return strings.Join(s.shelves["en"].ask("can i pay w cash").words, " ")
	}
	if got, want := asked(), "can i pay with cash"; got != want {
		t.Errorf("asked = %q, want %q", got, want)
	}
	sections[1].Body = "Keys are in hall W."
	if got, want := asked(), "can i pay w cash"; got != want {
		t.Errorf("asked where there is a hall W = %q, want %q", got, want)
	}
}
