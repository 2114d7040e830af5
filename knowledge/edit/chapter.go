package edit

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// A page is a Markdown article under work: its text, and where the section stands in it.
type page struct {
	name string
	text string
	o    knowledge.Outline
	at   int // index of the section's chapter
}

// openPage finds the chapter that begins at a line; false when the file is not read as Markdown.
func openPage(name, text string, line int) (page, bool, error) {
	o, ok := knowledge.OutlineOf(name, text)
	if !ok {
		return page{}, false, nil
	}
	at := slices.IndexFunc(o.Chapters, func(c knowledge.Chapter) bool { return c.Line == line })
	if at < 0 {
		return page{}, true, ErrGone
	}
	return page{name, text, o, at}, true, nil
}

// chapter returns the section's chapter; an empty one at the end when what was put swallowed it, which the check tells.
func (p page) chapter() knowledge.Chapter {
	if p.at < len(p.o.Chapters) {
		return p.o.Chapters[p.at]
	}
	return knowledge.Chapter{Start: len(p.text), Text: len(p.text), End: len(p.text)}
}

// body returns the section's own text, without comments with phrasings.
func (p page) body() string {
	bare, _ := p.bare()
	return trimBlankLines(bare)
}

// bare returns the text below the heading without the comments with phrasings, and these.
func (p page) bare() (text string, comments []string) {
	c := p.chapter()
	from := c.Text
	for _, also := range c.Also {
		text += p.text[from:also[0]]
		comments = append(comments, p.text[also[0]:also[1]])
		from = also[1]
	}
	return text + p.text[from:c.End], comments
}

// put replaces a piece of the text and finds the chapters anew.
func (p page) put(from, to int, s string) page {
	p.text = p.text[:from] + s + p.text[to:]
	p.o, _ = knowledge.OutlineOf(p.name, p.text)
	return p
}

// withBody gives the section another text. Comments with phrasings stay where they are if what they stand between
// does, and move below the heading otherwise.
func (p page) withBody(body string) page {
	c := p.chapter()
	bare, comments := p.bare()
	lead := leadLen(bare)
	tail := bare[lead+len(trimBlankLines(bare)):]
	if c.End < len(p.text) && strings.Count(tail, "\n") < 2 {
		tail = "\n\n" // a heading underlined with dashes would swallow what stands right above it
	}
	changed := bare[:lead] + body + tail
	whole := p.text[c.Text:c.End]
	merged, clean := merge(split(bare), split(changed), split(whole))
	now := strings.Join(merged, "")
	if !clean {
		now = "\n"
		for _, comment := range comments {
			now += strings.TrimRight(comment, "\n") + "\n"
		}
		now += "\n" + body + tail
	}
	return p.put(c.Text, c.End, now)
}

// withTitle gives the section another heading; with an id, it fixes that on the heading. The heading above an
// introduction is the article's.
func (p page) withTitle(title string, id knowledge.SectionID, introduction bool) (page, error) {
	c := p.chapter()
	if c.Level == 0 || introduction {
		return p, &RefusedError{Text: "this text has no heading of its own, so that its title is the article's; rename the article in its file"}
	}
	suffix := ""
	if id != "" {
		suffix = " " + fixed(id)
	}
	renamed := p.o.Notes
	end := ""
	if strings.HasSuffix(p.text[c.Start:c.Text], "\n") {
		end = "\n"
	}
	for _, written := range []string{title, escape(title)} {
		q := p.put(c.Start, c.Text, strings.Repeat("#", c.Level)+" "+written+suffix+end)
		if len(q.o.Chapters) != len(p.o.Chapters) || q.chapter().Title != title || q.chapter().ID != id {
			continue
		}
		for _, note := range renamed {
			if note.Of == c.Line && note.Name != string(id) {
				q = q.rename(note, title)
			}
		}
		return q, nil
	}
	return p, &RefusedError{Text: fmt.Sprintf("%q cannot be written as a heading", title)}
}

// rename lets what the front matter says about the section find it by its new title.
func (p page) rename(note knowledge.Note, title string) page {
	from, line := p.o.Lines[note.Line-1], p.line(note.Line)
	for _, written := range []string{quoted(note.Name), "'" + strings.ReplaceAll(note.Name, "'", "''") + "'", note.Name} {
		if at := strings.Index(line, written); at >= 0 {
			return p.put(from+at, from+at+len(written), quoted(title))
		}
	}
	return p // the check tells what is lost
}

// fixed writes an id for a heading.
func fixed(id knowledge.SectionID) string {
	if strings.ContainsAny(string(id), " \t") {
		return `{#"` + escape(string(id)) + `"}`
	}
	return "{#" + escape(string(id)) + "}"
}

// escape takes the meaning of marks in Markdown away. A hash sign has one only at the end of a heading.
func escape(s string) string {
	var out strings.Builder
	for i, r := range s {
		hash := r == '#' && strings.Trim(s[i:], "#") == "" // what ends a heading
		if hash || strings.ContainsRune("\\`*_[]<>&~|!{}$^", r) && !within(s, i) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// within reports whether an underscore stands in the middle of a word, where it means nothing.
func within(s string, i int) bool {
	word := func(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' }
	return s[i] == '_' && i > 0 && i+1 < len(s) && word(s[i-1]) && word(s[i+1])
}
