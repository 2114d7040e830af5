package office

import (
	"fmt"
	"strings"
)

// item writes an item of a list, within those that are open.
func (p *printer) item(b block) {
	m := *b.mark
	if p.last == nil {
		p.apart()
	}
	for len(p.open) > 0 && p.open[len(p.open)-1].level > m.level {
		p.open = p.open[:len(p.open)-1]
	}
	now := listItem{level: m.level, list: m.list, number: m.number}
	if k := len(p.open); k > 0 && p.open[k-1].level == m.level {
		before := p.open[k-1]
		p.open = p.open[:k-1]
		now.paren = before.paren
		if m.number > 0 && before.number > 0 && m.number != before.number+1 {
			now.paren = !before.paren // another list: Markdown would count on
		}
	}
	sign := "-"
	switch {
	case m.number > 0 && now.paren:
		sign = fmt.Sprintf("%d)", m.number)
	case m.number > 0:
		sign = fmt.Sprintf("%d.", m.number)
	}
	indent := 0
	for _, outer := range p.open {
		indent += outer.width
	}
	now.width = len(sign) + 1
	p.open = append(p.open, now)
	margin := strings.Repeat(" ", indent)
	p.lines(margin+sign+" "+text(b.spans, inParagraph), margin+strings.Repeat(" ", now.width), b.number)
}

// table writes a table. Markdown wants a heading, which stays empty where the table has none.
func (p *printer) table(b block) {
	p.apart()
	columns := 0
	for _, row := range b.rows {
		columns = max(columns, len(row))
	}
	if !b.header {
		p.line(strings.Repeat("|  ", columns)+"|", b.number)
		p.line(strings.Repeat("|---", columns)+"|", b.number)
	}
	for i, row := range b.rows {
		cells := make([]string, columns)
		for j, c := range row {
			if i == 0 && b.header {
				c = c.asHeading()
			}
			cells[j] = c.markdown()
		}
		p.line("| "+strings.Join(cells, " | ")+" |", b.number+i)
		if i == 0 && b.header {
			p.line(strings.Repeat("|---", columns)+"|", b.number)
		}
	}
}

// asHeading returns a cell without the bold that headings have anyway.
func (c cell) asHeading() cell {
	var plain cell
	for _, b := range c {
		b.spans = inHeading(b.spans)
		plain = append(plain, b)
	}
	return plain
}

// markdown writes a cell's content on one line, a list's items one behind the other.
func (c cell) markdown() string {
	var written strings.Builder
	add := func(separator, text string) {
		if written.Len() > 0 {
			written.WriteString(separator)
		}
		written.WriteString(text)
	}
	for _, b := range c {
		switch {
		case b.rows != nil: // a table within the table
			for _, row := range b.rows {
				var cells []string
				for _, inner := range row {
					cells = append(cells, inner.markdown())
				}
				add("<br>", strings.Join(cells, ", "))
			}
		case b.mark != nil:
			add("; ", text(b.spans, inCell))
		default:
			add("<br>", text(b.spans, inCell))
		}
	}
	return written.String()
}
