package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"frontdesk/knowledge"
)

// A Record is what a file remembers of its import, in its front matter:
//
//	imported:
//	  from: https://clinic.example/therapy
//	  at: 2026-11-23
//	  sections:
//	    therapy#introduction: h5f2a91c0.9b1d6e03
//	    therapy#what-does-it-cost: h1c8e7702.77aa01f4.08c1d3e5
//
// Each section has the hashes of the title, the body and, if there are any, the phrasings that the source had. A section
// of the file whose hashes are others was edited by hand.
type Record struct {
	From     string
	At       string // a day
	Sections []Mark
}

// A Mark is what one section of the source looked like.
type Mark struct {
	ID                     knowledge.SectionID
	Title, Body, Phrasings string // hashes; Phrasings is empty where there are none
}

// markOf takes the hashes of a section.
func markOf(s knowledge.Section) Mark {
	m := Mark{ID: s.ID, Title: hash(s.Title), Body: hash(s.Body)}
	if len(s.Phrasings) > 0 {
		m.Phrasings = hash(strings.Join(s.Phrasings, "\n"))
	}
	return m
}

// hash does not tell texts apart that differ in white space only: editors change that by themselves.
func hash(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return hex.EncodeToString(sum[:4])
}

// find returns the mark of a section; nil when it has none.
func (r Record) find(id knowledge.SectionID) *Mark {
	for i := range r.Sections {
		if r.Sections[i].ID == id {
			return &r.Sections[i]
		}
	}
	return nil
}

// String returns the record as YAML, with a line end.
func (r Record) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "imported:\n  from: %s\n  at: %s\n  sections:\n", scalar(r.From), r.At)
	for _, m := range r.Sections {
		fmt.Fprintf(&b, "    %s: %s\n", scalar(string(m.ID)), strings.TrimSuffix("h"+m.Title+"."+m.Body+"."+m.Phrasings, "."))
	}
	return b.String()
}

// recordLines finds a record in front matter, with the lines that belong to it.
var recordLines = regexp.MustCompile(`(?m)^imported:.*\n(?:[ \t]+.*\n|[ \t]*\n)*`)

// readRecord reads the record in front matter; false when there is none that can be read.
func readRecord(front string) (Record, bool) {
	var written struct {
		Imported struct {
			From     string        `yaml:"from"`
			At       string        `yaml:"at"`
			Sections yaml.MapSlice `yaml:"sections"`
		} `yaml:"imported"`
	}
	text := recordLines.FindString(front)
	if text == "" || yaml.Unmarshal([]byte(text), &written) != nil {
		return Record{}, false
	}
	r := Record{From: written.Imported.From, At: written.Imported.At}
	for _, item := range written.Imported.Sections {
		m := Mark{ID: knowledge.SectionID(fmt.Sprint(item.Key))}
		hashes := strings.Split(strings.TrimPrefix(fmt.Sprint(item.Value), "h"), ".")
		if len(hashes) < 2 {
			continue
		}
		if m.Title, m.Body = hashes[0], hashes[1]; len(hashes) > 2 {
			m.Phrasings = hashes[2]
		}
		r.Sections = append(r.Sections, m)
	}
	return r, r.From != ""
}

// withRecord returns front matter, without the lines of dashes, with r in place of the record that it has.
func withRecord(front string, r Record) string {
	if at := recordLines.FindStringIndex(front); at != nil {
		return front[:at[0]] + r.String() + front[at[1]:]
	}
	if front != "" && !strings.HasSuffix(front, "\n") {
		front += "\n"
	}
	return front + r.String()
}

// sectionNotes finds what front matter says of sections, if that is a mapping in block form.
var sectionNotes = regexp.MustCompile(`(?m)^sections:[ \t]*\n((?:[ \t]*\n)*)([ ]+)[^ \n-].*\n(?:[ \t]+.*\n|[ \t]*\n)*`)

// withNotes adds what front matter is to say of new sections. notes are lines that begin with two spaces.
func withNotes(front, notes string) string {
	at := sectionNotes.FindStringSubmatchIndex(front)
	switch {
	case notes == "":
		return front
	case at == nil:
		return front + "sections:\n" + notes
	}
	indent := front[at[4]:at[5]]
	var b strings.Builder
	for line := range strings.Lines(notes) {
		b.WriteString(indent + strings.TrimPrefix(line, "  "))
	}
	return strings.TrimRight(front[:at[1]], " \t\n") + "\n" + b.String() + front[at[1]:]
}
