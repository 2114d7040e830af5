package knowledge

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var contact = Handoff{URL: "https://clinic.example/contact"}

// files makes a folder of name, content, name, content and so on.
func files(pairs ...string) fstest.MapFS {
	folder := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		folder[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return folder
}

// show lists sections as "id | kind | title | body", for comparing.
func show(b Base) []string {
	var all []string
	for _, s := range b.Sections() {
		all = append(all, fmt.Sprintf("%s | %s | %s | %s", s.ID, s.Kind, s.Title, s.Body))
	}
	return all
}

func TestLoadMarkdown(t *testing.T) {
	text := `---
title: Our therapy
lang: en-GB
url: https://clinic.example/therapy
contact: {label: Ask Jo, url: jo@clinic.example, phone: 555-0100, hours: weekdays}
tags: [therapy]
sections:
  What does it cost?: [price, how much]
  safety:
    phrasings: is it dangerous
    contact: 555 0199
    tags: [risk]
---
# Therapy

First words.

## What does it *cost*?

Ninety [dollars][list].

<!-- also: fees | what do I pay -->

## Is it safe? {#safety}
Yes.

### For children

#### Under six

No. Not ` + "`# a heading`" + `.

## Empty

## Contact us

Write to [us](mailto:us@clinic.example).

[list]: https://clinic.example/prices
`
	base, problems := Load(files("therapy.md", text), contact)
	want := []string{
		"therapy#introduction | introduction | Our therapy | First words.",
		"therapy#what-does-it-cost | answer | What does it cost? | Ninety [dollars][list].\n\n[list]: https://clinic.example/prices",
		"safety | answer | Is it safe? | Yes.",
		"therapy#under-six | answer | Under six | No. Not `# a heading`.",
		"therapy#contact-us | contact | Contact us | Write to [us](mailto:us@clinic.example).\n\n[list]: https://clinic.example/prices",
	}
	if diff := cmp.Diff(want, show(base)); diff != "" {
		t.Errorf("Load: %s", diff)
	}
	all := base.Sections()
	cost, safe, six := all[1], all[2], all[3]
	if want := []string{"fees", "what do I pay", "price", "how much"}; !slices.Equal(cost.Phrasings, want) {
		t.Errorf("phrasings = %q, want %q", cost.Phrasings, want)
	}
	if want := (Handoff{Label: "Ask Jo", URL: "mailto:jo@clinic.example", Phone: "555-0100", Hours: "weekdays"}); cost.Handoff != want {
		t.Errorf("handoff = %+v, want %+v", cost.Handoff, want)
	}
	if want := (Handoff{Label: "Contact us", URL: "tel:5550199"}); safe.Handoff != want {
		t.Errorf("section's handoff = %+v, want %+v", safe.Handoff, want)
	}
	if want := []string{"therapy", "risk"}; !slices.Equal(safe.Tags, want) || safe.Lang != "en" || safe.URL != "https://clinic.example/therapy" {
		t.Errorf("section = %+v, want tags %q and the article's language and url", safe, want)
	}
	if want := []string{"Is it safe?", "For children"}; !slices.Equal(six.Above, want) {
		t.Errorf("above = %q, want %q", six.Above, want)
	}
	if cost.Source != (Position{"therapy.md", 18}) {
		t.Errorf("source = %v, want therapy.md:18", cost.Source)
	}
	wantProblems(t, problems, `therapy.md:33: warning: left out: the heading "Empty" has no text`)
}

// wantProblems checks the beginnings of all problems, in order; it takes notices too.
func wantProblems(t *testing.T, got []Problem, want ...string) {
	t.Helper()
	var texts []string
	for _, p := range got {
		texts = append(texts, p.String())
	}
	ok := len(texts) == len(want)
	for i := range min(len(texts), len(want)) {
		ok = ok && strings.HasPrefix(texts[i], want[i])
	}
	if !ok {
		t.Errorf("problems =\n  %s\nwant\n  %s", strings.Join(texts, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestArticleTitles(t *testing.T) {
	tests := []struct {
		name, text, title string
		sections          []string
	}{
		{"one first-level heading", "# A\nx\n## B\ny", "A", []string{"A", "B"}},
		{"several", "# A\nx\n# B\ny", "Opening hours", []string{"A", "B"}},
		{"several below a title", "# A\n\n# B\ny\n\n# C\nz", "A", []string{"B", "C"}},
		{"none", "## B\ny\n\n## C\nz", "Opening hours", []string{"B", "C"}},
		{"text first", "x\n\n# B\ny", "Opening hours", []string{"Opening hours", "B"}},
		{"only text", "Hello there.", "Opening hours", []string{"Opening hours"}},
		{"underlined", "A\n===\nx\n\nB\n---\ny", "A", []string{"A", "B"}},
		{"one heading with text", "# A\nx", "A", []string{"A"}},
		{"dashes are no front matter", "---\n\nx\n\n## B\ny", "Opening hours", []string{"Opening hours", "B"}},
		{"headings in lists and quotes stay", "# A\n- # no\n\n> # no\n\n```\n# no\n```\n", "A", []string{"A"}},
		{"ids with attributes and quotes", "# A\n## B {#b .wide lang=en}\nx\n## C {#\"c d\"}\ny", "A", []string{"B", "C"}},
		{"repeated", "# A\n## B\nx\n## B\ny", "A", []string{"B", "B"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, problems := Load(files("opening-hours.md", test.text), contact)
			var titles []string
			for _, s := range base.Sections() {
				titles = append(titles, s.Title)
			}
			if len(base.Articles) != 1 || base.Articles[0].Title != test.title || !slices.Equal(titles, test.sections) {
				t.Errorf("Load(%q) = %+v with %q, want %q with %q", test.text, base.Articles, titles, test.title, test.sections)
			}
			wantProblems(t, problems)
		})
	}
}

// TestCommentsAreNoText reads comments that stand where a section's text would: nobody is shown an empty answer.
func TestCommentsAreNoText(t *testing.T) {
	const note = "<!-- lint: allow no-review-date, long-section -->"
	tests := []struct {
		name, text string
		sections   []string
		problems   []string
	}{
		{"above the first heading", "# Parking\n\n" + note + "\n\n## Where?\n\nHere.", []string{"a#where"}, nil},
		{"above the title", note + "\n\n# Parking\n\nText.\n\n## Where?\n\nHere.", []string{"a#introduction", "a#where"}, nil},
		{"several", "# Parking\n\n" + note + "\n<!-- for\n\nAnn -->\n\n## Where?\n\nHere.", []string{"a#where"}, nil},
		{"beside definitions", "# Parking\n\n" + note + "\n\n[x]: https://a.example\n\n## Where?\n\n[Here][x].", []string{"a#where"}, nil},
		{"above smaller headings", "# Parking\n\n## Cars\n\n" + note + "\n\n### Where?\n\nHere.", []string{"a#where"}, nil},
		{"below a heading", "# Parking\n\n## When?\n\n" + note + "\n\n## Where?\n\nHere.", []string{"a#where"},
			[]string{`a.md:3: warning: left out: the heading "When?" has no text`}},
		{"beside text", "# Parking\n\n" + note + "\n\nText.\n\n## Where?\n\n<!-- x --> Here.", []string{"a#introduction", "a#where"}, nil},
		{"nothing else", "# Parking\n\n" + note, nil, []string{`error: there is no article`, `a.md: error: the article has no text`,
			`a.md:1: warning: left out: the heading "Parking" has no text`}},
		{"as code", "# Parking\n\n```\n" + note + "\n```\n", []string{"a#introduction"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, problems := Load(files("a.md", test.text), contact)
			var ids []string
			for _, s := range base.Sections() {
				ids = append(ids, string(s.ID))
			}
			if !slices.Equal(ids, test.sections) {
				t.Errorf("Load(%q) has the sections %q, want %q", test.text, ids, test.sections)
			}
			wantProblems(t, problems, test.problems...)
		})
	}
}

func TestLoadBadFiles(t *testing.T) {
	tests := []struct{ name, file, text, problem string }{
		{"empty", "a.md", " \n", "a.md: error: the file is empty"},
		{"binary", "a.md", "PK\x03\x04\x00\x00", "a.md: error: this is not text"},
		{"picture by another name", "a.txt", "\x89PNG\r\n\x1a\n\x00\x00", "a.txt: error: "},
		{"Windows-1252", "a.txt", "The caf\xe9 is open. \x93Yes\x94, really it is open.", "a.txt: warning: the file is not UTF-8"},
		{"another encoding", "a.txt", "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", "a.txt: error: the characters cannot be read"},
		{"half of UTF-16", "a.txt", "\xff\xfeA", "a.txt: error: the UTF-16 text is broken"},
		{"large", "a.txt", strings.Repeat("word ", 11<<20/5), "a.txt: error: the file has 11.0 MB; more than 10.0 MB are not read"},
		{"broken front matter", "a.md", "---\ntitle: a: b\n---\nx", "a.md:2: error: broken YAML"},
		{"open front matter", "a.md", "---\ntitle: a\n\nx", "a.md:1: error: the front matter has no end"},
		{"alias bomb", "a.md", "---\na: &a [x]\nb: [*a, *a]\n---\nx", "a.md:2: error: "},
		{"deep YAML", "a.md", "---\ntags: " + strings.Repeat("[", 10_000) + "\n---\nx", "a.md:2: error: the YAML is nested too deeply"},
		{"long YAML", "a.md", "---\ntags: [" + strings.Repeat("x, ", maxYAML/3) + "]\n---\nx", "a.md:2: error: the YAML has more than"},
		{"unknown key", "a.md", "---\ntitel: a\n---\nx", `a.md:2: warning: the front matter has an unknown key "titel"; did you mean "title"?`},
		{"unknown section", "a.md", "---\nsections:\n  What is KPA?: [x]\n---\n## What is KAP?\nx", `a.md:3: warning: no section is called "What is KPA?"; did you mean "what is kap"?`},
		{"bad contact", "a.md", "---\ncontact: javascript:alert(1)\n---\nx", `a.md:2: error: contact "javascript:alert(1)" is no link`},
		{"deep quotations", "a.md", strings.Repeat(">", 200_000), "a.md:1: error: lists or quotations are nested too deeply"},
		{"endless brackets", "a.md", strings.Repeat("[a](", 100_000), "a.md:1: error: a paragraph has too many brackets"},
		{"endless brackets in a table", "a.csv", "id,question,answer\nx,y,\"" + strings.Repeat("[a](", 100_000) + "\"\n", "a.csv:2: error: row left out: a paragraph has too many"},
		{"id with a space", "a.md", "## D {#bad id}\nx", `a.md:1: warning: the id of the heading "D" is read as "bad", without "id"; put quotes around an id that holds spaces: {#"bad id"}`},
		{"language by name", "a.md", "---\nlang: English\n---\nx", `a.md:2: warning: lang: "English" is no code of a language; did you mean en?`},
		{"no language", "a.md", "---\nlang: klingon\n---\nx", `a.md:2: warning: lang: "klingon" is no code of a language; write a code`},
		{"only headings", "a.md", "# A\n## B\n", "a.md: error: the article has no text"},
		{"unknown format", "a.pdf", "x", "a.pdf: notice: left out"},
		{"settings below", "sub/desk.yaml", "name: x", "sub/desk.yaml: warning: left out"},
		{"readme", "README.md", "About this folder.", "README.md: notice: left out"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := Load(files(test.file, test.text, "good.md", "# Good\nIt works."), contact)
			if len(problems) == 0 || !strings.HasPrefix(problems[0].String(), test.problem) {
				t.Fatalf("problems = %v, want first %q", problems, test.problem)
			}
			if problems[0].Level == Error && slices.ContainsFunc(mustLoad(test.file, test.text), func(s string) bool { return !strings.HasPrefix(s, "good") }) {
				t.Errorf("an article with an error is half read: %q", mustLoad(test.file, test.text))
			}
		})
	}
}

func TestLimits(t *testing.T) {
	folder := files("a.md", "# A\nOne.", "b.md", "# B\nTwo two two.", "c.md", "# C\nThree.", "desk.yaml", "lang: en")
	tests := []struct {
		name     string
		limits   limits
		problems []string
	}{
		{"file", limits{file: 12, total: 100, files: 9}, []string{"b.md: error: the file has 0.0 MB"}},
		{"total", limits{file: 99, total: 20, files: 9}, []string{"c.md: error: left out: the folder's files have more than"}},
		{"files", limits{file: 99, total: 100, files: 2}, []string{"error: the folder holds more than 2 files"}},
	}
	for _, test := range tests {
		base, problems := load(folder, contact, test.limits, nil)
		wantProblems(t, problems, test.problems...)
		if len(base.Articles) != 2 {
			t.Errorf("%s: %d articles, want 2", test.name, len(base.Articles))
		}
	}
}

func mustLoad(name, text string) []string {
	base, _ := Load(files(name, text, "good.md", "# Good\nIt works."), contact)
	return show(base)
}

func TestLoadIgnores(t *testing.T) {
	folder := files("a.md", "x", ".hidden.md", "x", "a.md~", "x", ".a.md.swp", "x", "#a.md#", "x", "b.tmp", "x", "questions.tsv", "x",
		".git/c.md", "x", "~$a.docx", "x", "sub/deep/b.md", "y", "crisis.yaml", "rules: []")
	base, problems := Load(folder, contact)
	wantProblems(t, problems)
	if diff := cmp.Diff([]string{"a#introduction | introduction | A | x", "sub/deep/b#introduction | introduction | B | y"}, show(base)); diff != "" {
		t.Error(diff)
	}
	if string(base.Settings.CrisisFile) != "rules: []" {
		t.Errorf("crisis file = %q", base.Settings.CrisisFile)
	}
}

func TestEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"mark": "\ufeff# Café\n\nYes.", "windows": "# Caf\xe9\n\nYes.", "little": "\xff\xfe#\x00 \x00C\x00a\x00f\x00\xe9\x00\n\x00\n\x00Y\x00e\x00s\x00.\x00",
		"big": "\xfe\xff\x00#\x00 \x00C\x00a\x00f\x00\xe9\x00\n\x00\n\x00Y\x00e\x00s\x00.", "lines": "# Café\r\n\r\nYes.\r\n",
	} {
		base, _ := Load(files("a.md", text), contact)
		if got := show(base); !slices.Equal(got, []string{"a#introduction | introduction | Café | Yes."}) {
			t.Errorf("%s: Load(%q) = %q", name, text, got)
		}
	}
}

func TestDuplicateIDs(t *testing.T) {
	base, problems := Load(files("a.md", "## X {#same}\nx\n", "b/c.md", "## Y\ny\n\n## Z {#same}\nz\n", "d.md", "## V\nv\n", "d.txt", "Some text.\n"), contact)
	wantProblems(t, problems, `b/c.md:4: error: id "same" is taken by a.md:1`, `d.txt: error: article id "d" is taken by d.md`)
	if len(base.Sections()) != 3 {
		t.Errorf("sections = %q", show(base))
	}
}

func TestIDsAreStable(t *testing.T) {
	before, _ := Load(files("kap.md", "# T\n## What is it?\nOld.\n## What is it?\nTwo."), contact)
	after, _ := Load(files("kap.md", "# T\nNew start.\n## Before\nx\n## What is it?\nNew.\n## What is it?\nTwo.", "a.md", "## What is it?\nOther."), contact)
	if n := len(before.Sections()); n != 2 {
		t.Fatalf("%d sections, want 2", n)
	}
	for _, s := range before.Sections() {
		if !slices.ContainsFunc(after.Sections(), func(o Section) bool { return o.ID == s.ID && o.Title == s.Title }) {
			t.Errorf("id %q is gone", s.ID)
		}
	}
}

func TestSlug(t *testing.T) {
	long := strings.Repeat("very ", 40) + "long"
	tests := map[string]string{
		"What's KAP?": "whats-kap", "  1. One & two ": "1-one-two", "¿Qué es?": "qué-es", "Что это?": "что-это", "???": "", "日本語": "日本語",
	}
	for heading, want := range tests {
		if got := slug(heading); got != want {
			t.Errorf("slug(%q) = %q, want %q", heading, got, want)
		}
	}
	if a, b := slug(long), slug(long+"er"); len(a) > maxSlug || a == b || !strings.HasPrefix(a, "very-very") {
		t.Errorf("long slugs = %q, %q", a, b)
	}
}

func TestVersion(t *testing.T) {
	a, _ := Load(files("a.md", "x", "b.md", "y"), contact)
	b, _ := Load(backwards{files("b.md", "y", "a.md", "x")}, contact)
	c, _ := Load(files("a.md", "x", "b.md", "y!"), contact)
	if a.Version != b.Version || a.Version == c.Version || a.Version == "" {
		t.Errorf("versions = %q, %q, %q, want the first two equal, the third not", a.Version, b.Version, c.Version)
	}
}

// backwards lists folders in the wrong order.
type backwards struct{ fstest.MapFS }

func (b backwards) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := b.MapFS.ReadDir(name)
	slices.Reverse(entries)
	return entries, err
}

func TestNothingToAnswerFrom(t *testing.T) {
	_, problems := Load(fstest.MapFS{}, Handoff{})
	wantProblems(t, problems, "error: there is no article here")
	_, problems = Load(files("a.md", "x"), Handoff{})
	wantProblems(t, problems, "warning: 1 section has no contact, so who reads it cannot reach a human; with no contact at all, \"frontdesk serve\" does not start, and holds back such a change")
	_, problems = Load(files("a.md", "x"), Handoff{URL: "nonsense"})
	wantProblems(t, problems, `error: contact "nonsense" is no link`, "warning: 1 section has no contact, so who reads it cannot reach a human; with no contact at all, \"frontdesk serve\" does not start, and holds back such a change")
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []struct{ name, text string }{
		{"a.md", "---\ntitle: x\nsections:\n  B: [c]\n---\n# A\nx\n## B {#b}\n<!-- also: c -->\ny"}, {"a.md", "A\n===\n\n[x]: y\n\nB\n-"},
		{"a.html", "<html lang=en><h1>A</h1><p>x</p><h2>B</h2><table><tr><td>y"}, {"a.html", "<p><b>x</b><details><summary>y</summary>z"},
		{"a.csv", "id,question,answer\na,b,\"c\nd\"\n"}, {"a.tsv", "id\tquestion\tanswer\na\tb\tc"}, {"a.txt", "A\n\nB?\n\nc d e.\n\n- f"},
		{"desk.yaml", "name: x\nsynonyms:\n  - [a, b]\nhelplines:\n  - name: y\n    call: 1"}, {"desk.yaml", "contact: {phone: 1-800-273-8255}"},
	} {
		f.Add(seed.name, []byte(seed.text))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !fs.ValidPath(name) || len(data) > 10_000 {
			return
		}
		base, _ := Load(fstest.MapFS{name: &fstest.MapFile{Data: data}}, contact)
		seen := map[SectionID]bool{}
		for _, s := range base.Sections() {
			if s.ID == "" || seen[s.ID] || strings.TrimSpace(s.Body) == "" || s.Lang == "" || s.Kind == "" || s.Handoff.Label == "" || s.Title == "" {
				t.Fatalf("Load(%q, %q) gives the section %+v", name, data, s)
			}
			seen[s.ID] = true
		}
	})
}
