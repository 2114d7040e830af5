package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// Replace proposes another title, body and phrasings for a section of a Markdown file or a table. Headings in the body
// of Markdown become bold lines, since they would begin sections of their own; the section keeps its id whatever its
// title becomes.
//
// When the section is not the one of t.Revision any more, what was changed since then is merged with t. What cannot be
// is a *ConflictError. Of other formats only the phrasings can be replaced; else the error is ErrFormat. ErrSame says
// that t says nothing new.
func (b *Book) Replace(s knowledge.Section, t Text) (Change, error) {
	c, err := b.replace(s, t)
	if err != nil {
		return Change{}, fmt.Errorf("change %q: %w", s.Title, err)
	}
	return c, nil
}

func (b *Book) replace(s knowledge.Section, t Text) (Change, error) {
	f, now, err := b.said(s)
	if err != nil {
		return Change{}, err
	}
	b.texts.keep(now)
	markdown := f.isMarkdown()
	wanted, err := t.cleaned(now, !markdown)
	if err != nil {
		return Change{}, err
	}
	if t.Revision == "" {
		t.Revision = now.Revision
	}
	if wanted, err = b.reconcile(wanted, now, t.Revision, f.data); err != nil {
		return Change{}, err
	}
	if wanted.says(now) {
		return Change{}, ErrSame
	}
	c, err := b.write(f, now, wanted)
	if err != nil {
		return Change{}, err
	}
	c.Section = s.ID
	c.again = func() (Change, error) { return b.replace(s, t) }
	return c, nil
}

// isMarkdown reports whether the file is read as Markdown.
func (f found) isMarkdown() bool {
	_, ok, _ := f.page()
	return ok
}

// write makes the change in the section's file, or in the file for phrasings.
func (b *Book) write(f found, now, wanted Text) (Change, error) {
	words := wanted.Title == now.Title && wanted.Body == now.Body
	drop, add := without(now.Phrasings, wanted.Phrasings), without(wanted.Phrasings, now.Phrasings)
	s, err := readSource(f.file, f.data)
	if err != nil && !words {
		return Change{}, err
	}
	p, markdown, pageErr := f.page()
	switch {
	case err == nil && pageErr != nil:
		return Change{}, pageErr
	case err == nil && markdown:
		return b.writePage(f, s, p, now, wanted)
	case err == nil && isTable(f.file):
		sheet, sheetErr := openSheet(s.text, f.section.Source.Line)
		if sheetErr != nil {
			return Change{}, sheetErr
		}
		if _, ok := sheet.Columns["alternates"]; ok || len(drop)+len(add) == 0 {
			return b.writeRow(f, s, sheet, now, wanted)
		}
		if !words {
			return Change{}, &RefusedError{Text: "the table has no column for phrasings; save the text and the phrasings one after the other"}
		}
	case !words:
		return Change{}, fmt.Errorf("%s: %w: turn it into Markdown with frontdesk import", f.file, ErrFormat)
	}
	return b.writePhrasings(f, wanted, drop, add)
}

// writePage changes a Markdown file.
func (b *Book) writePage(f found, s source, p page, now, wanted Text) (Change, error) {
	if wanted.Body != now.Body {
		p = p.withBody(wanted.Body)
	}
	p = p.withPhrasings(without(now.Phrasings, wanted.Phrasings), without(wanted.Phrasings, now.Phrasings))
	if wanted.Title == now.Title {
		return b.propose(f, f.file, s.with(p.text), wanted, describe(now, wanted, f.section.ID))
	}
	fixed := p.chapter().ID
	for {
		q, err := p.withTitle(wanted.Title, fixed, f.section.Kind == knowledge.Introduction)
		if err != nil {
			return Change{}, err
		}
		data := s.with(q.text)
		if fixed == "" {
			if s, ok := b.lookAt(f.file, f.file, data).section(f.section.ID); !ok || s.Source.Line != q.chapter().Line {
				fixed = f.section.ID // the new heading would make another id, or leave this one to another section
				continue
			}
		}
		return b.propose(f, f.file, data, wanted, describe(now, wanted, f.section.ID))
	}
}

// propose checks what a file would come to.
func (b *Book) propose(f found, file string, after []byte, wanted Text, summary string) (Change, error) {
	before := f.data
	if file != f.file {
		var err error
		if before, err = b.readIfThere(file); err != nil {
			return Change{}, err
		}
	}
	w := wish{section: f.section.ID, text: wanted}
	id, err := w.check(f.view, b.lookAt(f.file, file, after))
	return Change{File: file, Before: before, After: after, Summary: summary, Section: id}, err
}

// describe says in a line what changes in a section.
func describe(now, wanted Text, id knowledge.SectionID) string {
	var parts []string
	if now.Title != wanted.Title {
		parts = append(parts, fmt.Sprintf("title %q", wanted.Title))
	}
	if now.Body != wanted.Body {
		parts = append(parts, "text")
	}
	for _, p := range without(wanted.Phrasings, now.Phrasings) {
		parts = append(parts, fmt.Sprintf("phrasing %q", p))
	}
	for _, p := range without(now.Phrasings, wanted.Phrasings) {
		parts = append(parts, fmt.Sprintf("without phrasing %q", p))
	}
	if len(parts) > 4 {
		parts = append(parts[:4], "and more")
	}
	return fmt.Sprintf("%s: %s", id, strings.Join(parts, ", "))
}

// cleaned returns a text as files can hold it. What is as it was stays byte for byte.
func (t Text) cleaned(now Text, headings bool) (Text, error) {
	var err error
	c := Text{File: now.File, Title: now.Title, Body: now.Body}
	if strings.TrimSpace(t.Title) != now.Title {
		if c.Title, err = cleanLine("the title", t.Title); err != nil {
			return c, err
		}
	}
	plain := strings.ReplaceAll(t.Body, "\r\n", "\n") // as forms send it
	if trimBlankLines(plain) != now.Body {
		if c.Body, err = cleanBody(t.Body, headings); err != nil {
			return c, err
		}
	}
	for _, phrasing := range t.Phrasings {
		phrasing = strings.TrimSpace(phrasing)
		if phrasing == "" {
			continue
		}
		if !slices.Contains(now.Phrasings, phrasing) {
			if phrasing, err = cleanPhrasing(phrasing); err != nil {
				return c, err
			}
		}
		if !slices.Contains(c.Phrasings, phrasing) {
			c.Phrasings = append(c.Phrasings, phrasing)
		}
	}
	return c, nil
}

// says reports whether two texts are the same to readers.
func (t Text) says(other Text) bool {
	return t.Title == other.Title && t.Body == other.Body &&
		len(without(t.Phrasings, other.Phrasings))+len(without(other.Phrasings, t.Phrasings)) == 0
}

// without returns the strings of a that b has not.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// AddPhrasing proposes one more phrasing for a section. In Markdown it goes below the heading, in a table into its
// column for phrasings; for all other files into phrasings.tsv. ErrSame says that the section has it already.
func (b *Book) AddPhrasing(s knowledge.Section, phrasing string) (Change, error) {
	c, err := b.addPhrasing(s, phrasing)
	if err != nil {
		return Change{}, fmt.Errorf("add a phrasing to %q: %w", s.Title, err)
	}
	return c, nil
}

func (b *Book) addPhrasing(s knowledge.Section, phrasing string) (Change, error) {
	phrasing, err := cleanPhrasing(phrasing)
	if err != nil {
		return Change{}, err
	}
	f, now, err := b.said(s)
	if err != nil {
		return Change{}, err
	}
	same := func(known string) bool { return strings.EqualFold(known, phrasing) }
	if same(now.Title) || slices.ContainsFunc(now.Phrasings, same) {
		return Change{}, ErrSame
	}
	wanted := now
	wanted.Phrasings = append(slices.Clone(now.Phrasings), phrasing)
	c, err := b.write(f, now, wanted)
	if errors.Is(err, ErrFormat) { // not UTF-8
		c, err = b.writePhrasings(f, wanted, nil, []string{phrasing})
	}
	if err != nil {
		return Change{}, err
	}
	c.again = func() (Change, error) { return b.addPhrasing(s, phrasing) }
	return c, nil
}
