package knowledge

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mainContent finds the part of a page that is its article and takes everything out of it that is not.
func mainContent(doc *html.Node) *html.Node {
	body, mains, articles := doc, []*html.Node(nil), []*html.Node(nil)
	for n := range doc.Descendants() {
		switch {
		case n.DataAtom == atom.Body:
			body = n
		case n.DataAtom == atom.Main || attribute(n, "role") == "main":
			mains = append(mains, n)
		case n.DataAtom == atom.Article:
			articles = append(articles, n)
		}
	}
	content := body
	if len(mains) > 0 {
		content = mains[0]
	}
	prune(content, len(nodeText(content)))
	for _, a := range articles { // a page that has one article and little else
		if isWithin(a, content) && 2*len(nodeText(a)) > len(nodeText(content)) {
			return a
		}
	}
	return content
}

// dropped are elements that hold no text of an article.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Canvas: true,
	atom.Iframe: true, atom.Object: true, atom.Embed: true, atom.Nav: true, atom.Footer: true, atom.Aside: true,
	atom.Form: true, atom.Button: true, atom.Select: true, atom.Input: true, atom.Textarea: true, atom.Dialog: true,
	atom.Video: true, atom.Audio: true, atom.Head: true, atom.Math: true,
}

// droppedRoles are the same by what assistive technology is told.
var droppedRoles = map[string]bool{
	"navigation": true, "banner": true, "contentinfo": true, "complementary": true, "search": true, "dialog": true,
	"alertdialog": true, "menu": true, "menubar": true, "toolbar": true,
}

// droppedNames are words in classes and ids by which sites call what surrounds their articles.
var droppedNames = map[string]bool{
	"cookie": true, "cookies": true, "consent": true, "gdpr": true, "share": true, "sharing": true, "sharedaddy": true,
	"social": true, "breadcrumb": true, "breadcrumbs": true, "sidebar": true, "related": true, "newsletter": true,
	"subscribe": true, "comments": true, "respond": true, "navbar": true, "navigation": true, "advert": true,
	"advertisement": true, "promo": true, "popup": true, "modal": true, "pagination": true, "byline": true,
	"toc": true, "skip": true, "footer": true,
}

// prune takes what is no article out of n, but never a part that holds most of the text, whatever it is called.
func prune(n *html.Node, whole int) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.Type == html.CommentNode:
			n.RemoveChild(child)
		case child.Type != html.ElementNode:
		case isFurniture(child) && (dropped[child.DataAtom] || 2*len(nodeText(child)) < whole):
			n.RemoveChild(child)
		default:
			prune(child, whole)
		}
		child = next
	}
}

// isFurniture reports whether an element stands around articles rather than in them.
func isFurniture(n *html.Node) bool {
	switch {
	case dropped[n.DataAtom], droppedRoles[attribute(n, "role")], isHidden(n):
		return true
	case n.DataAtom == atom.Header: // an article's own header may hold its title
		return !holdsHeading(n)
	case isMenu(n):
		return true
	}
	for name := range strings.FieldsFuncSeq(strings.ToLower(attribute(n, "class")+" "+attribute(n, "id")), notLetter) {
		if droppedNames[name] {
			return !holdsHeading(n) || 8*len(nodeText(n)) < 4000
		}
	}
	return false
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func isHidden(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(attribute(n, "style")), " ", "")
	_, hidden := findAttribute(n, "hidden")
	return hidden || attribute(n, "aria-hidden") == "true" || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// isMenu reports whether a list is made of links alone.
func isMenu(n *html.Node) bool {
	if n.DataAtom != atom.Ul && n.DataAtom != atom.Ol {
		return false
	}
	links, linked := 0, 0
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			links++
			linked += len(nodeText(d)) + 1
		}
	}
	return links >= 3 && 10*linked >= 9*len(nodeText(n))
}

func holdsHeading(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.H1 || d.DataAtom == atom.H2 {
			return true
		}
	}
	return false
}

func isWithin(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// nodeText returns the text under n with single spaces, without scripts and styles.
func nodeText(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return oneLine(b.String())
}

func attribute(n *html.Node, key string) string {
	value, _ := findAttribute(n, key)
	return value
}

func findAttribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val), true
		}
	}
	return "", false
}
