package edit

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"frontdesk/knowledge"
)

// NewSection proposes a section: at the end of an article, if that is Markdown or a table, or in a new file. The
// change's Section is its id. Headings in the body become bold lines.
func (b *Book) NewSection(n NewSection) (Change, error) {
	c, err := b.newSection(n)
	if err != nil {
		return Change{}, fmt.Errorf("add a section: %w", err)
	}
	c.again = func() (Change, error) { return b.newSection(n) }
	return c, nil
}

func (b *Book) newSection(n NewSection) (Change, error) {
	var err error
	if n.Title, err = cleanLine("the title", n.Title); err != nil {
		return Change{}, err
	}
	if n.Body, err = cleanBody(n.Body, false); err != nil {
		return Change{}, err
	}
	var phrasings []string
	for _, phrasing := range n.Phrasings {
		if phrasing, err = cleanPhrasing(phrasing); err != nil {
			return Change{}, err
		}
		if !slices.Contains(phrasings, phrasing) && !strings.EqualFold(phrasing, n.Title) {
			phrasings = append(phrasings, phrasing)
		}
	}
	n.Phrasings = phrasings
	f := found{view: b.look("", nil)}
	if f.file, err = b.fileFor(n, f.view.base); err != nil {
		return Change{}, err
	}
	if f.data, err = b.readIfThere(f.file); err != nil {
		return Change{}, err
	}
	if f.data == nil {
		if err := b.canMake(f.file); err != nil {
			return Change{}, err
		}
		n.Article = ""
		return b.proposeNew(f, []byte(n.newFile()), n)
	}
	if n.Article == "" {
		n.Article = articleIn(f.file, f.view.base)
	}
	s, err := readSource(f.file, f.data)
	if err != nil {
		return Change{}, err
	}
	if isTable(f.file) {
		return b.newRow(f, s, n)
	}
	o, markdown := knowledge.OutlineOf(f.file, s.text)
	if !markdown {
		return Change{}, fmt.Errorf("%s: %w: add it to another article, or turn this one into Markdown with frontdesk import", f.file, ErrFormat)
	}
	text := strings.TrimRight(s.text, " \t\n")
	return b.proposeNew(f, s.with(s.text[:len(text)]+"\n\n"+n.markdown(topLevel(o), false)), n)
}

// fileFor returns where a section goes: a file that is not there yet, unless it is named.
func (b *Book) fileFor(n NewSection, base knowledge.Base) (string, error) {
	switch {
	case n.Article == "" && n.File == "":
		name := slug(n.Title)
		file := name + ".md"
		for i := 2; b.canMake(file) != nil && i < 100; i++ {
			file = fmt.Sprintf("%s-%d.md", name, i)
		}
		return file, checkName(file)
	case n.Article == "":
		return n.File, checkName(n.File)
	}
	for _, a := range base.Articles {
		if a.ID == n.Article {
			return a.Source.File, nil
		}
	}
	return "", fmt.Errorf("article %q: %w", n.Article, ErrGone)
}

func articleIn(file string, base knowledge.Base) knowledge.ArticleID {
	for _, a := range base.Articles {
		if a.Source.File == file {
			return a.ID
		}
	}
	return ""
}

// proposeNew checks that one section is new.
func (b *Book) proposeNew(f found, after []byte, n NewSection) (Change, error) {
	w := wish{text: Text{Title: n.Title, Body: n.Body, Phrasings: n.Phrasings}, added: true, in: n.Article}
	if !isTable(f.file) {
		if by := n.by(); by != "" && f.data != nil {
			w.text.Body = by + "\n\n" + n.Body
		}
	}
	now := b.lookAt(f.file, f.file, after)
	id, err := w.check(b.lookAt(f.file, f.file, f.data), now)
	if err == nil {
		err = clash(f.view.base, now.base, id, n.Article)
	}
	c := Change{File: f.file, Before: f.data, After: after, Section: id, Summary: fmt.Sprintf("new section %q in %s", n.Title, f.file)}
	return c, err
}

// clash returns an error when a new section, or the article that is new with it, has an id that another file has.
func clash(all, now knowledge.Base, id knowledge.SectionID, in knowledge.ArticleID) error {
	if s, taken := byID(all)[id]; taken {
		return &RefusedError{Text: fmt.Sprintf("the id %q is taken by %s", id, s.Source)}
	}
	for _, a := range all.Articles {
		if in == "" && len(now.Articles) == 1 && now.Articles[0].ID == a.ID && now.Articles[0].Source.File != a.Source.File {
			return &RefusedError{Text: fmt.Sprintf("the article id %q is taken by %s", a.ID, a.Source)}
		}
	}
	return nil
}

// topLevel returns the level of an article's widest headings, without the one that names the article: 2 for none.
func topLevel(o knowledge.Outline) int {
	var levels []int
	first := 0
	for _, c := range o.Chapters {
		switch {
		case c.Level == 0:
		case c.Level == 1 && first == 0:
			first = 1
		default:
			levels = append(levels, c.Level)
		}
	}
	if len(levels) == 0 {
		return 2
	}
	return slices.Min(levels)
}

// newFile writes an article with one section.
func (n NewSection) newFile() string {
	var out strings.Builder
	title := n.Heading
	if title == "" {
		title = n.Title
	}
	fmt.Fprintf(&out, "---\ntitle: %s\n", quoted(strings.Map(printable, title)))
	if lang := word(n.Lang); lang != "" {
		fmt.Fprintf(&out, "lang: %s\n", quoted(lang))
	}
	if by := n.written(); by != "" {
		fmt.Fprintf(&out, "# %s\n", by)
	}
	return out.String() + "---\n\n" + n.markdown(2, true)
}

// markdown writes the section under a heading of a level.
func (n NewSection) markdown(level int, fresh bool) string {
	title := n.Title
	heading := strings.Repeat("#", level) + " "
	if o, _ := knowledge.OutlineOf("a.md", "\n"+heading+title+"\n"); len(o.Chapters) != 1 || o.Chapters[0].Title != title {
		title = escape(title)
	}
	parts := []string{heading + title}
	if len(n.Phrasings) > 0 {
		parts = append(parts, "<!-- also: "+strings.Join(n.Phrasings, " | ")+" -->")
	}
	if by := n.by(); by != "" && !fresh {
		parts = append(parts, by)
	}
	return strings.Join(append(parts, n.Body), "\n\n") + "\n"
}

// by returns the comment that names who wrote the section and when; empty for neither.
func (n NewSection) by() string {
	if n.written() == "" {
		return ""
	}
	return "<!-- " + n.written() + " -->"
}

func (n NewSection) written() string {
	author := strings.Map(func(r rune) rune { // nothing that ends a comment or a line
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .:_@-", r) {
			return r
		}
		return -1
	}, n.Author)
	for strings.Contains(author, "--") {
		author = strings.ReplaceAll(author, "--", "-")
	}
	author = strings.Trim(author, " -")
	date := ""
	if !n.At.IsZero() {
		date = n.At.Format(time.DateOnly)
	}
	switch {
	case author == "" && date == "":
		return ""
	case author == "":
		return "written on " + date
	case date == "":
		return "written by " + author
	}
	return "written by " + author + " on " + date
}
