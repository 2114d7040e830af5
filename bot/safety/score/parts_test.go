package score

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestEachPart reads sentences alone and in pairs, and windows of what has no stops.
func TestEachPart(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("a ", 30))
	for text, want := range map[string][]string{
		". a b .":       {"0-4"},
		"a b":           {"0-2"},
		". a . b c . d": {"0-7", "1-2", "3-5", "1-5", "6-7", "3-7"},
		long:            {"0-30", "0-16", "8-24", "14-30"},
	} {
		var got []string
		eachPart((&Concepts{}).tokens(words(text)), func(from, to int) { got = append(got, fmt.Sprintf("%d-%d", from, to)) })
		if !slices.Equal(got, want) {
			t.Errorf("parts of %q = %v, want %v", text, got, want)
		}
	}
}

// TestEveryWordIsInAPart reads messages of all lengths to their ends.
func TestEveryWordIsInAPart(t *testing.T) {
	for n := range 200 {
		covered := make([]bool, n)
		eachClause(0, n, func(from, to int) {
			for i := from; i < to; i++ {
				covered[i] = true
			}
		})
		if n > clauseLen+clauseStep && slices.Contains(covered, false) {
			t.Errorf("windows of a sentence of %d words leave some out: %v", n, covered)
		}
	}
}
