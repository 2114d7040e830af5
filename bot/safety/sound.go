package safety

import "errors"

// length is the number of words in the longest match of n.
func length(n node) int {
	switch n.op {
	case opSeq:
		sum := 0
		for _, kid := range n.kids {
			sum += length(kid)
		}
		return sum
	case opAlt, opMaybe:
		most := 0
		for _, kid := range n.kids {
			most = max(most, length(kid))
		}
		return most
	case opGap:
		return int(n.max)
	}
	return 1
}

// soundStart says what is wrong with a pattern that could match nothing, or that starts anywhere.
func soundStart(n node) error {
	switch first, empty := starting(n); {
	case empty:
		return errors.New("it matches no words at all; something in it must not be optional")
	case first:
		return errors.New("it starts with a gap; start with a word")
	}
	return nil
}

// starting reports whether n may start with a gap, and whether it may be empty.
func starting(n node) (gap, empty bool) {
	switch n.op {
	case opGap:
		return true, true
	case opMaybe:
		gap, _ = starting(n.kids[0])
		return gap, true
	case opAlt:
		for _, kid := range n.kids {
			g, e := starting(kid)
			gap, empty = gap || g, empty || e
		}
		return gap, empty
	case opSeq:
		for _, kid := range n.kids {
			g, e := starting(kid)
			if gap = gap || g; !e {
				return gap, false
			}
		}
		return gap, true
	}
	return false, false
}
