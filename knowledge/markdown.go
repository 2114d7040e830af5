package knowledge

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"frontdesk/knowledge/page"
)

// readMarkdown reads an article in Markdown, with or without front matter. Its headings cut sections.
func readMarkdown(name, text string, p *problems) Article {
	yaml, start := cutFrontMatter(name, text, p)
	front := readFrontMatter(name, yaml, p)
	d := markdownDoc{name: name, source: text[start:], above: countLines(text[:start]), problems: p}
	a := d.article(front.article)
	front.apply(a.Sections, p)
	return a
}

// A markdownDoc is the text below the front matter.
type markdownDoc struct {
	name     string
	source   string
	above    int // lines of the file above source
	problems *problems
}

// A heading with its own text, up to the next heading.
type chapter struct {
	level int // 1 to 6; 0 for the text before the first heading
	title string
	id    SectionID
	line  int
	body  string
	also  []string // phrasings written below the heading

	behindID string // what else stands in the braces of the id, which is not read

	start, text, end int // of the heading, of the text below it, and of the next chapter: bytes of the source
}

// article makes sections of the chapters, on top of what the front matter says.
func (d markdownDoc) article(a Article) Article {
	if line, err := boundMarkup(d.source); err != nil {
		d.problems.add(Position{d.name, d.above + line}, Error, err.Error(), "split it")
		return Article{}
	}
	chapters := d.chapters()
	if h, ok := articleHeading(chapters); ok {
		if a.Title == "" {
			a.Title = chapters[h].title
		}
		if a.Source.Line = chapters[h].line; chapters[h].id != "" && a.ID == "" {
			a.ID = ArticleID(chapters[h].id)
		}
		chapters[h].title, chapters[h].id, chapters[h].level = "", "", 0
	}
	var above []chapter // the headings that enclose the chapter
	for i, c := range chapters {
		for len(above) > 0 && above[len(above)-1].level >= c.level {
			above = above[:len(above)-1]
		}
		if c.body != "" {
			a.Sections = append(a.Sections, c.section(above))
		} else if c.level > 0 && (i+1 == len(chapters) || chapters[i+1].level <= c.level) {
			d.problems.add(Position{d.name, c.line}, Warning, fmt.Sprintf("left out: the heading %q has no text", c.title), "write its text below it, or remove it")
		}
		if c.body == "" && len(c.also) > 0 {
			d.problems.add(Position{d.name, c.line}, Warning, fmt.Sprintf("the phrasings below %q lead nowhere, because the heading has no text of its own", c.title), "write some text below it, or move them")
		}
		if c.level > 0 {
			above = append(above, c)
		}
	}
	return a
}

// section makes a chapter with text a section.
func (c chapter) section(above []chapter) Section {
	s := Section{ID: c.id, Title: c.title, Body: c.body, Phrasings: c.also, Source: Position{Line: c.line}}
	for _, up := range above {
		s.Above = append(s.Above, up.title)
	}
	if s.Kind = kindOf(page.RoleOf(c.title)); c.level == 0 {
		s.Kind = Introduction
	}
	return s
}

// articleHeading returns the heading that names the whole article: the one first-level heading, or the first of
// several when its sections follow it at once. Nothing but empty text may stand before it.
func articleHeading(chapters []chapter) (at int, ok bool) {
	top := 0
	for _, c := range chapters {
		if c.level == 1 {
			top++
		}
	}
	for i, c := range chapters {
		if c.level == 0 && c.body == "" {
			continue
		}
		empty := c.body == "" && i+1 < len(chapters)
		return i, c.level == 1 && (top == 1 && len(chapters) > i+1 || top == 1 && c.body != "" || empty)
	}
	return 0, false
}

// chapters cuts the text at its headings. Headings inside lists, quotations and code cut nothing.
func (d markdownDoc) chapters() []chapter {
	source := []byte(d.source)
	doc := parseMarkdown(source)
	line, counted := d.above+1, 0 // the number of the line that starts at byte counted
	now, from := chapter{line: line}, 0
	var all []chapter
	cut := func(until int) {
		now.text, now.end = from, until
		now.body, now.also = takePhrasings(d.source[from:until])
		now.body = trimBlankLines(now.body)
		if now.level > 0 || now.body != "" {
			all = append(all, now)
		}
	}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		heading, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		start, _ := lineAround(source, heading.Pos())
		cut(start)
		line += countLines(d.source[counted:start])
		counted = start
		now = readHeading(heading, source, line)
		d.warnOpenID(now)
		now.start = start
		from = headingEnd(heading, source)
	}
	cut(len(source))
	completeReferences(all, doc, source)
	for i := range all {
		if showsNothing(all[i].body) {
			all[i].body = ""
		}
	}
	return all
}

var (
	headingID = regexp.MustCompile(`\s*\{\s*#(?:"([^"{}]+)"|([^\s{}]+)([^{}]*))\}\s*$`)
	alsoBelow = regexp.MustCompile(`(?is)<!--\s*also:(.*?)-->[ \t]*\n?`)
	comment   = regexp.MustCompile(`(?s)<!--.*?-->`)
	underline = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
)

// readHeading reads a heading's title and id. The title is plain text: what staff wrote, without markup.
func readHeading(n *ast.Heading, source []byte, line int) chapter {
	c := chapter{level: n.Level, line: line}
	cutter := sentenceCutter{source: source}
	c.title = oneLine(cutter.run(n).text)
	if m := headingID.FindStringSubmatch(c.title); m != nil {
		c.title = strings.TrimSuffix(c.title, m[0])
		c.id = SectionID(m[1] + m[2])
		c.behindID = strings.TrimSpace(m[3])
	}
	return c
}

// idAttribute is what other programs read behind a heading's id: {#fees .wide lang=en}.
var idAttribute = regexp.MustCompile(`^([.#][^\s=]+|[\w-]+=.*)$`)

// warnOpenID says that an id with spaces, which lacks its quotes, is cut at the first. Attributes are left alone.
func (d markdownDoc) warnOpenID(c chapter) {
	for _, word := range strings.Fields(c.behindID) {
		if !idAttribute.MatchString(word) {
			d.problems.add(Position{d.name, c.line}, Warning, fmt.Sprintf("the id of the heading %q is read as %q, without %q", c.title, c.id, c.behindID),
				fmt.Sprintf("put quotes around an id that holds spaces: {#\"%s %s\"}", c.id, c.behindID))
			return
		}
	}
}

// headingEnd returns where the line, or the two lines, of a heading end.
func headingEnd(n *ast.Heading, source []byte) int {
	last := max(n.Pos(), blockEnd(n, source)-1)
	_, end := lineAround(source, min(last, len(source)))
	if n.Lines().Len() > 0 && end+1 < len(source) && !strings.HasPrefix(strings.TrimLeft(lineAt(source, n.Pos()), " "), "#") {
		if _, next := lineAround(source, end+1); underline.Match(source[end+1 : next]) {
			end = next
		}
	}
	return end
}

func lineAt(source []byte, at int) string {
	start, end := lineAround(source, at)
	return string(source[start:end])
}

// takePhrasings cuts the comments <!-- also: ... --> out of a section's text. Phrasings stand one a line or between
// bars.
func takePhrasings(text string) (body string, also []string) {
	for _, m := range alsoBelow.FindAllStringSubmatch(text, -1) {
		for _, phrasing := range strings.FieldsFunc(m[1], func(r rune) bool { return r == '\n' || r == '|' }) {
			phrasing = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(phrasing), "- "))
			if phrasing != "" {
				also = append(also, phrasing)
			}
		}
	}
	return alsoBelow.ReplaceAllString(text, ""), also
}

// trimBlankLines takes blank lines off both ends, and keeps the first line's indentation, which Markdown reads.
func trimBlankLines(s string) string {
	for {
		line, rest, more := strings.Cut(s, "\n")
		if !more || strings.TrimSpace(line) != "" {
			break
		}
		s = rest
	}
	return strings.TrimRight(s, " \t\n")
}

// countLines returns the number of line ends in text.
func countLines(text string) int { return strings.Count(text, "\n") }
