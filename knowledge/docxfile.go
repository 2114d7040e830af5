package knowledge

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"frontdesk/knowledge/office"
)

// readDocx reads a Word document as Markdown. Lines are the numbers of its paragraphs, as package office counts them.
// Its front matter is a table at its top:
//
//	title     | Ketamine therapy
//	review by | 2026-03-01
func readDocx(name string, data []byte, p *problems) []Article {
	doc, err := office.ReadDocx(data, func(key string) bool { return slices.Contains(fieldKeys, fieldKey(key)) })
	if err != nil {
		p.refused(name, err)
		return nil
	}
	front := readFields(name, doc.Fields, p)
	for _, l := range doc.LeftOut {
		p.add(Position{name, l.Paragraph}, Notice, fmt.Sprintf("left out: %q (%s)", l.Text, l.Why), "")
	}
	var found problems
	a := markdownDoc{name: name, source: doc.Markdown, problems: &found}.article(front.article)
	a.Source.Line = doc.Paragraph(a.Source.Line)
	for i := range a.Sections {
		a.Sections[i].Source.Line = doc.Paragraph(a.Sections[i].Source.Line)
	}
	for _, q := range found {
		if q.Source.Line > 0 {
			q.Source.Line = doc.Paragraph(q.Source.Line)
		}
		*p = append(*p, q)
	}
	if a.Title == "" && !strings.HasPrefix(doc.Title, "Microsoft Word") {
		a.Title = doc.Title
	}
	if a.Lang == "" {
		a.Lang = baseLanguage(doc.Lang)
	}
	a.Tags = merge(a.Tags, doc.Keywords)
	return []Article{a}
}

// refused reports a file that package office does not read.
func (p *problems) refused(name string, err error) {
	text, advice := err.Error(), "save it anew"
	if r, ok := errors.AsType[*office.Refusal](err); ok {
		text, advice = r.Text, r.Advice
	}
	p.add(Position{File: name}, Error, text, advice)
}

// fieldKeys are the keys of front matter that a document's table of fields may have.
var fieldKeys = []string{"title", "id", "lang", "url", "contact", "tags", "reviewed", "review_by", "expires_at"}

func fieldKey(written string) string { return strings.ReplaceAll(written, " ", "_") }

// readFields reads a document's table of fields as the front matter that it stands for.
func readFields(name string, fields []office.Field, p *problems) frontMatter {
	var yaml strings.Builder
	for _, f := range fields {
		key, value := fieldKey(f.Key), strconv.Quote(f.Value)
		if key == "tags" {
			var tags []string
			for _, tag := range labels(f.Value) {
				tags = append(tags, strconv.Quote(tag))
			}
			value = "[" + strings.Join(tags, ", ") + "]"
		}
		fmt.Fprintf(&yaml, "%s: %s\n", key, value)
	}
	var found problems
	front := readFrontMatter(name, yaml.String(), &found)
	for _, q := range found {
		if line := q.Source.Line - 2; line >= 0 && line < len(fields) { // front matter begins in line 2
			q.Source.Line = fields[line].Paragraph
		}
		*p = append(*p, q)
	}
	return front
}
