package console

import (
	"net/http"
	"slices"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A spot is where a new section goes.
type spot struct {
	Articles []shelf       // that can take a section
	Article  knowledge.Key // the one that it joins; empty for an article of its own
	Heading  string        // the title of that
	Lang     string        // and its language
	Langs    []string
	Miss     string // the question without an answer that led here; empty for none
	Many     bool   // there are too many articles to list
}

// maxListed bounds the articles in a list to choose from.
const maxListed = 300

// compose shows an empty form for a new section.
func (c *Console) compose(w http.ResponseWriter, r *http.Request) {
	e := c.blank(knowledge.Key(r.FormValue("article")), clip(r.FormValue("miss"), maxQuestion))
	e.Draft.Title, e.Draft.Phrasings = upperFirst(e.Spot.Miss), e.Spot.Miss // which stays when the title becomes another
	e.Spot.Lang = clip(r.FormValue("lang"), 10)
	c.write(w, r, http.StatusOK, e)
}

// blank is an editor for a section that is not there yet.
func (c *Console) blank(article knowledge.Key, miss string) editor {
	all := c.catalogue()
	e := editor{Spot: &spot{Article: article, Miss: miss, Langs: all.langs}}
	e.Locked = c.locked()
	for _, a := range all.articles {
		if isEdited(a.Source.File) {
			e.Spot.Articles = append(e.Spot.Articles, a)
		}
	}
	if !slices.ContainsFunc(e.Spot.Articles, func(a shelf) bool { return a.Key == article }) {
		e.Spot.Article = ""
	}
	if e.Spot.Many = len(e.Spot.Articles) > maxListed; e.Spot.Many {
		e.Spot.Articles = slices.DeleteFunc(e.Spot.Articles, func(a shelf) bool { return a.Key != e.Spot.Article })
	}
	return e
}

// add takes a new section: to look at it, to try it, or to save it.
func (c *Console) add(w http.ResponseWriter, r *http.Request) {
	f := &fields{r: r}
	article := knowledge.Key(f.text("article", "The article", maxName))
	e := c.blank(article, f.text("miss", "The question", maxQuestion))
	if e.Draft = f.draft(); f.fault == "" && article != e.Spot.Article {
		f.fault = "Nothing was saved: the article that it was to go into cannot take it any more. Choose where it goes."
	}
	e.Spot.Heading, e.Spot.Lang = strings.TrimSpace(f.text("heading", "The article's title", maxTitle)), f.text("lang", "The language", 10)
	e.Fault = f.fault
	c.carryOut(w, r, e, task{
		propose: func() (edit.Change, error) {
			n := edit.NewSection{
				Title: e.Draft.Title, Body: e.Draft.Body, Phrasings: e.Draft.lines(), Author: who(r), At: c.settings().Zone.Clock(c.config.Now()),
				Heading: e.Spot.Heading, Lang: e.Spot.Lang,
			}
			if a, ok := c.catalogue().article(e.Spot.Article); ok {
				n.Article = a.ID
			}
			return c.config.Book.NewSection(n)
		},
		done: func() {
			if e.Spot.Miss != "" {
				c.settleMiss(r, e.Spot.Miss, journal.Taught)
			}
		},
	})
}

// settleMiss notes what staff made of a question without an answer; false when it could not. Then it is shown again, so
// that nothing is lost but a little time.
func (c *Console) settleMiss(r *http.Request, text string, v journal.Verdict) bool {
	if c.config.Journal == nil {
		return true
	}
	defer c.learnt()
	err := c.config.Journal.Settle(r.Context(), journal.Miss{Text: text}, v, who(r))
	if err != nil {
		c.log.Error("note what became of a miss", zap.Error(err))
	}
	return err == nil
}
