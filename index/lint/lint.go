// Package lint helps staff to write answers that are found. It reads a knowledge base as a colleague would who has the
// index at hand, and says with file and line what people may stumble over and what to do about it.
//
//	files, sections ─► rules that only read  ─┐
//	snapshot        ─► rules that ask it      ─┴► findings, sorted ─► without those that staff allow
//
// A finding is advice: nothing that it says keeps a version from going live.
package lint

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// A Finding is one piece of advice. Its level is Warning where people are likely to be served badly, else Notice.
type Finding struct {
	knowledge.Problem
	Rule    Rule
	Section knowledge.SectionID // what it is about; empty for an article, a setting or the folder
}

// Run returns all that is to be said about the knowledge that s was built from: by file, by line, then by rule. fsys is
// the folder it was read from, where lines and allowances are looked up; now decides what is overdue; outright says of
// what a question finds, best first, whether it is answered with the best, or people get to choose. The error says that
// the index could not be asked or that ctx has ended.
func Run(ctx context.Context, s *index.Snapshot, fsys fs.FS, now time.Time, outright func([]index.Hit) bool) ([]Finding, error) {
	l := newLinter(s.Base(), fsys, now)
	l.outright = outright
	l.read()
	if err := l.ask(ctx, s); err != nil {
		return nil, fmt.Errorf("lint: %w", err)
	}
	return l.result(), nil
}

// Read returns what can be said without asking an index: Run without the rules outranked, contested and
// needless-phrasing. It takes about as long as loading.
func Read(base knowledge.Base, fsys fs.FS, now time.Time) []Finding {
	l := newLinter(base, fsys, now)
	l.read()
	return l.result()
}

// A linter gathers findings.
type linter struct {
	base     knowledge.Base
	fsys     fs.FS
	outright func([]index.Hit) bool                    // nil for Read, which asks nothing
	now      time.Time                                 // the day that it is at the desk, at 00:00 UTC
	sections []knowledge.Section                       // without those that have expired
	byID     map[knowledge.SectionID]knowledge.Section // with them
	places   *places
	found    []Finding
}

func newLinter(base knowledge.Base, fsys fs.FS, now time.Time) *linter {
	l := &linter{
		base: base, fsys: fsys, now: base.Settings.Zone.Day(now), byID: map[knowledge.SectionID]knowledge.Section{}, places: newPlaces(fsys),
	}
	for _, s := range base.Sections() {
		l.byID[s.ID] = s
		if !s.Expired(l.now) { // nobody is answered with it any more
			l.sections = append(l.sections, s)
		}
	}
	return l
}

// read applies the rules that ask nothing.
func (l *linter) read() {
	l.questions()
	l.copies()
	l.headings()
	l.lengths()
	l.links()
	l.contacts()
	l.dates()
	l.helplines()
	l.acronyms()
	l.golden()
}

// add notes a finding about a section, at a line of its file.
func (l *linter) add(r Rule, level knowledge.Level, s knowledge.Section, line int, text, advice string) {
	at := knowledge.Position{File: s.Source.File, Line: cmp.Or(line, s.Source.Line)}
	l.found = append(l.found, Finding{knowledge.Problem{Source: at, Level: level, Text: text, Advice: advice}, r, s.ID})
}

// addAt notes a finding about something that is no section.
func (l *linter) addAt(r Rule, level knowledge.Level, at knowledge.Position, text, advice string) {
	l.found = append(l.found, Finding{Problem: knowledge.Problem{Source: at, Level: level, Text: text, Advice: advice}, Rule: r})
}

// result returns the findings that staff do not allow, in order.
func (l *linter) result() []Finding {
	allowed := l.allowances()
	found := slices.DeleteFunc(l.found, allowed.covers)
	Sort(found)
	return found
}

// Sort puts findings in order: by file, by line, then by rule.
func Sort(found []Finding) {
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Line, b.Source.Line), cmp.Compare(a.Rule, b.Rule))
	})
}

// Cap keeps at most n findings of each rule, warnings first, in their order; n of 0 or less keeps all. left says how
// many of each rule fell away.
func Cap(found []Finding, n int) (kept []Finding, left map[Rule]int) {
	left = map[Rule]int{}
	if n <= 0 {
		return found, left
	}
	keep := make([]bool, len(found))
	taken := map[Rule]int{}
	for _, level := range []knowledge.Level{knowledge.Warning, knowledge.Notice} {
		for i, f := range found {
			switch {
			case f.Level != level:
			case taken[f.Rule] < n:
				keep[i] = true
				taken[f.Rule]++
			default:
				left[f.Rule]++
			}
		}
	}
	for i, f := range found {
		if keep[i] {
			kept = append(kept, f)
		}
	}
	return kept, left
}

// name is how a section is called in a finding about another: its heading and where it stands.
func name(s knowledge.Section) string { return fmt.Sprintf("%q (%s)", clip(s.Title), s.Source) }

// clip shortens a text that is quoted.
func clip(s string) string {
	const most = 80 // letters
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return s
}

// plural is "1 word" or "2 words".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
