package index

import (
	"hash/maphash"
	"slices"
)

// symbols number strings from 0 on, in the order in which they came. They are a map that takes a third of the room of
// Go's own, since the strings stand in texts alone: a snapshot of some hundred sections is made up of little else.
type symbols struct {
	texts []string // by number
	slots []int32  // number + 1 at the text's hash, or after it where others stand (open addressing); 0 is free
}

var symbolSeed = maphash.MakeSeed()

// clone returns symbols that can grow while s is read.
func (s *symbols) clone() symbols {
	return symbols{slices.Clip(s.texts), slices.Clone(s.slots)}
}

// find returns the number of text; false when it has none.
func (s *symbols) find(text string) (int32, bool) {
	if len(s.slots) == 0 {
		return 0, false
	}
	n := s.slots[s.slot(text)] - 1
	return n, n >= 0
}

// add numbers text, which must have no number.
func (s *symbols) add(text string) int32 {
	if 4*len(s.texts) >= 3*len(s.slots) { // a free one must remain, and search be short
		s.slots = make([]int32, max(2*len(s.slots), 64))
		for i, known := range s.texts {
			s.slots[s.slot(known)] = int32(i) + 1
		}
	}
	s.texts = append(s.texts, text)
	s.slots[s.slot(text)] = int32(len(s.texts))
	return int32(len(s.texts)) - 1
}

// slot returns where text stands, or would.
func (s *symbols) slot(text string) int {
	last := len(s.slots) - 1 // a power of two less one
	for i := int(maphash.String(symbolSeed, text)) & last; ; i = (i + 1) & last {
		if n := s.slots[i]; n == 0 || s.texts[n-1] == text {
			return i
		}
	}
}

// lists are a number of lists in one piece.
type lists[T any] struct {
	ends []int32 // list i is all[ends[i-1]:ends[i]]
	all  []T
}

// newLists returns empty lists with room for what is going to be added to each.
func newLists[T any](lengths []int32) lists[T] {
	ends, total := make([]int32, len(lengths)), int32(0)
	for i, n := range lengths {
		ends[i] = total // its beginning, until the list is full
		total += n
	}
	return lists[T]{ends, make([]T, total)}
}

// add appends x to list i.
func (l lists[T]) add(i int32, x T) {
	l.all[l.ends[i]] = x
	l.ends[i]++
}

// of returns list i, once all lists are full.
func (l lists[T]) of(i int32) []T {
	from := int32(0)
	if i > 0 {
		from = l.ends[i-1]
	}
	return l.all[from:l.ends[i]:l.ends[i]]
}
