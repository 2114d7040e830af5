package safety

import (
	mathbits "math/bits"
	"strings"
)

// A set names a set of words: a word's number stands for that word alone, and a negative number for one of sets.
type set int32

// The sets that every program has.
const (
	setAny     set = -1 - iota // every word, but no sentence's end
	setDigits                  // numbers in digits
	setDigits2                 // of 10 or more
	setFirst                   // the first that patterns make
)

// sets holds the sets of several words: set s is at -1-s.
type sets struct {
	all  []bits
	free []uint64 // room for more, since there are thousands
}

func newSets() *sets {
	return &sets{all: []bits{{}, {1<<wordSmall | 1<<wordLarge}, {1 << wordLarge}}}
}

// has reports whether w is in s.
func (ss *sets) has(s set, w int32) bool {
	if s >= 0 {
		return s == set(w)
	}
	return ss.all[-1-s].has(w)
}

// each calls do with the words in s.
func (ss *sets) each(s set, do func(w int32)) {
	if s >= 0 {
		do(int32(s))
		return
	}
	for i, part := range ss.all[-1-s] {
		for ; part != 0; part &= part - 1 {
			do(int32(i*64 + mathbits.TrailingZeros64(part)))
		}
	}
}

// union returns the set of what is in any of several.
func (ss *sets) union(several []set) set {
	if len(several) == 1 {
		return several[0]
	}
	size := 0
	for _, s := range several {
		if s >= 0 {
			size = max(size, int(s)>>6+1)
		} else {
			size = max(size, len(ss.all[-1-s]))
		}
	}
	b := ss.room(size)
	for _, s := range several {
		if s >= 0 {
			b.add(int32(s))
			continue
		}
		for i, part := range ss.all[-1-s] {
			b[i] |= part
		}
	}
	ss.all = append(ss.all, b)
	return set(-len(ss.all))
}

// room returns an empty set for numbers below 64 * size.
func (ss *sets) room(size int) bits {
	if len(ss.free) < size {
		ss.free = make([]uint64, max(size, 8<<10))
	}
	b := ss.free[:size:size]
	ss.free = ss.free[size:]
	return b
}

// finish completes the sets after the last word was learnt. A number that a pattern writes out still counts as a
// number elsewhere.
func (ss *sets) finish(names []string) {
	all := ss.room(len(names)>>6 + 1)
	for id, w := range names {
		if int32(id) != wordEnd {
			all.add(int32(id))
		}
		if w == "" || strings.Trim(w, "0123456789") != "" {
			continue
		}
		size := wordSmall
		if len(w) > 1 {
			size = wordLarge
		}
		for i := range ss.all {
			if ss.all[i].has(size) {
				ss.all[i].add(int32(id))
			}
		}
	}
	ss.all[-1-setAny] = all
}

// A bits is a set of word numbers.
type bits []uint64

func (b bits) has(w int32) bool { return int(w)>>6 < len(b) && b[w>>6]&(1<<(w&63)) != 0 }

func (b *bits) add(w int32) {
	if n := int(w)>>6 + 1; len(*b) < n {
		*b = append(*b, make(bits, n-len(*b))...)
	}
	(*b)[w>>6] |= 1 << (w & 63)
}
