package edit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const mark = "\ufeff" // a byte order mark, as UTF-8

// A source is a file's text with all that is needed to write it again byte by byte.
type source struct {
	marked bool     // it begins with a byte order mark
	text   string   // with plain newlines and without the mark, as package knowledge reads it
	ends   []string // of its lines: "\n", "\r\n", "\r"; empty for a last line without
}

// readSource takes a file apart. Text in another encoding than UTF-8 is not edited: a change would touch every line.
func readSource(name string, data []byte) (source, error) {
	if !utf8.Valid(data) || strings.ContainsRune(string(data), 0) {
		return source{}, fmt.Errorf("%s: %w: %w; save it as UTF-8 first", name, ErrFormat, ErrNotUTF8)
	}
	rest, marked := strings.CutPrefix(string(data), mark)
	s := source{marked: marked}
	var text strings.Builder
	for rest != "" {
		at := strings.IndexAny(rest, "\r\n")
		if at < 0 {
			text.WriteString(rest)
			s.ends = append(s.ends, "")
			break
		}
		end := rest[at : at+1]
		if strings.HasPrefix(rest[at:], "\r\n") {
			end = "\r\n"
		}
		text.WriteString(rest[:at] + "\n")
		s.ends = append(s.ends, end)
		rest = rest[at+len(end):]
	}
	s.text = text.String()
	return s, nil
}

// with returns the file with another text: lines that stay keep their ends, new ones get the file's usual one.
func (s source) with(text string) []byte {
	before, after := split(s.text), split(text)
	usual := s.usualEnd()
	var out strings.Builder
	if s.marked {
		out.WriteString(mark)
	}
	write := func(i int, end string) {
		line, ended := strings.CutSuffix(after[i], "\n")
		if end == "" {
			end = usual
		}
		if !ended {
			end = ""
		}
		out.WriteString(line + end)
	}
	at, old := 0, 0
	for _, h := range append(diff(trimEnds(before), trimEnds(after)), hunk{len(before), len(before), len(after), len(after)}) {
		for ; at < h.b; at, old = at+1, old+1 {
			write(at, s.ends[old])
		}
		for ; at < h.bEnd; at++ {
			write(at, usual)
		}
		old = h.aEnd
	}
	return []byte(out.String())
}

// usualEnd returns the line end that most lines have.
func (s source) usualEnd() string {
	count := map[string]int{}
	best := "\n"
	for _, end := range s.ends {
		if count[end]++; end != "" && count[end] > count[best] {
			best = end
		}
	}
	return best
}

// split cuts a text into lines, each with its newline.
func split(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.SplitAfter(text, "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	}
	return lines
}

func trimEnds(lines []string) []string {
	trimmed := make([]string, len(lines))
	for i, line := range lines {
		trimmed[i] = strings.TrimSuffix(line, "\n")
	}
	return trimmed
}
