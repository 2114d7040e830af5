package index

import (
	"context"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// Suggest returns up to n sections whose question starts like, or contains, what was typed so far: for
// autocompletion. With nothing typed it returns the first sections. A question typed out that no heading or phrasing
// contains is searched for.
func (s *Snapshot) Suggest(ctx context.Context, q Query, n int) []knowledge.Section {
	if n <= 0 {
		return nil
	}
	typed := strings.Join(split(normalise(clip(q.Text, maxTyped))), " ")
	found := s.typed(typed, q, n)
	if len(found) < n && strings.Contains(typed, " ") {
		hits, _ := s.Search(ctx, q, n) // suggestions are a courtesy: without a search there are fewer
		for _, h := range hits {
			if h.Confidence >= suggestLeast && !slices.ContainsFunc(found, func(x knowledge.Section) bool { return x.ID == h.Section.ID }) {
				found = append(found, h.Section)
			}
		}
	}
	return found[:min(n, len(found))]
}

const (
	maxTyped     = 200  // bytes that are looked at
	suggestLeast = 0.05 // confidence of a section that is suggested without containing what was typed
)

// How well a section fits what was typed, best first.
const (
	startsTitle = iota
	inTitle
	startsPhrasing
	inPhrasing
	fits
)

// typed returns up to n sections that have what was typed in their heading or a phrasing: those in the person's
// language first, then by how well they fit, then in the order of the knowledge base.
func (s *Snapshot) typed(typed string, q Query, n int) []knowledge.Section {
	var byFit [2 * fits][]knowledge.Section
	for _, code := range s.codes {
		other := 0
		if q.Lang != "" && code != q.Lang && s.shelves[q.Lang] != nil {
			other = fits
		}
		for i := range s.shelves[code].documents {
			d := &s.shelves[code].documents[i]
			if d.section.Kind != knowledge.Answer && typed == "" || !tagged(d.section, q.Tags) {
				continue
			}
			if fit := d.fit(typed); fit < fits && len(byFit[other+fit]) < n {
				byFit[other+fit] = append(byFit[other+fit], *d.section)
			}
		}
	}
	return slices.Concat(byFit[:]...)
}

// fit says where a section has what was typed; fits for nowhere.
func (d *document) fit(typed string) int {
	best := fits
	for i, question := range d.questions {
		start, in := startsPhrasing, inPhrasing
		if i == 0 {
			start, in = startsTitle, inTitle
		}
		switch {
		case strings.HasPrefix(question, typed):
			best = min(best, start)
		case strings.Contains(question, " "+typed):
			best = min(best, in)
		}
	}
	return best
}

// tagged reports whether a section carries one of the tags; none asked for is carried by all.
func tagged(section *knowledge.Section, tags []string) bool {
	if len(tags) == 0 {
		return true
	}
	return slices.ContainsFunc(tags, func(t string) bool { return slices.Contains(section.Tags, t) })
}
