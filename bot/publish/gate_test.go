package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/filetree"
)

// side reads and builds a folder.
func side(t *testing.T, files map[string]string) Side {
	t.Helper()
	m := map[string][]byte{}
	for name, text := range files {
		m[name] = []byte(text)
	}
	f, err := Read(filetree.Of(m), func(fsys fs.FS) (knowledge.Base, []knowledge.Problem) {
		return knowledge.Load(fsys, knowledge.Handoff{})
	})
	if err != nil || len(Errors(f.Problems)) > 0 {
		t.Fatalf("Read() = %v, %v", err, f.Problems)
	}
	s, err := index.Build(t.Context(), f.Base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return f.Side(s)
}

func TestCompare(t *testing.T) {
	const dogs = "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n"
	lists := map[string]string{
		"both": golden, "none": "", "a crisis": "i want to kill myself\tCRISIS\nhow much is a nuclear submarine\tNONE\nI want to talk to a human\tHANDOFF\n",
		"one that always fails": "Is there a pool?\tparking\n", "two": golden + "Is there a pool?\tparking\n",
	}
	warn := deskYAML + "gate: warn\n"
	for _, c := range []struct {
		name             string
		before, after    map[string]string
		golden           [2]string
		changed, lost    int
		broken, breaking int
		blocks           bool
	}{
		{"the same", usual(), usual(), [2]string{"both", "both"}, 0, 0, 0, 0, false},
		{"an answer gone", usual(), map[string]string{"visits.md": dogs}, [2]string{"both", "both"}, 2, 2, 1, 1, true},
		{"an answer gone that nothing protects", usual(), map[string]string{"visits.md": dogs}, [2]string{"none", "none"}, 1, 1, 0, 0, false},
		{"an answer gone with its row", usual(), map[string]string{"visits.md": dogs}, [2]string{"both", "none"}, 1, 1, 0, 0, false},
		{"an answer gone, and a warning will do", usual(), map[string]string{"visits.md": dogs, "desk.yaml": warn}, [2]string{"both", "both"}, 2, 2, 1, 1, false},
		{"a row that is new and fails", usual(), usual(), [2]string{"both", "two"}, 0, 0, 1, 1, true},
		{"a row that failed before", usual(), usual(), [2]string{"one that always fails", "two"}, 0, 0, 1, 0, false},
		{"an answer that comes", map[string]string{"visits.md": dogs}, usual(), [2]string{"none", "both"}, 2, 0, 0, 0, false},
		{"all labels", usual(), map[string]string{"visits.md": dogs}, [2]string{"a crisis", "a crisis"}, 1, 1, 0, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			of := func(files map[string]string, list string) map[string]string {
				all := map[string]string{"desk.yaml": deskYAML}
				for name, text := range files {
					all[name] = text
				}
				delete(all, "questions.tsv")
				if lists[list] != "" {
					all["questions.tsv"] = lists[list]
				}
				return all
			}
			r, err := Gate{Recent: patience}.Compare(t.Context(), side(t, of(c.before, c.golden[0])), side(t, of(c.after, c.golden[1])), []Question{{Text: "is there parking"}})
			if err != nil {
				t.Fatal(err)
			}
			if r.Changed != c.changed || r.Lost != c.lost || len(r.Broken) != c.broken || r.Breaking() != c.breaking || r.Blocks != c.blocks {
				t.Errorf("Compare() = %s\nwant %d changed, %d lost, %d golden questions that fail, %d that break, blocked %v", r, c.changed, c.lost, c.broken, c.breaking, c.blocks)
			}
		})
	}
}

func TestNothingToCompareWithBlocksNothing(t *testing.T) {
	files := usual()
	files["questions.tsv"] = "Is there a pool?\tparking\n"
	r, err := Gate{}.Compare(t.Context(), Side{}, side(t, files), nil)
	if err != nil || r.Blocks || len(r.Broken) != 1 || r.Changed != 0 || r.Against != "" {
		t.Errorf("Compare(nothing, a folder) = %+v, %v, want the row that fails, and no block", r, err)
	}
}

func TestAQuestionIsAskedOnce(t *testing.T) {
	s := side(t, usual())
	r, err := Gate{Recent: patience}.Compare(t.Context(), s, s, []Question{{Text: "Where can I park?"}, {Text: "is there parking"}})
	if err != nil || r.Golden != 2 || r.Recent != 1 {
		t.Errorf("Compare() asks %d golden and %d recent questions, %v, want 2 and 1", r.Golden, r.Recent, err)
	}
}

func TestWhatTimeDoesNotSufficeFor(t *testing.T) {
	s := side(t, usual())
	r, err := Gate{Golden: 1}.Compare(t.Context(), s, s, nil)
	if err != nil || !r.Blocks || r.Unknown != 2 || r.Breaking() != 2 || !strings.Contains(r.Summary(), "2 golden questions could not be asked in time") {
		t.Errorf("Compare() without time for golden questions = %s, %v, want it to block", r, err)
	}
	r, err = Gate{Recent: 1}.Compare(t.Context(), s, s, []Question{{Text: "is there parking"}})
	if err != nil || r.Blocks || r.Unasked != 1 || r.Recent != 0 || r.Golden != 2 {
		t.Errorf("Compare() without time for recent questions = %+v, %v, want no block", r, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Gate{}).Compare(ctx, s, s, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Compare() after its end = %v, want %v", err, context.Canceled)
	}
}

// TestSilenceProvesNothing has a desk that answers nobody in private: what it says tells nothing of its knowledge.
func TestSilenceProvesNothing(t *testing.T) {
	files := usual()
	files["desk.yaml"] += "rooms: {private: {answer: off}}\n"
	r, err := Gate{}.Compare(t.Context(), side(t, usual()), side(t, files), nil)
	if err != nil || r.Blocks || len(r.Broken) != 0 || r.Unasked != 2 {
		t.Errorf("Compare() with a desk that is silent = %+v, %v, want nothing broken", r, err)
	}
}

// TestWhatHasExpiredIsLost is why the gate asks the desk, not the index.
func TestWhatHasExpiredIsLost(t *testing.T) {
	files := usual()
	files["visits.md"] = "---\nexpires_at: 2026-06-30\n---\n" + files["visits.md"]
	for day, lost := range map[string]int{"2026-06-01": 0, "2026-07-02": 2} {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Gate{Now: func() time.Time { return now }}.Compare(t.Context(), side(t, usual()), side(t, files), nil)
		if err != nil || r.Lost != lost || r.Blocks != (lost > 0) {
			t.Errorf("on %s, Compare() = %s, %v, want %d lost", day, r, err, lost)
		}
	}
}

// TestDayOfTheDesk: what a version answered is known on one day at its desk, and what expires, expires with that day.
func TestDayOfTheDesk(t *testing.T) {
	files := usual()
	files["desk.yaml"] += "timezone: America/Chicago\n"
	files["visits.md"] = "---\nexpires_at: 2026-07-01\n---\n" + files["visits.md"]
	before, after := side(t, usual()), side(t, files)
	at := func(clock string) Gate {
		now, err := time.Parse(time.RFC3339, "2026-"+clock+"-05:00")
		if err != nil {
			t.Fatal(err)
		}
		return Gate{Now: func() time.Time { return now.UTC() }}
	}
	r, err := at("06-30T23:00:00").Compare(t.Context(), before, after, nil)
	if err != nil || r.Lost != 0 {
		t.Fatalf("in the evening before, Compare() = %s, %v, want nothing lost", r, err)
	}
	after.known = r.answers
	for clock, known := range map[string]bool{"06-30T00:00:00": true, "06-30T23:59:59": true, "07-01T00:00:00": false} {
		if p := at(clock).panel(after, before); (p.known != nil) != known {
			t.Errorf("at %s the answers are known: %v, want %v", clock, p.known != nil, known)
		}
	}
	if r, err = at("07-01T00:30:00").Compare(t.Context(), before, after, nil); err != nil || r.Lost != 2 {
		t.Errorf("half an hour into the day, Compare() = %s, %v, want 2 lost", r, err)
	}
}

func TestReportsAreBounded(t *testing.T) {
	var r Report
	for i := range 3 * MaxChanges {
		was, is := Answer{Outcome: bot.Answered, Section: "a"}, Answer{Outcome: bot.Answered, Section: "b"}
		switch i % 3 {
		case 1:
			is = Answer{Outcome: bot.Unanswered}
		case 2:
			was = Answer{Outcome: bot.Unsure}
		}
		r.addRecent(Question{Text: fmt.Sprint("question ", i)}, pair{was, is, true})
	}
	r.finish()
	if r.Changed != 150 || r.Lost != 50 || r.Gained != 50 || len(r.Changes) != MaxChanges {
		t.Fatalf("the report has %d changed, %d lost, %d gained, %d listed", r.Changed, r.Lost, r.Gained, len(r.Changes))
	}
	for _, c := range r.Changes {
		if !c.Loses() {
			t.Errorf("%s stands before an answer that is lost", c)
		}
	}
	if lines := strings.Split(strings.TrimSpace(r.String()), "\n"); len(lines) != 12 || lines[11] != "… and 140 more" {
		t.Errorf("Report.String() has %d lines and ends with %q, want 12 and how many more", len(lines), lines[len(lines)-1])
	}
}

func TestSummary(t *testing.T) {
	broken := func(blocks ...bool) (all []BrokenGolden) {
		for _, b := range blocks {
			all = append(all, BrokenGolden{Blocks: b})
		}
		return all
	}
	for want, r := range map[string]Report{
		"no answer changes":        {},
		"1 answer changes":         {Changed: 1},
		"1 answer reads otherwise": {Reworded: 1},
		"2 answers read otherwise; 1 golden question breaks":      {Reworded: 2, Broken: broken(true)},
		"12 answers change, 2 lose theirs, 3 more read otherwise": {Changed: 12, Lost: 2, Reworded: 3},
		"1 question loses its answer":                             {Changed: 1, Lost: 1},
		"1 question gains an answer":                              {Changed: 1, Gained: 1},
		"12 answers change, 2 lose theirs":                        {Changed: 12, Lost: 2},
		"12 answers change, 1 loses its own, 3 are new":           {Changed: 12, Lost: 1, Gained: 3},
		"no answer changes; 1 golden question breaks":             {Broken: broken(true)},
		"no answer changes; 2 golden questions fail already":      {Broken: broken(false, false)},
		"2 answers change, 1 is new; 2 golden questions break":    {Changed: 2, Gained: 1, Broken: broken(true, true)},
		"1 answer changes; 1 golden question breaks; 1 golden question fails already; 1 golden question could not be asked in time": {
			Changed: 1, Broken: broken(true, false), Unknown: 1},
	} {
		if got := r.Summary(); got != want {
			t.Errorf("Summary() = %q, want %q", got, want)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	m := map[string][]byte{"desk.yaml": []byte(deskYAML)}
	var rows strings.Builder
	for i := range 100 {
		m[fmt.Sprintf("a%d.md", i)] = fmt.Appendf(nil, "# Subject %d\n\n## What about number %d? {#s%d}\n\nThis about %d.\n", i, i, i, i)
		fmt.Fprintf(&rows, "What about number %d?\ts%d\n", i, i)
	}
	m["questions.tsv"] = []byte(rows.String())
	f, err := Read(filetree.Of(m), func(fsys fs.FS) (knowledge.Base, []knowledge.Problem) {
		return knowledge.Load(fsys, knowledge.Handoff{})
	})
	if err != nil {
		b.Fatal(err)
	}
	s, err := index.Build(b.Context(), f.Base, index.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		if r, err := (Gate{}).Compare(b.Context(), f.Side(s), f.Side(s), nil); err != nil || r.Golden != 100 {
			b.Fatal(r, err)
		}
	}
}
