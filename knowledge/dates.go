package knowledge

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// readDate reads a day such as 2026-03-01; zero, with a warning, when written is not one.
func readDate(what, written string, at Position, p *problems) time.Time {
	written = strings.TrimSpace(written)
	if written == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, written)
	if err != nil || day.Year() < 1970 {
		p.add(at, Warning, fmt.Sprintf("%s: %q is no date and is not heeded", what, written), "write it as 2026-03-01: year, month, day")
		return time.Time{}
	}
	return day
}

// date stores a day. YAML needs no quotes around it.
func (y *yamlReader) date(what string, into *time.Time) func(ast.Node) {
	return func(n ast.Node) {
		if !isScalar(n) {
			y.add(n, Warning, what+" is no date and is not heeded", "write it as 2026-03-01: year, month, day")
			return
		}
		*into = readDate(what, scalar(n), y.at(n), y.problems)
	}
}

// Expired reports whether a section may not be served any more on a day, which Zone.Day tells.
func (s Section) Expired(today time.Time) bool {
	return !s.Expires.IsZero() && !today.Before(s.Expires)
}

// Overdue reports whether on a day, which Zone.Day tells, the one by which staff meant to look a section over is past.
func (s Section) Overdue(today time.Time) bool {
	return !s.ReviewBy.IsZero() && today.After(s.ReviewBy)
}

// inheritDates gives a section the dates of its article that it does not name itself. A section that was reviewed on
// its own after the day by which the whole article was due is not due by that day.
func inheritDates(s *Section, a Article) {
	if s.ReviewBy.IsZero() && (s.Reviewed.IsZero() || s.Reviewed.Before(a.ReviewBy)) {
		s.ReviewBy = a.ReviewBy
	}
	s.Reviewed, s.Expires = cmp.Or(s.Reviewed, a.Reviewed), cmp.Or(s.Expires, a.Expires)
}
