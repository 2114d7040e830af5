package edit

import (
	"slices"
	"testing"
	"time"
)

// FuzzDatesAndRemoval dates and removes sections of any file: nothing panics, and no other section changes.
func FuzzDatesAndRemoval(f *testing.F) {
	f.Add("a.md", therapy, "2026-03-04", "", "2027-01-01", uint8(1))
	f.Add("a.md", "---\nsections:\n- id: x\n  heading: a\n  reviewed: 2025-01-01\n- heading: c\n---\n## a\nx\n## c\ny", "", "2026-03-04", "", uint8(0))
	f.Add("a.md", "---\nheading: x\nsections:\n  heading: [y]\n---\n\n## heading\n\nx", "2026-03-04", "", "", uint8(0))
	f.Add("a.csv", faq, "", "2026-03-04", "2026-03-05", uint8(1))
	f.Add("a.csv", "sep=;\nid;question;answer;;review_by\n\"a\";\"b\n\";c;\nd;e;f;;\n", "2026-03-04", "", "", uint8(0))
	f.Fuzz(func(t *testing.T, name, file, reviewed, review, expires string, which uint8) {
		if name != "a.csv" {
			name = "a.md"
		}
		dir := t.TempDir()
		write(t, dir, map[string]string{name: file, "b.md": "## Other\n\nStays.\n"})
		b, _ := reopen(t, dir)
		before := load(b.FS())
		all := before.base.Sections()
		if len(all) == 0 {
			return
		}
		target := all[int(which)%len(all)]
		d := Dates{date(reviewed), date(review), date(expires)}
		if c, err := b.Redate(target, d); err == nil {
			after := load(b.Try(c))
			if s, ok := after.section(target.ID); !ok || DatesOf(s) != d || s.Body != target.Body {
				t.Errorf("Redate() to %+v comes to %+v:\n%s", d, s, c.Diff())
			}
			if was, is := said(before.base, target.ID), said(after.base, target.ID); !slices.Equal(was, is) {
				t.Errorf("other sections change:\n%s\nwas %q\n is %q", c.Diff(), was, is)
			}
		}
		if a, ok := articleOf(before.base, target.ArticleID); ok {
			if c, err := b.RedateArticle(a, d); err == nil {
				if was, is := said(before.base, ""), said(load(b.Try(c)).base, ""); !slices.Equal(was, is) {
					t.Errorf("sections change with the article's dates:\n%s\nwas %q\n is %q", c.Diff(), was, is)
				}
			}
		}
		if c, err := b.Remove(target, ""); err == nil {
			after := load(b.Try(c))
			if _, there := after.section(target.ID); there {
				t.Errorf("Remove() leaves the section:\n%s", c.Diff())
			}
			if was, is := said(before.base, target.ID), said(after.base, target.ID); !slices.Equal(was, is) {
				t.Errorf("other sections change:\n%s\nwas %q\n is %q", c.Diff(), was, is)
			}
		}
	})
}

// date reads a day that can be written; a zero one for any other text.
func date(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil || d.Year() < 1970 {
		return time.Time{}
	}
	return d
}
