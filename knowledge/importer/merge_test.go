package importer

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"frontdesk/knowledge"
)

var today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// draft reads a source that makes one draft.
func draft(t *testing.T, name, data string) Draft {
	t.Helper()
	stem, kind, _ := strings.Cut(name, ".")
	drafts, problems, err := Read(Source{From: name, Name: stem, Type: "." + kind, Data: []byte(data)}, "en")
	if err != nil || len(drafts) != 1 {
		t.Fatalf("Read(%q) = %d drafts, %v, %v", name, len(drafts), problems, err)
	}
	return drafts[0]
}

const first = `<title>Visits</title><h1>Visits</h1><p>We are here for you.</p>
<h2>What does it cost?</h2><p>Ninety dollars. <a href="https://clinic.example/fees">All fees</a></p>
<h2>Your rooms</h2>
<h3>Parking</h3><p>Behind the house.</p>
<h3>Video</h3><p>By any browser.</p>
<h2>Goodbye</h2><p>Come again soon.</p>`

const firstFile = `---
title: Visits
id: visits
lang: en
imported:
  from: visits.html
  at: 2026-11-23
  sections:
    visits#introduction: h
    visits#what-does-it-cost: h
    visits#parking: h
    visits#video: h
    visits#goodbye: h
---

We are here for you.

## What does it cost? {#visits#what-does-it-cost}

Ninety dollars. [All fees](https://clinic.example/fees)

## Your rooms

### Parking {#visits#parking}

Behind the house.

### Video {#visits#video}

By any browser.

## Goodbye {#visits#goodbye}

Come again soon.
`

// withoutHashes takes the hashes out of a file, which only other hashes can be compared with.
func withoutHashes(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if at := strings.Index(line, ": h"); at > 0 && strings.HasPrefix(line, "    ") {
			line = line[:at+3] + "\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

func imported(t *testing.T, name, data string) string {
	t.Helper()
	r, err := draft(t, name, data).Merge(nil, today, false)
	if err != nil || !r.New || !r.Changed {
		t.Fatalf("Merge = %+v, %v, want a new file", r, err)
	}
	return r.Text
}

func TestImport(t *testing.T) {
	text := imported(t, "visits.html", first)
	if diff := cmp.Diff(firstFile, withoutHashes(text)); diff != "" {
		t.Error(diff)
	}
	r, err := draft(t, "visits.html", first).Merge([]byte(text), today.AddDate(0, 0, 1), false)
	if err != nil || r.Changed || r.Text != text || r.Unchanged != 5 || len(r.Changes) != 0 {
		t.Errorf("Merge of the same = %+v, %v, want no change", r, err)
	}
}

func TestMerge(t *testing.T) {
	replace := func(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }
	const cost, costInFile = "Ninety dollars.", "Ninety dollars. [All fees](https://clinic.example/fees)"
	tests := []struct {
		name         string
		hand, source []string // pairs: what is replaced by what in the file, and in the source
		want         []string // pairs: what is replaced by what in the file as it was first written
		changes      []string
	}{
		{"the source changed", nil, []string{cost, "A hundred."}, []string{cost, "A hundred."},
			[]string{`updated What does it cost?: the source has a new text`}},
		{"edited by hand", []string{cost, "Ask us."}, nil, []string{cost, "Ask us."},
			[]string{"kept What does it cost?: edited by hand; the source has not changed"}},
		{"both", []string{cost, "Ask us."}, []string{cost, "A hundred."}, []string{cost, "Ask us."},
			[]string{"conflict What does it cost?: edited by hand, and the source changed as well; yours is kept | " +
				"Ask us. [All fees](https://clinic.example/fees) | A hundred. [All fees](https://clinic.example/fees)"}},
		{"both alike", []string{cost, "A hundred."}, []string{cost, "A hundred."}, []string{cost, "A hundred."}, nil},
		{"only white space by hand", []string{costInFile, "Ninety\ndollars.   [All fees](https://clinic.example/fees)\n"}, []string{cost, "A hundred."}, []string{cost, "A hundred."},
			[]string{`updated What does it cost?: the source has a new text`}},
		{"phrasings and a heading by hand, a new text", []string{"## What does it cost?", "## Fees", costInFile, "<!-- also: price -->\n\n" + costInFile, "\ntitle: Visits", "\ntitle: Our visits"},
			[]string{cost, "A hundred."}, []string{"## What does it cost?", "## Fees", costInFile, "<!-- also: price -->\n\nA hundred. [All fees](https://clinic.example/fees)", "\ntitle: Visits", "\ntitle: Our visits"},
			[]string{"updated Fees: the source has a new text"}},
		{"a new section", nil, []string{"<h3>Video", "<h3>Bikes</h3><p>At the door.</p><h3>Video"},
			[]string{"### Video", "### Bikes {#visits#bikes}\n\nAt the door.\n\n### Video", "    visits#video", "    visits#bikes: h\n    visits#video"}, []string{"added Bikes: new in the source"}},
		{"a new part", nil, []string{"<h2>Goodbye", "<h2>Food</h2><h3>Tea</h3><p>Green.</p><h2>Goodbye"},
			[]string{"## Goodbye", "## Food\n\n### Tea {#visits#tea}\n\nGreen.\n\n## Goodbye", "    visits#goodbye", "    visits#tea: h\n    visits#goodbye"}, []string{"added Tea: new in the source"}},
		{"a new section at the top and at the end", nil, []string{"<h2>What", "<h2>Hello</h2><p>Hi.</p><h2>What", "soon.</p>", "soon.</p><h2>PS</h2><p>Bye.</p>"},
			[]string{"## What", "## Hello {#visits#hello}\n\nHi.\n\n## What", "soon.\n", "soon.\n\n## PS {#visits#ps}\n\nBye.\n",
				"    visits#what", "    visits#hello: h\n    visits#what", "goodbye: h\n", "goodbye: h\n    visits#ps: h\n"}, []string{"added Hello: new in the source", "added PS: new in the source"}},
		{"a new section behind one that staff put more below", []string{"## Your rooms", "### Discounts\n\nFor students.\n\n## Your rooms"}, []string{"<h2>Your", "<h2>Cards</h2><p>Yes.</p><h2>Your"},
			[]string{"## Your rooms", "### Discounts\n\nFor students.\n\n## Cards {#visits#cards}\n\nYes.\n\n## Your rooms", "    visits#parking", "    visits#cards: h\n    visits#parking"}, []string{"added Cards: new in the source"}},
		{"gone from the source", nil, []string{"<h3>Parking</h3><p>Behind the house.</p>", ""},
			[]string{"    visits#parking: h\n", "", "goodbye: h\n", "goodbye: h\n    visits#parking: h\n"}, []string{"gone Parking: no longer in the source; take it out if it no longer holds"}},
		{"taken out by hand, and changed in the source", []string{"### Parking {#visits#parking}\n\nBehind the house.\n\n", ""}, []string{"Behind the house", "Nowhere"},
			[]string{"### Parking {#visits#parking}\n\nBehind the house.\n\n", ""}, []string{"dropped Parking: taken out of the file by hand, and still in the source"}},
		{"another heading in the source", nil, []string{"<h3>Parking", "<h3>Where to park"}, []string{"### Parking", "### Where to park"}, []string{`updated Where to park: it was called "Parking"`}},
		{"another heading on both sides", []string{"### Parking", "### Cars"}, []string{"<h3>Parking", "<h3>Where to park"}, []string{"### Parking", "### Cars"},
			[]string{"conflict Cars: you and the source both changed its heading; yours is kept | Cars | Where to park"}},
		{"another id by hand", []string{"{#visits#parking}", "{#park}"}, []string{"Behind the house", "At the house"},
			[]string{"{#visits#parking}", "{#park}", "visits#parking: h", "park: h", "Behind the house", "At the house"}, []string{"updated Parking: the source has a new text"}},
		{"another order by hand, a section of their own", []string{"## Goodbye {#visits#goodbye}\n\nCome again soon.\n", "", "## What does", "## Goodbye {#visits#goodbye}\n\nCome again soon.\n\n## Ours\n\nText.\n\n## What does"}, []string{"again soon", "again"},
			[]string{"## Goodbye {#visits#goodbye}\n\nCome again soon.\n", "", "## What does", "## Goodbye {#visits#goodbye}\n\nCome again.\n\n## Ours\n\nText.\n\n## What does", "By any browser.\n\n", "By any browser.\n"}, []string{"updated Goodbye: the source has a new text"}},
		{"the introduction", nil, []string{"here for you", "there for you"}, []string{"here for you", "there for you"}, []string{"updated Visits: the source has a new text"}},
		{"another title", nil, []string{"<h1>Visits", "<h1>Your visit"}, nil, []string{`kept Visits: the source is called "Your visit" now; the title is yours to change`}},
		{"front matter by hand", []string{"lang: en\n", "lang: en\n# a remark\nreview_by: 2027-01-01\n"}, []string{cost, "A hundred."}, []string{"lang: en\n", "lang: en\n# a remark\nreview_by: 2027-01-01\n", cost, "A hundred."},
			[]string{`updated What does it cost?: the source has a new text`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := replace(imported(t, "visits.html", first), test.hand...)
			d := draft(t, "visits.html", replace(first, test.source...))
			r, err := d.Merge([]byte(before), today, false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(replace(firstFile, test.want...), withoutHashes(r.Text)); diff != "" {
				t.Error(diff)
			}
			var changes []string
			for _, c := range r.Changes {
				line := string(c.Outcome) + " " + c.Title + ": " + c.Detail
				if c.Outcome == Conflict {
					line += " | " + c.Yours + " | " + c.Source
				}
				changes = append(changes, line)
			}
			if diff := cmp.Diff(test.changes, changes); diff != "" {
				t.Error(diff)
			}
			again, err := d.Merge([]byte(r.Text), today.AddDate(0, 0, 1), false)
			if err != nil || again.Changed {
				t.Errorf("Merge once more = changed %v, %v: %s", again.Changed, err, cmp.Diff(r.Text, again.Text))
			}
		})
	}
}

// TestMergeFromWindows brings files up to date that were saved by programs which write other line ends, a byte order mark
// or Windows-1252.
func TestMergeFromWindows(t *testing.T) {
	const table = "id,question,answer\np,¿Dónde está el café?,Detrás de la casa.\nr,¿Cuánto cuesta?,Diez pesos más.\n"
	file := imported(t, "faq.csv", table)
	old, err := charmap.Windows1252.NewEncoder().String(file)
	if err != nil {
		t.Fatal(err)
	}
	ends := strings.NewReplacer("\n", "\r\n")
	later := draft(t, "faq.csv", strings.Replace(table, "Diez", "Veinte", 1))
	for name, c := range map[string]struct{ before, want string }{
		"a byte order mark": {"\ufeff" + file, file},
		"line ends":         {ends.Replace(file), ends.Replace(file)},
		"Windows-1252":      {old, file},
	} {
		r, err := later.Merge([]byte(c.before), today, false)
		if err != nil || !r.Changed {
			t.Errorf("%s: Merge() = %+v, %v", name, r, err)
			continue
		}
		if diff := cmp.Diff(withoutHashes(strings.Replace(c.want, "Diez", "Veinte", 1)), withoutHashes(r.Text)); diff != "" {
			t.Errorf("%s, -want +got:\n%s", name, diff)
		}
		if r, err := draft(t, "faq.csv", table).Merge([]byte(c.before), today, false); err != nil || r.Changed || r.Text != c.before {
			t.Errorf("%s: Merge() of the same = %+v, %v, want the file as it is", name, r, err)
		}
	}
	if _, err := later.Merge([]byte("\x00\x01"), today, false); err == nil || !strings.Contains(err.Error(), "mended first") {
		t.Errorf("Merge() with what is no text = %v", err)
	}
}

func TestMergeTable(t *testing.T) {
	const table = "id,question,alternates,answer,url,tags,contact,review_by\n" +
		"park,Where?,\"parking\ncar\",Behind *the* house.,https://c.example/p,rooms,care@c.example,2026-03-01\n" +
		"a b,How?,,\"# Like this\n\n```\nopen\",,,,\n"
	text := imported(t, "faq.csv", table)
	const want = "title: Faq\nid: faq\nlang: en\nsections:\n  park:\n    url: https://c.example/p\n    contact: {label: Contact us, url: \"mailto:care@c.example\"}\n    tags: [rooms]\n    review_by: 2026-03-01\n"
	if !strings.Contains(text, want) || !strings.Contains(text, "## Where? {#park}\n\n<!-- also: parking | car -->\n\nBehind *the* house.\n") ||
		!strings.Contains(text, "## How? {#a-b}\n\n**Like this**\n\n```\nopen\n```\n") {
		t.Errorf("the table became\n%s", text)
	}
	articles, problems := knowledge.ReadFile("faq.md", []byte(text), "")
	if s := articles[0].Sections[0]; len(problems) > 0 || s.URL != "https://c.example/p" || s.Handoff.URL != "mailto:care@c.example" || s.ReviewBy.IsZero() {
		t.Errorf("which is read as %+v, %v", s, problems)
	}
	text = strings.Replace(text, "parking | car", "parking", 1) // staff did not like the other one
	more := strings.Replace(table, "a b,", "new,When?,soon,Now.,,now,,\na b,", 1)
	r, err := draft(t, "faq.csv", more).Merge([]byte(text), today, false)
	if err != nil || !strings.Contains(r.Text, "    review_by: 2026-03-01\n  new:\n    tags: [now]\n") || !strings.Contains(r.Text, "<!-- also: parking -->\n\n") ||
		!strings.Contains(r.Text, "## When? {#new}\n\n<!-- also: soon -->\n\nNow.\n\n## How?") {
		t.Errorf("Merge = %v\n%s", err, r.Text)
	}
	r, err = draft(t, "faq.csv", strings.Replace(more, "parking\ncar", "parking\ntruck", 1)).Merge([]byte(r.Text), today, false)
	if err != nil || !strings.Contains(r.Text, "<!-- also: parking -->\n\n<!-- also: truck -->\n\nBehind") {
		t.Errorf("Merge with a new phrasing = %v\n%s", err, r.Text)
	}
}

func TestMergeLeavesAlone(t *testing.T) {
	d := draft(t, "visits.html", first)
	const own = "# Our visits\n\nHello.\n\n## Parking\n\nIn the yard.\n"
	if _, err := d.Merge([]byte(own), today, false); !errors.Is(err, ErrForeign) {
		t.Errorf("Merge into a file of staff = %v, want ErrForeign", err)
	}
	text := imported(t, "visits.html", first)
	other := draft(t, "visits.html", first)
	other.From = "https://elsewhere.example"
	if _, err := other.Merge([]byte(text), today, false); !errors.Is(err, ErrOther) {
		t.Errorf("Merge into another source's file = %v, want ErrOther", err)
	}
	if _, err := d.Merge([]byte(text[:len(text)-10]+"\n---\ntitle: [\n"), today, false); err != nil {
		t.Errorf("Merge into a file with a rule at its end: %v", err)
	}
	if _, err := d.Merge([]byte(strings.Replace(text, "title: Visits", "title: [", 1)), today, false); err == nil || !strings.Contains(err.Error(), "mended") {
		t.Errorf("Merge into a broken file = %v, want that it has to be mended", err)
	}
	r, err := d.Merge([]byte(own), today, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range []string{"# Our visits\n\nHello.\n", "## Parking\n\nIn the yard.\n", "### Video {#visits#video}", "imported:\n"} {
		if !strings.Contains(r.Text, kept) {
			t.Errorf("a forced merge lacks %q:\n%s", kept, r.Text)
		}
	}
	if strings.Contains(r.Text, "Behind the house") {
		t.Errorf("a forced merge replaced what staff wrote:\n%s", r.Text)
	}
}

// TestImportHostile imports pages and tables that try to write front matter of their own, and ids that clash.
func TestImportHostile(t *testing.T) {
	const evil = "en\ncontact: {label: Call us, url: 'https://evil.example'}"
	for name, data := range map[string]string{
		"page.html":   `<html lang="` + evil + `"><title>Visits` + "\n---\nid: evil" + `</title><h1>Visits</h1><p>We are here.</p>`,
		"table.csv":   "id,question,answer,lang\na,When?,Now.,\"" + evil + "\"\n",
		"clashes.csv": "id,question,answer\na{b,One?,One.\na-b,Two?,Two.\na b,Three?,Three.\n",
	} {
		drafts, problems, err := Read(Source{From: name + "\n" + evil, Name: "visits", Type: name[strings.Index(name, "."):], Data: []byte(data)}, "")
		if err != nil || len(drafts) != 1 {
			t.Errorf("Read(%q) = %d drafts, %v, %v", name, len(drafts), problems, err)
			continue
		}
		r, err := drafts[0].Merge(nil, today, false)
		if err != nil {
			t.Errorf("Merge(%q) = %v", name, err)
			continue
		}
		articles, problems := knowledge.ReadFile("visits.md", []byte(r.Text), "")
		if len(articles) != 1 || len(problems) > 0 || articles[0].ID != "visits" || !articles[0].Handoff.IsZero() {
			t.Errorf("%s is read as %+v, %v, from\n%s", name, articles, problems, r.Text)
		}
	}
}
