package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// read reads sets of the repository, each once for all tests.
func read(t *testing.T, names ...string) []set {
	t.Helper()
	t.Chdir("../..") // calibrate runs at the top of the repository
	var all []set
	for _, name := range names {
		load, _ := readOnce.LoadOrStore(name, sync.OnceValues(func() (set, error) {
			return readSet(t.Context(), "index/testdata/sets/"+name)
		}))
		s, err := load.(func() (set, error))()
		if err != nil {
			t.Fatalf("readSet(%q): %v", name, err)
		}
		all = append(all, s)
	}
	return all
}

var readOnce sync.Map // name → func() (set, error)

func TestReadSet(t *testing.T) {
	s := read(t, "laser-eye-surgery")[0]
	answered, found := 0, 0
	for i, l := range s.lessons {
		if l.out != (len(s.questions[i].Want) == 0) {
			t.Errorf("question %q: out is %t", s.questions[i].Text, l.out)
		}
		if !l.out {
			answered++
			if slices.Contains(l.right, true) {
				found++
			}
		}
	}
	if len(s.lessons) == 0 || 10*found < 9*answered {
		t.Errorf("the right section is a candidate of %d of %d questions, want nine in ten", found, answered)
	}
	kinds := map[bool]int{}
	for _, l := range s.made {
		kinds[l.out]++
	}
	if kinds[true] == 0 || kinds[false] == 0 {
		t.Errorf("made %d questions without an answer and %d with one, want some of both", kinds[true], kinds[false])
	}
	if len(s.strangers) != mostStrangers+mostVague || slices.ContainsFunc(s.strangers, func(l lesson) bool { return !l.out || slices.Contains(l.right, true) }) {
		t.Errorf("%d strangers, want %d that nothing answers", len(s.strangers), mostStrangers+mostVague)
	}
}

// TestLeaveOut holds that no set is judged by what was learned from it or from its twin on the same knowledge.
func TestLeaveOut(t *testing.T) {
	sets := read(t, "laser-eye-surgery", "nursery-school", "nursery-school-phrased")
	by, err := leaveOut(t.Context(), sets, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if by[1] != by[2] || by[0] == by[1] {
		t.Fatalf("judged by %p, %p, %p, want twins by one model and the other by another", by[0], by[1], by[2])
	}
	for i, rest := range [][]set{sets[1:], sets[:1]} {
		want, err := learn(t.Context(), rest, 1)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(by[i].Plain, want.Plain) || !slices.Equal(by[i].PlainBackground, want.PlainBackground) {
			t.Errorf("%s is judged by another model than the one learned on the rest", sets[i].name)
		}
	}
}

// TestLearn learns from one set and puts the right sections of another first more often than chance does.
func TestLearn(t *testing.T) {
	sets := read(t, "laser-eye-surgery", "nursery-school")
	m, err := learn(t.Context(), sets[:1], 3)
	if err != nil {
		t.Fatal(err)
	}
	first, chance, n := 0, 0.0, 0
	for _, l := range sets[1].lessons {
		if l.out || !slices.Contains(l.right, true) {
			continue
		}
		n++
		chance += 1 / float64(len(l.Candidates))
		p := m.Judge(l.Lesson)
		best := 0
		for i := range p {
			if p[i] > p[best] {
				best = i
			}
		}
		if l.right[best] {
			first++
		}
	}
	if float64(first) < 4*chance {
		t.Errorf("right first for %d of %d questions, want four times what chance gives, %.1f", first, n, chance)
	}
}

// TestLearnUntilStopped learns nothing more once its context has ended.
func TestLearnUntilStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	sets := []set{{name: "a"}, {name: "b"}}
	if m, err := learn(ctx, sets, 1); m != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("learn = %v, %v, want context.Canceled", m, err)
	}
	if _, err := leaveOut(ctx, sets, 0, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("leaveOut = %v, want context.Canceled", err)
	}
}

// TestDescend compares the gradient with the slope of what it descends, measured.
func TestDescend(t *testing.T) {
	clues, backgrounds := len(index.Clues()), len(index.Backgrounds())
	random := rand.New(rand.NewPCG(1, 1))
	numbers := func(n int) []float32 {
		all := make([]float32, n)
		for i := range all {
			all[i] = random.Float32() - .5
		}
		return all
	}
	for _, right := range [][]bool{{false, true, false}, {true, false, true}, {false, false, false}} {
		e := example{lesson{Lesson: index.Lesson{Background: numbers(backgrounds), Phrased: .4}, right: right, out: !slices.Contains(right, true)}, 1.5}
		for i := range right {
			e.Candidates = append(e.Candidates, index.LessonCandidate{Clues: numbers(clues), Phrased: i == 1})
		}
		n := newNetwork(2, random)
		n.descend(&e)
		for k := 0; k < len(n.values); k += 37 {
			v := n.values[k]
			const step = 1e-2
			at := *v.at
			*v.at = at + step
			above := loss(n.model, &e)
			*v.at = at - step
			below := loss(n.model, &e)
			*v.at = at
			if want := (above - below) / (2 * step); math.Abs(float64(*v.slope)-want) > 1e-2 {
				t.Errorf("right %v: slope of parameter %d is %.4f, want %.4f", right, k, *v.slope, want)
			}
		}
	}
}

// loss is what descend lessens for one example.
func loss(m *index.Model, e *example) float64 {
	inner := m.Inner(e.Background)
	var scores []float32
	for i := range e.Candidates {
		s, _ := activate(m, &e.Candidates[i], inner, nil)
		scores = append(scores, s)
	}
	p, none := index.Probabilities(slices.Clone(scores), m.None(e.Background, e.Phrased))
	if e.out {
		return -float64(e.weight) * math.Log(float64(none))
	}
	alone, _ := index.Probabilities(scores, float32(math.Inf(-1)))
	return -float64(e.weight) * (math.Log(float64(e.rightOf(p))) + ranking*math.Log(float64(e.rightOf(alone))))
}

func TestReadSettings(t *testing.T) {
	usual := settings{own: "index/testdata/sets", pairs: "index/testdata/pairs", hidden: 5, policy: bot.DefaultPolicy}
	with := func(change func(*settings)) settings {
		s := usual
		change(&s)
		return s
	}
	tests := []struct {
		args string
		want settings
		err  bool
	}{
		{"", usual, false},
		{"-report -mistakes", with(func(s *settings) { s.report, s.mistakes = true, true }), false},
		{"-extra more -sure .9", with(func(s *settings) { s.extra, s.policy.Sure = "more", .9 }), false},
		{"-folds few", usual, true},
		{"-help", usual, true},
	}
	for _, test := range tests {
		got, err := readSettings(strings.Fields(test.args))
		if got != test.want || (err != nil) != test.err {
			t.Errorf("readSettings(%q) = %+v, %v, want %+v", test.args, got, err, test.want)
		}
	}
}

// TestWeigh shows figures of the sets of two folders, of which the second is what people asked, and learns from both.
func TestWeigh(t *testing.T) {
	folder := func(name string) string {
		dir := t.TempDir()
		for file, text := range map[string]string{
			"questions.tsv":    "when can I come\tOpening hours\nwhat is the price of it\tPrices\nwho won\tNONE\n",
			"knowledge/doc.md": "# House\n\n## Opening hours\n\nWe open at seven.\n\n## Prices\n\nIt costs three euros.\n",
		} {
			path := filepath.Join(dir, name, file)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	s := settings{own: folder("ours"), extra: folder("theirs"), hidden: 1, policy: bot.DefaultPolicy, report: true}
	all, err := s.sets(t.Context())
	if err != nil || len(all) != 2 || all[0].real || !all[1].real {
		t.Fatalf("sets = %d, %v, want ours and theirs", len(all), err)
	}
	for _, report := range []bool{true, false} {
		s.report = report
		var out strings.Builder
		if err := s.weigh(t.Context(), &out); err != nil || !strings.Contains(out.String(), "\nours ") || !strings.Contains(out.String(), "\ntheirs ") {
			t.Errorf("weigh with report %v = %v, and shows\n%s", report, err, &out)
		}
	}
	s.write = filepath.Join(t.TempDir(), "weights.json")
	if err := s.weigh(t.Context(), io.Discard); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(s.write); err != nil || !json.Valid(data) {
		t.Errorf("weigh writes %.40q, %v, want weights", data, err)
	}
}

// TestAnswers makes the desk's outcomes of confidences.
func TestAnswers(t *testing.T) {
	candidate := func(id knowledge.SectionID, p float64, phrasings ...string) index.LessonCandidate {
		return index.LessonCandidate{Section: &knowledge.Section{ID: id, Phrasings: phrasings}, P: p}
	}
	s := set{}
	for _, c := range [][]index.LessonCandidate{
		{candidate("b", .1), candidate("a", .8)},
		{candidate("a", .5), candidate("b", .1)},
		{candidate("a", .5, "how is a?"), candidate("b", .1)},
		{candidate("a", .1)},
		nil,
	} {
		s.lessons = append(s.lessons, lesson{Lesson: index.Lesson{Candidates: c}})
	}
	got := s.answers(nil, bot.Policy{Sure: .6, Phrased: .4, Maybe: .2, Margin: .1})
	for i, want := range []bot.Outcome{bot.Answered, bot.Unsure, bot.Answered, bot.Unanswered, bot.Unanswered} {
		if got[i].Outcome != string(want) || want == bot.Answered && got[i].Section.ID != "a" {
			t.Errorf("answer %d is %+v, want %q", i, got[i], want)
		}
	}
}

// TestAnswersByAModel trusts a heading that is the question itself as much as the desk does, whatever was learned.
func TestAnswersByAModel(t *testing.T) {
	candidate := func(id knowledge.SectionID, same float32) index.LessonCandidate {
		c := index.LessonCandidate{Section: &knowledge.Section{ID: id}, Clues: make([]float32, len(index.Clues()))}
		c.Clues[slices.Index(index.Clues(), "same")] = same
		return c
	}
	s := set{lessons: []lesson{{Lesson: index.Lesson{
		Background: make([]float32, len(index.Backgrounds())),
		Candidates: []index.LessonCandidate{candidate("a", 0.9), candidate("b", 1)},
	}}}}
	got := s.answers(blank(1), bot.DefaultPolicy)[0].Candidates
	if got[0].ID != "b" || got[0].Confidence < 2*got[1].Confidence {
		t.Errorf("candidates are %+v, want b far ahead of a", got)
	}
}

func TestShow(t *testing.T) {
	sets := read(t, "laser-eye-surgery")
	var out strings.Builder
	if err := show(&out, sets, make([]*index.Model, 1), settings{policy: bot.DefaultPolicy, mistakes: true}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"laser-eye-surgery", "mean of articles", "confidence   questions", "want"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("show prints no %q:\n%s", want, out.String())
		}
	}
	if err := show(io.Discard, sets, make([]*index.Model, 1), settings{only: "nothing"}); err != nil {
		t.Errorf("show of no set: %v", err)
	}
}
