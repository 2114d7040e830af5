package importer

import (
	"fmt"
	"strings"

	"frontdesk/knowledge"
)

// update brings a section that both have up to date, as far as nobody has edited it.
func (m *merger) update(s knowledge.Section, j int) {
	ours := m.old.sections[j]
	chapter := m.old.at[ours.Source.Line]
	m.anchor, m.waiting = chapter, nil
	mark := markOf(s)
	mark.ID = ours.ID
	m.now.Sections = append(m.now.Sections, mark)
	base := m.was.find(ours.ID)
	if base == nil { // staff gave it another id
		base = m.was.find(s.ID)
	}
	own := markOf(ours)
	if base == nil { // in a file that no import made, all is by hand
		base = &Mark{Title: mark.Title, Phrasings: mark.Phrasings}
	}
	e := edit{title: ours.Title, body: ours.Body, phrasings: ours.Phrasings}
	var did []string
	if base.Title != mark.Title && own.Title != mark.Title {
		switch {
		case m.old.outline.Chapters[chapter].Level <= 1: // an introduction is called what the article is called
			m.tell(Kept, ours, fmt.Sprintf("the source is called %q now; the title is yours to change", s.Title))
		case own.Title == base.Title:
			e.title = s.Title
			did = append(did, fmt.Sprintf("it was called %q", ours.Title))
		default:
			m.conflict(ours, "you and the source both changed its heading; yours is kept", ours.Title, s.Title)
		}
	}
	if base.Phrasings != mark.Phrasings {
		e.phrasings = union(ours.Phrasings, s.Phrasings)
		if len(e.phrasings) > len(ours.Phrasings) {
			did = append(did, "phrasings added")
		}
	}
	edited := false
	switch {
	case own.Body == mark.Body:
	case own.Body == base.Body:
		e.body = s.Body
		did = append(did, "the source has a new text")
	case mark.Body == base.Body:
		m.tell(Kept, ours, "edited by hand; the source has not changed")
		edited = true
	default:
		m.conflict(ours, "edited by hand, and the source changed as well; yours is kept", ours.Body, s.Body)
		edited = true
	}
	if len(did) > 0 {
		m.tell(Updated, knowledge.Section{ID: ours.ID, Title: e.title}, strings.Join(did, ", "))
		m.pieces[chapter] = m.rewritten(chapter, ours, e)
	} else if !edited {
		m.result.Unchanged++
	}
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
