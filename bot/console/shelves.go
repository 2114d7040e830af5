package console

import (
	"net/http"
	"net/url"
	"strconv"

	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// maxQuestion bounds what is looked for or asked, in runes.
const maxQuestion = 2000

// shelves is what the list of articles shows: all of them, or the sections that were looked for.
type shelves struct {
	Query    string
	Articles []shelf
	Found    []knowledge.Section // when something was looked for
	Leaf     leaf
	Faulty   map[string]int // how many problems a file has
	Hints    map[string]int // how much advice there is on a file
	Advice   advice         // that is about no article
	Problems []knowledge.Problem
	Sections int
	Golden   int // questions that staff count on
	Editable bool
}

// knowledge lists the articles, or looks for sections.
func (c *Console) knowledge(w http.ResponseWriter, r *http.Request) {
	all := c.catalogue()
	s := shelves{Query: clip(r.FormValue("q"), maxQuestion), Sections: len(all.sections), Editable: c.editable()}
	s.Golden = len(c.config.Publisher.Golden())
	s.Problems = c.config.Publisher.Status().Problems
	s.Faulty = byFile(s.Problems)
	s.Hints, s.Advice = c.adviceBeside(all.articles)
	page, _ := strconv.Atoi(r.FormValue("page"))
	if s.Query == "" {
		s.Articles, s.Leaf = cut(all.articles, page, "/knowledge?page=")
	} else {
		s.Found, s.Leaf = cut(all.search(s.Query), page, "/knowledge?q="+url.QueryEscape(s.Query)+"&page=")
	}
	c.show(w, r, http.StatusOK, "knowledge.html", "Knowledge", s)
}

// byFile counts problems by the file that they are in.
func byFile(problems []knowledge.Problem) map[string]int {
	n := map[string]int{}
	for _, p := range problems {
		n[p.Source.File]++
	}
	return n
}

// An opened is an article with the sections that its page shows.
type opened struct {
	Shelf    shelf
	Sections []knowledge.Section
	Leaf     leaf
	Problems []knowledge.Problem // of its file
	Advice   advice              // on its file
	Editable bool                // sections can be added
	Import   bool                // its file has to be imported before it can be changed
	Dating   *dating             // nil where it has no dates as a whole
}

// article lists the sections of an article.
func (c *Console) article(w http.ResponseWriter, r *http.Request) {
	found, ok := c.catalogue().article(knowledge.Key(r.PathValue("key")))
	if !ok {
		c.missing(w, r, "There is no such article among what is served now. Somebody may have renamed or removed it.")
		return
	}
	page, _ := strconv.Atoi(r.FormValue("page"))
	o := opened{Shelf: found, Editable: c.editable() && isEdited(found.Source.File), Import: isImported(found.Source.File)}
	o.Sections, o.Leaf = cut(found.Sections, page, "/article/"+string(found.Key)+"?page=")
	for _, p := range c.config.Publisher.Status().Problems {
		if p.Source.File == found.Source.File {
			o.Problems = append(o.Problems, p)
		}
	}
	if o.Editable && isDatedWhole(found.Source.File) {
		o.Dating = c.dating("/article/"+string(found.Key)+"/dates", true, edit.Dates{Reviewed: found.Reviewed, ReviewBy: found.ReviewBy, Expires: found.Expires})
	}
	o.Advice = c.adviceOnFile(found.Source.File)
	c.show(w, r, http.StatusOK, "article.html", found.Title, o)
}

// missing says that something is not there.
func (c *Console) missing(w http.ResponseWriter, r *http.Request, text string) {
	c.show(w, r, http.StatusNotFound, "fault.html", "Not found", text)
}

// nothing answers addresses that lead nowhere.
func (c *Console) nothing(w http.ResponseWriter, r *http.Request) {
	c.missing(w, r, "There is no page at this address.")
}

// clip returns at most n runes of a text.
func clip(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}
