package knowledge

import (
	"strings"
	"testing"
	"testing/fstest"
)

const outlined = `---
title: Therapy
sections:
  What does it cost?: [price]
  - not: a list
---

Hello.

# Therapy

Intro.

Cost
----

A session costs $120.
<!-- also: fee -->

## Empty {#"my file#empty"}
## Last
Bye.`

func TestOutline(t *testing.T) {
	text := strings.Replace(outlined, "  - not: a list\n", "  Cost:\n    id: fee\n", 1)
	o, ok := OutlineOf("a.md", text)
	if !ok || !strings.HasPrefix(text[o.Front[0]:o.Front[1]], "title: Therapy") || !strings.HasSuffix(text[:o.Front[1]], "id: fee\n") {
		t.Errorf("OutlineOf: %v, front matter %v", ok, o.Front)
	}
	want := []struct {
		title, heading, text string
		id                   SectionID
	}{
		{"", "", "\nHello.\n\n", ""},
		{"Therapy", "# Therapy\n", "\nIntro.\n\n", ""},
		{"Cost", "Cost\n----\n", "\nA session costs $120.\n<!-- also: fee -->\n\n", ""},
		{"Empty", "## Empty {#\"my file#empty\"}\n", "", "my file#empty"},
		{"Last", "## Last\n", "Bye.", ""},
	}
	if len(o.Chapters) != len(want) {
		t.Fatalf("OutlineOf: %d chapters, want %d: %+v", len(o.Chapters), len(want), o.Chapters)
	}
	for i, w := range want {
		c := o.Chapters[i]
		body := text[c.Text:c.End]
		if c.Title != w.title || c.ID != w.id || body != w.text || !strings.HasPrefix(text[c.Start:], w.heading) {
			t.Errorf("chapter %d = %+v with %q, want %+v", i, c, body, w)
		}
		if c.Level > 0 && countLines(text[:c.Start])+1 != c.Line {
			t.Errorf("chapter %d begins at byte %d and line %d", i, c.Start, c.Line)
		}
	}
	if len(o.Notes) != 1 || o.Notes[0] != (Note{"Cost", 5, o.Chapters[2].Line}) {
		t.Errorf("notes %+v, want Cost in line 5 of the section in line %d", o.Notes, o.Chapters[2].Line)
	}
	if _, ok := OutlineOf("a.html", text); ok {
		t.Error("a saved page has no outline")
	}
}

func TestSheet(t *testing.T) {
	const text = "sep=;\nid;question;answer\n\na;\"What \"\"now\"\"?\";\"One\nTwo\"\nb;Who?;"
	s, err := SheetOf(text)
	if err != nil || s.Separator != ';' || s.Columns["answer"] != 2 || len(s.Rows) != 2 {
		t.Fatalf("SheetOf = %+v, %v", s, err)
	}
	want := [][]string{{"a", `"What ""now""?"`, "\"One\nTwo\""}, {"b", "Who?", ""}}
	for i, row := range s.Rows {
		if len(row.Cells) != len(want[i]) {
			t.Fatalf("row %d has %d cells, want %d", i, len(row.Cells), len(want[i]))
		}
		for j, cell := range row.Cells {
			if got := text[cell[0]:cell[1]]; got != want[i][j] {
				t.Errorf("row %d, cell %d = %q, want %q", i, j, got, want[i][j])
			}
		}
	}
	if s.Rows[0].Line != 4 || s.Rows[1].Line != 6 {
		t.Errorf("rows in lines %d and %d, want 4 and 6", s.Rows[0].Line, s.Rows[1].Line)
	}
	for _, broken := range []string{"", "x,y\n1,2\n", "id,question,answer\na,\"b\n"} {
		if s, err := SheetOf(broken); err == nil {
			t.Errorf("SheetOf(%q) = %+v, want an error", broken, s)
		}
	}
}

func TestPhrasingsFile(t *testing.T) {
	base, problems := Load(fstest.MapFS{
		"page.html":     {Data: []byte("<h1>Rooms</h1><h2>Parking</h2><p>Behind the house is a place to park.</p><h2>Bus</h2><p>Line 7 stops at the door.</p>")},
		"phrasings.tsv": {Data: []byte("# words\r\ncan I leave my car\tpage#parking\r\n\nno tab\nlost\tpage#gone\n")},
	}, Handoff{URL: "https://clinic.example"})
	var got []string
	for _, s := range base.Sections() {
		if s.ID == "page#parking" {
			got = s.Phrasings
		}
	}
	if len(got) != 1 || got[0] != "can I leave my car" {
		t.Errorf("phrasings %q, want the one of phrasings.tsv: %+v", got, base.Sections())
	}
	if len(problems) != 2 || problems[0].Source.Line != 4 || problems[1].Source.Line != 5 || problems[0].Level != Warning {
		t.Errorf("problems %v, want warnings at lines 4 and 5", problems)
	}
}
