package edit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// therapy holds what makes edits hard: front matter with comments and both kinds of notes, Windows line ends, a byte
// order mark, phrasings in comments, headings of both kinds, and no newline at the end.
const therapy = mark + `---
title: Talking therapy # as on the website
lang: en
contact: care@clinic.example
sections:
  What does it cost?: [price, "how much, per session"]   # asked a lot
  'Is it confidential?':
    id: privacy
    phrasings:
      - who gets to know
      - "do you tell my family"
---

# Talking therapy

We offer talking therapy for adults.

## What does it cost?

A session costs $120.

Is it confidential?
-------------------

Yes. We tell nobody.
## Before your first session {#prepare}

<!-- also: what should I bring | do I have to prepare -->

Eat something.

### Forms

Fill in the two forms.

<!-- also:
  - which forms
  - what do I sign
-->

They are [here][forms].

## Cost

Of travel: nothing.

## Cost

Of parking: $2.

[forms]: https://clinic.example/forms`

const faq = "id;question;alternates;answer\r\nparking;Where can I park?;\"is there parking\ncan I leave my car\";\"Behind the house; *free*.\"\r\nrefund;\"Can I get a \"\"refund\"\"?\";;Yes.\r\nshort;Who are you?\r\n"

const plainPage = "<html><body><h1>Visits</h1><h2>Bus</h2><p>Line 7 stops at the door of the clinic.</p><h2>Train</h2><p>The station is a mile away from us.</p></body></html>"

const leaflet = "Opening hours\n\nWe are open on weekdays from nine to five, and on Saturdays until noon.\n\nHolidays\n\nOn public holidays we are closed, except for people in our groups.\n"

const golden = "# counted on\nhow much is it\ttherapy#what-does-it-cost\n"

// open makes a folder with all kinds of files and opens it.
func open(t testing.TB) (*Book, string) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"therapy.md": strings.ReplaceAll(therapy, "\n", "\r\n"), "faq.csv": faq, "visits.html": plainPage, "hours.txt": leaflet,
		"questions.tsv": golden, "My file.md": "# Groups\n\n## When do groups meet?\n\nOn Mondays at six in the evening.\n\n## Who may join?\n\nAnybody who comes to us.\n",
	})
	return reopen(t, dir)
}

func reopen(t testing.TB, dir string) (*Book, string) {
	b, err := Open(dir, filepath.Join(t.TempDir(), "changes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b, dir
}

func write(t testing.TB, dir string, files map[string]string) {
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t testing.TB, dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// section returns a section of the folder as it is.
func section(t testing.TB, b *Book, id knowledge.SectionID) knowledge.Section {
	base, _ := knowledge.Load(b.FS(), knowledge.Handoff{})
	s, ok := view{base: base}.section(id)
	if !ok {
		t.Fatalf("there is no section %q among %v", id, ids(base))
	}
	return s
}

func ids(b knowledge.Base) []knowledge.SectionID {
	var all []knowledge.SectionID
	for _, s := range b.Sections() {
		all = append(all, s.ID)
	}
	return all
}

// diffLines returns the lines that a change takes away and adds, with their signs.
func diffLines(c Change) []string {
	var lines []string
	n := 0
	for line := range strings.Lines(c.Diff()) {
		if n++; n <= 2 { // the file's names
			continue
		}
		if line[0] == '-' || line[0] == '+' {
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	return lines
}

func TestReplace(t *testing.T) {
	for _, test := range []struct {
		name string
		id   knowledge.SectionID
		edit func(*Text)
		want []string // the lines of the diff
	}{
		{"text", "therapy#what-does-it-cost", func(t *Text) { t.Body = "A session costs $130." },
			[]string{"-A session costs $120.", "+A session costs $130."}},
		{"text above a heading without a blank line between", "privacy", func(t *Text) { t.Body += "\n\nUnless a life is in danger." },
			[]string{"+", "+Unless a life is in danger.", "+"}},
		{"text around a comment", "prepare", func(t *Text) { t.Body = "Eat something, and come early." },
			[]string{"-Eat something.", "+Eat something, and come early."}},
		{"text on either side of a comment", "therapy#forms", func(t *Text) { t.Body = strings.Replace(t.Body, "two", "three", 1) },
			[]string{"-Fill in the two forms.", "+Fill in the three forms."}},
		{"last text, without an end", "therapy#cost-2", func(t *Text) { t.Body = strings.Replace(t.Body, "$2", "$3", 1) },
			[]string{"-Of parking: $2.", "+Of parking: $3."}},
		{"a heading in the text", "therapy#cost", func(t *Text) { t.Body += "\n# By train\nAsk us.\nMore\n====\n### *Hm* ###" },
			[]string{"+**By train**", "+", "+Ask us.", "+More", "+", "+***Hm***", "+"}},
		{"title that a note names", "therapy#what-does-it-cost", func(t *Text) { t.Title = `How much is "it"?` },
			[]string{`-  What does it cost?: [price, "how much, per session"]   # asked a lot`, `+  "How much is \"it\"?": [price, "how much, per session"]   # asked a lot`,
				"-## What does it cost?", `+## How much is "it"? {#therapy#what-does-it-cost}`}},
		{"title underlined", "privacy", func(t *Text) { t.Title = "Who gets to know?" },
			[]string{"-  'Is it confidential?':", `+  "Who gets to know?":`, "-Is it confidential?", "--------------------", "+## Who gets to know?"}},
		{"title with a fixed id", "prepare", func(t *Text) { t.Title = "First *session* #1" },
			[]string{"-## Before your first session {#prepare}", `+## First \*session\* #1 {#prepare}`}},
		{"title that comes twice", "therapy#cost", func(t *Text) { t.Title = "Travel" },
			[]string{"-## Cost", "+## Travel {#therapy#cost}"}},
		{"title in a file whose name has a space", "My file#who-may-join", func(t *Text) { t.Title = "Who can come?" },
			[]string{"-## Who may join?", `+## Who can come? {#"My file#who-may-join"}`}},
		{"the same title in other letters", "therapy#what-does-it-cost", func(t *Text) { t.Title = "What does it cost" },
			[]string{`-  What does it cost?: [price, "how much, per session"]   # asked a lot`, `+  "What does it cost": [price, "how much, per session"]   # asked a lot`,
				"-## What does it cost?", "+## What does it cost"}},
		{"phrasings in notes", "therapy#what-does-it-cost", func(t *Text) { t.Phrasings = []string{"price", "fee"} },
			[]string{`-  What does it cost?: [price, "how much, per session"]   # asked a lot`, `+  What does it cost?: [price]   # asked a lot`,
				"+", "+<!-- also: fee -->"}},
		{"phrasings in a note's list", "privacy", func(t *Text) { t.Phrasings = t.Phrasings[:1] },
			[]string{`-      - "do you tell my family"`}},
		{"phrasings in a comment", "prepare", func(t *Text) { t.Phrasings = []string{"what should I bring", "what to wear"} },
			[]string{"-<!-- also: what should I bring | do I have to prepare -->", "+<!-- also: what should I bring | what to wear -->"}},
		{"phrasings in a list in a comment", "therapy#forms", func(t *Text) { t.Phrasings = []string{"what do I sign", "papers"} },
			[]string{"-  - which forms", "+  - papers"}},
		{"no phrasings any more", "prepare", func(t *Text) { t.Phrasings = nil },
			[]string{"-<!-- also: what should I bring | do I have to prepare -->", "-"}},
		{"cells", "parking", func(t *Text) {
			t.Title, t.Body, t.Phrasings = "Parking; where?", "- left\n- right", []string{"is there parking"}
		},
			[]string{`-parking;Where can I park?;"is there parking`, `-can I leave my car";"Behind the house; *free*."`, `+parking;"Parking; where?";is there parking;"* left`, `+* right"`}},
		{"a cell's formula", "refund", func(t *Text) { t.Body = `=HYPERLINK("https://evil.example")` },
			[]string{`-refund;"Can I get a ""refund""?";;Yes.`, `+refund;"Can I get a ""refund""?";;"\=HYPERLINK(""https://evil.example"")"`}},
		{"only phrasings of a page", "visits#bus", func(t *Text) { t.Phrasings = []string{"public transport"} },
			[]string{"+public transport\tvisits#bus"}},
		{"introduction", "therapy#introduction", func(t *Text) { t.Body, t.Phrasings = "We offer therapy.", []string{"what is it"} },
			[]string{"-We offer talking therapy for adults.", "+<!-- also: what is it -->", "+", "+We offer therapy."}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, dir := open(t)
			s := section(t, b, test.id)
			text, err := b.Section(s)
			if err != nil {
				t.Fatal(err)
			}
			test.edit(&text)
			text.Body = strings.ReplaceAll(text.Body, "\n", "\r\n") // as a form sends it
			c, err := b.Replace(s, text)
			if err != nil {
				t.Fatalf("Replace(%+v): %v", text, err)
			}
			if got := diffLines(c); !slices.Equal(got, test.want) {
				t.Errorf("diff:\n%s\nwant the lines %q", c.Diff(), test.want)
			}
			if c.Section != test.id {
				t.Errorf("the change is about %q", c.Section)
			}
			if strings.HasPrefix(c.File, "therapy") && (strings.Count(string(c.After), "\n") != strings.Count(string(c.After), "\r\n") || !strings.HasPrefix(string(c.After), mark)) {
				t.Errorf("line ends or byte order mark are lost: %q", c.After)
			}
			if err := b.Apply(context.Background(), "test", c); err != nil {
				t.Fatal(err)
			}
			if got := read(t, dir, c.File); got != string(c.After) {
				t.Errorf("the file is %q, want %q", got, c.After)
			}
			if _, err := b.Replace(s, text); !errors.Is(err, ErrSame) && test.name != "a heading in the text" && !strings.Contains(test.name, "cell") {
				t.Errorf("the same once more: %v, want ErrSame", err)
			}
		})
	}
}

func TestReplaceRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		id   knowledge.SectionID
		edit func(*Text)
		want string
	}{
		{"code without an end", "therapy#what-does-it-cost", func(t *Text) { t.Body = "```\ncode" }, `this would also change "Is it confidential?"`},
		{"comment without an end", "therapy#what-does-it-cost", func(t *Text) { t.Body = "Yes.\n\n<!-- secret" }, "this would also change"},
		{"comment with phrasings", "therapy#what-does-it-cost", func(t *Text) { t.Body = "Yes.\n\n<!-- also: privacy -->" }, "read as another one"},
		{"link definition of others", "therapy#cost-2", func(t *Text) { t.Body = "Of parking: $2.\n\n[forms]: https://evil.example" }, `this would also change "Forms"`},
		{"no text", "therapy#cost", func(t *Text) { t.Body = " \n\t\n" }, "the text is empty"},
		{"no title", "therapy#cost", func(t *Text) { t.Title = "\x00 \u2028" }, "the title is empty"},
		{"another's id in the title", "therapy#cost", func(t *Text) { t.Title = "Cost {#prepare}" }, "cannot be written as a heading"},
		{"title of an introduction", "therapy#introduction", func(t *Text) { t.Title = "Hello" }, "this text has no heading"},
		{"text of a page", "visits#bus", func(t *Text) { t.Body = "Line 8." }, "frontdesk import"},
		{"text of a plain file", "hours#holidays", func(t *Text) { t.Body = "Open." }, "frontdesk import"},
		{"a formula for a title", "refund", func(t *Text) { t.Title = "=1+1" }, "formula"},
		{"too much", "refund", func(t *Text) { t.Body = strings.Repeat("long ", 20_000) }, "at most 64 KB"},
		{"a language that changes", "My file#who-may-join", func(t *Text) {
			t.Body = "Cualquier persona que venga a nuestra clínica puede participar en los grupos, siempre que haya hablado antes con nosotros sobre lo que necesita y lo que espera de ellos."
		}, "write lang: in its front matter"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, _ := open(t)
			s := section(t, b, test.id)
			text, err := b.Section(s)
			if err != nil {
				t.Fatal(err)
			}
			test.edit(&text)
			if c, err := b.Replace(s, text); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Replace(%q) = %v, want an error with %q; it would be\n%s", text.Body, err, test.want, c.Diff())
			}
		})
	}
}

func TestAddPhrasing(t *testing.T) {
	for _, test := range []struct {
		id             knowledge.SectionID
		phrasing, file string
		want           []string
	}{
		{"therapy#what-does-it-cost", "how  much\nis it", "therapy.md", []string{"+<!-- also: how much is it -->", "+"}},
		{"prepare", "a|b --> <!-- x", "therapy.md", []string{"-<!-- also: what should I bring | do I have to prepare -->", "+<!-- also: what should I bring | do I have to prepare | a b x -->"}},
		{"parking", `=cmd|' /C "calc`, "faq.csv", []string{`-can I leave my car";"Behind the house; *free*."`, `+can I leave my car`, `+cmd ' /C 'calc";"Behind the house; *free*."`}},
		{"visits#bus", "# how do I get there", "phrasings.tsv", []string{"+how do I get there\tvisits#bus"}},
		{"hours#holidays", "open at Christmas", "phrasings.tsv", []string{"+open at Christmas\thours#holidays"}},
	} {
		b, _ := open(t)
		s := section(t, b, test.id)
		c, err := b.AddPhrasing(s, test.phrasing)
		if err != nil {
			t.Errorf("AddPhrasing(%q, %q): %v", test.id, test.phrasing, err)
			continue
		}
		if got := diffLines(c); c.File != test.file || !slices.Equal(got, test.want) {
			t.Errorf("AddPhrasing(%q, %q) changes %s by %q, want %s by %q", test.id, test.phrasing, c.File, got, test.file, test.want)
		}
		if err := b.Apply(context.Background(), "test", c); err != nil {
			t.Error(err)
		}
		if c, err := b.AddPhrasing(s, strings.ToUpper(test.phrasing)); !errors.Is(err, ErrSame) {
			t.Errorf("the same phrasing again: %v, %s", err, c.Diff())
		}
	}
}
