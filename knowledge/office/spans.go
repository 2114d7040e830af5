package office

import (
	"regexp"
	"strings"
)

// sameForm reports whether two spans differ in their text only.
func sameForm(a, b span) bool {
	a.text, b.text = "", ""
	return a == b
}

// joined puts neighbours of the same form together.
func joined(spans []span) []span {
	var all []span
	for i := 0; i < len(spans); {
		var b strings.Builder
		from := i
		for ; i < len(spans) && sameForm(spans[i], spans[from]); i++ {
			b.WriteString(spans[i].text)
		}
		s := spans[from]
		s.text = b.String()
		all = append(all, s)
	}
	return all
}

var (
	blanks     = regexp.MustCompile(`[ \t\x{a0}\x{2000}-\x{200a}\x{202f}\x{3000}]+`)
	atLineEnds = regexp.MustCompile(` ?\n ?`)
)

// tidy makes runs of white space one, and takes it off line ends and both ends.
func tidy(spans []span) []span {
	var all []span
	end := "\n" // how the text before ends
	for _, s := range joined(spans) {
		s.text = blanks.ReplaceAllString(s.text, " ")
		s.text = atLineEnds.ReplaceAllString(s.text, "\n")
		if strings.HasSuffix(end, " ") || strings.HasSuffix(end, "\n") {
			s.text = strings.TrimPrefix(s.text, " ")
		}
		if strings.HasPrefix(s.text, "\n") && strings.HasSuffix(end, " ") {
			last := &all[len(all)-1]
			last.text = strings.TrimSuffix(last.text, " ")
		}
		if s.text != "" {
			all = append(all, s)
			end = s.text
		}
	}
	return trimmed(all)
}

// trimmed takes white space off both ends.
func trimmed(spans []span) []span {
	for len(spans) > 0 {
		if spans[0].text = strings.TrimLeft(spans[0].text, " \n"); spans[0].text != "" {
			break
		}
		spans = spans[1:]
	}
	for k := len(spans) - 1; k >= 0; k-- {
		if spans[k].text = strings.TrimRight(spans[k].text, " \n"); spans[k].text != "" {
			break
		}
		spans = spans[:k]
	}
	return joined(spans)
}

var emptyLine = regexp.MustCompile(`\n\n+`)

// paragraphs cuts text where the document has empty lines within a paragraph, and leaves empty ones out.
func paragraphs(spans []span) [][]span {
	var all [][]span
	var now []span
	for _, s := range tidy(spans) {
		for i, text := range emptyLine.Split(s.text, -1) {
			if i > 0 {
				all, now = append(all, now), nil
			}
			part := s
			part.text = text
			now = append(now, part)
		}
	}
	kept := [][]span{}
	for _, p := range append(all, now) {
		if p = trimmed(p); len(p) > 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// onOneLine returns text without line breaks.
func onOneLine(spans []span) []span {
	flat := append([]span{}, spans...)
	for i := range flat {
		flat[i].text = strings.ReplaceAll(flat[i].text, "\n", " ")
	}
	return tidy(flat)
}

// plainText returns what spans say, whatever their form.
func plainText(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// plain returns what a cell says, a line for each paragraph.
func (c cell) plain() string {
	var all []string
	for _, b := range c {
		all = append(all, plainText(b.spans))
	}
	return strings.Join(all, "\n")
}
