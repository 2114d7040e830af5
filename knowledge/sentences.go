package knowledge

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// A Sentence is the smallest part of a body that is shown on its own: a sentence, a list item or a table row.
type Sentence struct {
	Start, End int    // byte offsets in the body, with markup such as a list's marker
	Block      int    // the paragraph, list, table, quotation or code block that it stands in, from 0
	Text       string // plain text: no markup, white space as single spaces; never empty
}

// Sentences cuts a Markdown body into its sentences, list items and table rows: in order, not overlapping, never
// inside a word, a link or an emphasis. It returns none for a body that shows no text.
func Sentences(body string) []Sentence {
	c := sentenceCutter{source: []byte(body)}
	doc := parseMarkdown(c.source)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		before := len(c.found)
		c.block(n)
		if len(c.found) > before {
			c.number++
		}
	}
	return c.found
}

// PlainText returns what a reader sees of Markdown: sentences of a paragraph joined by spaces, list items and table
// rows on lines of their own, blocks apart by an empty line.
func PlainText(markdown string) string {
	var b strings.Builder
	var last Sentence
	for i, s := range Sentences(markdown) {
		switch {
		case i == 0:
		case s.Block != last.Block:
			b.WriteString("\n\n")
		case strings.Contains(markdown[last.End:s.Start], "\n"):
			b.WriteString("\n")
		default:
			b.WriteString(" ")
		}
		b.WriteString(s.Text)
		last = s
	}
	return b.String()
}

// A sentenceCutter walks the blocks of one body.
type sentenceCutter struct {
	source []byte
	number int // of the top-level block under way
	found  []Sentence
}

func (c *sentenceCutter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		c.prose(n)
	case *ast.Heading:
		c.whole(n, n.Pos(), blockEnd(n, c.source))
	case *ast.ListItem:
		c.listItem(n)
	case *ast.Blockquote:
		c.whole(n, n.Pos(), blockEnd(n, c.source))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		c.code(n)
	case *extension.TableHeader, *extension.TableRow:
		c.tableRow(n)
	case *ast.HTMLBlock, *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		// shows no text that staff wrote for people
	default:
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			c.block(child)
		}
	}
}

// prose cuts a paragraph into sentences.
func (c *sentenceCutter) prose(n ast.Node) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	start, end := lines.At(0).Start, blockEnd(n, c.source)
	r := c.run(n)
	at := 0 // in r.text
	for _, gap := range sentenceGaps(r.text) {
		from, to := r.from[gap.start], r.to[gap.end-1]
		if from < 0 || to < 0 {
			continue // inside markup, which must stay whole
		}
		c.add(start, from, r.text[at:gap.start])
		start, at = to, gap.end
	}
	c.add(start, end, r.text[at:])
}

// listItem takes an item's own text as one sentence, then what is nested in it.
func (c *sentenceCutter) listItem(n *ast.ListItem) {
	start := n.Pos()
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		_, paragraph := child.(*ast.Paragraph)
		_, text := child.(*ast.TextBlock)
		if child == n.FirstChild() && (paragraph || text) {
			c.whole(child, start, blockEnd(child, c.source))
			continue
		}
		c.block(child)
	}
}

// tableRow takes a row with its line; the heading row takes the line of dashes with it.
func (c *sentenceCutter) tableRow(n ast.Node) {
	var cells []string
	first := -1
	for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
		r := c.run(cell)
		if text := oneLine(r.text); text != "" {
			cells = append(cells, text)
		}
		if first < 0 && cell.Lines().Len() > 0 {
			first = cell.Lines().At(0).Start
		}
	}
	if first < 0 {
		return
	}
	start, end := lineAround(c.source, first)
	if _, heading := n.(*extension.TableHeader); heading {
		_, end = lineAround(c.source, min(end+1, len(c.source)))
	}
	c.add(start, end, strings.Join(cells, "; "))
}

// code takes a block of code as it stands, fences included.
func (c *sentenceCutter) code(n ast.Node) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	text := string(lines.Value(c.source))
	start, end := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	if _, fenced := n.(*ast.FencedCodeBlock); fenced {
		start, _ = lineAround(c.source, max(start-1, 0))
		_, next := lineAround(c.source, min(end, len(c.source)))
		if fence := strings.TrimSpace(string(c.source[end:next])); strings.HasPrefix(fence, "```") || strings.HasPrefix(fence, "~~~") {
			end = next
		}
	}
	c.add(start, end, text)
}

// whole takes all of n's text as one sentence.
func (c *sentenceCutter) whole(n ast.Node, start, end int) {
	var texts []string
	if n.Type() == ast.TypeBlock && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeBlock {
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			inner := sentenceCutter{source: c.source}
			inner.block(child)
			for _, s := range inner.found {
				texts = append(texts, s.Text)
			}
		}
	} else {
		texts = append(texts, c.run(n).text)
	}
	c.add(start, end, strings.Join(texts, " "))
}

// add appends a sentence if it shows anything, trimmed of white space and kept behind the one before.
func (c *sentenceCutter) add(start, end int, text string) {
	if len(c.found) > 0 {
		start = max(start, c.found[len(c.found)-1].End)
	}
	end = min(max(end, start), len(c.source))
	for start < end && isSpaceByte(c.source[start]) {
		start++
	}
	for start < end && isSpaceByte(c.source[end-1]) {
		end--
	}
	text = oneLine(text)
	if text == "" || start == end {
		return
	}
	c.found = append(c.found, Sentence{Start: start, End: end, Block: c.number, Text: text})
}

// blockEnd returns where the source of n's last line ends.
func blockEnd(n ast.Node, source []byte) int {
	end := 0
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() != ast.TypeBlock {
			return ast.WalkSkipChildren, nil
		}
		if lines := n.Lines(); lines != nil && lines.Len() > 0 {
			end = max(end, lines.At(lines.Len()-1).Stop)
		}
		return ast.WalkContinue, nil
	})
	return end
}

// lineAround returns the start and the end, without its newline, of the line that holds source[at].
func lineAround(source []byte, at int) (start, end int) {
	start, end = at, at
	for start > 0 && source[start-1] != '\n' {
		start--
	}
	for end < len(source) && source[end] != '\n' {
		end++
	}
	return start, end
}

func isSpaceByte(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// oneLine returns s with every run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
