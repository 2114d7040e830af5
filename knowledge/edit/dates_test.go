package edit

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
)

func day(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// TestRedate dates one section in files of all kinds: what its text comes to, and nothing else is different.
func TestRedate(t *testing.T) {
	const (
		two   = "## How much?\n\nNothing.\n\n## Where?\n\nHere.\n"
		dated = "    reviewed: 2026-03-04\n    review_by: 2027-03-04\n"
	)
	cases := map[string]struct{ file, before, title, after string }{
		"no front matter":    {"a.md", two, "Where?", "---\nsections:\n  \"Where?\":\n" + dated + "---\n\n" + two},
		"front matter":       {"a.md", "---\ntitle: Visits # ours\n---\n" + two, "Where?", "---\ntitle: Visits # ours\nsections:\n  \"Where?\":\n" + dated + "---\n" + two},
		"empty":              {"a.md", "---\n---\n" + two, "Where?", "---\nsections:\n  \"Where?\":\n" + dated + "---\n" + two},
		"of another":         {"a.md", "---\nsections:\n    How much?: [price]\ntitle: Visits\n---\n" + two, "Where?", "---\nsections:\n    \"Where?\":\n      reviewed: 2026-03-04\n      review_by: 2027-03-04\n    How much?: [price]\ntitle: Visits\n---\n" + two},
		"phrasings alone":    {"a.md", "---\nsections:\n  How much?: [price]\n---\n" + two, "How much?", "---\nsections:\n  \"how-much\":\n" + dated + "  How much?: [price]\n---\n" + two},
		"a note":             {"a.md", "---\nsections:\n  How much?:\n    phrasings:\n      - price\n  Where?: [place]\n---\n" + two, "How much?", "---\nsections:\n  How much?:\n" + dated + "    phrasings:\n      - price\n  Where?: [place]\n---\n" + two},
		"a note with dates":  {"a.md", "---\nsections:\n  How much?:\n    reviewed: 2025-01-01 # by Ann\n    phrasings: [price]\n    review_by: 2025-07-01\n---\n" + two, "How much?", "---\nsections:\n  How much?:\n    reviewed: 2026-03-04 # by Ann\n    phrasings: [price]\n    review_by: 2027-03-04\n---\n" + two},
		"a list":             {"a.md", "---\nsections:\n  - heading: How much?\n    phrasings: [price]\n---\n" + two, "How much?", "---\nsections:\n  - heading: How much?\n" + dated + "    phrasings: [price]\n---\n" + two},
		"a list of others":   {"a.md", "---\nsections:\n- heading: How much?\n  phrasings: [price]\n---\n" + two, "Where?", "---\nsections:\n- heading: \"Where?\"\n  reviewed: 2026-03-04\n  review_by: 2027-03-04\n- heading: How much?\n  phrasings: [price]\n---\n" + two},
		"an id":              {"a.md", "## How much? {#fee}\n\nNothing.\n\n## How much? {#other}\n\nIt depends.\n", "How much?", "---\nsections:\n  \"How much?\":\n" + dated + "---\n\n## How much? {#fee}\n\nNothing.\n\n## How much? {#other}\n\nIt depends.\n"},
		"of the article":     {"a.md", "---\nreviewed: 2025-01-01\nreview_by: 2025-07-01\n---\n" + two, "Where?", "---\nreviewed: 2025-01-01\nreview_by: 2025-07-01\nsections:\n  \"Where?\":\n" + dated + "---\n" + two},
		"Windows":            {"a.md", "---\r\ntitle: Visits\r\n---\r\n## Where?\r\n\r\nHere.\r\n", "Where?", "---\r\ntitle: Visits\r\nsections:\r\n  \"Where?\":\r\n    reviewed: 2026-03-04\r\n    review_by: 2027-03-04\r\n---\r\n## Where?\r\n\r\nHere.\r\n"},
		"a table":            {"a.csv", "id,question,answer,reviewed,review_by\np,How much?,Nothing.,,\nw,Where?,Here.,2025-01-01,2025-07-01\n", "Where?", "id,question,answer,reviewed,review_by\np,How much?,Nothing.,,\nw,Where?,Here.,2026-03-04,2027-03-04\n"},
		"a table's columns":  {"a.csv", "id,question,answer\np,How much?,Nothing.\nw,Where?,\"Here, and\nthere.\"\n", "How much?", "id,question,answer,reviewed,review_by\np,How much?,Nothing.,2026-03-04,2027-03-04\nw,Where?,\"Here, and\nthere.\"\n"},
		"a table with a sep": {"a.csv", "sep=;\nid;question;answer;review_by\nw;Where?;Here.\n", "Where?", "sep=;\nid;question;answer;review_by;reviewed\nw;Where?;Here.;2027-03-04;2026-03-04\n"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b, dir := folderOf(t, map[string]string{c.file: c.before})
			s := titled(t, b, c.title)
			change, err := b.Redate(s, Dates{Reviewed: day("2026-03-04"), ReviewBy: day("2027-03-04")})
			if err != nil {
				t.Fatalf("Redate() = %v", err)
			}
			if err := b.Apply(t.Context(), "ann", change); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(dir, c.file))
			if err != nil || string(got) != c.after {
				t.Errorf("%s = %q, %v\nwant %q", c.file, got, err, c.after)
			}
			if now := DatesOf(titled(t, b, c.title)); now != (Dates{Reviewed: day("2026-03-04"), ReviewBy: day("2027-03-04")}) {
				t.Errorf("the section is dated %+v", now)
			}
			if _, err := b.Redate(s, DatesOf(titled(t, b, c.title))); !errors.Is(err, ErrSame) {
				t.Errorf("Redate() once more = %v, want ErrSame", err)
			}
			entries, err := b.Audit(1)
			if err != nil || len(entries) != 1 || entries[0].Summary != string(s.ID)+": reviewed 2026-03-04, review_by 2027-03-04" {
				t.Errorf("the list of changes = %+v, %v", entries, err)
			}
		})
	}
}

// TestRedateUndoes takes dates away, of a section and of an article, and leaves the rest of the file as it is.
func TestRedateUndoes(t *testing.T) {
	const before = "---\ntitle: Visits\nexpires_at: 2027-01-01 # the lease ends\nsections:\n  Where?:\n    expires_at: 2026-12-01\n    reviewed: 2026-03-04\n---\n## How much?\n\nNothing.\n\n## Where?\n\nHere.\n"
	b, dir := folderOf(t, map[string]string{"a.md": before})
	c, err := b.Redate(titled(t, b, "Where?"), Dates{Expires: day("2026-12-01")})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Apply(t.Context(), "ann", c); err != nil {
		t.Fatal(err)
	}
	if c, err = b.RedateArticle(b.look("", nil).base.Articles[0], Dates{ReviewBy: day("2026-09-01")}); err != nil {
		t.Fatal(err)
	}
	if err := b.Apply(t.Context(), "ann", c); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(filepath.Join(dir, "a.md"))
	want := strings.Replace(before, "expires_at: 2027-01-01 # the lease ends\n", "", 1)
	want = strings.Replace(want, "    reviewed: 2026-03-04\n---\n", "review_by: 2026-09-01\n---\n", 1)
	if string(got) != want {
		t.Errorf("a.md = %q\nwant   %q", got, want)
	}
}

// TestRedateKeepsWhatSomebodyWrote says that a text is right as of today, after somebody has set its end in the file.
func TestRedateKeepsWhatSomebodyWrote(t *testing.T) {
	b, dir := folderOf(t, map[string]string{"a.md": "## Where?\n\nHere.\n"})
	s := titled(t, b, "Where?")
	a := b.look("", nil).base.Articles[0]
	const since = "---\nexpires_at: 2026-12-01\n---\n## Where?\n\nHere.\n"
	d := Dates{Reviewed: day("2026-03-04")}
	for name, redate := range map[string]func() (Change, error){
		"Redate":        func() (Change, error) { return b.Redate(s, d) },
		"RedateArticle": func() (Change, error) { return b.RedateArticle(a, d) },
	} {
		if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(since), 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := redate()
		if err != nil {
			t.Fatalf("%s() = %v", name, err)
		}
		is, _ := load(b.Try(c)).section(s.ID)
		if want := (Dates{Reviewed: day("2026-03-04"), Expires: day("2026-12-01")}); DatesOf(is) != want {
			t.Errorf("%s() comes to %+v, want %+v", name, DatesOf(is), want)
		}
		later := strings.Replace(since, "2026-12-01", "2027-01-01", 1) // before it is applied
		if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(later), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := b.Apply(t.Context(), "ann", c); err != nil {
			t.Fatal(err)
		}
		if is, want := DatesOf(titled(t, b, "Where?")), (Dates{Reviewed: day("2026-03-04"), Expires: day("2027-01-01")}); is != want {
			t.Errorf("Apply() of %s() comes to %+v, want %+v", name, is, want)
		}
	}
}

// TestRedateRefuses names what cannot be dated here, and leaves the files alone.
func TestRedateRefuses(t *testing.T) {
	files := map[string]string{
		"old.html": plainPage,
		"all.md":   "---\nreview_by: 2025-07-01\n---\n## How much?\n\nNothing.\n",
		"flow.md":  "---\nsections: {Which bus?: [line]}\n---\n## Which bus?\n\nSeven.\n",
	}
	b, dir := folderOf(t, files)
	var refused *RefusedError
	if _, err := b.Redate(titled(t, b, "Bus"), Dates{Reviewed: day("2026-03-04")}); !errors.Is(err, ErrFormat) {
		t.Errorf("Redate() of a saved page = %v, want ErrFormat", err)
	}
	if _, err := b.Redate(titled(t, b, "How much?"), Dates{}); !errors.As(err, &refused) {
		t.Errorf("Redate() away from the article's date = %v, want that it is refused", err)
	}
	if c, err := b.Redate(titled(t, b, "Which bus?"), Dates{Reviewed: day("2026-03-04")}); !errors.As(err, &refused) {
		t.Errorf("Redate() in a list on one line = %q, %v, want that it is refused", c.After, err)
	}
	gone := titled(t, b, "How much?")
	gone.ID = "nowhere"
	if _, err := b.Redate(gone, Dates{}); !errors.Is(err, ErrGone) {
		t.Errorf("Redate() of nothing = %v, want ErrGone", err)
	}
	for name, text := range files {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != text {
			t.Errorf("%s = %q, %v", name, got, err)
		}
	}
}

func folderOf(t *testing.T, files map[string]string) (*Book, string) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, files)
	return reopen(t, dir)
}

// titled returns the first section with a title.
func titled(t *testing.T, b *Book, title string) knowledge.Section {
	t.Helper()
	for _, s := range b.look("", nil).base.Sections() {
		if s.Title == title {
			return s
		}
	}
	t.Fatalf("there is no section %q", title)
	return knowledge.Section{}
}
