package knowledge

import (
	"fmt"
	"regexp"

	"frontdesk/knowledge/page"
)

var markdownHeading = regexp.MustCompile(`(?m)^#{1,6} +\pL`)

// readText reads plain text as people paste it from a web page. Front matter may stand above it, as in Markdown.
func readText(name, text string, p *problems) Article {
	yaml, start := cutFrontMatter(name, text, p)
	if markdownByAnotherName(name, text) {
		*p = nil                           // what the front matter has wrong is told again
		return readMarkdown(name, text, p) // Markdown by another name
	}
	front := readFrontMatter(name, yaml, p)
	above := countLines(text[:start])
	cut := page.Cut(text[start:])
	for _, l := range cut.LeftOut {
		p.add(Position{name, above + l.Line}, Notice, fmt.Sprintf("left out: %q (%s)", l.Text, l.Why), "")
	}
	a := front.article
	if a.Title == "" {
		a.Title = cut.Title
	}
	if cut.Line > 0 {
		a.Source.Line = above + cut.Line
	}
	for _, part := range cut.Parts {
		a.Sections = append(a.Sections, Section{
			Kind: kindOf(part.Role), Above: part.Above, Title: part.Title, Body: part.Body, Source: Position{Line: above + part.Line},
		})
	}
	front.apply(a.Sections, p)
	return a
}

// kindOf returns the kind of section that a part of a page becomes.
func kindOf(r page.Role) Kind {
	switch r {
	case page.Introduction:
		return Introduction
	case page.Conclusion:
		return Conclusion
	case page.Contact:
		return Contact
	}
	return Answer
}
