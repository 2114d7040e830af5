package markup

import (
	"html"
	"regexp"
	"strings"
)

// special are the characters that CommonMark may read as markup anywhere in a line.
const special = "\\`*_[]<>~|&!"

// lineStart matches what CommonMark reads as markup at the start of a line only.
var lineStart = regexp.MustCompile(`^(#|[-+=]|\d+[.)])`)

// Escape returns s as Markdown that shows s. Line breaks are kept; white space at the start of a line is not.
func Escape(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, line := range lines {
		lines[i] = escapeLine(strings.TrimSpace(line))
	}
	return strings.Join(lines, "\\\n")
}

// Fenced returns Markdown that shows a text as it is written, line by line.
func Fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "\n" + text + "\n" + fence
}

func escapeLine(line string) string {
	var b strings.Builder
	if m := lineStart.FindString(line); m != "" {
		b.WriteString(m[:len(m)-1] + `\` + m[len(m)-1:])
		line = line[len(m):]
	}
	for i := range len(line) {
		if strings.IndexByte(special, line[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// unescape resolves backslash escapes and entities, which goldmark leaves in its text nodes.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			end := strings.IndexByte(s[i:], ';')
			if end < 0 || end > 32 {
				b.WriteByte('&')
				break
			}
			b.WriteString(html.UnescapeString(s[i : i+end+1]))
			i += end
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}
