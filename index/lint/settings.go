package lint

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// contacts finds articles that leave people without a human; if it is all of them, once.
func (l *linter) contacts() {
	const advice = "write contact: in desk.yaml, once for all, or in the front matter"
	without := map[knowledge.ArticleID]int{}
	for _, a := range l.base.Articles {
		for _, s := range a.Sections {
			if s.Handoff.IsZero() {
				without[a.ID]++
			}
		}
	}
	if n := len(without); n > 1 && n == len(l.base.Articles) {
		l.addAt(NoContact, knowledge.Warning, knowledge.Position{},
			fmt.Sprintf("whoever reads one of the %d articles has nobody to turn to", n), advice)
		return
	}
	for _, a := range l.base.Articles {
		if n := without[a.ID]; n > 0 {
			l.addAt(NoContact, knowledge.Warning, a.Source,
				fmt.Sprintf("whoever reads %q has nobody to turn to, in %s", clip(a.Title), plural(n, "section")), advice)
		}
	}
}

// helplines finds those that nobody has made sure of lately; if none says when, once. The built-in ones are named once,
// since they are those of one country.
func (l *linter) helplines() {
	const advice = "call or look it up, then write checked: with today's date, such as checked: 2026-03-01"
	var undated []knowledge.Helpline
	own := 0
	for _, h := range l.base.Settings.Helplines {
		if !l.places.has(h.Source.File) {
			continue // built in
		}
		own++
		switch {
		case h.Checked.IsZero():
			undated = append(undated, h)
		case l.now.Sub(h.Checked) > untested:
			l.addAt(UncheckedHelpline, knowledge.Warning, h.Source,
				fmt.Sprintf("nobody has made sure of %q since %s", clip(h.Name), h.Checked.Format(dayLayout)), advice)
		}
	}
	switch {
	case own == 0 && len(l.base.Settings.Helplines) > 0:
		l.addAt(UncheckedHelpline, knowledge.Notice, knowledge.Position{File: "desk.yaml"},
			"names no helplines, so people in danger are told those of the United States", "write those of your country below helplines:")
	case len(undated) > 1 && len(undated) == own:
		l.addAt(UncheckedHelpline, knowledge.Notice, undated[0].Source,
			fmt.Sprintf("none of the %d helplines says when somebody last made sure of it", own), advice)
	default:
		for _, h := range undated {
			l.addAt(UncheckedHelpline, knowledge.Notice, h.Source,
				fmt.Sprintf("%q does not say when somebody last made sure of it", clip(h.Name)), advice)
		}
	}
}

// manySections is how many need golden questions to protect them.
const manySections = 10

// golden asks for golden questions where there are none, with one to begin with.
func (l *linter) golden() {
	if len(l.sections) <= manySections || l.hasGolden() {
		return
	}
	for _, s := range l.sections {
		if s.Kind != knowledge.Answer {
			continue
		}
		l.addAt(NoGoldenQuestions, knowledge.Notice, knowledge.Position{File: knowledge.QuestionsFile},
			"is not there, so nothing holds back a change by which an important question loses its answer",
			fmt.Sprintf("write the questions that must not go wrong, one a line, each with a tab and the section's id, such as %s<TAB>%s", clip(s.Title), s.ID))
		return
	}
}

// hasGolden reports whether there is a questions.tsv at the top of the folder, in capitals or not.
func (l *linter) hasGolden() bool {
	entries, err := fs.ReadDir(l.fsys, ".")
	return err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.EqualFold(e.Name(), knowledge.QuestionsFile) })
}
