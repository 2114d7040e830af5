package bot

import (
	"strings"
	"unicode"

	"frontdesk/index"
)

// within returns a passage without the blank space around it; the empty span when it is no real part of body.
func within(body string, part index.Span) index.Span {
	if part.Start < 0 || part.End > len(body) || part.Start >= part.End {
		return index.Span{}
	}
	text := body[part.Start:part.End]
	part.Start += len(text) - len(strings.TrimLeft(text, "\r\n"))
	part.End -= len(text) - len(strings.TrimRightFunc(text, unicode.IsSpace))
	if part.Start >= part.End || strings.TrimSpace(body[:part.Start]+body[part.End:]) == "" {
		return index.Span{}
	}
	return part
}

// headRow returns the heading row, with the line of dashes below it, of the table that a passage begins in the middle of;
// empty for any other passage. Rows read as a table only below one.
func headRow(body string, part index.Span) string {
	lines := strings.SplitAfter(body[:part.Start], "\n")
	lines = lines[:len(lines)-1]
	first := len(lines)
	for first > 0 && strings.HasPrefix(strings.TrimSpace(lines[first-1]), "|") {
		first--
	}
	if !strings.HasPrefix(body[part.Start:], "|") || len(lines)-first < 2 {
		return ""
	}
	return lines[first] + lines[first+1]
}

// following returns the text behind a passage with which body begins; false when that does not stand on its own, as
// the rows of a table without its head.
func following(body string, part index.Span) (string, bool) {
	part = within(body, part)
	if part == (index.Span{}) || strings.TrimSpace(body[:part.Start]) != "" {
		return "", false
	}
	after := strings.TrimSpace(body[part.End:])
	inCode := strings.Count(body[:part.End], "```")%2 != 0
	return strings.Trim(body[part.End:], "\r\n"), !inCode && !strings.HasPrefix(after, "|")
}

// Sizes in bytes of a section that somebody picked without a question that would tell the best passage.
const (
	longBody = 1500 // from here on, only its opening is shown at first
	openSize = 500  // which ends with the paragraph that reaches this
)

// opening returns the first paragraphs of a long section, and the empty span for others.
func opening(body string) index.Span {
	if len(body) < longBody {
		return index.Span{}
	}
	for end := 0; end < len(body); {
		next := strings.Index(body[end:], "\n\n")
		if next < 0 {
			break
		}
		end += next + 2
		if end >= openSize && strings.Count(body[:end], "```")%2 == 0 {
			return within(body, index.Span{Start: 0, End: end})
		}
	}
	return index.Span{}
}
