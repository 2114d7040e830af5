package console

import (
	"strings"

	"frontdesk/knowledge/edit"
)

// A clash is what two people made of the same lines: neither is lost, and one of them joins the two.
type clash struct {
	Title  string // theirs, when both changed it
	Theirs string // the text as it is in the file now
	Mine   string // as it was sent
}

// joined returns the draft with what somebody else has written meanwhile, and what is left to be joined by hand.
func (d draft) joined(err *edit.ConflictError) (draft, *clash) {
	k := &clash{Theirs: err.Text.Body, Mine: d.Body}
	if err.Joined.Title != err.Text.Title {
		k.Title = err.Text.Title
	}
	d.Title, d.Body, d.Phrasings = err.Joined.Title, err.Joined.Body, strings.Join(err.Joined.Phrasings, "\n")
	d.Revision = err.Text.Revision
	return d, k
}

// A diffLine is a line of a unified diff.
type diffLine struct {
	Kind string // plus, minus, place, or empty for what stays
	Text string
}

// maxDiff bounds the lines of a diff that are shown.
const maxDiff = 500

// diffLines cuts a unified diff into lines, without the names of the files.
func diffLines(diff string) []diffLine {
	var lines []diffLine
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\n")
		l := diffLine{Text: line}
		switch {
		case strings.HasPrefix(line, "--- ") && len(lines) == 0, strings.HasPrefix(line, "+++ ") && len(lines) == 0, strings.HasPrefix(line, `\ `):
			continue
		case strings.HasPrefix(line, "@@"):
			l.Kind = "place"
		case strings.HasPrefix(line, "+"):
			l.Kind = "plus"
		case strings.HasPrefix(line, "-"):
			l.Kind = "minus"
		}
		if len(lines) == maxDiff {
			return append(lines, diffLine{"place", "… and more"})
		}
		lines = append(lines, l)
	}
	return lines
}
