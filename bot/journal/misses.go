package journal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A Reason says why a question is a miss.
type Reason string

// The reasons.
const (
	NoMatch     Reason = "no match"    // no section answers it
	NobodyChose Reason = "none chosen" // the desk was unsure, and none of its choices was picked
	ThumbsDown  Reason = "thumbs down" // it was answered, and the answer did not help
	Expired     Reason = "expired"     // a section would have answered, but is past its date
)

// miss returns why a question found no answer; false when it found one.
func (q question) miss() (Reason, bool) {
	switch {
	case q.expired != "":
		return Expired, true
	case q.feedback < 0:
		return ThumbsDown, true
	case q.outcome == bot.Unanswered:
		return NoMatch, true
	case q.outcome == bot.Unsure && q.chosen == "":
		return NobodyChose, true
	}
	return "", false
}

// A Miss is a group of questions alike that found no answer.
type Miss struct {
	Text        string   // the wording that most people used
	Others      []string // more wordings, five at most
	Lang        string   // of the last reply
	People      int      // who asked, at least
	Times       int      // how often
	Reasons     map[Reason]int
	Nearest     []knowledge.SectionID // that came closest most often, three at most
	First, Last time.Time
}

// Hidden counts the misses whose words staff may not see: no text was kept, or fewer than [Askers] people asked alike.
type Hidden struct {
	Times   int
	Reasons map[Reason]int
}

// Misses returns the groups of questions in a period that found no answer, those that most people asked first, without
// the ones that staff settled.
func (j *Journal) Misses(ctx context.Context, p Period) ([]Miss, Hidden, error) {
	all, err := j.grouped(ctx)
	if err != nil {
		return nil, Hidden{}, fmt.Errorf("read misses: %w", err)
	}
	settled, err := j.settled(ctx, kindMiss)
	if err != nil {
		return nil, Hidden{}, fmt.Errorf("read misses: %w", err)
	}
	var misses []Miss
	hidden := Hidden{Reasons: map[Reason]int{}}
	hidden.add(all.textless, p)
	for _, g := range all.alike {
		open, rest := g.open()
		hidden.add(rest, p)
		if m, ok := missOf(unsettled(open, settled), p); ok {
			misses = append(misses, m)
		}
	}
	slices.SortFunc(misses, func(a, b Miss) int {
		return cmp.Or(b.People-a.People, b.Times-a.Times, b.Last.Compare(a.Last), strings.Compare(a.Text, b.Text))
	})
	return misses, hidden, nil
}

func (h *Hidden) add(questions []question, p Period) {
	for _, q := range questions {
		if why, ok := q.miss(); ok && p.has(q.at) {
			h.Times++
			h.Reasons[why]++
		}
	}
}

// unsettled returns the questions of a group that staff have not settled. What was taught counts again when somebody
// misses it afterwards; what is out of scope, or ignored, stays away.
func unsettled(questions []question, settled map[likeness]decision) []question {
	if len(settled) == 0 {
		return questions
	}
	var taught time.Time
	for _, q := range questions {
		d, ok := settled[likeness{of: likenessOf(q.bare)}]
		if ok && d.verdict != Taught {
			return nil
		}
		if ok && d.at.After(taught) {
			taught = d.at
		}
	}
	return slices.DeleteFunc(slices.Clone(questions), func(q question) bool { return !q.at.After(taught) })
}

// missOf sums up the questions of a period that found no answer; false when there are none.
func missOf(questions []question, p Period) (Miss, bool) {
	const others, sections = 5, 3
	m := Miss{Reasons: map[Reason]int{}}
	var missed []question
	near := map[knowledge.SectionID]float64{}
	for _, q := range questions {
		why, ok := q.miss()
		if !ok || !p.has(q.at) {
			continue
		}
		missed = append(missed, q)
		m.Reasons[why]++
		if q.expired != "" {
			near[q.expired]++
		}
		for rank, id := range q.nearest {
			near[id] += 1 / float64(rank+1)
		}
	}
	if len(missed) == 0 {
		return m, false
	}
	words := texts(missed)
	m.Text, m.Others = words[0], words[1:min(others+1, len(words))]
	m.People, m.Times = max(1, people(missed)), len(missed)
	m.Nearest = heaviest(near, sections)
	m.First, m.Last, m.Lang = missed[0].at, missed[len(missed)-1].at, missed[len(missed)-1].lang
	return m, true
}

// heaviest returns the sections with the most weight, n at most.
func heaviest(weight map[knowledge.SectionID]float64, n int) []knowledge.SectionID {
	var ids []knowledge.SectionID
	for id := range weight {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b knowledge.SectionID) int {
		return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b))
	})
	return ids[:min(n, len(ids))]
}
