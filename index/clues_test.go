package index

import "testing"

// TestNamesOfClues: a clue without a name, or with another's, would lose its weight without a word.
func TestNamesOfClues(t *testing.T) {
	for _, names := range [][]string{clueNames[:], backgroundNames[:]} {
		seen := map[string]bool{"": true}
		for i, name := range names {
			if seen[name] {
				t.Errorf("the name of number %d is %q, which is none of its own", i, name)
			}
			seen[name] = true
		}
	}
}
