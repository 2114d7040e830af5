package index

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// shops are three sets of sections with many phrasings each, enough to take the short way of learning.
var shops = []string{"bank-app", "online-shop", "parcel-shop"}

func shopSections(t *testing.T) []knowledge.Section {
	var all []knowledge.Section
	for _, name := range shops {
		base, _ := knowledge.Load(os.DirFS(filepath.Join("testdata/sets", name, "knowledge")), knowledge.Handoff{})
		for _, section := range base.Sections() {
			section.ID = knowledge.SectionID(name) + "/" + section.ID
			all = append(all, section)
		}
	}
	return all
}

func shopQuestions(t *testing.T) []string {
	var all []string
	for _, name := range shops {
		data, err := os.ReadFile(filepath.Join("testdata/sets", name, "questions.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if text, _, ok := strings.Cut(line, "\t"); ok && i%5 == 0 {
				all = append(all, text)
			}
		}
	}
	return all
}

// TestRelearn adds phrasings one by one, and takes a section away and puts it back, to what is too much to be learned
// again each time. The answers must hardly differ from those of a snapshot built from nothing.
func TestRelearn(t *testing.T) {
	sections := shopSections(t)
	baseOf := func() knowledge.Base {
		return knowledge.Base{Articles: []knowledge.Article{{Sections: slices.Clone(sections)}}}
	}
	held := map[int]string{}
	for i := 3; i < len(sections) && len(held) < 3; i += 30 {
		if p := sections[i].Phrasings; len(p) > 3 {
			held[i] = p[len(p)-1]
			sections[i].Phrasings = p[:len(p)-1]
		}
	}
	s, err := Build(t.Context(), baseOf(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rebuild := func() {
		t.Helper()
		next, err := s.Rebuild(t.Context(), baseOf())
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		s = next
	}
	for i, phrasing := range held {
		sections[i].Phrasings = append(slices.Clone(sections[i].Phrasings), phrasing)
		rebuild()
		if hits, err := s.Search(t.Context(), Query{Text: phrasing}, 1); err != nil || hits[0].Section.ID != sections[i].ID || hits[0].Confidence < 0.5 {
			t.Errorf("Search(%q) = %v, %v, want %q once it is a phrasing", phrasing, hits, err, sections[i].ID)
		}
	}
	whole := sections
	sections = slices.Delete(slices.Clone(whole), 5, 6)
	rebuild()
	sections = whole
	rebuild()
	if s.shelves["en"].classifier.drift == 0 {
		t.Error("everything was learned again each time, want the short way")
	}
	built, err := Build(t.Context(), baseOf(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer built.Close()
	defer func() { s.Close() }()
	questions := shopQuestions(t)
	agree, moved := 0, 0.0
	for _, text := range questions {
		a, err := s.Search(t.Context(), Query{Text: text}, 1)
		if err != nil {
			t.Fatal(err)
		}
		b, err := built.Search(t.Context(), Query{Text: text}, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		if a[0].Section.ID == b[0].Section.ID {
			agree++
		}
		moved += math.Abs(a[0].Confidence - b[0].Confidence)
	}
	t.Logf("of %d questions %d have the same section first, and the confidence moves by %.4f on average", len(questions), agree, moved/float64(len(questions)))
	if agree < len(questions)*97/100 || moved/float64(len(questions)) > 0.02 {
		t.Errorf("of %d questions %d have the same section first and the confidence moves by %.4f, want 97 in 100 and .02", len(questions), agree, moved/float64(len(questions)))
	}
}

func TestRelearnKnowsItsBounds(t *testing.T) {
	examples, names := phrasedExamples(t)
	c := trainClassifier(t.Context(), english(t), examples, len(names))
	same := []int{0, 1, 2}
	for _, test := range []struct {
		name string
		diff news
	}{
		{"too much has changed", news{was: same, changed: make([]bool, 3), came: []example{{words: []string{"a"}}, {words: []string{"b"}}, {words: []string{"c"}}}}},
		{"more sections than the buckets have room for", news{was: make([]int, 200), changed: make([]bool, 200)}},
	} {
		if got := c.relearn(t.Context(), examples, test.diff); got != nil {
			t.Errorf("%s: relearn returned a classifier, want none", test.name)
		}
	}
	if got := c.relearn(t.Context(), examples, news{was: same, changed: make([]bool, 3)}); got == nil || !slices.Equal(got.weights, c.weights) {
		t.Error("nothing changed: relearn returned other weights")
	}
}
