package index

import (
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// A lexicon is a list of words that spelling can be repaired against. Words stand by length, each with a mask of the
// letters it has: two words that lie within d edits differ in at most 2d letters, which rules most out in a
// nanosecond each.
type lexicon struct {
	byLength [][]lexeme
}

type lexeme struct {
	word  string
	mask  uint32
	prior float32 // how common the word is: log10 of its frequency in a language, or how often sections have it
}

// longestRepaired is the longest word, in bytes, whose spelling is looked at.
const longestRepaired = 24

func newLexicon(words iter.Seq2[string, float32]) *lexicon {
	x := &lexicon{byLength: make([][]lexeme, longestRepaired+1)}
	for w, f := range words {
		if len(w) <= longestRepaired {
			x.byLength[len(w)] = append(x.byLength[len(w)], lexeme{w, letters(w), f})
		}
	}
	for _, list := range x.byLength {
		slices.SortFunc(list, func(a, b lexeme) int { return strings.Compare(a.word, b.word) }) // maps have no order, answers must
	}
	return x
}

// letters returns the set of letters in a word, one bit each.
func letters(w string) (mask uint32) {
	for i := range len(w) {
		mask |= 1 << (w[i] & 31)
	}
	return mask
}

// near calls yield for every word within limit edits of w.
func (x *lexicon) near(w string, limit int, yield func(word string, edits int, prior float32)) {
	mask := letters(w)
	for n := max(len(w)-limit, 1); n <= min(len(w)+limit, longestRepaired); n++ {
		for i := range x.byLength[n] {
			e := &x.byLength[n][i]
			if bits.OnesCount32(mask^e.mask) > 2*limit {
				continue
			}
			if d := edits(w, e.word, limit); d <= limit {
				yield(e.word, d, e.prior)
			}
		}
	}
}

// edits counts the letters to insert, delete, replace or swap with their neighbour to make b of a, up to limit; past
// it the count is limit+1. It works on bytes: a letter outside ASCII counts for its bytes.
func edits(a, b string, limit int) int {
	if len(a) > longestRepaired+2 || len(b) > longestRepaired+2 {
		return limit + 1
	}
	var rows [3][longestRepaired + 3]int
	before, prev, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, now[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			best = min(best, d)
		}
		if best > limit {
			return limit + 1
		}
		before, prev, now = prev, now, before
	}
	return min(prev[len(b)], limit+1)
}
