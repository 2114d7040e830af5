package page

import (
	"regexp"
	"slices"
	"strings"
)

// label is a heading that stands on the line of its text: "Price: $45 a day with 100 miles included."
var label = regexp.MustCompile(`^(\p{Lu}[^:.!?]{1,50}):\s+(\S.*)$`)

// splitLabels makes headings of labels on a page that has no other headings, where most paragraphs have one.
func (d *document) splitLabels() {
	labelled, others := 0, 0
	for i, it := range d.items {
		switch {
		case it.gone || i == d.title:
		case it.heading:
			return
		case it.hasLabel():
			labelled++
		default:
			others++
		}
	}
	if labelled < 3 || others > labelled {
		return
	}
	var items []item
	title := d.title
	for i, it := range d.items {
		if i == title {
			d.title = len(items)
		}
		if it.gone || i == title || !it.hasLabel() {
			items = append(items, it)
			continue
		}
		m := label.FindStringSubmatch(it.text)
		heading, text := it, it
		heading.text, heading.heading = m[1], true
		text.text, text.blanks = m[2], 0
		for _, part := range []*item{&heading, &text} {
			part.features = featuresOf(part.text, d.words)
		}
		items = append(items, heading, text)
	}
	d.items = slices.Clip(items)
}

// hasLabel reports whether a paragraph begins with a label.
func (it item) hasLabel() bool {
	m := label.FindStringSubmatch(it.text)
	return m != nil && it.mark == unmarked && len(strings.Fields(m[1])) <= 6 && len(strings.Fields(m[2])) >= 4
}
