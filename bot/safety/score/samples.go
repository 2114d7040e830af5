package score

import (
	"math"
	"slices"
)

// A sample is an example as its features.
type sample struct {
	parts   []part // the first is the whole
	outcome int
	weight  float32
}

// A part of an example is what is scored on its own, as its features.
type part struct {
	features []int32
	scale    float32
}

// A place is a feature, by its hash, and the number of the last word in it.
type place struct {
	hash uint32
	at   int
}

// samplesOf returns the hashes of the features that stand in at least so many lines, and the examples by their numbers.
func samplesOf(examples []Example, read func(string) []string, c *Concepts, least int) ([]uint32, []sample) {
	all := make([][]place, len(examples))
	tokens := make([][]token, len(examples))
	lines := map[uint32]int{}   // that a feature stands in
	last := map[uint32]string{} // of these, the latest
	of := map[string]int{}      // sentences of a line
	for i, e := range examples {
		tokens[i] = c.tokens(read(e.Text))
		of[e.Line]++
		each(tokens[i], func(at int, f feature) {
			h := f.hash()
			all[i] = append(all[i], place{h, at})
			if last[h] != e.Line {
				last[h] = e.Line
				lines[h]++
			}
		})
	}
	var hashes []uint32
	numbers := map[uint32]int32{}
	number := func(h uint32) (n int32, known bool) {
		if lines[h] < least {
			return 0, false
		}
		if n, known = numbers[h]; !known {
			n = int32(len(hashes))
			numbers[h] = n
			hashes = append(hashes, h)
		}
		return n, true
	}
	out := make([]sample, len(examples))
	for i, e := range examples {
		s := sample{outcome: slices.Index(Kinds[:], e.Kind), parts: partsOf(tokens[i], all[i], number)}
		if s.outcome < 0 {
			s.outcome = ordinary
		}
		s.weight = float32(1 / math.Sqrt(float64(of[e.Line]))) // many sentences of one line say little more
		out[i] = s
	}
	return hashes, out
}

// partsOf returns all of an example and its parts, by the numbers of those features that have one.
func partsOf(tokens []token, all []place, number func(uint32) (int32, bool)) []part {
	var features []int32
	before := make([]int, len(tokens)+1) // features of the words before
	for _, p := range all {
		if n, known := number(p.hash); known {
			features = append(features, n)
			before[p.at+1]++
		}
	}
	for at := range tokens {
		before[at+1] += before[at]
	}
	parts := []part{{features, squeeze(len(tokens))}}
	eachPart(tokens, func(from, to int) {
		if to-from < len(tokens) {
			parts = append(parts, part{features[before[from]:before[to]], squeeze(to - from)})
		}
	})
	return parts
}
