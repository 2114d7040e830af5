package console

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"frontdesk/bot/publish"
	"frontdesk/knowledge/edit"
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
		for i := range p.Versions {
			p.Versions[i].Reason = c.titled(p.Versions[i].Reason)
		}
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
	p := f.plea()
	if f.fault != "" {
		c.refuse(w, r, f.fault)
		return
	}
	if p.Reason == "" {
		c.show(w, r, http.StatusUnprocessableEntity, "fault.html", "Why?", sayWhy)
		return
	}
	_, err := c.config.Publisher.Publish(r.Context(), p.Version, who(r), p.Reason)
	if errors.Is(err, publish.ErrChanged) {
		c.refuse(w, r, "The files have changed since you read what would break, so nothing was published. Today shows what would break now.")
		return
	}
	if err != nil {
		c.fail(w, r, "publish", err)
		return
	}
	say(w, r, "/versions", "The files are live.")
}

// A comeback is a version with what bringing it back would change.
type comeback struct {
	Version versions.Version
	Serves  bool
	Files   []fileDiff
	More    int             // files that are not shown
	Report  *publish.Report // what would change for people, when that was asked for
}

// A fileDiff is what would become of a file.
type fileDiff struct {
	versions.FileChange
	Lines []diffLine // empty for a file that is not text
}

const (
	maxFiles    = 20      // whose diffs are shown
	maxDiffFile = 1 << 20 // in bytes
)

// version shows a version, and what bringing it back would change.
func (c *Console) version(w http.ResponseWriter, r *http.Request) {
	if c.config.Versions == nil {
		c.missing(w, r, "Versions are not kept here.")
		return
	}
	v, err := c.config.Versions.Version(clip(r.PathValue("id"), maxName))
	if errors.Is(err, fs.ErrNotExist) {
		c.missing(w, r, "This version is not kept any more.")
		return
	}
	var then fs.FS
	if err == nil {
		then, err = c.config.Versions.FS(v.ID)
	}
	if err != nil {
		c.fail(w, r, "read the version", err)
		return
	}
	serving := c.config.Publisher.Status().Serving
	v.Reason = c.titled(v.Reason)
	b := comeback{Version: v, Serves: v.ID == serving.ID}
	b.Files, b.More = c.diffs(serving, v, then)
	if r.FormValue("try") != "" {
		report, err := c.tryOut(r.Context(), then, nil)
		if err != nil {
			c.refuse(w, r, c.reason(err))
			return
		}
		b.Report = &report
	}
	c.show(w, r, http.StatusOK, "version.html", "The version of "+v.At.Local().Format("2 January 2006, 15:04"), b)
}

// diffs returns what becomes of the files from what is served to a version.
func (c *Console) diffs(serving, v versions.Version, then fs.FS) (all []fileDiff, more int) {
	now, err := c.config.Versions.FS(serving.ID)
	if err != nil && c.editable() { // it was not kept: the folder is what is nearest to it
		now, err = c.config.Book.FS(), nil
	}
	for _, change := range versions.Diff(serving.Files, v.Files) {
		if len(all) == maxFiles {
			more++
			continue
		}
		d := fileDiff{FileChange: change}
		if err == nil {
			d.Lines = diffLines(edit.Change{File: change.File, Before: textOf(now, change.File), After: textOf(then, change.File)}.Diff())
		}
		all = append(all, d)
	}
	return all, more
}

// textOf returns a file; nil when it is not there, not text, or too long to show.
func textOf(fsys fs.FS, name string) []byte {
	data, err := fs.ReadFile(fsys, name)
	if err != nil || len(data) > maxDiffFile || !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil
	}
	return data
}
