package index_test

import (
	"testing"

	"frontdesk/index"
)

// panaderia is the bakery in Spanish.
const panaderia = `---
lang: es
tags: [tienda]
---
# Panadería

## Horario de apertura

Abrimos a las siete de la mañana todos los días menos el lunes. Cerramos a las dos de la tarde.

## ¿Cuánto cuesta una tarta de cumpleaños?

Una tarta para ocho personas cuesta 28 €. Hay que encargarla dos días antes.

## Alergias

Todo el pan se hace en un obrador con frutos secos. No tenemos horno sin gluten.
`

func TestSearchLanguages(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery, "es.md": panaderia})
	tests := []struct{ question, lang, want string }{
		{"a qué hora abren", "", "Horario de apertura"},
		{"cuanto cuesta una tarta", "", "¿Cuánto cuesta una tarta de cumpleaños?"},
		{"soy alérgica a las nueces", "en", "Alergias"}, // the words say more than the phone
		{"alergia", "es", "Alergias"},
		{"when do you open", "es", "Opening hours"},
		{"allergies", "", "Allergies"},
	}
	for _, test := range tests {
		hits, err := s.Search(t.Context(), index.Query{Text: test.question, Lang: test.lang}, 3)
		if err != nil || len(hits) == 0 || hits[0].Section.Title != test.want {
			t.Errorf("Search(%q, %q) = %q, %v, want %q first", test.question, test.lang, titles(hits), err, test.want)
		}
	}
}

// TestOtherLanguage asks what staff wrote in one language alone in the other one: it is found by the glossary, in either
// direction, and is worth less than what is found in the question's own words.
func TestOtherLanguage(t *testing.T) {
	const aparcar = "---\nlang: es\n---\n# Cómo llegar\n\n## ¿Dónde se aparca?\n\nDetrás de la panadería hay cinco plazas.\n"
	s := build(t, map[string]string{"bakery.md": bakery, "es.md": panaderia, "llegar.md": aparcar})
	tests := []struct{ question, lang, want string }{
		{"where can i park?", "", "¿Dónde se aparca?"},
		{"¿qué autobús va al mercado?", "", "Where to find us"},
	}
	for _, test := range tests {
		hits, err := s.Search(t.Context(), index.Query{Text: test.question, Lang: test.lang}, 3)
		if err != nil || len(hits) == 0 || hits[0].Section.Title != test.want {
			t.Errorf("Search(%q) = %q, %v, want %q first", test.question, titles(hits), err, test.want)
		}
	}
}

// TestOtherLanguageHasToBeat holds that no section in another language stands below one in the question's own.
func TestOtherLanguageHasToBeat(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery, "es.md": panaderia})
	for _, question := range []string{"is the bread fresh in the afternoon?", "what do I need to bring", "do you sell coffee and nuts", "how much is it for twelve people"} {
		hits, err := s.Search(t.Context(), index.Query{Text: question, Lang: "en"}, 10)
		if err != nil || len(hits) == 0 {
			t.Fatalf("Search(%q) = %d hits, %v", question, len(hits), err)
		}
		own := false
		for _, h := range hits {
			own = own || h.Section.Lang == "en"
			if own && h.Section.Lang != "en" {
				t.Errorf("Search(%q) = %q, with a section in another language below one in English", question, titles(hits))
				break
			}
		}
	}
}

// TestLanguageBefore asks with a word that the conversation's language has too: it is not taken for another language's,
// whose words would be worth less.
func TestLanguageBefore(t *testing.T) {
	s := build(t, map[string]string{"bar.md": "# Bar\n\n## Alcohol\n\nWe serve no alcohol.\n\n## Opening hours\n\nFrom nine.\n"})
	best := func(lang string) float64 {
		hits, err := s.Search(t.Context(), index.Query{Text: "alcohol?", Lang: lang}, 1)
		if err != nil || len(hits) == 0 || hits[0].Section.Title != "Alcohol" {
			t.Fatalf("Search(alcohol?, %q) = %q, %v", lang, titles(hits), err)
		}
		return hits[0].Confidence
	}
	if plain, after := best("en"), best("es"); plain <= after {
		t.Errorf("confidence %.2f in an English conversation and %.2f in a Spanish one, want more in English", plain, after)
	}
}

func TestSearchTags(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery, "es.md": panaderia})
	hits, err := s.Search(t.Context(), index.Query{Text: "opening hours", Tags: []string{"tienda"}}, 5)
	if err != nil || len(hits) == 0 {
		t.Fatalf("Search with tag tienda = %q, %v, want what carries it", titles(hits), err)
	}
	for _, h := range hits {
		if h.Section.Lang != "es" {
			t.Errorf("Search with tag tienda = %q", h.Section.Title)
		}
	}
	if hits, _ = s.Search(t.Context(), index.Query{Text: "opening hours", Tags: []string{"elsewhere"}}, 5); len(hits) != 0 {
		t.Errorf("Search with a tag that nothing carries = %q, want nothing", titles(hits))
	}
}

func TestSuggest(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery, "es.md": panaderia})
	tests := []struct{ typed, lang, want string }{
		{"", "en", "Opening hours"},
		{"", "es", "Horario de apertura"},
		{"wh", "en", "What do you charge for a birthday cake?"},
		{"Where", "en", "Where to find us"},
		{"birthday c", "en", "What do you charge for a birthday cake?"},
		{"¿cuanto", "es", "¿Cuánto cuesta una tarta de cumpleaños?"},
		{"are there nuts in your bread", "en", "Allergies"},
	}
	for _, test := range tests {
		got := s.Suggest(t.Context(), index.Query{Text: test.typed, Lang: test.lang}, 2)
		if len(got) == 0 || got[0].Title != test.want {
			t.Errorf("Suggest(%q, %q) = %v, want %q first", test.typed, test.lang, got, test.want)
		}
	}
}
