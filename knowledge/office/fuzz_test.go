package office

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	source "github.com/yuin/goldmark/text"
)

// FuzzDocxXML reads any body: nothing may panic or run on, and every line must have its paragraph.
func FuzzDocxXML(f *testing.F) {
	f.Add(styled("Heading1", "One") + para(run(bold, "a"), run(italic, "b")) + listed("2", 1, "c"))
	f.Add(grid([]string{"a", "b"}, []string{"c", grid([]string{"d", "e"}, []string{"f", "g"})}))
	f.Add(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`)
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := ReadDocx(docx(t, body), isKey)
		if err != nil {
			return
		}
		if lines := strings.Count(doc.Markdown, "\n"); lines != len(doc.numbers) || !slices.IsSorted(doc.numbers) {
			t.Errorf("ReadDocx(%q): %d lines with the numbers %v", body, lines, doc.numbers)
		}
	})
}

// FuzzDocxText puts any text into a paragraph, in any form: Markdown must show just that text.
func FuzzDocxText(f *testing.F) {
	f.Add("a", " b", "c ", uint8(1), uint8(2), uint8(4))
	f.Add("# x", "*y*", "[z](q)", uint8(3), uint8(0), uint8(3))
	f.Add("&amp; <b>", "1. ", "__", uint8(7), uint8(1), uint8(0))
	f.Fuzz(func(t *testing.T, a, b, c string, fa, fb, fc uint8) {
		var runs []string
		for i, s := range []string{a, b, c} {
			form := []uint8{fa, fb, fc}[i]
			properties := ""
			for bit, sign := range []string{bold, italic, `<w:strike/>`} {
				if form&(1<<bit) != 0 {
					properties += sign
				}
			}
			var escaped strings.Builder
			if xml.EscapeText(&escaped, []byte(s)) != nil || strings.ContainsRune(escaped.String(), '\ufffd') {
				return
			}
			runs = append(runs, run(properties, escaped.String()))
		}
		doc, err := ReadDocx(docx(t, styled("Heading1", "H")+para(append([]string{run("", "x"), `<w:r><w:br/></w:r>`}, runs...)...)), isKey)
		if err != nil {
			return
		}
		var in inline
		in.add("x "+a+b+c, span{})
		want := oneLine(plainText(in.spans))
		if got := oneLine(strings.TrimPrefix(oneLine(shown(doc.Markdown)), "H ")); got != want {
			t.Errorf("text %q, %q, %q became %q, which shows %q, want %q", a, b, c, doc.Markdown, got, want)
		}
	})
}

// shown returns the text that a reader sees of Markdown.
func shown(markdown string) string {
	written := []byte(markdown)
	doc := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser().Parse(source.NewReader(written))
	var b strings.Builder
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock {
			b.WriteByte(' ')
		}
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(unescape(t.Segment.Value(written)))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape takes the backslashes off punctuation.
func unescape(s []byte) []byte {
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		b = append(b, s[i])
	}
	return b
}
