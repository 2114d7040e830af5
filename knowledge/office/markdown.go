package office

import "strings"

// A printer writes blocks as Markdown and remembers which paragraph each line comes from.
type printer struct {
	b       strings.Builder
	numbers []int
	open    []listItem // the items that the next one may stand in
	last    *mark      // of the block before; nil when that was no item
	notes   []note     // that wait for the end of their section
}

// A listItem is an item under way: its level in the document and how far what it holds is moved in.
type listItem struct {
	level, width int
	list         string
	paren        bool // numbered as 1) instead of 1.
	number       int
}

// markdown writes the blocks; numbers tells for each line the paragraph it comes from. Notes stand at the end of the
// section that refers to them.
func markdown(blocks []block) (text string, numbers []int) {
	var p printer
	for _, b := range blocks {
		if b.level > 0 {
			p.flushNotes(b.number)
		}
		p.block(b)
		p.notes = append(p.notes, b.notes...)
	}
	if len(blocks) > 0 {
		p.flushNotes(blocks[len(blocks)-1].number)
	}
	return p.b.String(), p.numbers
}

func (p *printer) block(b block) {
	switch {
	case b.rows != nil:
		p.table(b)
	case b.level > 0:
		p.apart()
		p.line(strings.Repeat("#", b.level)+" "+escapeHeading(text(inHeading(b.spans), inParagraph)), b.number)
	case b.mark != nil:
		p.item(b)
	default:
		p.apart()
		p.lines(text(b.spans, inParagraph), "", b.number)
	}
	if p.last = b.mark; b.mark == nil || b.level > 0 {
		p.last, p.open = nil, nil
	}
}

// apart writes an empty line between blocks.
func (p *printer) apart() {
	if len(p.numbers) > 0 {
		p.line("", p.numbers[len(p.numbers)-1])
	}
}

func (p *printer) line(text string, number int) {
	p.b.WriteString(text)
	p.b.WriteByte('\n')
	p.numbers = append(p.numbers, number)
}

// lines writes several lines; indent stands before all but the first.
func (p *printer) lines(text, indent string, number int) {
	first := true
	for line := range strings.SplitSeq(text, "\n") {
		if !first {
			line = indent + line
		}
		first = false
		p.line(line, number)
	}
}

func (p *printer) flushNotes(number int) {
	for _, n := range p.notes {
		p.apart()
		p.line(n.mark+" "+text(n.spans, inParagraph), number)
	}
	p.notes = nil
}

// inHeading returns a heading's text on one line, without the bold that all headings have.
func inHeading(spans []span) []span {
	flat := append([]span{}, spans...)
	for i := range flat {
		flat[i].bold = false
	}
	return onOneLine(flat)
}
