package console

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// How long what is typed into a form may be, in runes.
const (
	maxTitle     = 300
	maxText      = 60_000
	maxPhrasings = 20_000
	maxReason    = 200
	maxName      = 120
)

// A fields reads a form and remembers the first thing that is wrong with it.
type fields struct {
	r     *http.Request
	fault string
}

// text returns a field; empty, with a fault, when it is longer than most runes.
func (f *fields) text(name, called string, most int) string {
	s := strings.ReplaceAll(f.r.PostFormValue(name), "\r\n", "\n")
	if n := utf8.RuneCountInString(s); n > most && f.fault == "" {
		f.fault = fmt.Sprintf("%s is too long: %d characters, and %d are the most.", called, n, most)
	}
	return s
}

// A draft is a section as somebody is writing it.
type draft struct {
	Title     string
	Body      string // Markdown
	Phrasings string // one a line
	Revision  string // of the text that it began from; empty for a new section
	Question  string // to try on it
	Typed     bool   // it came by a form, and is saved nowhere yet
	Plea      plea   // to go live although the gate blocks it
	do        string // the button that was pressed: preview, check, save or force
}

// plea reads why something is to go live all the same.
func (f *fields) plea() plea {
	return plea{strings.TrimSpace(f.text("reason", "The reason", maxReason)), f.text("version", "The version", maxName)}
}

// The buttons of a draft.
const (
	doPreview = "preview"
	doCheck   = "check"
	doSave    = "save"
	doForce   = "force"
)

// draft reads a draft from a form.
func (f *fields) draft() draft {
	d := draft{
		Typed: true,
		Title: f.text("title", "The title", maxTitle), Body: f.text("body", "The text", maxText),
		Phrasings: f.text("phrasings", "What people ask in other words", maxPhrasings),
		Revision:  f.text("revision", "The revision", maxTitle), Question: strings.TrimSpace(f.text("question", "The question", maxQuestion)),
		Plea: f.plea(), do: f.r.PostFormValue("do"),
	}
	if !slices.Contains([]string{doCheck, doSave, doForce}, d.do) {
		d.do = doPreview
	}
	switch {
	case f.fault != "":
	case strings.TrimSpace(d.Title) == "":
		f.fault = "Give it a title: the question that it answers, in a few words."
	case strings.TrimSpace(d.Body) == "":
		f.fault = "Write the answer: a section without text answers nothing."
	case conflicted(d.Body):
		f.fault = "Both versions of some lines are still in the text. Keep what is right, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>."
	}
	return d
}

// conflicted reports whether a text holds marks of two versions that nobody has joined yet.
func conflicted(body string) bool {
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") {
			return true
		}
	}
	return false
}

// draftOf is a section's text in the form.
func draftOf(t edit.Text) draft {
	return draft{Title: t.Title, Body: t.Body, Phrasings: strings.Join(t.Phrasings, "\n"), Revision: t.Revision}
}

// lines are the phrasings.
func (d draft) lines() []string {
	var all []string
	for line := range strings.Lines(d.Phrasings) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// text is what a draft makes of a section.
func (d draft) text() edit.Text {
	return edit.Text{Title: d.Title, Body: d.Body, Phrasings: d.lines(), Revision: d.Revision}
}

// on is a section as it would be with the draft.
func (d draft) on(s knowledge.Section) knowledge.Section {
	s.Title, s.Body, s.Phrasings = strings.TrimSpace(d.Title), strings.TrimSpace(d.Body), d.lines()
	return s
}

// isEdited reports whether sections of a file can be changed here; of plain text that hangs on what is in it.
func isEdited(file string) bool { return !isImported(file) }

// isImported reports whether a file has to become Markdown before it can be changed.
func isImported(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".markdown", ".csv", ".tsv":
		return false
	}
	return true
}
