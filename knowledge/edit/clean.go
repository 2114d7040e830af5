package edit

import (
	"fmt"
	"strings"
	"unicode"

	"frontdesk/knowledge"
)

// Bounds of what is taken from a form, in bytes.
const (
	maxLine = 500
	maxBody = 64 << 10
)

// cleanLine returns a text on one line, without control characters.
func cleanLine(what, s string) (string, error) {
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	switch {
	case s == "":
		return "", &RefusedError{Text: what + " is empty"}
	case len(s) > maxLine:
		return "", &RefusedError{Text: fmt.Sprintf("%s has %d bytes; at most %d are taken", what, len(s), maxLine)}
	}
	return s, nil
}

// printable turns white space of all kinds into a space and drops what cannot be seen and has no use in a text: control
// characters, byte order marks, and marks that turn the direction of the line around.
func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r == '\ufeff', r == '\u2028', r == '\u2029', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// cleanPhrasing returns a phrasing that every file can hold: without what separates phrasings, without the end of a
// comment, and without what a spreadsheet takes for a formula.
func cleanPhrasing(s string) (string, error) {
	s = strings.NewReplacer("|", " ", "-->", " ", "<!--", " ").Replace(strings.Map(printable, s))
	s, err := cleanLine("the phrasing", strings.TrimLeft(s, "=+-@#'\" \t"))
	if strings.Count(s, `"`)%2 == 1 { // a stray quotation mark can swallow the rest of a table
		s = strings.ReplaceAll(s, `"`, "'")
	}
	return s, err
}

// cleanBody returns a section's text: plain newlines, no control characters, no blank lines around it. Where headings
// may not stand in it, since they would begin sections of their own, they become bold lines.
func cleanBody(s string, headings bool) (string, error) {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || r == '\ufeff' || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	s = trimBlankLines(s)
	switch {
	case strings.TrimSpace(s) == "":
		return "", &RefusedError{Text: "the text is empty"}
	case len(s) > maxBody:
		return "", &RefusedError{Text: fmt.Sprintf("the text has %d KB; at most %d KB are taken", len(s)>>10, maxBody>>10)}
	}
	if headings {
		return s, nil
	}
	return withoutHeadings(s)
}

// withoutHeadings turns headings into bold lines.
func withoutHeadings(body string) (string, error) {
	const shield = "\n" // so that a line of dashes at the top begins no front matter
	text := shield + body
	o, _ := knowledge.OutlineOf("text.md", text)
	for i := len(o.Chapters) - 1; i >= 0; i-- {
		if c := o.Chapters[i]; c.Level > 0 {
			text = bold(text, c)
		}
	}
	text = trimBlankLines(text)
	o, _ = knowledge.OutlineOf("text.md", shield+text)
	for _, c := range o.Chapters {
		if c.Level > 0 {
			return "", &RefusedError{Text: fmt.Sprintf("%q is a heading, which would begin a section of its own; make it bold, or add it as a section", c.Title)}
		}
	}
	return text, nil
}

// bold replaces a heading by its words in a paragraph of their own.
func bold(text string, c knowledge.Chapter) string {
	lines := strings.Split(strings.TrimRight(text[c.Start:c.Text], "\n"), "\n")
	if !strings.HasPrefix(strings.TrimLeft(lines[0], " "), "#") {
		lines = lines[:len(lines)-1] // its underline
	}
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if trimmed := strings.TrimLeft(line, "#"); len(lines) == 1 && trimmed != line {
			line = strings.TrimSpace(trimmed)
			if closed := strings.TrimRight(line, "#"); closed == "" || strings.HasSuffix(closed, " ") {
				line = strings.TrimSpace(closed)
			}
		}
		lines[i] = line
	}
	words := strings.Join(lines, "\n")
	if len(lines) == 1 && words != "" && !strings.Contains(words, "**") {
		words = "**" + words + "**"
	}
	before, after := text[:c.Start], text[c.Text:]
	if words != "" {
		words += "\n"
	}
	if !strings.HasSuffix(before, "\n\n") && strings.TrimSpace(before) != "" {
		words = "\n" + words
	}
	if after != "" && !strings.HasPrefix(after, "\n") {
		words += "\n"
	}
	return before + words + after
}

// trimBlankLines takes blank lines off both ends and keeps the first line's indentation, as package knowledge does.
func trimBlankLines(s string) string { return strings.TrimRight(s[leadLen(s):], " \t\n") }

// leadLen returns how many bytes the blank lines at the start of s have.
func leadLen(s string) int {
	n := 0
	for {
		line, _, more := strings.Cut(s[n:], "\n")
		if !more || strings.TrimSpace(line) != "" {
			return n
		}
		n += len(line) + 1
	}
}
