package edit

import (
	"fmt"
	"strings"
)

// A hunk says that lines a to aEnd of one text became lines b to bEnd of another.
type hunk struct{ a, aEnd, b, bEnd int }

// maxEdits bounds the work of diff: texts that differ in more lines are taken to differ in all between the first and the
// last of them.
const maxEdits = 1000

// diff returns what is different between two lists of lines, in order, with as few lines as possible (Myers 1986).
func diff(a, b []string) []hunk {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(x) == 0 && len(y) == 0 {
		return nil
	}
	path, ok := shortest(x, y)
	if !ok {
		return []hunk{{head, len(a) - tail, head, len(b) - tail}}
	}
	var hunks []hunk
	i, j := 0, 0
	for _, same := range append(path, [2]int{len(x), len(y)}) {
		if same[0] > i || same[1] > j {
			hunks = append(hunks, hunk{head + i, head + same[0], head + j, head + same[1]})
		}
		i, j = same[0]+1, same[1]+1
	}
	return hunks
}

// shortest returns the pairs of equal lines that a shortest edit keeps; false when it is longer than maxEdits.
func shortest(a, b []string) ([][2]int, bool) {
	most := min(len(a)+len(b), maxEdits)
	furthest := make([]int, 2*most+3) // on each diagonal, shifted by most+1
	var trace [][]int
	for d := 0; d <= most; d++ {
		trace = append(trace, append([]int(nil), furthest[most+1-d-1:most+1+d+2]...))
		for k := -d; k <= d; k += 2 {
			x := furthest[most+1+k-1] + 1
			if k == -d || k != d && furthest[most+1+k-1] < furthest[most+1+k+1] {
				x = furthest[most+1+k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			if furthest[most+1+k] = x; x >= len(a) && x-k >= len(b) {
				return walkBack(trace, len(a), len(b)), true
			}
		}
	}
	return nil, false
}

// walkBack follows the trace of shortest from the end to the start.
func walkBack(trace [][]int, x, y int) [][2]int {
	var same [][2]int
	for d := len(trace) - 1; d >= 0; d-- {
		at := func(k int) int { return trace[d][k+d+1] }
		k := x - y
		before := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			before = k + 1
		}
		fromX := at(before)
		if d == 0 {
			fromX = 0
		}
		fromY := fromX - before
		if d == 0 {
			fromY = 0
		}
		for x > fromX && y > fromY {
			x, y = x-1, y-1
			same = append(same, [2]int{x, y})
		}
		x, y = fromX, fromY
	}
	for i, j := 0, len(same)-1; i < j; i, j = i+1, j-1 {
		same[i], same[j] = same[j], same[i]
	}
	return same
}

// around is how many lines a unified diff shows on either side of a change.
const around = 3

// Diff returns the change as a unified diff, empty when nothing is different.
func (c Change) Diff() string {
	a, b := split(string(c.Before)), split(string(c.After))
	hunks := diff(a, b)
	if len(hunks) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", nameOr(c.File, c.Before), nameOr(c.File, c.After))
	for len(hunks) > 0 {
		n := 1
		for n < len(hunks) && hunks[n].a-hunks[n-1].aEnd <= 2*around {
			n++
		}
		unify(&out, a, b, hunks[:n])
		hunks = hunks[n:]
	}
	return out.String()
}

func nameOr(name string, data []byte) string {
	if data == nil {
		return "/dev/null"
	}
	return name
}

// unify writes hunks that are near each other, with what is around them.
func unify(out *strings.Builder, a, b []string, hunks []hunk) {
	first, last := hunks[0], hunks[len(hunks)-1]
	lead := min(around, first.a)
	trail := min(around, len(a)-last.aEnd)
	fmt.Fprintf(out, "@@ -%s +%s @@\n", extent(first.a-lead, last.aEnd+trail), extent(first.b-lead, last.bEnd+trail))
	at := first.a - lead
	for _, h := range hunks {
		writeLines(out, ' ', a[at:h.a])
		writeLines(out, '-', a[h.a:h.aEnd])
		writeLines(out, '+', b[h.b:h.bEnd])
		at = h.aEnd
	}
	writeLines(out, ' ', a[at:last.aEnd+trail])
}

// extent writes a range of lines as unified diffs do.
func extent(from, to int) string {
	if to == from {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func writeLines(out *strings.Builder, sign byte, lines []string) {
	for _, line := range lines {
		out.WriteByte(sign)
		out.WriteString(strings.TrimRight(line, "\r\n") + "\n")
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\\ No newline at end of file\n")
		}
	}
}
