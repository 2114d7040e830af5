package markup

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// dialect is CommonMark with tables, strikethrough and bare addresses as links. It is safe for concurrent use.
var dialect = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify)).Parser()

// maxNesting bounds how deep quotes and lists are followed; what lies deeper is kept as text at that depth.
const maxNesting = 8

// Parse reads CommonMark with tables and strikethrough. Anything is valid Markdown, so there is no error. Raw HTML is
// dropped, its text kept.
func Parse(markdown string) Doc {
	source := []byte(strings.ToValidUTF8(markdown, "\uFFFD"))
	root := dialect.Parse(text.NewReader(source), parser.WithContext(parser.NewContext()))
	p := reader{source: source}
	p.children(root, place{})
	return Doc{p.blocks}
}

// A reader collects blocks while it walks goldmark's tree.
type reader struct {
	source []byte
	blocks []block
}

// A place is where in the nesting a block stands.
type place struct {
	depth  int // of lists
	nested int // of anything
	quote  bool
	tight  bool
	marker *string // of the list item that has just begun; emptied by its first block
}

func (p *reader) children(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c, at)
	}
}

func (p *reader) block(n ast.Node, at place) {
	switch n := n.(type) {
	case *ast.Heading:
		p.add(block{kind: heading, level: n.Level, runs: p.inline(n)}, at)
	case *ast.List:
		p.list(n, at)
	case *ast.Blockquote:
		at.quote = true
		if at.nested++; at.nested <= maxNesting {
			p.children(n, at)
		} else {
			p.flat(n, at)
		}
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		p.add(block{kind: code, runs: []run{{text: strings.TrimRight(string(n.Lines().Value(p.source)), "\n"), style: mono}}}, at)
	case *ast.ThematicBreak:
		p.add(block{kind: rule}, at)
	case *ast.HTMLBlock:
		if words := htmlText(string(n.Lines().Value(p.source))); words != "" {
			p.add(block{runs: []run{{text: words}}}, at)
		}
	case *east.Table:
		p.table(n, at)
	default:
		p.add(block{runs: p.inline(n)}, at)
	}
}

func (p *reader) add(b block, at place) {
	if at.depth > 0 {
		b.runs = b.shown() // a heading in a list is a bold item
		if b.kind == paragraph || b.kind == heading {
			b.kind = item
		}
		b.level = at.depth
	}
	if at.marker != nil {
		b.marker, *at.marker = *at.marker, ""
	}
	if b.kind != rule && b.text() == "" {
		return
	}
	b.quote = at.quote
	b.tight = at.tight && len(p.blocks) > 0 && (b.marker != "" || at.marker == nil)
	p.blocks = append(p.blocks, b)
}

// flat keeps what lies too deep as text.
func (p *reader) flat(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.add(block{runs: p.inline(c)}, at)
	}
}

func (p *reader) list(n *ast.List, at place) {
	if at.nested++; at.nested > maxNesting {
		for li := n.FirstChild(); li != nil; li = li.NextSibling() {
			p.flat(li, at)
		}
		return
	}
	at.depth++
	number := n.Start
	for li := n.FirstChild(); li != nil; li = li.NextSibling() {
		marker := "•"
		if n.IsOrdered() {
			marker = strconv.Itoa(number) + "."
			number++
		}
		at.marker = &marker
		at.tight = li.PreviousSibling() != nil || at.depth > 1
		p.children(li, at)
	}
}

// table turns each row into a list item, "first cell: heading second, heading third", since chat has no tables.
func (p *reader) table(n *east.Table, at place) {
	at.depth++
	var headings [][]run
	first := true
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [][]run
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, p.inline(c))
		}
		if _, isHead := row.(*east.TableHeader); isHead {
			headings = cells
			continue
		}
		marker := "•"
		at.marker = &marker
		at.tight = !first
		first = false
		p.add(block{runs: tableRow(headings, cells)}, at)
	}
}

func tableRow(headings, cells [][]run) []run {
	var runs []run
	for i, cell := range cells {
		if len(cell) == 0 {
			continue
		}
		switch {
		case len(runs) == 0:
			for _, r := range cell {
				r.style |= strong
				runs = append(runs, r)
			}
			continue
		case i == 1:
			runs = append(runs, run{text: ": "})
		default:
			runs = append(runs, run{text: ", "})
		}
		if len(cells) > 2 && i < len(headings) && len(headings[i]) > 0 {
			runs = append(append(runs, headings[i]...), run{text: " "})
		}
		runs = append(runs, cell...)
	}
	return runs
}

// htmlText returns the words of an HTML fragment.
func htmlText(fragment string) string {
	var words strings.Builder
	skip := ""
	for z := html.NewTokenizer(strings.NewReader(fragment)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(words.String()), " ")
		case html.TextToken:
			if skip == "" {
				words.Write(z.Text())
				words.WriteByte(' ')
			}
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "script" || string(name) == "style" {
				skip = string(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		}
	}
}
