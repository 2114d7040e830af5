package edit

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// Dates say when staff looked a text over, when they mean to do so again, and from which day on it is not served. Days
// are at 00:00 UTC; a zero one says nothing.
type Dates struct{ Reviewed, ReviewBy, Expires time.Time }

// DatesOf returns a section's dates, its own and its article's.
func DatesOf(s knowledge.Section) Dates { return Dates{s.Reviewed, s.ReviewBy, s.Expires} }

// The keys of the dates in front matter and tables, in the order in which they are written.
var dateKeys = []string{"reviewed", "review_by", "expires_at"}

// days returns the dates as they are written, in the order of dateKeys; empty for a zero one.
func (d Dates) days() []string {
	written := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return []string{written(d.Reviewed), written(d.ReviewBy), written(d.Expires)}
}

// on returns a section with these dates.
func (d Dates) on(s knowledge.Section) knowledge.Section {
	s.Reviewed, s.ReviewBy, s.Expires = d.Reviewed, d.ReviewBy, d.Expires
	return s
}

// over returns what d changes of the dates that whoever wrote it has seen, put over those that there are now.
func (d Dates) over(seen, now Dates) Dates {
	change := func(d, seen, now time.Time) time.Time {
		if d.Equal(seen) {
			return now
		}
		return d
	}
	return Dates{change(d.Reviewed, seen.Reviewed, now.Reviewed), change(d.ReviewBy, seen.ReviewBy, now.ReviewBy), change(d.Expires, seen.Expires, now.Expires)}
}

// Redate proposes other dates for a section: in the front matter of a Markdown file, or in the columns of a table, which
// are added where they are missing. A date that d leaves as s has it stays as the file has it by now. ErrSame says that it
// has these dates; of other formats the error is ErrFormat.
func (b *Book) Redate(s knowledge.Section, d Dates) (Change, error) {
	c, err := b.redate(s, d)
	if err != nil {
		return Change{}, fmt.Errorf("date %q: %w", s.Title, err)
	}
	return c, nil
}

// RedateArticle proposes other dates for a whole Markdown article, which count for all sections that have none of
// their own. Errors are as those of Redate.
func (b *Book) RedateArticle(a knowledge.Article, d Dates) (Change, error) {
	c, err := b.redateArticle(a, d)
	if err != nil {
		return Change{}, fmt.Errorf("date %q: %w", a.Title, err)
	}
	return c, nil
}

func (b *Book) redate(s knowledge.Section, asked Dates) (Change, error) {
	f, err := b.find(s.ID, s.Source.File)
	if err != nil {
		return Change{}, err
	}
	was := DatesOf(f.section)
	d := asked.over(DatesOf(s), was)
	if was == d {
		return Change{}, ErrSame
	}
	src, err := readSource(f.file, f.data)
	if err != nil {
		return Change{}, err
	}
	var tries []string // texts of the file, any of which will do
	if isTable(f.file) {
		t, err := openSheet(src.text, f.section.Source.Line)
		if err != nil {
			return Change{}, err
		}
		tries = []string{t.dated(was, d)}
	} else if p, ok, err := f.page(); err != nil {
		return Change{}, err
	} else if !ok {
		return Change{}, fmt.Errorf("%s: %w: write the dates in the file, as docs/articles.md says", f.file, ErrFormat)
	} else {
		tries = p.dated(f.section, was, d)
	}
	for _, text := range tries {
		after := src.with(text)
		if err = dated(f.view, b.lookAt(f.file, f.file, after), func(s knowledge.Section) knowledge.Section {
			if s.ID == f.section.ID {
				s = d.on(s)
			}
			return s
		}); err == nil {
			c := Change{File: f.file, Before: f.data, After: after, Summary: string(s.ID) + ": " + was.told(d), Section: s.ID}
			c.again = func() (Change, error) { return b.redate(s, asked) }
			return c, nil
		}
	}
	return Change{}, err
}

func (b *Book) redateArticle(a knowledge.Article, asked Dates) (Change, error) {
	data, err := b.read(a.Source.File)
	if err != nil {
		return Change{}, err
	}
	before := b.lookAt(a.Source.File, a.Source.File, data)
	now, ok := articleOf(before.base, a.ID)
	if !ok {
		return Change{}, ErrGone
	}
	was := Dates{now.Reviewed, now.ReviewBy, now.Expires}
	d := asked.over(Dates{a.Reviewed, a.ReviewBy, a.Expires}, was)
	if was == d {
		return Change{}, ErrSame
	}
	src, err := readSource(a.Source.File, data)
	if err != nil {
		return Change{}, err
	}
	o, ok := knowledge.OutlineOf(a.Source.File, src.text)
	if !ok {
		return Change{}, fmt.Errorf("%s: %w: date its sections one by one, or write the dates in the file", a.Source.File, ErrFormat)
	}
	p := page{name: a.Source.File, text: src.text, o: o}
	after := src.with(p.withKeys(was, d).text)
	view := b.lookAt(a.Source.File, a.Source.File, after)
	if err := dated(before, view, nil); err != nil {
		return Change{}, err
	}
	if is, ok := articleOf(view.base, a.ID); !ok || (Dates{is.Reviewed, is.ReviewBy, is.Expires}) != d {
		return Change{}, byHand
	}
	c := Change{File: a.Source.File, Before: data, After: after, Summary: fmt.Sprintf("all of %q: %s", now.Title, was.told(d))}
	c.again = func() (Change, error) { return b.redateArticle(a, asked) }
	return c, nil
}

func articleOf(base knowledge.Base, id knowledge.ArticleID) (knowledge.Article, bool) {
	for _, a := range base.Articles {
		if a.ID == id {
			return a, true
		}
	}
	return knowledge.Article{}, false
}

// told says in a line which dates change.
func (d Dates) told(to Dates) string {
	var parts []string
	was, is := d.days(), to.days()
	for i, key := range dateKeys {
		if was[i] != is[i] {
			parts = append(parts, strings.TrimSpace(key+" "+cmp.Or(is[i], "no more")))
		}
	}
	return strings.Join(parts, ", ")
}

// byHand is the end of the program's art.
var byHand = &RefusedError{Text: "the dates cannot be written here by themselves: a date may stand for the whole article, or the front matter is written in an unusual way; write them in the file"}

// dated returns an error unless nothing but dates has changed, and these as want says; nil leaves that open.
func dated(before, after view, want func(knowledge.Section) knowledge.Section) error {
	if found := newErrors(before.problems, after.problems); len(found) > 0 {
		return &RefusedError{Text: "this would break the files", Problems: found}
	}
	is := byID(after.base)
	if len(is) != len(before.base.Sections()) || !reflect.DeepEqual(before.base.Settings, after.base.Settings) {
		return byHand
	}
	for _, s := range before.base.Sections() {
		now := is[s.ID]
		s.Source.Line, now.Source.Line = 0, 0
		if want != nil {
			s = want(s)
		} else {
			s, now = Dates{}.on(s), Dates{}.on(now)
		}
		if !reflect.DeepEqual(s, now) {
			return byHand
		}
	}
	return nil
}
