package index_test

import (
	"testing"

	"frontdesk/index"
)

// What staff wrote in one language is found by questions in another.
func TestSearchAcrossLanguages(t *testing.T) {
	english := build(t, map[string]string{"bakery.md": bakery})
	spanish := build(t, map[string]string{"es.md": panaderia})
	for _, test := range []struct {
		s              *index.Snapshot
		question, want string
	}{
		{english, "¿a qué hora abren?", "Opening hours"},
		{english, "soy alérgica a las nueces", "Allergies"},
		{spanish, "when do you open?", "Horario de apertura"},
		{spanish, "how much is a birthday cake?", "¿Cuánto cuesta una tarta de cumpleaños?"},
	} {
		hits, err := test.s.Search(t.Context(), index.Query{Text: test.question}, 3)
		if err != nil || len(hits) == 0 || hits[0].Section.Title != test.want {
			t.Errorf("Search(%q) = %q, %v, want %q first", test.question, titles(hits), err, test.want)
		}
	}
}
