package console

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A lesson is a form of one button that changes one file: a phrasing more, a question out of scope, one to count on.
type lesson struct {
	change func() (edit.Change, error)
	done   func(landing) string // notes what was done, and says it
	back   string               // the page to go to then
}

// teach carries a lesson out. What the gate would hold back is shown first, with a way to insist.
func (c *Console) teach(w http.ResponseWriter, r *http.Request, l lesson) {
	f := &fields{r: r}
	p := f.plea()
	if fault := cmp.Or(f.fault, c.locked()); fault != "" {
		c.refuse(w, r, fault)
		return
	}
	change, err := l.change()
	if errors.Is(err, edit.ErrSame) { // somebody else was faster
		say(w, r, l.back, "The files say so already. "+l.done(landing{}))
		return
	}
	var landed landing
	if err == nil {
		landed, err = c.land(r.Context(), who(r), change, p)
	}
	switch {
	case err != nil:
		c.refuse(w, r, c.reason(err))
	case landed.Held != nil:
		c.hold(w, r, change, landed, l.back)
	default:
		say(w, r, l.back, l.done(landed))
	}
}

// refuse says why a form cannot be carried out.
func (c *Console) refuse(w http.ResponseWriter, r *http.Request, text string) {
	c.show(w, r, http.StatusUnprocessableEntity, "fault.html", "This did not work", text)
}

// A held is a lesson that the gate would hold back: the form that was sent, to be sent again with a reason.
type held struct {
	Path   string
	Fields []field
	Plea   plea
	Fault  string
	Report *publish.Report
	Diff   []diffLine
	Back   string
}

// A field is a hidden field of a form.
type field struct{ Name, Value string }

// fieldsOf returns what a form sent, by name.
func fieldsOf(r *http.Request) []field {
	var all []field
	for name, values := range r.PostForm {
		if len(values) > 0 {
			all = append(all, field{name, values[0]})
		}
	}
	slices.SortFunc(all, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func (c *Console) hold(w http.ResponseWriter, r *http.Request, change edit.Change, l landing, back string) {
	h := held{Path: r.URL.Path, Report: l.Held, Plea: plea{r.PostFormValue("reason"), l.Held.Version}, Diff: diffLines(change.Diff()), Back: back}
	if l.Anew {
		h.Fault = readAnew
	}
	h.Fields = slices.DeleteFunc(fieldsOf(r), func(f field) bool { return f.Name == "reason" || f.Name == "version" })
	c.show(w, r, http.StatusOK, "held.html", "This would break answers", h)
}

// addPhrasing adds the words of a miss to a section.
func (c *Console) addPhrasing(w http.ResponseWriter, r *http.Request) {
	words, text, section, ok := c.wording(w, r)
	if !ok {
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.AddPhrasing(section, words) },
		back:   "/misses",
		done: func(l landing) string {
			c.settleMiss(r, text, journal.Taught)
			said := fmt.Sprintf("“%s” belongs to “%s” now. %s", words, section.Title, l.Said)
			if r.PostFormValue("golden") != "" {
				said += " " + c.countOn(r, words, section)
			}
			return said
		},
	})
}

// countOn makes words that were just taught a golden question as well, and says what came of it.
func (c *Console) countOn(r *http.Request, words string, s knowledge.Section) string {
	change, err := c.config.Book.Golden(words, s.ID)
	var landed landing
	if err == nil {
		landed, err = c.land(r.Context(), who(r), change, plea{})
	}
	switch {
	case errors.Is(err, edit.ErrSame):
		return "It was a golden question before."
	case err != nil:
		return "It could not be made a golden question. " + c.reason(err)
	case landed.Held != nil:
		return "It was not made a golden question, since the section does not answer it outright yet: try it under Ask."
	case !landed.Live:
		return "It is a golden question as soon as that is live."
	}
	return "It is a golden question from now on."
}

// accept adds a suggested phrasing to its section.
func (c *Console) accept(w http.ResponseWriter, r *http.Request) {
	words, text, section, ok := c.wording(w, r)
	if !ok {
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.AddPhrasing(section, words) },
		back:   "/misses#words",
		done: func(l landing) string {
			c.decide(r, section.ID, text, journal.Accepted)
			return fmt.Sprintf("“%s” belongs to “%s” now. %s", words, section.Title, l.Said)
		},
	})
}

// reject notes that a suggested phrasing does not mean its section.
func (c *Console) reject(w http.ResponseWriter, r *http.Request) {
	_, text, section, ok := c.wording(w, r)
	if !ok {
		return
	}
	if !c.decide(r, section.ID, text, journal.Rejected) {
		c.refuse(w, r, notNoted)
		return
	}
	say(w, r, "/misses#words", fmt.Sprintf("“%s” is not suggested for “%s” any more.", text, section.Title))
}

// decide notes what staff made of a suggested phrasing; false when it could not.
func (c *Console) decide(r *http.Request, section knowledge.SectionID, text string, v journal.Verdict) bool {
	if c.config.Journal == nil {
		return true
	}
	defer c.learnt()
	err := c.config.Journal.Decide(r.Context(), journal.Suggestion{Section: section, Text: text}, v, who(r))
	if err != nil {
		c.log.Error("note what became of a suggestion", zap.Error(err))
	}
	return err == nil
}

// notNoted is said of a decision that changes no file and could not be kept.
const notNoted = "The journal cannot be written to now, so this is shown again. Try it once more in a minute."

// outOfScope notes in the files that no section answers a question.
func (c *Console) outOfScope(w http.ResponseWriter, r *http.Request) {
	f := &fields{r: r}
	text, lang := f.text("miss", "The question", maxQuestion), f.text("lang", "The language", 10)
	if f.fault != "" || text == "" {
		c.refuse(w, r, cmp.Or(f.fault, "There is no question."))
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.OutOfScope(text, lang) },
		back:   "/misses",
		done: func(l landing) string {
			c.settleMiss(r, text, journal.OutOfScope)
			return fmt.Sprintf("“%s” is out of scope. %s", text, l.Said)
		},
	})
}

// ignore hides a miss and changes no file.
func (c *Console) ignore(w http.ResponseWriter, r *http.Request) {
	f := &fields{r: r}
	text := f.text("miss", "The question", maxQuestion)
	if f.fault != "" || text == "" {
		c.refuse(w, r, cmp.Or(f.fault, "There is no question."))
		return
	}
	if !c.settleMiss(r, text, journal.Ignored) {
		c.refuse(w, r, notNoted)
		return
	}
	say(w, r, "/misses", fmt.Sprintf("“%s” is not shown any more.", text))
}

// countOnIt makes a question one that staff count on.
func (c *Console) countOnIt(w http.ResponseWriter, r *http.Request) {
	words, _, section, ok := c.wording(w, r)
	if !ok {
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.Golden(words, section.ID) },
		back:   "/ask?q=" + url.QueryEscape(words),
		done: func(l landing) string {
			return fmt.Sprintf("“%s” is a golden question now: no change goes live after which “%s” does not answer it. %s", words, section.Title, l.Said)
		},
	})
}

// wording reads the words, the question as the journal has it, and the section of a form; false when it says what is
// wrong with them.
func (c *Console) wording(w http.ResponseWriter, r *http.Request) (words, text string, s knowledge.Section, ok bool) {
	f := &fields{r: r}
	words, text = f.text("words", "The question", maxQuestion), f.text("miss", "The question", maxQuestion)
	s, there := c.section(knowledge.Key(f.text("section", "The section", maxName)))
	switch {
	case f.fault != "":
		c.refuse(w, r, f.fault)
	case !there:
		c.missing(w, r, "There is no such section among what is served now. Somebody may have renamed or removed it.")
	default:
		return cmp.Or(words, text), cmp.Or(text, words), s, true
	}
	return "", "", s, false
}
