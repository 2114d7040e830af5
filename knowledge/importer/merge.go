package importer

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// Merge brings the draft into a file. before is the file's text, nil when there is none yet; today stands in the record.
//
// Sections that nobody has edited become what the source says now; those edited by hand stay as they are, new ones come
// in at their place, and those that are no longer in the source stay. The order is the file's. Without force, a file that
// was not made by an import is left alone with ErrForeign, and one imported from somewhere else with ErrOther; with it,
// all that such a file holds counts as edited by hand. An error means that there is nothing to write.
func (d Draft) Merge(before []byte, today time.Time, force bool) (Result, error) {
	front, body := d.markdown()
	fresh, err := readPage(d.Name, "---\n"+front+"---\n\n"+body)
	if err != nil {
		return Result{}, fmt.Errorf("import %q: what would be written cannot be read: %w", d.From, err)
	}
	if err := d.check(fresh); err != nil {
		return Result{}, fmt.Errorf("import %q: %w", d.From, err)
	}
	record := Record{From: d.From, At: today.Format(time.DateOnly)}
	if before == nil {
		for _, s := range fresh.sections {
			record.Sections = append(record.Sections, markOf(s))
		}
		text := "---\n" + withRecord(front, record) + "---\n\n" + body
		if fresh, err = readPage(d.Name, text); err == nil {
			err = d.check(fresh)
		}
		return Result{New: true, Text: text, Changed: true, Sections: len(fresh.sections)}, err
	}
	text, problems, ok := knowledge.TextOf(d.Name+".md", before)
	if !ok {
		return Result{}, fmt.Errorf("the file that is there has to be mended first: %s; %s", problems[0].Text, problems[0].Advice)
	}
	old, err := readPage(d.Name, text)
	if err != nil {
		return Result{}, fmt.Errorf("the file that is there has to be mended first: %w", err)
	}
	was, imported := readRecord(old.front())
	switch {
	case !imported && !force:
		return Result{}, ErrForeign
	case imported && was.From != d.From && !force:
		return Result{}, fmt.Errorf("%w: %s", ErrOther, was.From)
	}
	m := merger{draft: d, old: old, fresh: fresh, was: was, now: record}
	r, err := m.merge(text)
	if !r.Changed {
		r.Text = string(before)
		return r, err
	}
	if strings.Contains(string(before), "\r\n") {
		r.Text = strings.ReplaceAll(r.Text, "\n", "\r\n") // as the file has it; encodings other than UTF-8 end here
	}
	return r, err
}

// A page is a Markdown file taken apart.
type page struct {
	text     string
	outline  knowledge.Outline
	sections []knowledge.Section
	at       map[int]int // chapter by line
	section  []int       // by chapter: the section that it makes; -1 for none
}

// readPage takes a file apart. The error tells what is wrong with it.
func readPage(stem, text string) (page, error) {
	name := stem + ".md"
	articles, problems := knowledge.ReadFile(name, []byte(text), "")
	for _, p := range problems {
		if p.Level == knowledge.Error {
			return page{}, fmt.Errorf("line %d: %s; %s", p.Source.Line, p.Text, p.Advice)
		}
	}
	if len(articles) != 1 {
		return page{}, fmt.Errorf("it holds no text")
	}
	outline, _ := knowledge.OutlineOf(name, text)
	p := page{text: text, outline: outline, sections: articles[0].Sections, at: map[int]int{}}
	for i, c := range outline.Chapters {
		p.at[c.Line] = i
		p.section = append(p.section, -1)
	}
	for i, s := range p.sections {
		if c, ok := p.at[s.Source.Line]; ok {
			p.section[c] = i
		}
	}
	return p, nil
}

func (p page) front() string { return p.text[p.outline.Front[0]:p.outline.Front[1]] }

// opens reports whether the first section is what stands above all headings, or below the title.
func (p page) opens() bool {
	return p.sections[0].Kind == knowledge.Introduction && p.outline.Chapters[p.at[p.sections[0].Source.Line]].Level <= 1
}

// find returns the section with an id; -1 when there is none.
func (p page) find(id knowledge.SectionID) int {
	for i, s := range p.sections {
		if s.ID == id {
			return i
		}
	}
	return -1
}
