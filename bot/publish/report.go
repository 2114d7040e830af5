package publish

import (
	"cmp"
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// A Report says what a version would change for the people who ask.
type Report struct {
	Version  string                `json:"version"`  // that was tried
	Against  string                `json:"against"`  // that it was compared with; empty for none
	Sections int                   `json:"sections"` // in the new version
	Files    []versions.FileChange `json:"files"`    // what is different in the folder
	Problems []knowledge.Problem   `json:"-"`        // of the files, golden questions among them; errors leave the rest empty

	Golden  int `json:"golden"`  // golden questions asked
	Recent  int `json:"recent"`  // recent questions asked
	Unasked int `json:"unasked"` // questions of either kind that time did not suffice for

	Changed  int            `json:"changed"`  // questions that are answered otherwise
	Lost     int            `json:"lost"`     // ... that have no answer any more
	Gained   int            `json:"gained"`   // ... that had none
	Reworded int            `json:"reworded"` // questions that the same section answers in other words
	Changes  []AnswerChange `json:"changes"`  // those, lost ones first, at most MaxChanges

	Broken  []BrokenGolden `json:"broken"`  // golden questions that are not answered as they should be
	Blocks  bool           `json:"blocks"`  // the gate keeps the version from going live
	Unknown int            `json:"unknown"` // golden questions that time did not suffice for; they block as broken ones do

	answers memo // of the new version
}

// MaxChanges bounds the changed answers that a report lists.
const MaxChanges = 50

// An Answer is what came of a question.
type Answer struct {
	Outcome    bot.Outcome         `json:"outcome"` // empty when staff's rules let the desk say nothing
	Section    knowledge.SectionID `json:"section"` // shown; empty for none
	Title      string              `json:"title"`   // of the section
	Confidence float64             `json:"confidence"`
	words      uint64              // a hash of what people read; 0 where no section is shown
}

// An AnswerChange is a question that two versions answer otherwise.
type AnswerChange struct {
	Question string `json:"question"`
	Lang     string `json:"lang"`
	Golden   bool   `json:"golden"` // it is a golden question
	Old      Answer `json:"old"`
	New      Answer `json:"new"`
}

// A BrokenGolden is a golden question that is not answered as it should be.
type BrokenGolden struct {
	GoldenQuestion
	Got    Answer `json:"got"`
	Before Answer `json:"before"` // of the version it was compared with
	New    bool   `json:"new"`    // the row was not in that version
	Blocks bool   `json:"blocks"` // it was answered rightly before, or is new
}

// silent reports that staff's rules let the desk say nothing, or nothing yet.
func (a Answer) silent() bool { return a.Outcome == "" || a.Outcome == bot.Limited }

// helps reports whether a person was told something, or taken to somebody.
func (a Answer) helps() bool {
	return !a.silent() && a.Outcome != bot.Unsure && a.Outcome != bot.Unanswered
}

// Loses reports whether the question had an answer and has none.
func (c AnswerChange) Loses() bool { return c.Old.helps() && !c.New.helps() }

// Gains reports whether the question had no answer and has one.
func (c AnswerChange) Gains() bool { return !c.Old.helps() && c.New.helps() }

// addGolden adds what came of a golden question; compared says that there is an old version, had that the row is in it.
func (r *Report) addGolden(row GoldenQuestion, p pair, compared, had bool) {
	switch {
	case !p.asked:
		r.Unasked++
		r.Unknown++
		r.Blocks = true
		return
	case p.new.silent():
		r.Unasked++ // the desk says nothing in private, so the question proves nothing
		return
	}
	r.Golden++
	if compared {
		r.addChange(Question{row.Question, row.Lang}, p, true)
	}
	if row.met(p.new) {
		return
	}
	b := BrokenGolden{GoldenQuestion: row, Got: p.new, Before: p.old, New: compared && !had}
	b.Blocks = b.New || compared && row.met(p.old)
	r.Blocks = r.Blocks || b.Blocks
	r.Broken = append(r.Broken, b)
}

// learn remembers what the new version answered on a day, for when it is the old one.
func (r *Report) learn(day time.Time, questions []Question, asked []pair) {
	if r.answers.answers == nil {
		r.answers = memo{day, map[Question]Answer{}}
	}
	for i, q := range questions {
		if asked[i].asked {
			r.answers.answers[q] = asked[i].new
		}
	}
}

func (r *Report) addRecent(q Question, p pair) {
	if !p.asked {
		r.Unasked++
		return
	}
	r.Recent++
	r.addChange(q, p, false)
}

func (r *Report) addChange(q Question, p pair, golden bool) {
	if p.old.Outcome == p.new.Outcome && p.old.Section == p.new.Section {
		if p.old.words != p.new.words {
			r.Reworded++
		}
		return
	}
	c := AnswerChange{q.Text, q.Lang, golden, p.old, p.new}
	r.Changed++
	if c.Loses() {
		r.Lost++
	}
	if c.Gains() {
		r.Gained++
	}
	r.Changes = append(r.Changes, c)
}

// finish puts what matters most first, and bounds the list. Lists are never nil.
func (r *Report) finish() {
	r.Files, r.Broken = append([]versions.FileChange{}, r.Files...), append([]BrokenGolden{}, r.Broken...)
	r.Changes = append([]AnswerChange{}, r.Changes...)
	weight := func(c AnswerChange) int {
		switch {
		case c.Loses():
			return 0
		case c.Gains():
			return 2
		}
		return 1
	}
	slices.SortStableFunc(r.Changes, func(a, b AnswerChange) int { return cmp.Compare(weight(a), weight(b)) })
	r.Changes = r.Changes[:min(MaxChanges, len(r.Changes))]
	slices.SortStableFunc(r.Broken, func(a, b BrokenGolden) int { return cmp.Compare(rank(a.Blocks), rank(b.Blocks)) })
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

// Breaking is how many golden questions break, or could not be asked: each keeps the version from going live, unless
// staff want only a warning.
func (r Report) Breaking() int {
	n := r.Unknown
	for _, b := range r.Broken {
		if b.Blocks {
			n++
		}
	}
	return n
}
