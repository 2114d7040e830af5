package edit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
)

func TestNewSection(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		n    NewSection
		file string
		id   knowledge.SectionID
		want []string // the lines of the diff
	}{
		{"in an article", NewSection{Article: "therapy", Title: "Do you take insurance?", Body: "Some.\n\n# Which\n\nAsk us.", Phrasings: []string{"insurance", "insurance", "do you take insurance?"}, Author: "telegram:77", At: at},
			"therapy.md", "therapy#do-you-take-insurance", []string{"-[forms]: https://clinic.example/forms", "+[forms]: https://clinic.example/forms", "+",
				"+## Do you take insurance?", "+", "+<!-- also: insurance -->", "+", "+<!-- written by telegram:77 on 2026-11-23 -->", "+", "+Some.", "+", "+**Which**", "+", "+Ask us."}},
		{"in a file of its own", NewSection{Title: "Is there a café?", Body: "Yes.", Lang: "en", Author: "Zoë --> <b>", At: at},
			"is-there-a-café.md", "is-there-a-café#is-there-a-café", []string{"+---", `+title: "Is there a café?"`, `+lang: "en"`, "+# written by Zoë - b on 2026-11-23", "+---", "+", "+## Is there a café?", "+", "+Yes."}},
		{"in a file by name", NewSection{File: "answers.md", Heading: "Answers from: chat #1", Title: "# Is it 5 * 3 #", Body: "---\nNo."},
			"answers.md", "answers#is-it-5-3", nil},
		{"in a table", NewSection{Article: "faq", Title: `How; "why"?`, Body: "+1 555\nCall.", Phrasings: []string{"call you", "phone"}},
			"faq.csv", "how-why", []string{`+how-why;"How; ""why""?";"call you`, `+phone";"\+1 555`, `+Call."`}},
		{"a name that Windows keeps", NewSection{Title: "Con", Body: "Pro."}, "answer-con.md", "answer-con#con", nil},
		{"no letters at all", NewSection{Title: "???", Body: "!"}, "answer.md", "answer#section", nil},
		{"an injection into front matter", NewSection{Title: "x\"\nid: therapy\ncontact: evil", Body: "Yes."}, "x-id-therapy-contact-evil.md", "x-id-therapy-contact-evil#x-id-therapy-contact-evil", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, dir := open(t)
			before := load(b.FS())
			c, err := b.NewSection(test.n)
			if err != nil {
				t.Fatalf("NewSection(%+v): %v", test.n, err)
			}
			if c.File != test.file || c.Section != test.id {
				t.Errorf("NewSection(%+v) is %q in %q, want %q in %q", test.n, c.Section, c.File, test.id, test.file)
			}
			if got := diffLines(c); test.want != nil && !slices.Equal(got, test.want) {
				t.Errorf("diff:\n%s\nwant the lines %q", c.Diff(), test.want)
			}
			if err := b.Apply(context.Background(), "test", c); err != nil {
				t.Fatal(err)
			}
			if err := others(c.Section, before.base, load(os.DirFS(dir)).base); err != nil {
				t.Error(err)
			}
			if s := section(t, b, test.id); strings.TrimSpace(s.Title) == "" || s.Source.File != test.file {
				t.Errorf("the section is %+v", s)
			}
			if test.n.File == "" && test.n.Article == "" {
				if c, err := b.NewSection(test.n); err != nil || c.Before != nil || c.File == test.file {
					t.Errorf("the same title again is in %s, %v, want another file", c.File, err)
				}
			}
		})
	}
}

func TestNewSectionRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		n    NewSection
		want error
	}{
		{"no such article", NewSection{Article: "../therapy", Title: "a", Body: "b"}, ErrGone},
		{"a page", NewSection{Article: "visits", Title: "a", Body: "b"}, ErrFormat},
		{"above the folder", NewSection{File: "../a.md", Title: "a", Body: "b"}, ErrName},
		{"elsewhere", NewSection{File: "/etc/a.md", Title: "a", Body: "b"}, ErrName},
		{"by a detour", NewSection{File: "x/../../a.md", Title: "a", Body: "b"}, ErrName},
		{"for Windows", NewSection{File: `..\a.md`, Title: "a", Body: "b"}, ErrName},
		{"a drive", NewSection{File: "c:a.md", Title: "a", Body: "b"}, ErrName},
		{"a device", NewSection{File: "NUL.md", Title: "a", Body: "b"}, ErrName},
		{"another device", NewSection{File: "com1.x.md", Title: "a", Body: "b"}, ErrName},
		{"a zero", NewSection{File: "a\x00.md", Title: "a", Body: "b"}, ErrName},
		{"hidden", NewSection{File: ".a.md", Title: "a", Body: "b"}, ErrName},
		{"half written", NewSection{File: ours + "x.tmp", Title: "a", Body: "b"}, ErrName},
		{"settings", NewSection{File: "desk.yaml", Title: "a", Body: "b"}, ErrName},
		{"huge", NewSection{File: strings.Repeat("a", 300) + ".md", Title: "a", Body: "b"}, ErrName},
		{"a folder that is not there", NewSection{File: "no/a.md", Title: "a", Body: "b"}, ErrName},
		{"another case", NewSection{File: "THERAPY.md", Title: "a", Body: "b"}, ErrName},
		{"front matter in the text", NewSection{Article: "therapy", Title: "a {#prepare}", Body: "b"}, nil},
		{"a text that swallows", NewSection{Article: "therapy", Title: "a", Body: "<!-- also: privacy"}, nil},
		{"a definition for others", NewSection{Article: "therapy", Title: "a", Body: "x\n\n[forms]: https://evil.example"}, nil},
		{"no text", NewSection{Article: "therapy", Title: "a", Body: "\x00"}, nil},
	} {
		b, _ := open(t)
		before := load(b.FS())
		c, err := b.NewSection(test.n)
		if err == nil && test.want == nil { // harmless after all, if nothing else has changed
			if err := others(c.Section, before.base, load(b.Try(c)).base); err != nil {
				t.Errorf("%s: %v:\n%s", test.name, err, c.Diff())
			}
			continue
		}
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: NewSection(%q) = %q, %v; want %v", test.name, test.n.File, c.File, err, test.want)
		}
	}
}

func TestNewSectionClashes(t *testing.T) {
	b, dir := open(t)
	write(t, dir, map[string]string{"own.md": "---\nid: dogs\n---\n## Dogs {#cats#may-they-come}\n\nYes.\n"})
	for file, want := range map[string]string{
		"faq.md": `the article id "faq" is taken by faq.csv`, "dogs.md": `the article id "dogs" is taken by own.md`, "cats.md": `the id "cats#may-they-come" is taken by own.md:4`,
	} {
		if c, err := b.NewSection(NewSection{File: file, Title: "May they come?", Body: "Yes."}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("NewSection in %s = %v, want an error with %q; it would be\n%s", file, err, want, c.Diff())
		}
	}
}

func TestLinksOut(t *testing.T) {
	b, dir := open(t)
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret.md": "# Secret\n\nNobody may read this.\n"})
	for from, to := range map[string]string{"out": outside, "linked.md": filepath.Join(outside, "secret.md")} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Skip(err)
		}
	}
	for _, file := range []string{"out/a.md", "out/secret.md", "linked.md"} {
		if c, err := b.NewSection(NewSection{File: file, Title: "a", Body: "b"}); err == nil {
			t.Errorf("a section in %s:\n%s", file, c.Diff())
		}
		if err := b.Apply(context.Background(), "test", Change{File: file, After: []byte("x")}); err == nil {
			t.Errorf("%s was written", file)
		}
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 || read(t, outside, "secret.md") != "# Secret\n\nNobody may read this.\n" {
		t.Errorf("outside of the folder: %v, %v", entries, err)
	}
}

func TestQuestions(t *testing.T) {
	b, dir := open(t)
	apply := func(c Change, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Apply(context.Background(), "test", c); err != nil {
			t.Fatal(err)
		}
	}
	apply(b.OutOfScope("do you sell\tcars\n=1+1", "en"))
	apply(b.Golden("where do I park", "parking"))
	const want = golden + "do you sell cars =1+1\tNONE\ten\nwhere do I park\tparking\n"
	if got := read(t, dir, "questions.tsv"); got != want {
		t.Errorf("questions.tsv is %q, want %q", got, want)
	}
	if _, err := b.Golden("Where do I park", "parking"); !errors.Is(err, ErrSame) {
		t.Errorf("the same again: %v", err)
	}
	var refused *RefusedError
	if _, err := b.OutOfScope("where do I park", ""); !errors.As(err, &refused) || !strings.Contains(err.Error(), "questions.tsv:4") {
		t.Errorf("the contrary: %v", err)
	}
	if _, err := b.Golden("who are you", "nobody"); !errors.Is(err, ErrGone) {
		t.Errorf("no such section: %v", err)
	}
	if _, err := b.Golden("who are you", "a|b"); !errors.As(err, &refused) {
		t.Errorf("an id that is none: %v", err)
	}
}
