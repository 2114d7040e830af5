package lint

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

const (
	shingle    = 4   // words that are compared as one
	leastWords = 20  // of a text; shorter ones are alike by chance
	copied     = 0.8 // share of the shorter text's shingles from which on it is a copy
	commonest  = 50  // sections; a shingle that more have is a turn of phrase

	allText = 8 << 20 // bytes of all texts; of more, only every so-manieth shingle is compared
)

// copies finds sections whose texts are nearly the same. Only sections that share a run of words are compared.
func (l *linter) copies() {
	total := 0
	for _, s := range l.sections {
		total += len(s.Body)
	}
	every := uint64(1 + total/allText)
	have := map[uint64][]int{} // by shingle: the sections before
	sizes := make([]int, len(l.sections))
	for i, s := range l.sections {
		shingles := shinglesOf(s, every)
		sizes[i] = len(shingles)
		shared := map[int]int{}
		for _, x := range shingles {
			for _, j := range have[x] {
				shared[j]++
			}
			if len(have[x]) < commonest {
				have[x] = append(have[x], i)
			}
		}
		best, most := -1, 0.0
		for j, n := range shared {
			share := float64(n) / float64(min(sizes[i], sizes[j]))
			if share >= copied && cmp.Or(cmp.Compare(share, most), cmp.Compare(best, j)) > 0 {
				best, most = j, share
			}
		}
		if best >= 0 {
			l.sameText(s, l.sections[best], sizes[i], sizes[best])
		}
	}
}

// sameText notes that a section says what another says, given how much each holds.
func (l *linter) sameText(s, other knowledge.Section, size, otherSize int) {
	switch {
	case size*5 < otherSize*4:
		l.add(SameText, knowledge.Notice, s, 0, fmt.Sprintf("nearly all of the text stands in %s too", name(other)),
			"keep it in one place, so that the two cannot come to differ, and add this one's heading there as a phrasing")
	case otherSize*5 < size*4:
		l.add(SameText, knowledge.Notice, s, 0, fmt.Sprintf("the text holds nearly all of %s", name(other)),
			"keep it in one place, so that the two cannot come to differ, and add the other's heading here as a phrasing")
	default:
		l.add(SameText, knowledge.Warning, s, 0, fmt.Sprintf("the text is nearly the same as in %s", name(other)),
			"keep one of the two, and add the other's heading to it as a phrasing")
	}
}

// shinglesOf returns the runs of words in a section's text as hashes, each once, or of all runs every so-manieth; none
// of a short text.
func shinglesOf(s knowledge.Section, every uint64) []uint64 {
	words := split(knowledge.PlainText(s.Body))
	if len(words) < leastWords {
		return nil
	}
	var all []uint64
	for i := 0; i+shingle <= len(words); i++ {
		h := fnv.New64a()
		io.WriteString(h, s.Lang+" "+strings.Join(words[i:i+shingle], " "))
		if x := h.Sum64(); x%every == 0 {
			all = append(all, x)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
