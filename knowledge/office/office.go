// Package office reads what word processors and spreadsheets save: .docx documents, as Markdown, and .xlsx workbooks,
// as rows of text. Files come from outside, so everything about them is bounded: see archive.go.
//
//	.docx ─► parts of the archive ─► XML, one paragraph or table at a time ─► blocks ─► Markdown
//	.xlsx ─► excelize ─► sheets ─► rows
package office

// A Refusal is an error that tells staff why a file is not read, and what to do.
type Refusal struct {
	Text   string // what is wrong
	Advice string // what to do about it
}

// Error returns what is wrong.
func (r *Refusal) Error() string { return r.Text }

func refuse(text, advice string) error { return &Refusal{Text: text, Advice: advice} }

// A Document is a .docx file as Markdown.
type Document struct {
	Title    string   // by its properties; may be empty, and is often wrong
	Lang     string   // by its properties; may be empty
	Keywords []string // by its properties
	Fields   []Field  // rows of the table of fields at its top; see ReadDocx
	Markdown string   // headings as #, tables as tables; lines end in \n
	LeftOut  []LeftOut
	numbers  []int // the number of the paragraph that each line of Markdown comes from
}

// A Field is something that the document says about itself: a row of two cells.
type Field struct {
	Key, Value string
	Paragraph  int
}

// A LeftOut is a paragraph that is no part of the text.
type LeftOut struct {
	Text, Why string
	Paragraph int
}

// Paragraph returns the number of the paragraph that a line of the Markdown, counted from 1, comes from. Paragraphs are
// counted from 1 too: headings, list items, rows of tables and what stands in text boxes count, empty lines do not.
func (d Document) Paragraph(line int) int {
	if len(d.numbers) == 0 {
		return 0
	}
	return d.numbers[min(max(line, 1), len(d.numbers))-1]
}
