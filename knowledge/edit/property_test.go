package edit

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// scraps are lines that articles, and what people type, are made of here: harmless ones and those that reach further
// than they look.
var scraps = []string{
	"# Top", "## Cost", "## Cost", "### Deep {#deep}", "Under\n=====", "Under too\n---", "A line of text.", "Another *one* with a [link][x].", "- a\n- b",
	"", "", "<!-- also: one | two -->", "<!-- also:\n  - three\n  - four\n-->", "<!-- a comment -->", "```\n# code\n```", "```", "    indented", "> quoted\n> # no heading",
	"[x]: https://a.example", "[y]: https://b.example", "<!--", "-->", "<div>", "</div>", "| a | b |\n|---|---|\n| c | d |", "---", "***", "Ein Satz.", "#", "##", "{#id}", "![p](q.png)", "<script>", "1. x", "\t# tab", "~~~", "* * *", "\\# no", "&amp;",
}

// fronts are the starts of articles.
var fronts = []string{"", "", "---\ntitle: T\n---\n", "---\nlang: en # why\nsections:\n  Cost: [price, 'a, b']\n  deep:\n    phrasings:\n      - x\n---\n\n", "---\nsections:\n  - heading: Cost\n    id: c\n---\n"}

// somebody picks what the next person does.
type somebody struct{ *rand.Rand }

func (s somebody) lines(n int) string {
	var all []string
	for range s.IntN(n) + 1 {
		all = append(all, scraps[s.IntN(len(scraps))])
		if s.IntN(2) == 0 {
			all = append(all, "")
		}
	}
	return strings.Join(all, "\n")
}

func (s somebody) line() string {
	words := []string{"How", "much", "#", "*is*", "it?", "{#deep}", "|", "-->", "`a", "Cost", "<b>", "\"", "é", ":", "[x]", "_", "&lt;", "\\", "\x00", "=", "Top"}
	var all []string
	for range s.IntN(4) + 1 {
		all = append(all, words[s.IntN(len(words))])
	}
	return strings.Join(all, " ")
}

func (s somebody) article() string {
	text := fronts[s.IntN(len(fronts))] + s.lines(14)
	if s.IntN(3) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text + strings.Repeat("\n", s.IntN(2))
}

// change proposes something for a section of the folder.
func (s somebody) change(b *Book, all []knowledge.Section) (Change, error) {
	target := all[s.IntN(len(all))]
	switch s.IntN(5) {
	case 0:
		return b.AddPhrasing(target, s.line())
	case 1:
		return b.NewSection(NewSection{Article: target.ArticleID, Title: s.line(), Body: s.lines(5), Phrasings: []string{s.line()}, Author: s.line()})
	}
	text, err := b.Section(target)
	if err != nil {
		return Change{}, err
	}
	if s.IntN(2) == 0 {
		text.Title = s.line()
	}
	if s.IntN(2) == 0 {
		text.Body = s.lines(6)
	}
	if s.IntN(2) == 0 {
		text.Phrasings = append(slices.Clone(text.Phrasings[:s.IntN(len(text.Phrasings)+1)]), s.line())
	}
	return b.Replace(target, text)
}

// said are the sections as people get them, without those of an id.
func said(base knowledge.Base, but knowledge.SectionID) []string {
	var all []string
	for _, s := range base.Sections() {
		if s.ID != but {
			all = append(all, strings.Join([]string{string(s.ID), s.Title, s.Body, s.Lang, strings.Join(s.Phrasings, "|"), s.Handoff.URL}, "\n"))
		}
	}
	return all
}

// TestRandomEdits makes random changes to random articles: all that is proposed leaves every other section, and every
// line that neither belongs to the section nor names it in the front matter, as it was.
func TestRandomEdits(t *testing.T) {
	rounds := 25
	if testing.Short() {
		rounds = 10
	}
	proposed, refused := 0, map[string]int{}
	for seed := range rounds {
		s := somebody{rand.New(rand.NewPCG(uint64(seed), 1))}
		dir := t.TempDir()
		write(t, dir, map[string]string{"a.md": s.article(), "b.md": s.article(), "c.csv": faq})
		b, _ := reopen(t, dir)
		for range 6 {
			before := load(b.FS())
			all := before.base.Sections()
			c, err := s.change(b, all)
			if err != nil {
				var why *RefusedError
				switch {
				case errors.As(err, &why):
					refused["refused"]++
				case errors.Is(err, ErrSame):
					refused["same"]++
				default:
					t.Fatalf("seed %d: %v", seed, err)
				}
				continue
			}
			proposed++
			after := load(b.Try(c))
			if was, is := said(before.base, c.Section), said(after.base, c.Section); !slices.Equal(was, is) {
				t.Fatalf("seed %d: %s changes other sections:\n%s\nwas %q\n is %q", seed, c.Summary, c.Diff(), was, is)
			}
			if _, ok := after.section(c.Section); !ok {
				t.Fatalf("seed %d: %s loses its section:\n%s", seed, c.Summary, c.Diff())
			}
			if found := newErrors(before.problems, after.problems); len(found) > 0 {
				t.Fatalf("seed %d: %s brings %v:\n%s", seed, c.Summary, found, c.Diff())
			}
			if err := b.Apply(t.Context(), "test", c); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
	t.Logf("%d changes, %v", proposed, refused)
	if proposed < rounds {
		t.Errorf("only %d changes were proposed in %d rounds", proposed, rounds)
	}
}

func FuzzReplace(f *testing.F) {
	f.Add(therapy, "Title", "Body", "phrasing", uint8(1))
	f.Add(groups, "a {#b}", "```\n", "a | b", uint8(0))
	f.Add("---\nsections:\n  a: {id: b}\n---\n## a\nx\n## c\ny", "\u2028", "<!-- also: x", "-->", uint8(1))
	f.Fuzz(func(t *testing.T, article, title, body, phrasing string, which uint8) {
		dir := t.TempDir()
		write(t, dir, map[string]string{"a.md": article})
		b, _ := reopen(t, dir)
		before := load(b.FS())
		all := before.base.Sections()
		if len(all) == 0 {
			return
		}
		target := all[int(which)%len(all)]
		text, err := b.Section(target)
		if err != nil {
			return
		}
		text.Title, text.Body, text.Phrasings = title, body, append(text.Phrasings, phrasing)
		c, err := b.Replace(target, text)
		if err != nil {
			return
		}
		after := load(b.Try(c))
		if was, is := said(before.base, target.ID), said(after.base, target.ID); !slices.Equal(was, is) {
			t.Errorf("other sections change:\n%s\nwas %q\n is %q", c.Diff(), was, is)
		}
	})
}

// FuzzTable is FuzzReplace for tables.
func FuzzTable(f *testing.F) {
	f.Add(faq, "Title", "Body", "phrasing", uint8(1))
	f.Add("id,question,answer\n\"a\",\"b\"\"\",c\nd,e,f", "a,b", "\"", "x", uint8(0))
	f.Add("sep=;\nid;question;answer\na;b;c", "=1", "-x\n+y", "\t", uint8(0))
	f.Fuzz(func(t *testing.T, table, title, body, phrasing string, which uint8) {
		dir := t.TempDir()
		write(t, dir, map[string]string{"a.csv": table})
		b, _ := reopen(t, dir)
		before := load(b.FS())
		all := before.base.Sections()
		if len(all) == 0 {
			return
		}
		target := all[int(which)%len(all)]
		for _, propose := range []func() (Change, error){
			func() (Change, error) {
				return b.Replace(target, Text{Title: title, Body: body, Phrasings: target.Phrasings})
			},
			func() (Change, error) { return b.AddPhrasing(target, phrasing) },
			func() (Change, error) {
				return b.NewSection(NewSection{Article: target.ArticleID, Title: title, Body: body})
			},
		} {
			c, err := propose()
			if err != nil {
				continue
			}
			if was, is := said(before.base, c.Section), said(load(b.Try(c)).base, c.Section); !slices.Equal(was, is) {
				t.Errorf("other sections change:\n%s\nwas %q\n is %q", c.Diff(), was, is)
			}
		}
	})
}

// FuzzMerge holds that nothing two people wrote is lost: every line of theirs that is new is in the merged text.
func FuzzMerge(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nc\n", "a\nb\nc\nd\n")
	f.Add("", "a", "b")
	f.Add("a\na\na\n", "a\na\n", "a\na\na\na\n")
	f.Fuzz(func(t *testing.T, base, yours, theirs string) {
		was, a, b := split(base), split(yours), split(theirs)
		merged, clean := merge(was, a, b)
		have := map[string]bool{}
		for _, line := range merged {
			have[strings.TrimSuffix(line, "\n")] = true
		}
		for _, side := range [][]string{a, b} {
			for _, line := range side {
				if line = strings.TrimSuffix(line, "\n"); !slices.Contains(trimEnds(was), line) && !have[line] {
					t.Errorf("merge(%q, %q, %q) = %q, %t: loses %q", was, a, b, merged, clean, line)
				}
			}
		}
		if back, ok := merge(was, a, was); !ok || !slices.Equal(back, a) {
			t.Errorf("merge(%q, %q, same) = %q, %t", was, a, back, ok)
		}
		if back, ok := merge(was, was, b); !ok || !slices.Equal(back, b) {
			t.Errorf("merge(%q, same, %q) = %q, %t", was, b, back, ok)
		}
	})
}

// FuzzDiff holds that a diff makes one text of another, and that a file's own line ends and marks come back.
func FuzzDiff(f *testing.F) {
	f.Add("a\r\nb\rc\n", "a\nc\nd")
	f.Add(mark+"x", "")
	f.Fuzz(func(t *testing.T, old, new string) {
		a, b := split(old), split(new)
		var made []string
		at := 0
		for _, h := range diff(a, b) {
			made = append(append(made, a[at:h.a]...), b[h.b:h.bEnd]...)
			at = h.aEnd
		}
		if made = append(made, a[at:]...); !slices.Equal(made, b) {
			t.Errorf("diff(%q, %q) makes %q", a, b, made)
		}
		if s, err := readSource("a", []byte(old)); err == nil && string(s.with(s.text)) != old {
			t.Errorf("%q is written back as %q", old, s.with(s.text))
		}
	})
}
