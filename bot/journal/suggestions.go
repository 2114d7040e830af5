package journal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// A Way says how people showed that words mean a section.
type Way string

// The ways.
const (
	Chosen    Way = "chosen"    // the desk was unsure and they picked it
	Reworded  Way = "reworded"  // they asked again in other words, and called its answer helpful
	Confirmed Way = "confirmed" // it was found with these words, not surely, and they called it helpful
)

// surely is the confidence from which on a section needs no more phrasings to be found.
const surely = .9

// means returns the section that the person who asked showed to be meant; false for none.
func (q question) means() (knowledge.SectionID, Way, bool) {
	switch {
	case q.feedback < 0:
		return "", "", false
	case q.chosen != "":
		return q.chosen, Chosen, true
	case q.reworded != "":
		return q.reworded, Reworded, true
	case q.feedback > 0 && q.section != "" && q.confidence < surely:
		return q.section, Confirmed, true
	}
	return "", "", false
}

// A Suggestion is a phrasing that people used for a section.
type Suggestion struct {
	Section knowledge.SectionID
	Text    string   // the wording that most people used
	Others  []string // more wordings alike, five at most
	People  int      // who showed it, at least
	Times   int
	Ways    map[Way]int
}

// Suggestions returns phrasings for sections, those that most people showed first, without what staff settled.
func (j *Journal) Suggestions(ctx context.Context, p Period) ([]Suggestion, error) {
	all, err := j.grouped(ctx)
	if err != nil {
		return nil, fmt.Errorf("read suggestions: %w", err)
	}
	settled, err := j.settled(ctx, kindPhrasing)
	if err != nil {
		return nil, fmt.Errorf("read suggestions: %w", err)
	}
	var suggestions []Suggestion
	for _, g := range all.alike {
		open, _ := g.open()
		suggestions = append(suggestions, suggestionsOf(open, p, settled)...)
	}
	slices.SortFunc(suggestions, func(a, b Suggestion) int {
		return cmp.Or(b.People-a.People, b.Times-a.Times, cmp.Compare(a.Section, b.Section), strings.Compare(a.Text, b.Text))
	})
	return suggestions, nil
}

// suggestionsOf returns what a group of questions suggests, one suggestion a section.
func suggestionsOf(open []question, p Period, settled map[likeness]decision) []Suggestion {
	const others = 5
	bySection := map[knowledge.SectionID][]question{}
	ways := map[knowledge.SectionID]map[Way]int{}
	done := map[knowledge.SectionID]bool{}
	for _, q := range open {
		section, way, ok := q.means()
		if !ok || !p.has(q.at) {
			continue
		}
		if _, ok := settled[likeness{section, likenessOf(q.bare)}]; ok {
			done[section] = true
		}
		if ways[section] == nil {
			ways[section] = map[Way]int{}
		}
		ways[section][way]++
		bySection[section] = append(bySection[section], q)
	}
	var all []Suggestion
	for section, questions := range bySection {
		if done[section] {
			continue
		}
		words := texts(questions)
		all = append(all, Suggestion{
			Section: section, Text: words[0], Others: words[1:min(others+1, len(words))],
			People: max(1, people(questions)), Times: len(questions), Ways: ways[section],
		})
	}
	return all
}
