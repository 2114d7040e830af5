package knowledge

import (
	"cmp"
	"fmt"
	"slices"
)

// problems collects what is wrong while reading.
type problems []Problem

func (p *problems) add(at Position, level Level, text, advice string) {
	*p = append(*p, Problem{Source: at, Level: level, Text: text, Advice: advice})
}

// worst returns the gravest level among the problems; empty when there are none.
func (p problems) worst() Level {
	var worst Level
	for _, level := range []Level{Notice, Warning, Error} {
		if slices.ContainsFunc(p, func(q Problem) bool { return q.Level == level }) {
			worst = level
		}
	}
	return worst
}

// maxAlike is how many problems of one level are told of one file.
const maxAlike = 200

// sorted returns the problems by file and line, so that the order in which files were read does not show. Of a great many
// of one level in one file the rest is only counted: nobody reads them, and logs and pages would have to hold them.
func (p problems) sorted() []Problem {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Line, b.Source.Line))
	})
	type kind struct {
		file  string
		level Level
	}
	all := map[kind]int{}
	for _, q := range p {
		all[kind{q.Source.File, q.Level}]++
	}
	var told problems
	count := map[kind]int{}
	for _, q := range p {
		k := kind{q.Source.File, q.Level}
		switch count[k]++; {
		case count[k] <= maxAlike:
			told = append(told, q)
		case count[k] == all[k]:
			told.add(q.Source, q.Level, fmt.Sprintf("and %d more like these up to here", all[k]-maxAlike), "mend those above first")
		}
	}
	return told
}

// closest returns the candidate that word was probably meant to be; empty when none is near.
func closest(word string, candidates []string) string {
	best, bound := "", 1+len(word)/4
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := distance(word, c); d <= bound {
			best, bound = c, d-1
		}
	}
	return best
}

// distance is the number of letters to add, take away, change or swap with their neighbour to make a into b.
func distance(a, b string) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		now[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			now[j+1] = min(last[j]+cost, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
