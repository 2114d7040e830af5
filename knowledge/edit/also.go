package edit

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// withPhrasings takes phrasings away and adds others. New ones stand in a comment below the heading:
//
//	<!-- also: what should I bring | do I have to prepare -->
func (p page) withPhrasings(drop, add []string) page {
	for i := len(p.chapter().Also) - 1; i >= 0; i-- {
		span := p.chapter().Also[i]
		var more []string
		if i == 0 {
			more = add
		}
		old := p.text[span[0]:span[1]]
		now := rewriteComment(old, drop, more)
		if now == "" && strings.HasPrefix(p.text[span[1]:], "\n") && strings.HasSuffix(p.text[:span[0]], "\n") {
			span[1]++ // one of the two blank lines around it goes too
		}
		if now != old {
			p = p.put(span[0], span[1], now)
		}
		if i == 0 {
			add = nil
		}
	}
	p = p.withoutNoted(drop)
	if len(add) == 0 {
		return p
	}
	c := p.chapter()
	comment := "<!-- also: " + strings.Join(add, " | ") + " -->\n"
	switch rest := p.text[c.Text:c.End]; {
	case c.Level > 0 && !strings.HasSuffix(p.text[:c.Text], "\n"): // the heading is all there is
		comment = "\n\n" + comment
	case c.Level > 0 && strings.HasPrefix(rest, "\n"):
		comment = "\n" + comment
	case c.Level > 0:
		comment = "\n" + comment + "\n"
	case !strings.HasPrefix(rest, "\n"):
		comment += "\n"
	}
	return p.put(c.Text, c.Text, comment)
}

var (
	alsoComment = regexp.MustCompile(`(?is)^(<!--\s*also:)(.*?)(\s*-->)(.*)$`)
	listMark    = regexp.MustCompile(`^\s*(- )?\s*`)
)

// rewriteComment takes phrasings out of a comment and adds others in the way it is written; empty when none is left.
func rewriteComment(comment string, drop, add []string) string {
	m := alsoComment.FindStringSubmatch(comment)
	if m == nil {
		return comment
	}
	drops := func(piece string) bool {
		return slices.Contains(drop, strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(piece), "- ")))
	}
	var lines []string
	indent, kept := "", 0
	for i, line := range strings.Split(m[2], "\n") {
		pieces := strings.Split(line, "|")
		left := slices.DeleteFunc(slices.Clone(pieces), drops)
		named := slices.ContainsFunc(left, func(s string) bool { return strings.TrimSpace(s) != "" })
		switch {
		case named:
			kept++
			if i > 0 || indent == "" {
				indent = listMark.FindString(line)
			}
		case len(left) < len(pieces) && i > 0:
			continue // the line held nothing else
		}
		line = strings.Join(left, "|")
		if len(left) < len(pieces) && i == 0 && len(left) > 0 && !strings.HasPrefix(line, " ") {
			line = " " + line
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	if kept == 0 && len(add) == 0 {
		return ""
	}
	if len(lines) > 1 {
		for _, phrasing := range add {
			lines = append(lines, indent+phrasing)
		}
		return m[1] + strings.Join(lines, "\n") + m[3] + m[4]
	}
	body := strings.TrimRight(strings.Join(lines, ""), " |")
	for _, phrasing := range add {
		if strings.TrimSpace(body) != "" {
			body += " |"
		}
		body += " " + phrasing
	}
	return m[1] + body + m[3] + m[4]
}

// withoutNoted takes phrasings out of what the front matter says about the section, where they stand alone on a line of
// a list or in a list on one line. What it cannot find stays, and the check tells.
func (p page) withoutNoted(drop []string) page {
	for i := range p.o.Notes {
		if p.o.Notes[i].Of != p.chapter().Line {
			continue
		}
		for _, phrasing := range drop {
			p = p.withoutItem(p.o.Notes[i].Line, phrasing)
		}
	}
	return p
}

var listItem = regexp.MustCompile(`^\s*- (.*?)\s*$`)

// withoutItem takes one phrasing out of the lines of a note, which begins at a line of the file.
func (p page) withoutItem(first int, phrasing string) page {
	for n := first; n <= len(p.o.Lines) && p.o.Lines[n-1] < p.o.Front[1]; n++ {
		from, line := p.o.Lines[n-1], p.line(n)
		if n > first && depth(line) <= depth(p.line(first)) && strings.TrimSpace(line) != "" && !listItem.MatchString(line) {
			break // the next note
		}
		if m := listItem.FindStringSubmatch(line); m != nil && unquoted(m[1]) == phrasing {
			return p.put(from, from+len(line)+1, "")
		}
		open, end := strings.Index(line, "["), strings.LastIndex(line, "]")
		if open < 0 || end < open {
			continue
		}
		items := flowItems(line[open+1 : end])
		left := slices.DeleteFunc(slices.Clone(items), func(s string) bool { return unquoted(s) == phrasing })
		if len(left) < len(items) {
			return p.put(from+open+1, from+end, strings.Join(left, ", "))
		}
	}
	return p
}

func (p page) line(n int) string {
	line, _, _ := strings.Cut(p.text[p.o.Lines[n-1]:], "\n")
	return line
}

func depth(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// flowItems cuts what stands between the brackets of a YAML list, at commas outside of quotation marks.
func flowItems(list string) []string {
	var items []string
	from, quote := 0, byte(0)
	for i := range len(list) {
		switch c := list[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && strings.TrimSpace(list[from:i]) == "":
			quote = c
		case quote == 0 && c == ',':
			items = append(items, strings.TrimSpace(list[from:i]))
			from = i + 1
		}
	}
	if last := strings.TrimSpace(list[from:]); last != "" {
		items = append(items, last)
	}
	return items
}

// unquoted reads a YAML scalar on one line.
func unquoted(s string) string {
	if len(s) < 2 {
		return s
	}
	switch {
	case s[0] == '"' && s[len(s)-1] == '"':
		var text string
		if json.Unmarshal([]byte(s), &text) == nil {
			return strings.TrimSpace(text)
		}
	case s[0] == '\'' && s[len(s)-1] == '\'':
		return strings.TrimSpace(strings.ReplaceAll(s[1:len(s)-1], "''", "'"))
	}
	return s
}

// quoted writes a YAML scalar that means nothing but itself.
func quoted(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&out, `\x%02x`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
