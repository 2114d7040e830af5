package office

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A place is where text stands in the Markdown: it decides what must be escaped and how lines break.
type place int

const (
	inParagraph place = iota
	inCell
)

// text writes spans as Markdown.
func text(spans []span, at place) string {
	var b strings.Builder
	for i := 0; i < len(spans); {
		from := i
		for ; i < len(spans) && spans[i].link == spans[from].link; i++ {
		}
		link := spans[from].link
		if link == "" {
			writeForms(&b, spans[from:i], around(spans, from, i), at)
			continue
		}
		writeLink(&b, spans[from:i], at)
	}
	if at == inCell {
		return strings.ReplaceAll(b.String(), "\n", "<br>")
	}
	return breakLines(b.String())
}

// neighbours are the characters before and after some spans; utf8.RuneError for none.
type neighbours struct{ before, after rune }

func around(spans []span, from, to int) neighbours {
	n := neighbours{utf8.RuneError, utf8.RuneError}
	if from > 0 {
		n.before, _ = utf8.DecodeLastRuneInString(spans[from-1].text)
	}
	if to < len(spans) {
		n.after, _ = utf8.DecodeRuneInString(spans[to].text)
	}
	return n
}

// writeLink writes a link with its spaces outside.
func writeLink(b *strings.Builder, spans []span, at place) {
	whole := plainText(spans)
	inner := trimmed(append([]span{}, spans...))
	if len(inner) == 0 {
		b.WriteString(whole)
		return
	}
	b.WriteString(whole[:len(whole)-len(strings.TrimLeft(whole, " \n"))])
	if link := spans[0].link; plainText(inner) == link && strings.HasPrefix(link, "http") {
		b.WriteString("<" + link + ">")
	} else {
		b.WriteByte('[')
		writeForms(b, onOneLine(inner), neighbours{utf8.RuneError, utf8.RuneError}, at)
		b.WriteString("](")
		b.WriteString(escapeCell(link, at))
		b.WriteByte(')')
	}
	b.WriteString(whole[len(strings.TrimRight(whole, " \n")):])
}

// writeForms writes spans with their emphasis, where Markdown can tell it: its signs must stand between a space and a
// word, or within a word.
func writeForms(b *strings.Builder, spans []span, n neighbours, at place) {
	styled := false // the span before ended in a sign
	for i, s := range spans {
		near := around(spans, i, i+1)
		if i == 0 {
			near.before = n.before
		}
		if i == len(spans)-1 {
			near.after = n.after
		}
		sign := s.sign()
		inner := strings.TrimRight(strings.TrimLeft(s.text, " \n"), " \n")
		start := strings.Index(s.text, inner)
		lead, tail := s.text[:start], s.text[start+len(inner):]
		if lead != "" {
			near.before, styled = ' ', false
		}
		if tail != "" {
			near.after = ' '
		}
		within := inner
		if s.struck && sign != "~~" {
			within = sign // signs of two kinds: the inner ones are what the outer ones enclose
		}
		if sign == "" || inner == "" || styled || s.struck && strings.Contains(inner, "~") || !flanks(near.before, within, near.after) {
			b.WriteString(escape(s.text, at))
			styled = false
			continue
		}
		b.WriteString(lead + sign + escape(inner, at) + reversed(sign) + tail)
		styled = tail == ""
	}
}

// sign returns what stands before text in this form, and behind it reversed.
func (s span) sign() string {
	sign := ""
	if s.struck {
		sign = "~~"
	}
	if s.bold {
		sign += "**"
	}
	if s.italic {
		sign += "*"
	}
	return sign
}

func reversed(sign string) string {
	r := []byte(sign)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

// flanks reports whether signs around text, between these characters, are read as emphasis.
func flanks(before rune, text string, after rune) bool {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return (!isMark(first) || isEdge(before)) && (!isMark(last) || isEdge(after)) && before != '*' && after != '*' && before != '~' && after != '~'
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isEdge(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || isMark(r) }

var (
	entity    = regexp.MustCompile(`&(#?\w*;?$|#?\w+;)`)
	lineStart = regexp.MustCompile(`(?m)^( {0,3})(#{1,6}(?:\s|$)|>|[-+](?:\s|$)|=+\s*$|-[-\s]*$|~~~|\d{1,9}[.)](?:\s|$))`)
	numbered  = regexp.MustCompile(`^(\d+)([.)])`)
)

// escape keeps text from being read as markup within a line. Line starts are seen to by breakLines.
func escape(text string, at place) string {
	var b strings.Builder
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		switch r {
		case '\\', '`', '*', '[', ']', '~':
			b.WriteByte('\\')
		case '_':
			if !isWord(before) || !isWord(next) {
				b.WriteByte('\\')
			}
		case '<':
			if next != ' ' && next != '=' {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return escapeCell(entity.ReplaceAllString(b.String(), `\&$1`), at)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func escapeCell(s string, at place) string {
	if at == inCell {
		return strings.ReplaceAll(s, "|", `\|`)
	}
	return s
}

// breakLines keeps line starts from being read as markup, and makes line breaks that Markdown keeps.
func breakLines(s string) string {
	s = lineStart.ReplaceAllStringFunc(s, func(m string) string {
		if n := numbered.FindStringSubmatchIndex(m); n != nil {
			return m[:n[3]] + `\` + m[n[3]:]
		}
		indent := len(m) - len(strings.TrimLeft(m, " "))
		return m[:indent] + `\` + m[indent:]
	})
	if strings.Contains(s, "\n") {
		s = strings.ReplaceAll(s, "|", `\|`) // two lines with bars may look like a table
	}
	return strings.ReplaceAll(s, "\n", "\\\n")
}

// closingMarks are read as no part of a heading: "## C #".
var closingMarks = regexp.MustCompile(`(^|\s)(#+)$`)

// escapeHeading keeps a heading's end from being read as markup.
func escapeHeading(s string) string {
	s = closingMarks.ReplaceAllString(s, `$1\$2`)
	return s
}
