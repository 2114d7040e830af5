package bot

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// settle says what becomes of a question, given all the sections found for it, best first. Expired ones count as if they
// had been deleted, so that this year's fair is found beside last year's; but where one of them is more than twice as
// likely as everything that may be served, it is what was asked for, and nothing else is taken for it but its successor
// under the same heading.
func settle(p Policy, found []index.Hit, today time.Time) finding {
	var f finding
	var gone index.Hit // the best expired one
	lost := 0.0        // how likely it is that one of them was meant
	for _, hit := range found {
		if !hit.Section.Expired(today) {
			f.hits = append(f.hits, hit)
			continue
		}
		if gone.Section.ID == "" {
			gone = hit
		}
		if hit.Confidence > 0 { // so that one which is no number does no harm
			lost += hit.Confidence
		}
	}
	f.hits = f.hits[:min(candidates, len(f.hits))]
	if len(f.hits) > 0 {
		f.best = f.hits[0].Confidence
	}
	if lost >= p.Maybe && gone.Confidence > 2*f.best && !succeeded(gone.Section, f.hits) {
		f.outcome, f.best, f.expired = Unanswered, lost, gone.Section.ID
		return f
	}
	for i, hit := range f.hits { // confidences are shares of all that may be meant
		if rest := 1 - lost; lost > 0 && hit.Confidence > 0 {
			f.hits[i].Confidence = hit.Confidence / max(rest, hit.Confidence)
		}
	}
	if len(f.hits) > 0 {
		f.best = f.hits[0].Confidence
	}
	f.outcome = decide(p, f.hits)
	return f
}

// succeeded reports whether one of the hits has the heading of a section that has expired.
func succeeded(gone knowledge.Section, hits []index.Hit) bool {
	return gone.Title != "" && slices.ContainsFunc(hits, func(h index.Hit) bool {
		return h.Section.Lang == gone.Lang && strings.EqualFold(h.Section.Title, gone.Title)
	})
}

// expiredBy returns how many sections have expired on a day.
func (f *facts) expiredBy(today time.Time) int {
	return sort.Search(len(f.expiries), func(i int) bool { return today.Before(f.expiries[i]) })
}

// Bounds of how many more sections are asked for, so that expired ones keep no other from being found.
const (
	maxExpired          = 20 // in a search: the index weighs thirty
	maxExpiredSuggested = 1000
)

// outdated says that there was an answer, and hands off.
func (t *turn) outdated(id knowledge.SectionID) Reply {
	t.expired = id
	return t.unanswered(t.tongue.say.Outdated)
}

// reviewNote says when staff last looked a section over, once they should have done so again.
func (t *turn) reviewNote(s knowledge.Section) string {
	say := t.tongue.say
	switch {
	case !s.Overdue(t.today):
		return ""
	case s.Reviewed.IsZero():
		return say.ReviewDue
	}
	note := fill(say.LastReviewed, "month", say.Months[s.Reviewed.Month()-1])
	return fill(note, "year", strconv.Itoa(s.Reviewed.Year()))
}
