package index_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// A staff edits a knowledge base at random, with sections that were written for the labelled sets.
type staff struct {
	random   *rand.Rand
	spare    []knowledge.Section
	base     knowledge.Base
	synonyms [][]string
}

// newStaff starts with two thirds of what the folders' files say.
func newStaff(t *testing.T, seed uint64, folders ...string) *staff {
	s := &staff{random: rand.New(rand.NewPCG(seed, 7))}
	for _, folder := range folders {
		base, _ := knowledge.Load(os.DirFS(filepath.Join("testdata/sets", folder, "knowledge")), knowledge.Handoff{})
		for _, section := range base.Sections() {
			section.ID = knowledge.SectionID(folder) + "/" + section.ID
			s.spare = append(s.spare, section)
		}
	}
	if len(s.spare) < 12 {
		t.Fatalf("%d sections in %v", len(s.spare), folders)
	}
	s.random.Shuffle(len(s.spare), func(i, j int) { s.spare[i], s.spare[j] = s.spare[j], s.spare[i] })
	for range len(s.spare) * 2 / 3 {
		s.add()
	}
	s.synonyms = [][]string{{"price", "damage"}, {"opening hours", "open door", "visiting"}, {"kid", "ankle biter"}, {"session", "go"}}
	return s
}

func (s *staff) add() {
	if len(s.spare) == 0 {
		return
	}
	last := len(s.spare) - 1
	all := s.sections()
	all = slices.Insert(all, s.random.IntN(len(all)+1), s.spare[last])
	s.spare = s.spare[:last]
	s.write(all)
}

func (s *staff) sections() []knowledge.Section { return s.base.Sections() }

func (s *staff) write(all []knowledge.Section) {
	s.base.Articles = []knowledge.Article{{ID: "all", Title: "All", Sections: all}}
}

// edit makes one change and says which.
func (s *staff) edit() string {
	all := s.sections()
	i := s.random.IntN(len(all))
	section := &all[i]
	words := strings.Fields(section.Body)
	switch kind := s.random.IntN(9); kind {
	case 0:
		s.add()
		return "add a section"
	case 1:
		s.spare = append(s.spare, *section)
		s.write(slices.Delete(all, i, i+1))
		return fmt.Sprintf("remove %s", section.ID)
	case 2:
		section.Body += "\n\nAsk for the Extra Friendly Service (EFS) when you visit, open door every Friday."
	case 3:
		section.Body = strings.Join(words[:len(words)/2+1], " ") + "."
	case 4:
		section.Title = "What about " + strings.Trim(words[len(words)/2], ".,") + "?"
	case 5:
		s.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	case 6:
		section.Phrasings = append(slices.Clone(section.Phrasings), "is there "+strings.Join(words[:min(4, len(words))], " "))
	case 7:
		at := s.random.IntN(len(s.synonyms) + 1)
		s.base.Settings.Synonyms = slices.Concat(s.synonyms[at:], [][]string{{strings.ToLower(words[0]), "thingummy"}})
		return "change the synonyms"
	case 8:
		section.Tags = append(slices.Clone(section.Tags), "new")
	}
	s.write(all)
	return fmt.Sprintf("change %s", section.ID)
}

// TestRebuildIsBuild makes random changes and wants a rebuilt snapshot to answer as one built from nothing does, to
// rounding. Each is rebuilt from the one before, at times from an older one, all of which go on answering as before.
func TestRebuildIsBuild(t *testing.T) {
	for seed, folders := range [][]string{
		{"ketamine-clinic", "swimming-pool", "physiotherapy"},
		{"climbing-gym-phrased", "vet-spay-neuter"},
	} {
		t.Run(folders[0], func(t *testing.T) {
			s := newStaff(t, uint64(seed), folders...)
			questions := questionsIn(t, folders, 6)
			var open []*index.Snapshot
			var answers [][]string
			defer func() {
				for _, x := range open {
					x.Close()
				}
			}()
			first, err := index.Build(t.Context(), s.base, index.Options{})
			if err != nil {
				t.Fatal(err)
			}
			open, answers = append(open, first), append(answers, asked(t, first, questions))
			for range 12 {
				did := s.edit()
				from := len(open) - 1
				if s.random.IntN(5) == 0 {
					from = s.random.IntN(len(open))
				}
				rebuilt, err := open[from].Rebuild(t.Context(), s.base)
				if err != nil {
					t.Fatal(err)
				}
				built, err := index.Build(t.Context(), s.base, index.Options{})
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range questions {
					same(t, did, q, rebuilt, built)
				}
				built.Close()
				open, answers = append(open, rebuilt), append(answers, asked(t, rebuilt, questions))
				if t.Failed() {
					t.FailNow()
				}
			}
			for i, x := range open {
				if got := asked(t, x, questions); !slices.Equal(got, answers[i]) {
					t.Errorf("snapshot %d answers otherwise after later ones were made", i)
				}
			}
		})
	}
}

// same wants two snapshots to give the same hits.
func same(t *testing.T, did string, q index.Query, got, want *index.Snapshot) {
	t.Helper()
	a, err := got.Search(t.Context(), q, 10)
	if err != nil {
		t.Fatal(err)
	}
	b, err := want.Search(t.Context(), q, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(a) != len(b) {
		t.Errorf("%s: Search(%q) finds %d, want %d", did, q.Text, len(a), len(b))
		return
	}
	for i := range a {
		if math.Abs(a[i].Confidence-b[i].Confidence) > 1e-6 {
			t.Errorf("%s: Search(%q) hit %d has confidence %v, want %v", did, q.Text, i, a[i].Confidence, b[i].Confidence)
		}
		tied := i+1 < len(b) && b[i].Confidence-b[i+1].Confidence < 1e-6 || i > 0 && b[i-1].Confidence-b[i].Confidence < 1e-6
		if a[i].Section.ID != b[i].Section.ID && !tied && i < len(a)-1 {
			t.Errorf("%s: Search(%q) hit %d is %q, want %q", did, q.Text, i, a[i].Section.ID, b[i].Section.ID)
		} else if a[i].Section.ID == b[i].Section.ID && (a[i].Passage != b[i].Passage || a[i].Section.Body != b[i].Section.Body) {
			t.Errorf("%s: Search(%q) hit %d has passage %v, want %v", did, q.Text, i, a[i].Passage, b[i].Passage)
		}
	}
}

// asked returns what a snapshot answers.
func asked(t *testing.T, s *index.Snapshot, questions []index.Query) []string {
	var all []string
	for _, q := range questions {
		hits, err := s.Search(t.Context(), q, 3)
		if err != nil {
			t.Fatal(err)
		}
		line := q.Text
		for _, h := range hits {
			line += fmt.Sprintf(" | %s %v", h.Section.ID, h.Confidence)
		}
		all = append(all, line)
	}
	return all
}

// questionsIn reads so many questions of each folder and adds some that need spelling, synonyms and tags.
func questionsIn(t *testing.T, folders []string, n int) []index.Query {
	all := []index.Query{
		{Text: "what is the damage"}, {Text: "ankle biter allowed"}, {Text: "thingummy"}, {Text: "EFS"},
		{Text: "wat are teh oppening huors"}, {Text: "what is new", Tags: []string{"new"}}, {Text: ""},
	}
	for _, folder := range folders {
		data, err := os.ReadFile(filepath.Join("testdata/sets", folder, "questions.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if text, _, ok := strings.Cut(line, "\t"); ok && i%3 == 0 && len(all) < n+7 {
				all = append(all, index.Query{Text: text})
			}
		}
		n += 6
	}
	return all
}

// TestRebuildAfterMany makes more changes than a library keeps apart, and so many that most of it is new.
func TestRebuildAfterMany(t *testing.T) {
	base := library(40)
	s, err := index.Build(t.Context(), base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.Close() }()
	sections := base.Sections()
	for round := range 40 {
		section := &sections[round*7%len(sections)]
		section.Body = fmt.Sprintf("Round %d brought a letter called zzword%d. ", round, round) + section.Body
		base.Articles = []knowledge.Article{{Sections: slices.Clone(sections)}}
		next, err := s.Rebuild(t.Context(), base)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = next
		hits, err := s.Search(t.Context(), index.Query{Text: fmt.Sprintf("zzword%d", round)}, 1)
		if err != nil || len(hits) == 0 || hits[0].Section.ID != section.ID {
			t.Fatalf("round %d: Search = %v, %v, want %q", round, titles(hits), err, section.ID)
		}
	}
	built, err := index.Build(t.Context(), base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer built.Close()
	for _, text := range questionsFor(base) {
		same(t, "40 changes", index.Query{Text: text}, s, built)
	}
}

// TestRebuildBrokenOff ends the context of a rebuild; the snapshot must answer on and be good to rebuild from.
func TestRebuildBrokenOff(t *testing.T) {
	base := library(30)
	s, err := index.Build(t.Context(), base, index.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sections := base.Sections()
	sections[4].Body += " It mentions a zzlantern."
	changed := knowledge.Base{Articles: []knowledge.Article{{Sections: sections}}}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Rebuild(ended, changed); err == nil {
		t.Error("Rebuild with an ended context = nil error")
	}
	next, err := s.Rebuild(t.Context(), changed)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	for name, x := range map[string]*index.Snapshot{"old": s, "new": next} {
		hits, err := x.Search(t.Context(), index.Query{Text: "zzlantern"}, 1)
		if found := err == nil && len(hits) > 0 && hits[0].Section.ID == sections[4].ID; found != (name == "new") {
			t.Errorf("%s: Search = %v, %v", name, titles(hits), err)
		}
	}
}
