package console

import (
	"net/http"
	"strconv"
	"strings"

	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
	"frontdesk/knowledge/versions"
)

// A logbook is the list of all changes that were made from here and from the staff's chat.
type logbook struct {
	Kept    bool
	Entries []edit.Entry
	Leaf    leaf
}

// maxEntries bounds how far back the list of changes goes here. The file goes back to the start.
const maxEntries = 2000

// changes lists who changed what, newest first.
func (c *Console) changes(w http.ResponseWriter, r *http.Request) {
	b := logbook{Kept: c.config.Book.Lists()}
	if b.Kept {
		all, err := c.config.Book.Audit(maxEntries)
		if err != nil {
			c.fail(w, r, "read the list of changes", err)
			return
		}
		page, _ := strconv.Atoi(r.FormValue("page"))
		b.Entries, b.Leaf = cut(all, page, "/changes?page=")
		for i := range b.Entries {
			b.Entries[i].Summary = c.titled(b.Entries[i].Summary)
		}
	}
	c.show(w, r, http.StatusOK, "changes.html", "Changes", b)
}

// A past is what became of a section and its file so far.
type chronicle struct {
	Key      knowledge.Key
	Section  knowledge.Section
	Own      []edit.Entry // of the section
	Others   []edit.Entry // of the rest of its file
	Versions []versions.Version
	Kept     bool // versions are
}

// maxHistory bounds each list of a section's history.
const maxHistory = 50

// history shows what became of a section.
func (c *Console) history(w http.ResponseWriter, r *http.Request) {
	h := chronicle{Key: knowledge.Key(r.PathValue("key")), Kept: c.config.Versions != nil}
	var ok bool
	if h.Section, ok = c.section(h.Key); !ok {
		c.missing(w, r, "There is no such section among what is served now. Somebody may have renamed or removed it.")
		return
	}
	if c.config.Book != nil {
		all, err := c.config.Book.Audit(maxEntries)
		if err != nil {
			c.fail(w, r, "read the list of changes", err)
			return
		}
		for _, e := range all {
			own := strings.HasPrefix(e.Summary, string(h.Section.ID)+": ")
			e.Summary = c.titled(e.Summary)
			switch {
			case own && len(h.Own) < maxHistory:
				h.Own = append(h.Own, e)
			case e.File == h.Section.Source.File && len(h.Others) < maxHistory:
				h.Others = append(h.Others, e)
			}
		}
	}
	if h.Kept {
		all, err := c.config.Versions.List()
		if err != nil {
			c.fail(w, r, "list the versions", err)
			return
		}
		h.Versions = touching(all, h.Section.Source.File)
		for i := range h.Versions {
			h.Versions[i].Reason = c.titled(h.Versions[i].Reason)
		}
	}
	c.show(w, r, http.StatusOK, "history.html", "History of “"+h.Section.Title+"”", h)
}

// titled puts a section's title where what was changed is told by its id, as in "visits#hours: text".
func (c *Console) titled(summary string) string {
	id, what, ok := strings.Cut(summary, ": ")
	if s, there := c.section(knowledge.SectionID(id).Key()); ok && there && string(s.ID) == id && s.Title != "" {
		return "“" + s.Title + "”: " + what
	}
	return summary
}

// touching returns the versions in which a file changed.
func touching(all []versions.Version, file string) []versions.Version {
	var some []versions.Version
	for _, v := range all {
		for _, change := range v.Changes {
			if change.File == file && len(some) < maxHistory {
				some = append(some, v)
			}
		}
	}
	return some
}
