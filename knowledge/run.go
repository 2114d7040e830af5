package knowledge

import (
	"html"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// markdownParser reads CommonMark with tables and strikethrough, as package bot/markup shows it. It is safe for
// concurrent use.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()
})

func parseMarkdown(source []byte) ast.Node { return markdownParser().Parse(text.NewReader(source)) }

// A run is the plain text of one block. from and to tell, for every byte of text, which source bytes it stands for;
// both are -1 inside markup such as a link, where a sentence must not be cut.
type run struct {
	text     string
	from, to []int
}

// run collects the text under n.
func (c *sentenceCutter) run(n ast.Node) run {
	var b runBuilder
	b.children(n, c.source, true)
	return run{text: b.text.String(), from: b.from, to: b.to}
}

type runBuilder struct {
	text     strings.Builder
	from, to []int
}

// children adds the inline nodes under n; open says that they stand in no markup.
func (b *runBuilder) children(n ast.Node, source []byte, open bool) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		b.inline(child, source, open)
	}
}

func (b *runBuilder) inline(n ast.Node, source []byte, open bool) {
	switch n := n.(type) {
	case *ast.Text:
		_, code := n.Parent().(*ast.CodeSpan)
		b.segment(n.Segment, source, open, code || n.IsRaw())
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.add(" ", n.Segment.Stop, n.Segment.Stop+1, open)
		}
	case *ast.String:
		b.add(string(n.Value), -1, -1, false)
	case *ast.AutoLink:
		b.add(string(n.Label(source)), -1, -1, false)
	case *ast.RawHTML:
		if strings.HasPrefix(strings.ToLower(string(n.Segments.Value(source))), "<br") {
			b.add(" ", -1, -1, false)
		}
	default:
		b.children(n, source, false)
	}
}

// segment adds source text, resolving backslash escapes and entities unless it is raw.
func (b *runBuilder) segment(s text.Segment, source []byte, open, raw bool) {
	value := source[s.Start:s.Stop]
	for i := 0; i < len(value); {
		n, shown := 1, string(value[i])
		switch {
		case raw:
		case value[i] == '\\' && i+1 < len(value) && isPunctuation(value[i+1]):
			n, shown = 2, string(value[i+1])
		case value[i] == '&':
			n, shown = entity(value[i:])
		}
		if n == 1 {
			shown = string(value[i : i+1]) // a byte of a longer character stays that byte
		}
		b.add(shown, s.Start+i, s.Start+i+n, open)
		i += n
	}
}

func (b *runBuilder) add(shown string, from, to int, open bool) {
	if !open {
		from, to = -1, -1
	}
	b.text.WriteString(shown)
	for range len(shown) {
		b.from = append(b.from, from)
		b.to = append(b.to, to)
	}
}

// entity returns how many bytes the character reference at the start of s takes and what it shows.
func entity(s []byte) (n int, shown string) {
	const longest = 33 // &CounterClockwiseContourIntegral;
	for i, ch := range s[:min(len(s), longest)] {
		if ch != ';' {
			continue
		}
		written := string(s[:i+1])
		if shown := html.UnescapeString(written); shown != written {
			return i + 1, shown
		}
		break
	}
	return 1, "&"
}

// isPunctuation reports whether b is ASCII punctuation, which Markdown lets a backslash escape.
func isPunctuation(b byte) bool {
	return b >= '!' && b <= '/' || b >= ':' && b <= '@' || b >= '[' && b <= '`' || b >= '{' && b <= '~'
}
