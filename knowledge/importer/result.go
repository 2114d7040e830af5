package importer

import (
	"fmt"
	"strings"

	"frontdesk/knowledge"
)

// An Outcome says what became of one section.
type Outcome string

// The outcomes.
const (
	Added    Outcome = "added"    // it is new in the source
	Updated  Outcome = "updated"  // the source changed, and nobody had edited it
	Kept     Outcome = "kept"     // it was edited by hand, and the source did not change
	Conflict Outcome = "conflict" // it was edited by hand, and the source changed as well: the edit stays
	Gone     Outcome = "gone"     // it is no longer in the source, and stays in the file
	Dropped  Outcome = "dropped"  // it was taken out of the file by hand, and stays out
)

// A Change is what became of a section, where that is worth telling.
type Change struct {
	Outcome Outcome
	ID      knowledge.SectionID
	Title   string
	Detail  string // what happened, for staff
	Yours   string // of a conflict: the text in the file
	Source  string // of a conflict: the text in the source
}

// A Result is a file as it is to be, and how it came about.
type Result struct {
	New       bool
	Text      string // of the file
	Changed   bool   // Text differs from what is there
	Changes   []Change
	Sections  int // in the file
	Unchanged int // sections that are as they were, and as the source has them
}

// String tells of the result, in several lines.
func (r Result) String() string {
	var b strings.Builder
	for _, c := range r.Changes {
		if r.New && c.Outcome == Added {
			continue
		}
		fmt.Fprintf(&b, "  %-9s %s: %s\n", c.Outcome, titled(c), c.Detail)
		if c.Outcome == Conflict {
			b.WriteString(quote("yours", c.Yours) + quote("source", c.Source))
		}
	}
	switch {
	case r.New:
		fmt.Fprintf(&b, "  new, with %s\n", count(r.Sections))
	case r.Unchanged > 0:
		fmt.Fprintf(&b, "  %s unchanged\n", count(r.Unchanged))
	}
	return b.String()
}

func titled(c Change) string {
	if c.Title == "" {
		return string(c.ID)
	}
	return fmt.Sprintf("%q", c.Title)
}

func count(n int) string {
	if n == 1 {
		return "1 section"
	}
	return fmt.Sprintf("%d sections", n)
}

// quote shows a text with a name before its first line and a bar before each.
func quote(name, text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(&b, "    %6s | %s\n", name, line)
		name = ""
	}
	return b.String()
}
