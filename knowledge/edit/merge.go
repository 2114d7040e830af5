package edit

import (
	"slices"
	"strings"
)

// The lines around what two people wrote in the same place.
const (
	yoursMark  = "<<<<<<< yours"
	middleMark = "======="
	theirsMark = ">>>>>>> theirs"
)

// merge joins what two people made of the same lines. Where both changed lines that touch, and not to the same, both
// versions stand between markers and clean is false.
func merge(base, yours, theirs []string) (merged []string, clean bool) {
	mine, other := diff(base, yours), diff(base, theirs)
	clean = true
	at := 0                // lines of base that are done
	shiftM, shiftO := 0, 0 // from a line of base to the same in yours and theirs
	for len(mine) > 0 || len(other) > 0 {
		lo, hi := region(&mine, &other, &shiftM, &shiftO, base)
		merged = append(merged, base[at:lo.base]...)
		before := base[lo.base:hi.base]
		my, their := yours[lo.mine:hi.mine], theirs[lo.other:hi.other]
		switch {
		case slices.Equal(my, their), slices.Equal(before, their):
			merged = append(merged, my...)
		case slices.Equal(before, my):
			merged = append(merged, their...)
		default:
			clean = false
			merged = append(merged, between(my, their)...)
		}
		at = hi.base
	}
	return append(merged, base[at:]...), clean
}

// A point is the same place in three texts.
type point struct{ base, mine, other int }

// region takes the hunks off both lists that touch the first of them, and returns what they span.
func region(mine, other *[]hunk, shiftM, shiftO *int, base []string) (lo, hi point) {
	start := len(base)
	for _, list := range []*[]hunk{mine, other} {
		if len(*list) > 0 {
			start = min(start, (*list)[0].a)
		}
	}
	lo = point{start, start + *shiftM, start + *shiftO}
	end := start
	for grown := true; grown; {
		grown = false
		for _, side := range []struct {
			list  *[]hunk
			shift *int
		}{{mine, shiftM}, {other, shiftO}} {
			for len(*side.list) > 0 && (*side.list)[0].a <= end {
				h := (*side.list)[0]
				*side.list = (*side.list)[1:]
				end = max(end, h.aEnd)
				*side.shift = h.bEnd - h.aEnd
				grown = true
			}
		}
	}
	return lo, point{end, end + *shiftM, end + *shiftO}
}

// between returns two versions of the same lines, between markers.
func between(yours, theirs []string) []string {
	lines := []string{yoursMark + "\n"}
	lines = append(lines, ended(yours)...)
	lines = append(lines, middleMark+"\n")
	lines = append(lines, ended(theirs)...)
	return append(lines, theirsMark+"\n")
}

// ended returns lines of which the last one has a newline as well.
func ended(lines []string) []string {
	if n := len(lines); n > 0 && !strings.HasSuffix(lines[n-1], "\n") {
		lines = append(slices.Clone(lines[:n-1]), lines[n-1]+"\n")
	}
	return lines
}

// marked returns two texts in one, with markers around what differs, for when nobody knows what both came from.
func marked(yours, theirs []string) []string {
	var lines []string
	at := 0
	for _, h := range diff(yours, theirs) {
		lines = append(lines, yours[at:h.a]...)
		lines = append(lines, between(yours[h.a:h.aEnd], theirs[h.b:h.bEnd])...)
		at = h.aEnd
	}
	return append(lines, yours[at:]...)
}
