package page

import (
	"regexp"
	"strings"
)

// body prints items as Markdown that shows them as they were pasted: paragraphs, lists, and lines that belong
// together, such as an address, as lines.
func (d *document) body(items []int) string {
	var b strings.Builder
	for n, i := range items {
		it := d.items[i]
		if n > 0 {
			b.WriteString(d.between(items[n-1], i))
		}
		switch it.mark {
		case bullet:
			b.WriteString("- " + Escape(it.text))
		case numbered:
			b.WriteString(escapeNumber(it.text))
		default:
			b.WriteString(Escape(it.text))
		}
	}
	return b.String()
}

// between returns what separates two items: nothing but a new line within a list, a hard break between short lines
// that stand together, else an empty line.
func (d *document) between(a, b int) string {
	up, low := d.items[a], d.items[b]
	listed := func(it item) bool { return it.mark == bullet || it.mark == numbered }
	switch {
	case listed(up) && up.mark == low.mark:
		return "\n"
	case listed(up) || listed(low) || low.blanks > 0 || low.number != up.number+len(up.lines):
		return "\n\n"
	case up.words < 12 && low.words < 12:
		return "  \n"
	}
	return "\n\n"
}

// escapeNumber keeps "1. " and "2) ", which Markdown shows as they are, and writes "1.2 " and "IV. " as text.
func escapeNumber(text string) string {
	mark, rest, _ := strings.Cut(text, " ")
	if listNumber.MatchString(mark) {
		return mark + " " + Escape(rest)
	}
	return Escape(text)
}

var (
	listNumber = regexp.MustCompile(`^\d{1,9}[.)]$`)
	lineNumber = regexp.MustCompile(`^(\d{1,9})([.)])(\s|$)`)
	lineMark   = regexp.MustCompile(`^([-+>]|#{1,6}(\s|$)|={1,}\s*$|-[-\s]*$|:?-+:?\s*\||\|)`)
	autolink   = regexp.MustCompile(`<([A-Za-z/!?])`)
	entityMark = regexp.MustCompile(`&(#?[A-Za-z0-9]{1,32};)`)
	definition = regexp.MustCompile(`^\[[^\]]*\]:`)
)

// Escape returns Markdown that shows text, which is one line, to the letter. It escapes only what would be read as
// markup, so that the Markdown stays pleasant to read.
func Escape(text string) string {
	s := escapeInline(text)
	s = autolink.ReplaceAllString(s, `\<$1`)
	s = entityMark.ReplaceAllString(s, `\&$1`)
	if strings.Count(s, "~") > 1 {
		s = strings.ReplaceAll(s, "~", `\~`)
	}
	if strings.Contains(s, "](") || strings.Contains(s, "][") || definition.MatchString(s) {
		s = strings.ReplaceAll(s, "[", `\[`)
	}
	if m := lineNumber.FindStringSubmatch(s); m != nil {
		return m[1] + `\` + s[len(m[1]):]
	}
	if lineMark.MatchString(s) {
		return `\` + s
	}
	return s
}

// escapeInline escapes the stars, underscores, backquotes and backslashes that may be read as markup: not a star between
// spaces, an underscore inside a word or a backslash before a letter.
func escapeInline(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; {
		case ch == '\\' && (i+1 == len(s) || isPunctuation(s[i+1])), ch == '`', ch == '*' && !(spaceAt(s, i-1) && spaceAt(s, i+1) && i > 0), ch == '_' && !(wordAt(s, i-1) && wordAt(s, i+1)):
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func spaceAt(s string, i int) bool { return i < 0 || i >= len(s) || s[i] == ' ' }

func wordAt(s string, i int) bool {
	if i < 0 || i >= len(s) {
		return false
	}
	ch := s[i] | 0x20
	return ch >= 'a' && ch <= 'z' || s[i] >= '0' && s[i] <= '9'
}

// isPunctuation reports whether b is ASCII punctuation, which Markdown lets a backslash escape.
func isPunctuation(b byte) bool {
	return b >= '!' && b <= '/' || b >= ':' && b <= '@' || b >= '[' && b <= '`' || b >= '{' && b <= '~'
}
