// Package page reads articles as people paste them from a web page: plain text with no markup left, mixed with the
// page's furniture (site name, date, share buttons, captions). It finds the title, the headings and the text below
// each, and says what it left out and why.
//
//	text ─► lines (unwrapped) ─► without furniture ─► which lines are headings, decided over the whole page ─► Parts
//
// It knows what headings and furniture are made of, not any site: the words that help it are data, in each language's
// articles.yaml (see package lang).
package page

import "strings"

// A Role says what a part of a page is.
type Role int

// The roles.
const (
	Answer       Role = iota // a heading with its text
	Introduction             // the text before the first heading
	Conclusion               // closing words
	Contact                  // a call to get in touch
)

// A Page is an article, cut.
type Page struct {
	Title   string // empty when the text has none
	Line    int    // the title's; 0 without one
	Parts   []Part
	LeftOut []LeftOut
}

// A Part is a heading with its text.
type Part struct {
	Role  Role
	Title string   // as written; empty for an introduction or a conclusion without heading
	Above []string // headings that enclose it, outermost first
	Line  int      // from 1
	Body  string   // Markdown that shows the text as it was pasted
}

// LeftOut is a line that is no part of the article.
type LeftOut struct {
	Line int
	Text string
	Why  string // such as "table of contents"
}

// Cut reads a page. Every line is in the title, in a part or in LeftOut, but for rules that only underline a heading.
func Cut(text string) Page {
	d := document{items: unwrap(split(text)), words: Words()}
	d.measure()
	d.dropFurniture()
	d.dropContents()
	d.findLead()
	d.findHeadings()
	d.splitLabels()
	return d.page()
}

// A document is a page while it is being cut.
type document struct {
	items  []item
	words  Vocabulary
	spaced bool // blank lines stand between paragraphs
	gap    int  // how many of them, usually
	lead   int  // the number of items before the first paragraph
	title  int  // the title's index; -1 for none
	names  []string
	left   []LeftOut
}

// leave takes item i out of the article.
func (d *document) leave(i int, why string) {
	it := &d.items[i]
	it.gone = true
	for n, line := range it.lines {
		d.left = append(d.left, LeftOut{Line: it.number + n, Text: strings.TrimSpace(line), Why: why})
	}
}

// next returns the index of the item after i that is still there; len(d.items) when there is none.
func (d *document) next(i int) int {
	for i++; i < len(d.items) && d.items[i].gone; i++ {
	}
	return i
}

// before returns the index of the item before i that is still there; -1 when there is none.
func (d *document) before(i int) int {
	for i--; i >= 0 && d.items[i].gone; i-- {
	}
	return i
}
