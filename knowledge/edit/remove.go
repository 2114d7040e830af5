package edit

import (
	"errors"
	"fmt"
	"strings"

	"frontdesk/knowledge"
)

// Remove proposes to take a section out of a Markdown file or a table, with what the front matter says of it; the file
// goes with its last section. A section whose heading encloses others, or whose text others need, is a *RefusedError; of
// other formats the error is ErrFormat. revision is that of the text that whoever removes it has seen (see Text): what
// somebody has changed since stays, which is a *RefusedError too. Empty: not known.
func (b *Book) Remove(s knowledge.Section, revision string) (Change, error) {
	c, err := b.remove(s, revision)
	if err != nil {
		return Change{}, fmt.Errorf("remove %q: %w", s.Title, err)
	}
	return c, nil
}

func (b *Book) remove(s knowledge.Section, revision string) (Change, error) {
	f, now, err := b.said(s)
	if err != nil {
		return Change{}, err
	}
	if revision != "" && now.Revision != revision {
		return Change{}, &RefusedError{Text: "somebody has changed it since you opened it; look at it again"}
	}
	c := Change{File: f.file, Before: f.data, Section: s.ID, Summary: fmt.Sprintf("%s: removed %q", s.ID, f.section.Title)}
	c.again = func() (Change, error) {
		again, err := b.remove(s, now.Revision)
		if errors.Is(err, ErrGone) {
			err = ErrSame // somebody else was faster
		}
		return again, err
	}
	tries, alone, err := f.without()
	if err != nil || alone {
		return c, err
	}
	for _, text := range tries {
		if err = removed(s.ID, f.view, b.lookAt(f.file, f.file, text)); err == nil {
			c.After = text
			return c, nil
		}
	}
	return Change{}, err
}

// without returns the file's content without the section, in every way that may do. alone tells that nothing is left then.
func (f found) without() (tries [][]byte, alone bool, err error) {
	src, err := readSource(f.file, f.data)
	if err != nil {
		return nil, false, err
	}
	if isTable(f.file) {
		t, err := openSheet(src.text, f.section.Source.Line)
		if err != nil {
			return nil, false, err
		}
		return [][]byte{src.with(t.withoutRow())}, len(t.Rows) == 1, nil
	}
	p, ok, err := f.page()
	switch {
	case err != nil:
		return nil, false, err
	case !ok:
		return nil, false, fmt.Errorf("%s: %w: take it out of the file", f.file, ErrFormat)
	}
	bare := p.withoutChapter()
	for _, note := range p.o.Notes {
		if note.Of == f.section.Source.Line {
			tries = append(tries, src.with(bare.withoutNote(note).text))
			break
		}
	}
	return append(tries, src.with(bare.text)), p.alone(), nil
}

// alone reports whether the chapter is all that the file has, but for a title: a heading whose text is yet to be written is
// somebody's work.
func (p page) alone() bool {
	for i, c := range p.o.Chapters {
		if i != p.at && (c.Level != 1 || strings.TrimSpace(p.text[c.Text:c.End]) != "") {
			return false
		}
	}
	return true
}

// removed returns an error unless a section is gone and nothing else is different.
func removed(id knowledge.SectionID, before, after view) error {
	if found := newErrors(before.problems, after.problems); len(found) > 0 {
		return &RefusedError{Text: "this would break the files", Problems: found}
	}
	if _, there := after.section(id); there {
		return &RefusedError{Text: "another section would take its place; give that one an id of its own first"}
	}
	if err := others(id, before.base, after.base); err != nil {
		return &RefusedError{Text: "other sections of the file would change with it: they stand below its heading, have the same one, or use a link that it defines. Change the file by hand"}
	}
	return nil
}

// withoutChapter takes the heading with its text away, and nothing that stands below smaller headings.
func (p page) withoutChapter() page {
	c := p.chapter()
	p.text = p.text[:c.Start] + p.text[c.End:]
	if c.End >= len(p.text)+c.End-c.Start { // it was the last
		p.text = strings.TrimRight(p.text, " \t\n") + "\n"
	}
	return p
}

// withoutNote takes away what the front matter says of a section; its lines are above the chapter, so that they stand
// where they stood.
func (p page) withoutNote(note knowledge.Note) page {
	first := p.item(note.Line)
	deep, last := depth(p.line(first)), first
	for n := first + 1; n <= len(p.o.Lines) && p.o.Lines[n-1] < p.o.Front[1]; n++ {
		if line := p.line(n); strings.TrimSpace(line) != "" && depth(line) <= deep {
			break
		}
		last = n
	}
	from, to := p.o.Lines[first-1], p.o.Lines[last-1]+len(p.line(last))+1
	if key := p.line(max(1, first-1)); len(p.o.Notes) == 1 && strings.HasPrefix(key, "sections:") {
		from -= len(key) + 1 // there is nothing else in it
	}
	p.text = p.text[:from] + p.text[to:]
	return p
}

// item returns the line where the item of a list begins that a line "heading:" is in; the line itself for any other, as
// for a section that is called "heading".
func (p page) item(line int) int {
	if !strings.HasPrefix(strings.TrimLeft(p.line(line), " "), "heading:") {
		return line
	}
	for n := line - 1; n > 0; n-- {
		switch above := p.line(n); {
		case strings.TrimSpace(above) == "" || depth(above) >= depth(p.line(line)):
		case strings.HasPrefix(strings.TrimLeft(above, " "), "- "):
			return n
		default:
			return line
		}
	}
	return line
}

// withoutRow returns the table's text without the section's row.
func (t sheet) withoutRow() string {
	from := strings.LastIndexByte(t.text[:t.row.Cells[0][0]], '\n') + 1
	to := t.row.Cells[len(t.row.Cells)-1][1]
	if end := strings.IndexByte(t.text[to:], '\n'); end >= 0 {
		to += end + 1
	} else {
		to = len(t.text)
	}
	return t.text[:from] + t.text[to:]
}
