// Package knowledge turns staff's files into articles and sections, and says with file and line what is wrong
// with them. It reads; it never writes, ranks or answers.
//
// A folder holds articles (Markdown, HTML, plain text, CSV, TSV) and one settings file, desk.yaml. [Load] reads it
// whole:
//
//	files ─► Article ─► Section
//
// A Section is complete on its own: language, link to a human, tags and article title are inherited while loading,
// so that nothing behind this package has to look back at files.
package knowledge

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"
)

// ArticleID names an article: its front matter's id, else its path in the folder without the extension.
type ArticleID string

// SectionID names a section for good: it survives reloads, the order of files and edits of the section's text.
// It is what a {#id} on the heading, the front matter or a table's id column says, word for word; otherwise it is
// made of the article's id and the heading.
type SectionID string

// Key is a short fixed-size stand-in for a SectionID, for places that are counted in bytes, such as buttons.
// It is 11 characters of URL-safe base64: 64 bits of the id's SHA-256.
type Key string

// Key returns the id's short form. It depends on nothing but the id.
func (id SectionID) Key() Key {
	sum := sha256.Sum256([]byte(id))
	return Key(base64.RawURLEncoding.EncodeToString(sum[:8]))
}

// A Base is everything that one folder says: the settings and the articles, in the order of their paths.
type Base struct {
	Settings Settings
	Articles []Article
	Version  string // a hash of all content; equal bases have equal versions
}

// Sections returns the sections of all articles in order. The slice is the caller's own.
func (b Base) Sections() []Section {
	n := 0
	for _, a := range b.Articles {
		n += len(a.Sections)
	}
	if n == 0 {
		return nil
	}
	all := make([]Section, 0, n)
	for _, a := range b.Articles {
		all = append(all, a.Sections...)
	}
	return all
}

// An Article is one file, or for tables the rows of one file.
type Article struct {
	ID       ArticleID
	Title    string
	Lang     string // BCP 47 base language, such as "en"; detected where staff do not say
	URL      string // where the article can be read in full; may be empty
	Tags     []string
	Handoff  Handoff   // zero when neither the article nor the settings name one
	Reviewed time.Time // as in Section
	ReviewBy time.Time
	Expires  time.Time
	Sections []Section
	Source   Position
}

// A Kind says what a section is for.
type Kind string

// The kinds. Only Contact changes how a section is answered: it is a call to get in touch, so it hands off.
const (
	Answer       Kind = "answer"       // a heading with its text, or a table's row
	Introduction Kind = "introduction" // text before the first heading, or below one that says so
	Conclusion   Kind = "conclusion"   // closing text that belongs to no heading, or below one that says so
	Contact      Kind = "contact"      // a call to get in touch
)

// A Section is one heading with its text: the unit that is found and answered.
type Section struct {
	ID        SectionID
	Kind      Kind
	ArticleID ArticleID
	Article   string   // the article's title
	Above     []string // headings that enclose this one, outermost first, without the article's title
	Title     string   // the heading as staff wrote it
	Phrasings []string // other ways in which people put the section's question
	Body      string   // Markdown, without the heading; never empty
	Lang      string   // BCP 47 base language
	URL       string   // of the section or its article; may be empty
	Tags      []string
	Handoff   Handoff   // where a person takes over; zero only when nobody named one
	Reviewed  time.Time // the day on which staff last looked it over, at 00:00 UTC; zero when they do not say
	ReviewBy  time.Time // the day by which they mean to do so again; zero for none
	Expires   time.Time // from this day on it must not be served; zero for never
	Source    Position
}

// A Handoff says where a person takes over.
type Handoff struct {
	Label string // what the link is called, such as "Write to us"; never empty when URL is set
	URL   string // https:, http:, mailto: or tel:
	Phone string // for people to dial, as staff wrote it; may be empty
	Hours string // when somebody answers, as staff wrote it; may be empty
}

// IsZero reports whether there is no link to a human.
func (h Handoff) IsZero() bool { return h.URL == "" }

// A Position is a place in a file of the knowledge folder.
type Position struct {
	File string // slash-separated, relative to the folder
	Line int    // from 1; 0 stands for the file as a whole
}

// String returns "file:line", or the file alone when the line is unknown.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// A Level says how bad a problem is.
type Level string

// The levels.
const (
	Error   Level = "error"   // a file cannot be read as meant; a running desk keeps its last good version
	Warning Level = "warning" // read, but probably not as staff meant it
	Notice  Level = "notice"  // something was left out on purpose, such as a table of contents
)

// A Problem is something in staff's files that they should know about.
type Problem struct {
	Source Position
	Level  Level
	Text   string // what is wrong
	Advice string // what to do about it
}

// String returns "file:line: level: text; advice" on one line, without the place where the problem has none.
func (p Problem) String() string {
	s := fmt.Sprintf("%s: %s", p.Level, p.Text)
	if p.Source.File != "" {
		s = p.Source.String() + ": " + s
	}
	if p.Advice != "" {
		s += "; " + p.Advice
	}
	return s
}
