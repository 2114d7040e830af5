package console

import (
	"strings"

	"frontdesk/knowledge/edit"
)

// A clash is what two people made of the same lines: neither is lost, and one of them joins the two.
type clash struct {
	Title  string // theirs, when it differs from the draft's
	Theirs string // the text as it is in the file now
	Mine   string // as it was sent
	Merged string // both, with marks around what differs
}

func newClash(d draft, err *edit.ConflictError) *clash {
	k := &clash{Theirs: err.Text.Body, Mine: d.Body, Merged: string(err.Merged)}
	mine := strings.TrimSpace(d.Title)
	if mine == err.Text.Title {
		k.Merged = strings.TrimPrefix(k.Merged, mine+"\n\n")
	} else {
		k.Title = err.Text.Title
		k.Merged = strings.TrimPrefix(k.Merged, "<<<<<<< yours\n"+mine+"\n=======\n"+k.Title+"\n>>>>>>> theirs\n\n")
	}
	k.Merged = strings.TrimRight(k.Merged, "\n")
	return k
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
