package edit

import (
	"regexp"
	"strings"

	"frontdesk/knowledge"
)

// withKeys changes the dates that stand in the front matter for the whole article.
func (p page) withKeys(was, is Dates) page {
	p = p.withFront()
	return p.keyed(p.o.Front[0], p.o.Front[1], p.o.Front[1], "", was, is)
}

// withFront gives the file front matter, if it has none.
func (p page) withFront() page {
	if p.o.Front[1] == 0 {
		p.text = "---\n---\n\n" + p.text
		p.o.Front = [2]int{4, 4}
	}
	return p
}

// keyed changes keys in the lines between two offsets that are indented just so; what is new stands at an offset.
func (p page) keyed(from, to, at int, indent string, was, is Dates) page {
	block, fresh := p.text[from:to], ""
	before, after := was.days(), is.days()
	for i, key := range dateKeys {
		if before[i] == after[i] {
			continue
		}
		line := regexp.MustCompile(`(?m)^` + indent + key + `:[^\n]*\n`)
		switch found := line.FindStringIndex(block); {
		case found == nil && after[i] != "":
			fresh += indent + key + ": " + after[i] + "\n"
		case found != nil:
			written := ""
			if after[i] != "" {
				written = indent + key + ": " + after[i] + remark(block[found[0]:found[1]]) + "\n"
			}
			if from+found[0] < at {
				at += len(written) - (found[1] - found[0])
			}
			block = block[:found[0]] + written + block[found[1]:]
		}
	}
	p.text = p.text[:from] + block + p.text[to:]
	p.text = p.text[:at] + fresh + p.text[at:]
	return p
}

var remarkEnd = regexp.MustCompile(`[ \t]+#[^\n]*`)

// remark returns the comment behind a date.
func remark(line string) string { return remarkEnd.FindString(line) }

var (
	sectionsKey = regexp.MustCompile(`(?m)^sections:[ \t]*(?:#[^\n]*)?\n`)
	firstItem   = regexp.MustCompile(`^(?:[ \t]*(?:#[^\n]*)?\n)*( *)(- )?`)
)

// dated returns the file's text with other dates of a section, in every way that may do: where the front matter speaks
// of the section, or in an entry of its own, by its heading, by what its id makes of that, or by its id. What loads as it should is right.
func (p page) dated(s knowledge.Section, was, is Dates) (tries []string) {
	for _, note := range p.o.Notes {
		if note.Of == s.Source.Line {
			if q, ok := p.noted(note, was, is); ok {
				tries = append(tries, q.text)
			}
		}
	}
	_, slug, _ := strings.Cut(string(s.ID), "#")
	for _, name := range []string{s.Title, slug, string(s.ID)} {
		tries = append(tries, p.entry(name, was, is).text)
	}
	return tries
}

// noted changes the dates in a note whose keys stand on lines of their own; false when they do not.
func (p page) noted(note knowledge.Note, was, is Dates) (page, bool) {
	line := p.line(note.Line)
	from := p.o.Lines[note.Line-1] + len(line) + 1
	rest := strings.TrimLeft(line, " ")
	deep := depth(line)
	item := strings.HasPrefix(rest, "- ") || strings.HasPrefix(rest, "heading:")
	if strings.HasPrefix(rest, "- ") {
		deep += 2
	}
	to, indent := from, ""
	for n := note.Line + 1; n <= len(p.o.Lines) && p.o.Lines[n-1] < p.o.Front[1]; n++ {
		next := p.line(n)
		if strings.TrimSpace(next) == "" || strings.HasPrefix(strings.TrimLeft(next, " "), "#") {
			continue
		}
		if d := depth(next); d < deep || d == deep && !item || strings.HasPrefix(next[d:], "- ") && d <= deep {
			break
		}
		if indent == "" {
			indent = next[:depth(next)]
		}
		to = p.o.Lines[n-1] + len(next) + 1
	}
	if indent == "" && item {
		indent = strings.Repeat(" ", deep)
	}
	if indent == "" {
		return p, false
	}
	return p.keyed(from, to, from, indent, was, is), true
}

// entry adds what the front matter says about a section of this name.
func (p page) entry(name string, was, is Dates) page {
	p = p.withFront()
	front := p.text[p.o.Front[0]:p.o.Front[1]]
	at, indent, item := p.o.Front[1], "  ", ""
	head := "sections:\n"
	if key := sectionsKey.FindStringIndex(front); key != nil {
		head, at = "", p.o.Front[0]+key[1]
		if m := firstItem.FindStringSubmatch(front[key[1]:]); m[1] != "" || m[2] != "" {
			indent, item = m[1], m[2]
		}
	}
	deeper := indent + "  "
	first := indent + quoted(name) + ":\n"
	if item != "" {
		first = indent + "- heading: " + quoted(name) + "\n"
	}
	p.text = p.text[:at] + head + first + p.text[at:]
	at += len(head + first)
	return p.keyed(at, at, at, deeper, was, is)
}

// dated returns the table's text with other dates in the section's row. Columns that it lacks are added.
func (t sheet) dated(was, is Dates) string {
	before, after := was.days(), is.days()
	cells := map[int]string{}
	header := ""
	for i, key := range dateKeys {
		if before[i] == after[i] {
			continue
		}
		if _, ok := t.Columns[key]; !ok {
			header += string(t.Separator) + key
			t.Columns[key] = t.Width
			t.Width++
		}
		cells[t.Columns[key]] = after[i]
	}
	text := t.with(cells)
	return text[:t.Header] + header + text[t.Header:]
}
