package console

import (
	"errors"
	"net/http"
	"strings"
	"unicode"

	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// An editor is the page on which a section is written.
type editor struct {
	Key     knowledge.Key // of the section; empty for a new one
	Section knowledge.Section
	Article knowledge.Key
	Locked  string // why the text cannot be changed here; empty when it can
	Words   bool   // only the phrasings can be changed
	Draft   draft
	Fault   string
	Shown   *trial // as people see it; nil while there is nothing to see
	Diff    []diffLine
	Held    bool // the gate would hold it back
	Report  *publish.Report
	Asked   *trial  // the question that was tried on the draft
	Clash   *clash  // somebody else has changed the same lines
	Spot    *spot   // of a new section; nil for one that is there
	Advice  advice  // on the section
	Dating  *dating // nil where its dates cannot be changed here
}

// edit shows a section with its form.
func (c *Console) edit(w http.ResponseWriter, r *http.Request) {
	e, ok := c.editor(w, r)
	if !ok {
		return
	}
	t, err := c.written(e.Section)
	switch {
	case errors.Is(err, edit.ErrGone):
		e.Locked = "This section still answers, but it is not in the files any more: somebody has removed or renamed it."
		e.Dating = nil
		e.Draft = draftOf(edit.Text{Title: e.Section.Title, Body: e.Section.Body, Phrasings: e.Section.Phrasings})
	case err != nil:
		c.fail(w, r, "read the section", err)
		return
	default:
		e.Draft = draftOf(t)
	}
	c.write(w, r, http.StatusOK, e)
}

// written returns a section as its file has it.
func (c *Console) written(s knowledge.Section) (edit.Text, error) {
	if !c.editable() {
		return edit.Text{File: s.Source.File, Title: s.Title, Body: s.Body, Phrasings: s.Phrasings}, nil
	}
	if t, ok := c.config.Book.Loaded(s); ok {
		return t, nil
	}
	return c.config.Book.Section(s)
}

// editor begins the page of the section that a request names; false when there is none, which it says.
func (c *Console) editor(w http.ResponseWriter, r *http.Request) (editor, bool) {
	key := knowledge.Key(r.PathValue("key"))
	s, ok := c.section(key)
	if !ok {
		c.missing(w, r, "There is no such section among what is served now. Somebody may have renamed or removed it.")
		return editor{}, false
	}
	e := editor{Key: key, Section: s, Article: knowledge.SectionID(s.ArticleID).Key()}
	if e.Locked = c.locked(); e.Locked == "" {
		e.Words = isImported(s.Source.File)
	}
	if e.Locked == "" && isDated(s.Source.File) {
		e.Dating = c.dating("/section/"+string(key)+"/dates", false, edit.DatesOf(s))
	}
	return e, true
}

// change takes what was written about a section: to look at it, to try it, or to save it.
func (c *Console) change(w http.ResponseWriter, r *http.Request) {
	f := &fields{r: r}
	if _, ok := c.section(knowledge.Key(r.PathValue("key"))); !ok {
		e := c.blank("", "")
		e.Draft = f.draft()
		e.Fault = "Nothing was saved: somebody has removed or renamed this section meanwhile. What you wrote is here, and can be saved as a new section."
		c.write(w, r, http.StatusConflict, e)
		return
	}
	e, ok := c.editor(w, r)
	if !ok {
		return
	}
	e.Draft, e.Fault = f.draft(), f.fault
	c.carryOut(w, r, e, task{
		propose: func() (edit.Change, error) { return c.config.Book.Replace(e.Section, e.Draft.text()) },
	})
}

// A task is what a draft asks for.
type task struct {
	propose func() (edit.Change, error)
	done    func() // hears that it was saved; nil for nobody
}

// carryOut does with a draft what its button says, and shows what came of it.
func (c *Console) carryOut(w http.ResponseWriter, r *http.Request, e editor, t task) {
	if e.Fault == "" && e.Locked != "" && e.Draft.do != doPreview {
		e.Fault = e.Locked
	}
	if e.Fault != "" || e.Draft.do == doPreview {
		c.write(w, r, statusOf(e.Fault), e)
		return
	}
	change, err := t.propose()
	if err != nil {
		c.giveBack(w, r, e, err)
		return
	}
	e.Diff = diffLines(change.Diff())
	if e.Draft.do == doCheck {
		c.check(w, r, e, change)
		return
	}
	var p plea
	if e.Draft.do == doForce {
		p = e.Draft.Plea
	}
	landed, err := c.land(r.Context(), who(r), change, p)
	switch {
	case err != nil:
		c.giveBack(w, r, e, err)
	case landed.Held != nil:
		e.Report, e.Held = landed.Held, true
		switch {
		case landed.Anew:
			e.Fault = readAnew
		case e.Draft.do == doForce:
			e.Fault = sayWhy
		}
		c.write(w, r, statusOf(e.Fault), e)
	default:
		if t.done != nil {
			t.done()
		}
		path := "/section/" + string(change.Section.Key())
		if _, live := c.section(change.Section.Key()); !live {
			path = "/" // which shows what keeps it from being so
		}
		say(w, r, path, landed.Said)
	}
}

// check shows what a draft would change for people, and what it replies to a question.
func (c *Console) check(w http.ResponseWriter, r *http.Request, e editor, change edit.Change) {
	report, err := c.tryOut(r.Context(), c.config.Book.Try(change), func(s *index.Snapshot) {
		if e.Draft.Question != "" {
			e.Asked = &trial{Question: e.Draft.Question, Lang: e.Section.Lang}
			c.try(r.Context(), c.deskOf(s), s, e.Asked)
		}
	})
	if err != nil {
		c.giveBack(w, r, e, err)
		return
	}
	e.Report = &report
	c.write(w, r, http.StatusOK, e)
}

// giveBack shows a draft that was not saved, and why.
func (c *Console) giveBack(w http.ResponseWriter, r *http.Request, e editor, err error) {
	var conflict *edit.ConflictError
	if errors.As(err, &conflict) && conflict.Text != nil {
		e.Draft, e.Clash = e.Draft.joined(conflict)
		c.write(w, r, http.StatusConflict, e)
		return
	}
	e.Fault = c.reason(err)
	c.write(w, r, http.StatusUnprocessableEntity, e)
}

func statusOf(fault string) int {
	if fault != "" {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// write shows an editor with its preview.
func (c *Console) write(w http.ResponseWriter, r *http.Request, status int, e editor) {
	if strings.TrimSpace(e.Draft.Title) != "" && strings.TrimSpace(e.Draft.Body) != "" && !conflicted(e.Draft.Body) {
		var err error
		if e.Shown, err = c.shown(r.Context(), e.Draft.on(e.Section)); err != nil {
			c.fail(w, r, "show the section", err)
			return
		}
	}
	title := e.Section.Title
	if e.Key != "" {
		e.Advice = c.adviceOn(e.Section, e.Draft)
	} else {
		title = "A new section"
	}
	c.show(w, r, status, "section.html", title, e)
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
