package console

import (
	"net/http"

	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// remove takes a section out of its file.
func (c *Console) remove(w http.ResponseWriter, r *http.Request) {
	s, ok := c.section(knowledge.Key(r.PathValue("key")))
	if !ok {
		c.missing(w, r, "There is no such section among what is served now. Somebody may have renamed or removed it.")
		return
	}
	f := &fields{r: r}
	revision := f.text("revision", "The revision", maxTitle)
	if f.fault != "" {
		c.refuse(w, r, f.fault)
		return
	}
	back := "/knowledge"
	if a, ok := c.catalogue().article(knowledge.SectionID(s.ArticleID).Key()); ok && len(a.Sections) > 1 {
		back = "/article/" + string(a.Key)
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return c.config.Book.Remove(s, revision) },
		back:   back,
		done: func(l landing) string {
			return "“" + s.Title + "” is removed. " + l.Said + " Under Versions, the one before brings it back."
		},
	})
}
