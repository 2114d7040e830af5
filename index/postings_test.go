package index

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// chatter makes so many words, the commonest half of the time.
func chatter(random *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("wo%cd%cn", 'a'+random.IntN(2), 'a'+random.IntN(26))
		if random.IntN(2) == 0 {
			words[i] = "wordn"
		}
	}
	return strings.Join(words, " ")
}

// chatty makes sections of such words, some without phrasings, and some without text unless all are.
func chatty(random *rand.Rand, sections int, texts bool) knowledge.Base {
	a := knowledge.Article{ID: "a", Title: "Words", Lang: "en"}
	for i := range sections {
		s := knowledge.Section{ID: knowledge.SectionID(fmt.Sprint(i)), Kind: knowledge.Answer, ArticleID: "a", Title: chatter(random, 1+random.IntN(9)), Lang: "en"}
		if i%3 == 0 {
			s.Phrasings = []string{chatter(random, 6), chatter(random, 2)}
		}
		if texts && i%5 > 0 {
			s.Body = chatter(random, 1+random.IntN(300)) + "."
		}
		a.Sections = append(a.Sections, s)
	}
	return knowledge.Base{Articles: []knowledge.Article{a}}
}

// TestBestAsSearch holds that best comes to what bleve's searcher does, also after changes, which leave several segments
// and documents that are gone.
func TestBestAsSearch(t *testing.T) {
	for _, texts := range []bool{true, false} {
		t.Run(fmt.Sprintf("texts=%v", texts), func(t *testing.T) { testBestAsSearch(t, texts) })
	}
}

func testBestAsSearch(t *testing.T, texts bool) {
	random := rand.New(rand.NewPCG(1, 2))
	base := chatty(random, 400, texts)
	s, err := Build(t.Context(), base, Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for change := range 4 {
		for range 50 {
			found += checkBest(t, s.edition, strings.Fields(chatter(random, 1+random.IntN(14))))
		}
		checkBest(t, s.edition, nil)
		checkBest(t, s.edition, []string{"neverwritten"})
		checkBest(t, s.edition, []string{"neverwritten", "wordn", "wordn"})
		sections := slices.Clone(base.Articles[0].Sections)
		sections[change].Body += " Wordn."
		base = knowledge.Base{Articles: []knowledge.Article{{ID: "a", Title: "Words", Lang: "en", Sections: sections[:len(sections)-20]}}}
		next, err := s.Rebuild(t.Context(), base)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		s = next
	}
	s.Close()
	if found < 1000 {
		t.Errorf("found %d documents with 200 questions, too few to tell anything", found)
	}
}

// checkBest compares what the terms find and returns how many documents that is.
func checkBest(t *testing.T, e *edition, terms []string) int {
	t.Helper()
	const n = 20
	want, err := e.search(t.Context(), asked("en", terms), n)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.best(t.Context(), "en", terms, n)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(got, want, func(a, b scored) bool {
		return a.document == b.document && math.Abs(float64(a.score-b.score)) <= 1e-6*float64(b.score)
	}) {
		t.Errorf("best(%q) = %v, want as search: %v", terms, got, want)
	}
	return len(got)
}
