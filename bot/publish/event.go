package publish

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// An EventKind says what happened to the knowledge.
type EventKind string

// The kinds of events.
const (
	Live    EventKind = "live"    // the files are served: Version says what changed
	Refused EventKind = "refused" // the files have errors: Problems
	Blocked EventKind = "blocked" // the gate blocks the files: Report
	Back    EventKind = "back"    // an earlier version serves again: Version
	InOrder EventKind = "inorder" // after Refused or Blocked: the files are those of the version that serves
)

// An Event is what staff are told.
type Event struct {
	Kind     EventKind
	At       time.Time
	Version  versions.Version    // what serves from now on; of Refused and Blocked, what goes on serving
	Report   *Report             // what changes for people, of Live, Blocked and Back; nil when nothing was compared
	Problems []knowledge.Problem // errors, of Refused
	Partly   bool                // of Refused: there is no version before, so the files are served as far as they can be read
	Pinned   bool                // of Back: the folder cannot be written to, so the version serves until the files change
}

// maxLines is how much of a list an event's text shows.
const maxLines = 10

// String says what happened in plain words, over several lines: for a chat, where it is to be escaped.
func (e Event) String() string {
	var s strings.Builder
	switch e.Kind {
	case Refused:
		live := "The last change is not live: %s. The version before goes on answering.\n"
		if e.Partly {
			live = "Not all of the files is live: %s. What can be read of them answers.\n"
		}
		fmt.Fprintf(&s, live, count(len(e.Problems), "error"))
		for _, p := range e.Problems[:min(maxLines, len(e.Problems))] {
			fmt.Fprintln(&s, p)
		}
		more(&s, len(e.Problems)-maxLines)
	case Blocked:
		fmt.Fprintf(&s, "The last change is held back. The version before goes on answering.\n%s", e.Report)
	case Back:
		fmt.Fprintf(&s, "Version %s answers again%s.", Short(e.Version.ID), by(e.Version))
		if e.Pinned {
			s.WriteString(" The files could not be put back, so this holds until they change.")
		}
		s.WriteString("\n")
	case InOrder:
		s.WriteString("The files are in order again: what answers is what they say.\n")
	default:
		fmt.Fprintf(&s, "New knowledge is live%s: %s.\n", by(e.Version), Files(e.Version.Changes))
		if e.Report != nil && (e.Report.Changed > 0 || e.Report.Reworded > 0 || len(e.Report.Broken) > 0) {
			s.WriteString(e.Report.String())
		}
	}
	return strings.TrimRight(s.String(), "\n")
}

// Short is a version's id as people are shown it.
func Short(id string) string { return id[:min(8, len(id))] }

func by(v versions.Version) string {
	s := ""
	if v.Author != "" {
		s += " by " + v.Author
	}
	if v.Reason != "" {
		s += " (" + v.Reason + ")"
	}
	return s
}

// Files sums up what changed in the folder, as "visits.md changed (3 sections), old.md removed".
func Files(changes []versions.FileChange) string {
	var all []string
	for _, c := range changes[:min(maxLines, len(changes))] {
		s := c.File + " " + string(c.Kind)
		switch {
		case c.Kind == versions.Removed, c.Before == 0 && c.After == 0:
		case c.Kind == versions.Changed && c.Before != c.After:
			s += fmt.Sprintf(" (%d → %s)", c.Before, count(c.After, "section"))
		default:
			s += " (" + count(c.After, "section") + ")"
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return "no file changed"
	}
	if n := len(changes) - maxLines; n > 0 {
		all = append(all, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(all, ", ")
}

func more(s *strings.Builder, n int) {
	if n > 0 {
		fmt.Fprintf(s, "… and %d more\n", n)
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
