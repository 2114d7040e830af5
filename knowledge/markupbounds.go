package knowledge

import (
	"errors"
	"strings"
)

// Bounds on Markdown. What lies beyond them no person has written, and parsers take very long for it.
const (
	maxNesting = 100    // quotation and list marks at the start of a line, with a space each
	maxMarks   = 10_000 // brackets, stars, underscores and the like in one paragraph
)

var (
	errNesting = errors.New("lists or quotations are nested too deeply")
	errMarks   = errors.New("a paragraph has too many brackets, stars or underscores")
)

// boundMarkup returns an error for Markdown beyond the bounds.
func boundMarkup(text string) error {
	marks := 0
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			marks = 0
		}
		opening := trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, ">-+* "))]
		if rule := strings.Trim(trimmed, "-* ") == ""; len(opening) > 2*maxNesting && !rule {
			return errNesting
		}
		for _, r := range trimmed {
			if strings.ContainsRune("[]()*_`<&~", r) {
				marks++
			}
		}
		if marks > maxMarks {
			return errMarks
		}
	}
	return nil
}
