package index

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/search/query"

	"frontdesk/knowledge"
)

// dentist is a base with staff's synonyms, of words and of phrases.
func dentist(synonyms ...[]string) knowledge.Base {
	var sections []knowledge.Section
	for _, text := range []string{
		"Implants|A titanium tooth root is placed under local anaesthetic. It heals for three months.",
		"Opening hours|We are here from eight to five, and late on Thursdays.",
		"Whitening|We use a gel and a lamp. It lasts a year or two.",
		"Your screw retained bridge|The bridge can be taken off for cleaning once a year.",
	} {
		title, body, _ := strings.Cut(text, "|")
		sections = append(sections, knowledge.Section{ID: knowledge.SectionID(title), Kind: knowledge.Answer, Title: title, Body: body, Lang: "en"})
	}
	return knowledge.Base{Settings: knowledge.Settings{Synonyms: synonyms}, Articles: []knowledge.Article{{Sections: sections}}}
}

var dentistSynonyms = [][]string{{"implant", "gum screw", "fangbolt"}, {"opening hours", "consultation time", "zprechstunde"}}

func buildDentist(t *testing.T, synonyms ...[]string) *Snapshot {
	t.Helper()
	s, err := Build(t.Context(), dentist(synonyms...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// byBleve returns what bleve alone finds for a question, by its words and by staff's synonyms: nothing of ours takes
// part but cutting the question into words.
func byBleve(t *testing.T, s *Snapshot, text string) (byWords, bySynonyms []string) {
	t.Helper()
	sh := s.shelves["en"]
	words := sh.lang.words(text)
	names := func(found []candidate) (all []string) {
		for _, c := range found {
			all = append(all, string(sh.documents[c.document].section.ID))
		}
		return all
	}
	found, err := s.edition.candidates(t.Context(), "en", sh.termsOf(words), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	said, err := s.edition.addSaid(t.Context(), "en", sh.sayingOf(sh.stems(words)), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return names(found), names(said)
}

func TestBleveFindsStaffsSynonyms(t *testing.T) {
	s := buildDentist(t, dentistSynonyms...)
	tests := []struct{ question, want string }{
		{"does a fangbolt hurt", "Implants"},
		{"fangbolts", "Implants"},
		{"is the gum screw painful", "Implants"},
		{"zprechstunde?", "Opening hours"},
		{"when is your consultation time", "Opening hours"},
	}
	for _, test := range tests {
		words, synonyms := byBleve(t, s, test.question)
		if slices.Contains(words, test.want) || !slices.Contains(synonyms, test.want) {
			t.Errorf("bleve finds %q by words and %q by synonyms for %q, want %q by synonyms alone", words, synonyms, test.question, test.want)
		}
		hits, err := s.Search(t.Context(), Query{Text: test.question}, 1)
		if err != nil || len(hits) == 0 || string(hits[0].Section.ID) != test.want {
			t.Errorf("Search(%q) = %v, %v, want %q", test.question, hits, err, test.want)
		}
	}
}

func TestBleveFindsNoMoreThanSynonyms(t *testing.T) {
	s := buildDentist(t, dentistSynonyms...)
	for _, question := range []string{"is there a screw loose", "how much is a tooth", "time", ""} {
		if _, found := byBleve(t, s, question); found != nil {
			t.Errorf("bleve finds %q by synonyms for %q, want nothing", found, question)
		}
	}
	none, err := s.Rebuild(t.Context(), dentist())
	if err != nil {
		t.Fatal(err)
	}
	defer none.Close()
	if _, found := byBleve(t, none, "does a fangbolt hurt"); found != nil {
		t.Errorf("bleve finds %q by synonyms that are no more, want nothing", found)
	}
	if _, found := byBleve(t, s, "does a fangbolt hurt"); !slices.Equal(found, []string{"Implants"}) {
		t.Errorf("bleve finds %q in the older snapshot, want the implants still", found)
	}
}

// TestSynonymsDisturbNothing wants the definitions, which bleve keeps as documents, to change no count and no score of
// the sections.
func TestSynonymsDisturbNothing(t *testing.T) {
	with, without := buildDentist(t, dentistSynonyms...), buildDentist(t)
	held, err := with.edition.bleve.DocCount()
	if err != nil {
		t.Fatal(err)
	}
	a, _ := with.edition.reader.DocCount()
	b, _ := without.edition.reader.DocCount()
	if a != b || a != 8 || held != a+uint64(len(dentistSynonyms)) {
		t.Errorf("%d documents with synonyms and %d without, of %d in bleve; want 8 and 8 of 10", a, b, held)
	}
	for _, field := range []string{headingField, passageField} {
		q := match(field+"en", "implant bridg year heal hour we")
		got, want := scores(t, with, q), scores(t, without, q)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("scores in %s with synonyms = %v, want %v as without", field, got, want)
		}
	}
}

func scores(t *testing.T, s *Snapshot, q query.Query) []scored {
	t.Helper()
	found, err := s.edition.search(context.Background(), q, 10)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
