package knowledge

import (
	"slices"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	htmltable "github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlTables turns tables into Markdown's. A cell that spans others says the same in each, since rows are read one by one
// in a chat.
func htmlTables() converter.Plugin {
	return htmltable.NewTablePlugin(htmltable.WithSkipEmptyRows(true), htmltable.WithCellPaddingBehavior(htmltable.CellPaddingBehaviorMinimal),
		htmltable.WithSpanCellBehavior(htmltable.SpanBehaviorMirror), htmltable.WithNewlineBehavior(htmltable.NewlineBehaviorPreserve))
}

// layTables makes tables what Markdown can say. One that only arranges the page, with headings in it or a single row
// or column, becomes the text that is in it; lists and paragraphs in the cells of others become lines.
func layTables(content *html.Node) {
	var tables []*html.Node
	for n := range content.Descendants() {
		if n.DataAtom == atom.Table {
			tables = append(tables, n)
		}
	}
	for _, t := range slices.Backward(tables) { // those within others first
		if arranges(t) {
			for n := range t.Descendants() {
				if isTablePart(n) {
					n.Data, n.DataAtom, n.Attr = "div", atom.Div, nil
				}
			}
			t.Data, t.DataAtom, t.Attr = "div", atom.Div, nil
			continue
		}
		header := headerOf(t)
		for n := range t.Descendants() {
			if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
				if n.Data, n.DataAtom = "td", atom.Td; n.Parent == header {
					n.Data, n.DataAtom = "th", atom.Th
				}
				flatten(n)
			}
		}
	}
}

// headerOf returns the row that names the columns; nil when there is none. A first row that only might do so is none:
// what names a column may not be shown, and what stands in a table must be.
func headerOf(t *html.Node) *html.Node {
	for n := range t.Descendants() {
		if n.DataAtom != atom.Tr || nodeText(n) == "" {
			continue
		}
		header := within(n, atom.Thead)
		if !header {
			header = true
			for c := range n.ChildNodes() {
				header = header && (c.DataAtom != atom.Td || nodeText(c) == "" || isBoldLine(c))
			}
		}
		if header {
			return n
		}
		return nil
	}
	return nil
}

func isTablePart(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Colgroup, atom.Col:
		return true
	}
	return false
}

// arranges reports whether a table is there for the look of the page.
func arranges(t *html.Node) bool {
	rows, widest := 0, 0
	for n := range t.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table:
			return true
		case atom.Tr:
			cells := 0
			for c := range n.ChildNodes() {
				if nodeText(c) != "" {
					cells++
				}
			}
			if cells > 0 {
				rows++
			}
			widest = max(widest, cells)
		}
	}
	return rows < 2 || widest < 2 || attribute(t, "role") == "presentation"
}

// flatten makes one paragraph of a cell: a line for each block, and a list's items one behind the other.
func flatten(n *html.Node) {
	separators := map[*html.Node]*html.Node{} // what goes before a block; nil for nothing
	said := false                             // since the last block began
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Li:
			separators[d] = nil
			if said {
				separators[d] = &html.Node{Type: html.TextNode, Data: "; "}
			}
			said = false
		case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Blockquote, atom.Pre, atom.Dl, atom.Dt, atom.Dd:
			separators[d] = nil
			if said && d.DataAtom != atom.Ul && d.DataAtom != atom.Ol {
				separators[d] = &html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br}
				said = false
			}
		default:
			said = said || d.Type == html.TextNode && strings.TrimSpace(d.Data) != ""
		}
	}
	for block := range separators {
		if next := block.NextSibling; next != nil && next.Type == html.TextNode {
			next.Data = " " + next.Data // a block's end parts words
		}
	}
	for block, separator := range separators {
		if separator != nil {
			block.Parent.InsertBefore(separator, block)
		}
		block.Data, block.DataAtom, block.Attr = "span", atom.Span, nil
	}
}
