package importer

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// A merger brings a draft into a file that is there.
type merger struct {
	draft      Draft
	old, fresh page
	was, now   Record
	result     Result
	pieces     []string // the file's chapters as they are to be
	behind     []string // what comes in behind each chapter; the first stands above them all
	notes      string   // what front matter is to say of the new sections
	anchor     int      // the chapter behind which the next new section goes; -1 for the top
	waiting    []int    // chapters of the draft that only hold others, and are needed only if those come in
	matched    map[int]bool
}

func (m *merger) merge(before string) (Result, error) {
	for _, c := range m.old.outline.Chapters {
		m.pieces = append(m.pieces, m.old.text[c.Start:c.End])
	}
	m.behind = make([]string, len(m.pieces)+1)
	found := m.match()
	m.matched = map[int]bool{}
	for _, j := range found {
		if j >= 0 {
			m.matched[j] = true
		}
	}
	m.anchor = m.top()
	for c, i := range m.fresh.section {
		switch {
		case i < 0:
			m.holder(c)
		case found[i] >= 0:
			m.update(m.fresh.sections[i], found[i])
		case m.isNew(m.fresh.sections[i]):
			m.add(c, m.fresh.sections[i])
		default:
			s := m.fresh.sections[i]
			m.tell(Dropped, s, "taken out of the file by hand, and still in the source")
			m.now.Sections = append(m.now.Sections, markOf(s))
		}
	}
	m.gone()
	text := m.text()
	r := m.result
	r.Text = text
	after, err := readPage(m.draft.Name, text)
	if err != nil {
		return Result{}, fmt.Errorf("what would be written cannot be read: %w", err)
	}
	if err := m.lost(after); err != nil {
		return Result{}, err
	}
	r.Sections = len(after.sections)
	if m.sameRecord() && len(r.changed()) == 0 {
		r.Text = before
	}
	r.Changed = r.Text != before
	return r, nil
}

// changed returns the changes to the file.
func (r Result) changed() []Change {
	return slices.DeleteFunc(slices.Clone(r.Changes), func(c Change) bool { return c.Outcome != Added && c.Outcome != Updated })
}

// sameRecord reports whether the record would differ in its day only.
func (m *merger) sameRecord() bool {
	now := m.now
	now.At = m.was.At
	return now.String() == m.was.String()
}

// top returns the chapter that new sections at the start of the source go behind: the file's title or introduction.
func (m *merger) top() int {
	if first := m.old.outline.Chapters; len(first) > 0 && first[0].Level <= 1 {
		return 0
	}
	return -1
}

// holder notes a heading of the draft that only holds others.
func (m *merger) holder(c int) {
	h := m.fresh.outline.Chapters[c]
	m.waiting = slices.DeleteFunc(m.waiting, func(w int) bool { return m.fresh.outline.Chapters[w].Level >= h.Level })
	for i, o := range m.old.outline.Chapters {
		if m.old.section[i] < 0 && hash(o.Title) == hash(h.Title) {
			m.anchor = max(m.anchor, i)
			return
		}
	}
	m.waiting = append(m.waiting, c)
}

// add brings in a section that is new in the source, with the headings that hold it.
func (m *merger) add(c int, s knowledge.Section) {
	level := m.fresh.outline.Chapters[c].Level
	text := ""
	for _, w := range m.waiting {
		if h := m.fresh.outline.Chapters[w]; h.Level < level {
			text += m.fresh.text[h.Start:h.End]
		}
	}
	m.waiting = nil
	text += strings.TrimRight(m.fresh.text[m.fresh.outline.Chapters[c].Start:m.fresh.outline.Chapters[c].End], "\n") + "\n\n"
	for next := m.anchor + 1; next < len(m.pieces) && m.anchor >= 0; next++ { // what staff put below the section before
		if m.old.outline.Chapters[next].Level <= level || m.matched[m.old.section[next]] {
			break
		}
		m.anchor = next
	}
	m.behind[m.anchor+1] += text
	m.notes += note(m.draft.article, m.draft.section(s.ID))
	m.now.Sections = append(m.now.Sections, markOf(s))
	m.tell(Added, s, "new in the source")
}

// gone tells of sections that the source has no more. Their marks stay, so that they are told of again.
func (m *merger) gone() {
	for _, mark := range m.was.Sections {
		if m.now.find(mark.ID) != nil {
			continue
		}
		j := m.old.find(mark.ID)
		if j < 0 {
			continue // neither here nor there
		}
		m.tell(Gone, m.old.sections[j], "no longer in the source; take it out if it no longer holds")
		m.now.Sections = append(m.now.Sections, mark)
	}
}

func (m *merger) tell(o Outcome, s knowledge.Section, detail string) {
	m.result.Changes = append(m.result.Changes, Change{Outcome: o, ID: s.ID, Title: s.Title, Detail: detail})
}

func (m *merger) conflict(s knowledge.Section, detail, yours, source string) {
	m.result.Changes = append(m.result.Changes, Change{Outcome: Conflict, ID: s.ID, Title: s.Title, Detail: detail, Yours: yours, Source: source})
}

// text puts the file together again.
func (m *merger) text() string {
	front, lead := m.old.front(), "---\n\n"
	if front != "" { // the lines between front matter and text stay as they are
		until := len(m.old.text)
		if len(m.old.outline.Chapters) > 0 {
			until = m.old.outline.Chapters[0].Start
		}
		lead = m.old.text[m.old.outline.Front[1]:until]
	}
	var text strings.Builder
	text.WriteString(m.behind[0])
	for i, piece := range m.pieces {
		if m.behind[i+1] != "" {
			piece = strings.TrimRight(piece, "\n") + "\n\n"
		}
		text.WriteString(piece + m.behind[i+1])
	}
	return "---\n" + withNotes(withRecord(front, m.now), m.notes) + lead + strings.TrimRight(text.String(), "\n") + "\n"
}

// lost makes sure that nothing that was in the file is missing, and that what was added is there.
func (m *merger) lost(after page) error {
	for _, s := range append(slices.Clone(m.old.sections), m.added()...) {
		if after.find(s.ID) < 0 {
			return fmt.Errorf("what would be written is read without the section %q; nothing was changed", s.Title)
		}
	}
	return nil
}

func (m *merger) added() []knowledge.Section {
	var all []knowledge.Section
	for _, c := range m.result.Changes {
		if c.Outcome == Added {
			all = append(all, knowledge.Section{ID: c.ID, Title: c.Title})
		}
	}
	return all
}

// union returns a, and what of b is not in it.
func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
