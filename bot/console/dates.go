package console

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A dating is the form with the dates of a section, or of an article with all in it.
type dating struct {
	Path  string // that it is sent to
	All   bool   // it is about an article
	Dates edit.Dates
	Next  time.Time // the day by which to look at it again, if it is looked over today
	Soon  bool      // that is not needed yet
}

// usualReview is how long a text is good for where staff do not say.
const usualReview = 1 // years

// dating returns the form for some dates.
func (c *Console) dating(path string, all bool, d edit.Dates) *dating {
	return &dating{path, all, d, c.next(d), d.ReviewBy.IsZero() || c.today().Before(d.ReviewBy)}
}

// next is the day by which to look at a text again that is right today: as long after it as it was the last time.
func (c *Console) next(d edit.Dates) time.Time {
	if lasted := d.ReviewBy.Sub(d.Reviewed); !d.Reviewed.IsZero() && lasted > 0 {
		return c.today().Add(lasted)
	}
	return c.today().AddDate(usualReview, 0, 0)
}

// today is the day that it is at the desk, at 00:00 UTC as dates of the knowledge are.
func (c *Console) today() time.Time { return c.settings().Zone.Day(c.config.Now()) }

// isDated reports whether the dates of a file's sections can be changed here.
func isDated(file string) bool { return isEdited(file) }

// isDatedWhole reports whether a file has dates for an article as a whole.
func isDatedWhole(file string) bool {
	return isDated(file) && !strings.HasSuffix(strings.ToLower(file), "sv") // the rows of tables have their own
}

// dateSection takes the dates of a section.
func (c *Console) dateSection(w http.ResponseWriter, r *http.Request) {
	key := knowledge.Key(r.PathValue("key"))
	s, ok := c.section(key)
	if !ok {
		c.missing(w, r, "There is no such section among what is served now. Somebody may have renamed or removed it.")
		return
	}
	c.date(w, r, s.Title, "/section/"+string(key), edit.DatesOf(s), func(d edit.Dates) (edit.Change, error) { return c.config.Book.Redate(s, d) })
}

// dateArticle takes the dates of an article.
func (c *Console) dateArticle(w http.ResponseWriter, r *http.Request) {
	a, ok := c.catalogue().article(knowledge.Key(r.PathValue("key")))
	if !ok {
		c.missing(w, r, "There is no such article among what is served now. Somebody may have renamed or removed it.")
		return
	}
	was := edit.Dates{Reviewed: a.Reviewed, ReviewBy: a.ReviewBy, Expires: a.Expires}
	c.date(w, r, a.Title, "/article/"+string(a.Key), was, func(d edit.Dates) (edit.Change, error) { return c.config.Book.RedateArticle(a.Article, d) })
}

// date carries out a form of dates: with the button "reviewed", the text is right as of today.
func (c *Console) date(w http.ResponseWriter, r *http.Request, title, back string, was edit.Dates, change func(edit.Dates) (edit.Change, error)) {
	f := &fields{r: r}
	d, reviewed := was, r.PostFormValue("do") == "reviewed"
	if reviewed {
		d.Reviewed, d.ReviewBy = c.today(), c.next(was)
	} else {
		d.ReviewBy, d.Expires = f.changed("review_by", "the next look", was.ReviewBy), f.changed("expires_at", "the end", was.Expires)
	}
	if f.fault != "" {
		c.refuse(w, r, f.fault)
		return
	}
	c.teach(w, r, lesson{
		change: func() (edit.Change, error) { return change(d) },
		back:   back,
		done: func(l landing) string {
			said := "The dates of “" + title + "” are noted."
			if reviewed {
				said = "“" + title + "” is right as of today."
			}
			return strings.TrimSpace(said + " " + l.Said)
		},
	})
}

// changed is day for a field that was left as the form showed it, too: what it is now, since somebody else may have set it
// while the form was open.
func (f *fields) changed(name, called string, now time.Time) time.Time {
	if shown, ok := f.r.PostForm["shown_"+name]; ok && shown[0] == f.r.PostFormValue(name) {
		return now
	}
	return f.day(name, called)
}

// day reads a day, which may be missing.
func (f *fields) day(name, called string) time.Time {
	written := strings.TrimSpace(f.text(name, called, 20))
	if written == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, written)
	if err != nil || day.Year() < 1970 || day.Year() > 9999 {
		f.fault = cmp.Or(f.fault, "The day of "+called+" is no date. Write it as 2026-03-01: year, month, day.")
	}
	return day
}
