package console

import (
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"frontdesk/bot/publish"
	"frontdesk/knowledge/versions"
)

// A past is what the page of versions shows.
type past struct {
	Status   publish.Status
	Versions []versions.Version
	Serves   int // index of the one that answers; -1 when it is on another page
	Leaf     leaf
	Kept     bool // versions are kept
}

// versions lists what was published, newest first.
func (c *Console) versions(w http.ResponseWriter, r *http.Request) {
	p := past{Status: c.config.Publisher.Status(), Kept: c.config.Versions != nil}
	if p.Kept {
		all, err := c.config.Versions.List()
		if err != nil {
			c.fail(w, r, "list the versions", err)
			return
		}
		page, _ := strconv.Atoi(r.FormValue("page"))
		p.Versions, p.Leaf = cut(all, page, "/versions?page=")
		p.Serves = slices.IndexFunc(p.Versions, func(v versions.Version) bool { return v.ID == p.Status.Serving.ID && !v.Draft })
	}
	c.show(w, r, http.StatusOK, "versions.html", "Versions", p)
}

// rollback brings a version back.
func (c *Console) rollback(w http.ResponseWriter, r *http.Request) {
	_, err := c.config.Publisher.Rollback(r.Context(), clip(r.PathValue("id"), maxName), who(r))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.show(w, r, http.StatusNotFound, "fault.html", "No such version", "This version is not kept any more.")
	case err != nil:
		c.fail(w, r, "bring the version back", err)
	default:
		say(w, r, "/versions", "The version is back. What the folder held before is kept as a version too.")
	}
}

// publish lets the files go live although the gate blocks them.
func (c *Console) publish(w http.ResponseWriter, r *http.Request) {
	f := &fields{r: r}
	reason := strings.TrimSpace(f.text("reason", "The reason", maxReason))
	if f.fault != "" {
		c.refuse(w, r, f.fault)
		return
	}
	if reason == "" {
		c.show(w, r, http.StatusUnprocessableEntity, "fault.html", "Why?", "Say in a few words why this should go live all the same: your colleagues will read it beside the version.")
		return
	}
	if _, err := c.config.Publisher.Publish(r.Context(), who(r), reason); err != nil {
		c.fail(w, r, "publish", err)
		return
	}
	say(w, r, "/versions", "The files are live.")
}
