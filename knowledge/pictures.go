package knowledge

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// describePictures makes of a page's pictures what can be said of them: a link to the picture by its description, and
// the caption below it. A picture without description falls away, as does one that only decorates: it stands above all
// text, or its description says no more than the title or a heading.
func describePictures(content *html.Node, a Article) {
	said := map[string]bool{matchable(a.Title): true}
	var pictures, captions []*html.Node
	begun := false // text has been seen
	for n := range content.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			said[matchable(nodeText(n))] = true
		case atom.Figcaption:
			captions = append(captions, n)
		case atom.Img:
			if within(n, atom.Figcaption) {
				continue
			}
			if !begun && !inFigureWithCaption(n) {
				n.Attr = nil
			}
			pictures = append(pictures, n)
		default:
			begun = begun || n.Type == html.TextNode && len(oneLine(n.Data)) > 40
		}
	}
	for _, n := range captions {
		text := nodeText(n)
		said[matchable(text)] = true
		n.Data, n.DataAtom, n.FirstChild, n.LastChild = "p", atom.P, nil, nil
		n.AppendChild(emphasised(text))
	}
	address, _ := url.Parse(a.URL)
	for _, n := range pictures {
		describe(n, address, said)
	}
}

func inFigureWithCaption(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Figure {
			return slices.ContainsFunc(slices.Collect(n.Descendants()), func(d *html.Node) bool { return d.DataAtom == atom.Figcaption })
		}
	}
	return false
}

// pictureName is a description that only names a file.
var pictureName = regexp.MustCompile(`(?i)^[^ ]*\.(png|jpe?g|gif|webp|svg|avif)$|^(image|img|photo|picture|dsc)?[-_ ]?\d*$`)

// describe puts what can be said of a picture in its place.
func describe(n *html.Node, address *url.URL, said map[string]bool) {
	alt := oneLine(attribute(n, "alt"))
	switch {
	case alt != "" && !strings.ContainsFunc(alt, unicode.IsLetter): // an emoji that the site draws itself
		n.Type, n.Data, n.DataAtom, n.Attr = html.TextNode, alt, 0, nil
		return
	case alt == "" || said[matchable(alt)] || pictureName.MatchString(alt) || attribute(n, "role") == "presentation":
		n.Parent.RemoveChild(n)
		return
	}
	said[matchable(alt)] = true
	where := ""
	if !strings.Contains(attribute(n, "src"), "_files/") { // a copy that lies beside a saved page
		where = resolve(address, attribute(n, "src"))
	}
	if linked := within(n, atom.A); where == "" || linked {
		n.Parent.InsertBefore(emphasised(alt), n)
		n.Parent.RemoveChild(n)
		return
	}
	n.Attr = []html.Attribute{{Key: "src", Val: where}, {Key: "alt", Val: alt}}
}

func within(n *html.Node, kind atom.Atom) bool {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == kind {
			return true
		}
	}
	return false
}

func emphasised(text string) *html.Node {
	em := &html.Node{Type: html.ElementNode, Data: "em", DataAtom: atom.Em}
	em.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	return em
}
