package importer

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// update brings a section that both have up to date, as far as nobody has edited it.
func (m *merger) update(s knowledge.Section, j int) {
	v := versions{ours: m.old.sections[j], theirs: s}
	chapter := m.old.at[v.ours.Source.Line]
	m.anchor, m.waiting = chapter, nil
	v.own, v.mark = markOf(v.ours), markOf(s)
	v.mark.ID = v.ours.ID
	m.now.Sections = append(m.now.Sections, v.mark)
	if v.base = m.was.find(v.ours.ID); v.base == nil { // staff gave it another id
		v.base = m.was.find(s.ID)
	}
	if v.base == nil { // in a file that no import made, all is by hand
		v.base = &Mark{Title: v.mark.Title, Phrasings: v.mark.Phrasings}
	}
	var e edit
	var did [3]string
	var edited bool
	e.title, did[0] = m.title(v, m.old.outline.Chapters[chapter].Level)
	e.phrasings, did[1] = v.phrasings()
	e.body, did[2], edited = m.body(v)
	done := slices.DeleteFunc(did[:], func(what string) bool { return what == "" })
	switch {
	case len(done) > 0:
		m.tell(Updated, knowledge.Section{ID: v.ours.ID, Title: e.title}, strings.Join(done, ", "))
		m.pieces[chapter] = m.rewritten(chapter, v.ours, e)
	case !edited:
		m.result.Unchanged++
	}
}

// versions are a section as the last import left it, as the file has it and as the source has it now.
type versions struct {
	base         *Mark
	ours, theirs knowledge.Section
	own, mark    Mark // of ours and theirs
}

// title returns what the section is to be called, and what was done to that. level is that of its heading.
func (m *merger) title(v versions, level int) (title, did string) {
	switch {
	case v.base.Title == v.mark.Title || v.own.Title == v.mark.Title:
	case level <= 1: // an introduction is called what the article is called
		m.tell(Kept, v.ours, fmt.Sprintf("the source is called %q now; the title is yours to change", v.theirs.Title))
	case v.own.Title == v.base.Title:
		return v.theirs.Title, fmt.Sprintf("it was called %q", v.ours.Title)
	default:
		m.conflict(v.ours, "you and the source both changed its heading; yours is kept", v.ours.Title, v.theirs.Title)
	}
	return v.ours.Title, ""
}

// phrasings returns what staff and the source have, once that has changed.
func (v versions) phrasings() (all []string, did string) {
	if v.base.Phrasings == v.mark.Phrasings {
		return v.ours.Phrasings, ""
	}
	if all = union(v.ours.Phrasings, v.theirs.Phrasings); len(all) > len(v.ours.Phrasings) {
		did = "phrasings added"
	}
	return all, did
}

// body returns the text that the section is to have, and what was done to it; edited tells that it is staff's own.
func (m *merger) body(v versions) (body, did string, edited bool) {
	switch {
	case v.own.Body == v.mark.Body:
		return v.ours.Body, "", false
	case v.own.Body == v.base.Body:
		return v.theirs.Body, "the source has a new text", false
	case v.mark.Body == v.base.Body:
		m.tell(Kept, v.ours, "edited by hand; the source has not changed")
	default:
		m.conflict(v.ours, "edited by hand, and the source changed as well; yours is kept", v.ours.Body, v.theirs.Body)
	}
	return v.ours.Body, "", true
}

// An edit is what a section is to become.
type edit struct {
	title, body string
	phrasings   []string
}

// rewritten returns a chapter with what e changes of it.
func (m *merger) rewritten(chapter int, ours knowledge.Section, e edit) string {
	c := m.old.outline.Chapters[chapter]
	head := m.old.text[c.Start:c.Text]
	if c.Level > 0 && e.title != ours.Title {
		head = fmt.Sprintf("%s %s {#%s}\n", strings.Repeat("#", c.Level), heading(e.title), ours.ID)
	}
	comments := ""
	for _, a := range c.Also {
		comments += strings.TrimRight(m.old.text[a[0]:a[1]], "\n") + "\n\n"
	}
	if more := e.phrasings[min(len(ours.Phrasings), len(e.phrasings)):]; len(more) > 0 {
		comments += also(more)
	}
	body := strings.TrimSpace(m.old.text[c.Text:c.End])
	if c.Level == 0 {
		head = m.old.text[c.Start : c.Start+strings.Index(m.old.text[c.Start:c.End], body)]
	}
	for _, a := range c.Also {
		body = strings.Replace(body, strings.TrimSpace(m.old.text[a[0]:a[1]]), "", 1)
	}
	if e.body != ours.Body {
		body = shielded(e.body)
	}
	if c.Level > 0 {
		head += "\n"
	}
	return head + comments + strings.TrimLeft(body, "\n") + "\n\n"
}
