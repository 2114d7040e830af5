package lint

import (
	"context"
	"fmt"
	"slices"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// leaveOut asks each phrasing of an index that does not have it: by what the other phrasings and the text say, as
// somebody does who asks in words of their own. The phrasings are left out a part at a time, of each section about the
// same number.
func (l *linter) leaveOut(ctx context.Context, all []wording, answers []answer) error {
	without := make([]answer, len(all))
	for part := range parts {
		var asked []wording
		var at []int
		for i, w := range all {
			if w.number >= 0 && (w.section+w.number)%parts == part {
				asked, at = append(asked, w), append(at, i)
			}
		}
		if len(asked) == 0 {
			continue
		}
		some, err := l.answersWithout(ctx, asked)
		if err != nil {
			return err
		}
		for k, i := range at {
			without[i] = some[k]
		}
	}
	l.needless(all, answers, without)
	l.contested(all, answers, without)
	return nil
}

// answersWithout asks phrasings of an index that has none of them.
func (l *linter) answersWithout(ctx context.Context, asked []wording) ([]answer, error) {
	s, err := index.Build(ctx, l.lacking(asked), index.Options{})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	answers, err := l.answers(ctx, s, asked)
	for i := range answers {
		answers[i].best = l.byID[answers[i].best.ID] // with all its wordings
	}
	return answers, err
}

// lacking returns the knowledge base without some phrasings.
func (l *linter) lacking(asked []wording) knowledge.Base {
	drop := map[knowledge.SectionID]map[int]bool{} // by section: the phrasings' numbers
	for _, w := range asked {
		id := l.sections[w.section].ID
		if drop[id] == nil {
			drop[id] = map[int]bool{}
		}
		drop[id][w.number] = true
	}
	base := l.base
	base.Articles = slices.Clone(base.Articles)
	for i := range base.Articles {
		a := &base.Articles[i]
		a.Sections = slices.Clone(a.Sections)
		for j := range a.Sections {
			s := &a.Sections[j]
			var kept []string
			for k, phrasing := range s.Phrasings {
				if !drop[s.ID][k] {
					kept = append(kept, phrasing)
				}
			}
			s.Phrasings = kept
		}
	}
	return base
}

// needless finds phrasings that differ from the heading, or from a phrasing before, in small words alone, and are found
// as well without.
func (l *linter) needless(all []wording, answers, without []answer) {
	type asked struct {
		section int
		gist    string
	}
	before := map[asked]string{}
	for i, w := range all {
		s := l.sections[w.section]
		key := asked{w.section, wordsOf(s.Lang).gist(w.text)}
		first, again := before[key]
		if !again {
			before[key] = w.text
		}
		if a := without[i]; again && key.gist != "" && a.outright && a.best.ID == s.ID {
			l.report(NeedlessPhrasing, knowledge.Notice, w,
				fmt.Sprintf("the phrasing %q adds nothing to %q: without it %q is found as well (%.2f)", clip(w.text), clip(first), clip(s.Title), a.confidence),
				"take it out, or put it in words that people use and you do not")
		}
	}
}

// How many of a section's phrasings, and what share, must go to the same other one to be more than chance.
const (
	leastContested = 2
	contestedShare = 0.25
)

// contested finds sections that people do not get when they ask in words that staff have not thought of.
func (l *linter) contested(all []wording, answers, without []answer) {
	type pair struct{ section, other knowledge.SectionID }
	lost := map[pair][]int{}
	var order []pair
	for i, w := range all {
		own := l.sections[w.section].ID
		if a := without[i]; a.outright && l.rivals(w, a.best) && answers[i].best.ID == own && !l.sharesGist(w, a.best) {
			p := pair{own, a.best.ID}
			if lost[p] == nil {
				order = append(order, p)
			}
			lost[p] = append(lost[p], i)
		}
	}
	for _, p := range order {
		w, other := all[lost[p][0]], without[lost[p][0]].best
		s := l.sections[w.section]
		if len(lost[p]) < leastContested || float64(len(lost[p])) < contestedShare*float64(len(s.Phrasings)) {
			continue
		}
		l.add(Contested, knowledge.Notice, s, 0,
			fmt.Sprintf("people who ask for %q in other words may get %s instead: so would %q and %q, were they not written down",
				clip(s.Title), name(other), clip(w.text), clip(all[lost[p][1]].text)),
			"write more phrasings that tell the two apart, or make one section of the two")
	}
}
