package knowledge

import (
	"errors"
	"regexp"
	"strings"
)

// Bounds on Markdown. What lies beyond them no person has written, and parsers take very long for it, or very much memory.
const (
	maxNesting = 100     // quotations and lists within each other
	maxMarks   = 10_000  // brackets, stars, underscores and the like in one paragraph
	maxCells   = 100_000 // in one table; a short row counts as a full one, as parsers fill it up
)

var (
	errNesting = errors.New("lists or quotations are nested too deeply")
	errMarks   = errors.New("a paragraph has too many brackets, stars or underscores")
	errCells   = errors.New("a table has too many cells")
)

// boundMarkup returns an error for Markdown beyond the bounds, and the line from 1 at which it is.
func boundMarkup(text string) (line int, err error) {
	marks, columns, cells := 0, 0, 0
	for written := range strings.Lines(text) {
		line++
		trimmed := strings.TrimSpace(written)
		if trimmed == "" {
			marks, columns, cells = 0, 0, 0
		}
		if nesting(written) > maxNesting {
			return line, errNesting
		}
		for _, r := range trimmed {
			if strings.ContainsRune("[]()*_`<&~", r) {
				marks++
			}
		}
		if marks > maxMarks {
			return line, errMarks
		}
		if delimiters.MatchString(trimmed) {
			columns = max(columns, strings.Count(trimmed, "|")+1)
		}
		if cells += columns; cells > maxCells {
			return line, errCells
		}
	}
	return 0, nil
}

var (
	listMark   = regexp.MustCompile(`^(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)`)
	delimiters = regexp.MustCompile(`^[|:> \t-]*-[|:> \t-]*$`) // the line below a table's head
)

// nesting returns how many quotations and lists a line may be in: the marks it begins with, and those of lines above it
// that it can be indented below.
func nesting(line string) int {
	rest := strings.TrimRight(line, " \t\n")
	if strings.Trim(rest, "-* \t") == "" {
		return 0 // a rule across the page
	}
	marks, columns := 0, 0
	for rest != "" {
		switch found := listMark.FindString(rest); {
		case found != "":
			marks, rest = marks+1, rest[len(found):]
		case rest[0] == '>':
			marks, rest = marks+1, rest[1:]
		case rest[0] == ' ':
			columns, rest = columns+1, rest[1:]
		case rest[0] == '\t':
			columns, rest = columns+4, rest[1:]
		default:
			rest = ""
		}
	}
	if marks == 0 {
		return 0 // text goes on, or is code
	}
	return marks + columns/2
}
