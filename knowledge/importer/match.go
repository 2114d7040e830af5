package importer

import (
	"strings"

	"frontdesk/knowledge"
)

// match finds, for each section of the source, the one in the file that it was imported as; -1 for none. A heading may
// have changed on either side: then the title, or what stands below it, tells.
func (m *merger) match() []int {
	found := make([]int, len(m.fresh.sections))
	taken := map[int]bool{}
	claim := func(i, j int) {
		found[i] = j
		taken[j] = true
	}
	for i, s := range m.fresh.sections {
		found[i] = -1
		if j := m.old.find(s.ID); j >= 0 {
			claim(i, j)
		}
	}
	if found[0] < 0 && !taken[0] && m.fresh.opens() && m.old.opens() {
		claim(0, 0)
	}
	for i, s := range m.fresh.sections { // staff gave it another id
		for j, o := range m.old.sections {
			if found[i] < 0 && !taken[j] && m.was.find(o.ID) == nil && hash(o.Title) == hash(s.Title) {
				claim(i, j)
			}
		}
	}
	open := (len(found) - len(taken)) * (len(m.old.sections) - len(taken))
	for i, s := range m.fresh.sections { // the source gave it another heading
		if found[i] >= 0 || m.was.find(s.ID) != nil {
			continue
		}
		best, most := -1, 0.6
		for j, o := range m.old.sections {
			mark := m.was.find(o.ID)
			if taken[j] || mark == nil {
				continue
			}
			alike := 0.0
			if open < maxCompared {
				alike = similarity(o.Body, s.Body)
			}
			if mark.Body == hash(s.Body) || mark.Title == hash(s.Title) {
				alike = 1
			}
			if alike >= most {
				best, most = j, alike
			}
		}
		if best >= 0 {
			claim(i, best)
		}
	}
	return found
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
