package importer

import (
	"strings"

	"frontdesk/knowledge"
)

// match finds, for each section of the source, the one in the file that it was imported as; -1 for none. A heading may
// have changed on either side: then the title, or what stands below it, tells.
func (m *merger) match() []int {
	p := pairing{merger: m, found: make([]int, len(m.fresh.sections)), taken: map[int]bool{}}
	for i, s := range m.fresh.sections {
		p.found[i] = -1
		if j := m.old.find(s.ID); j >= 0 {
			p.claim(i, j)
		}
	}
	if p.found[0] < 0 && !p.taken[0] && m.fresh.opens() && m.old.opens() {
		p.claim(0, 0)
	}
	p.byTitle()
	p.byText()
	return p.found
}

// A pairing is what was matched so far.
type pairing struct {
	*merger
	found []int        // by section of the source: that of the file, -1 for none yet
	taken map[int]bool // sections of the file
}

func (p *pairing) claim(i, j int) {
	p.found[i] = j
	p.taken[j] = true
}

// byTitle finds sections that staff gave another id.
func (p *pairing) byTitle() {
	for i, s := range p.fresh.sections {
		for j, o := range p.old.sections {
			if p.found[i] < 0 && !p.taken[j] && p.was.find(o.ID) == nil && hash(o.Title) == hash(s.Title) {
				p.claim(i, j)
			}
		}
	}
}

// byText finds sections that the source gave another heading.
func (p *pairing) byText() {
	open := (len(p.found) - len(p.taken)) * (len(p.old.sections) - len(p.taken))
	for i, s := range p.fresh.sections {
		if p.found[i] >= 0 || p.was.find(s.ID) != nil {
			continue
		}
		best, most := -1, 0.6
		for j, o := range p.old.sections {
			if p.taken[j] {
				continue
			}
			if alike := p.alike(s, o, open < maxCompared); alike >= most {
				best, most = j, alike
			}
		}
		if best >= 0 {
			p.claim(i, best)
		}
	}
}

// alike compares a section of the source with one of the file, from 0 to 1, word by word only where there is time for it.
// What no import made is like none.
func (p *pairing) alike(s, o knowledge.Section, closely bool) float64 {
	mark := p.was.find(o.ID)
	switch {
	case mark == nil:
		return 0
	case mark.Body == hash(s.Body) || mark.Title == hash(s.Title):
		return 1
	case closely:
		return similarity(o.Body, s.Body)
	}
	return 0
}

// maxCompared bounds how many pairs of texts are compared word by word: it is a source that was written anew.
const maxCompared = 20_000

// similarity is the share of words that two texts have in common, from 0 to 1.
func similarity(a, b string) float64 {
	words := func(s string) map[string]bool {
		set := map[string]bool{}
		for w := range strings.FieldsSeq(strings.ToLower(s)) {
			set[w] = true
		}
		return set
	}
	in, other := words(a), words(b)
	both := 0
	for w := range in {
		if other[w] {
			both++
		}
	}
	if either := len(in) + len(other) - both; either > 0 {
		return float64(both) / float64(either)
	}
	return 0
}

// isNew reports whether a section of the source that the file does not have was never imported.
func (m *merger) isNew(s knowledge.Section) bool { return m.was.find(s.ID) == nil }
