package knowledge

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"frontdesk/knowledge/page"
)

// readHTML reads a page saved from a website: its main content, turned into Markdown and cut at the headings. What
// pages have around their content falls away; lines that look like it are named in notices.
func readHTML(name, text string, p *problems) Article {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		p.add(Position{File: name}, Error, "the page cannot be read: "+err.Error(), "save it anew, or as plain text")
		return Article{}
	}
	a := readHead(doc)
	content := mainContent(doc)
	if heading := titleHeading(content, doc); heading != nil {
		a.Title = nodeText(heading)
		heading.Parent.RemoveChild(heading)
		demote(content)
	}
	if err := boundTables(content); err != nil {
		p.add(Position{File: name}, Error, err.Error(), "split the page")
		return Article{}
	}
	describePictures(content, a)
	layTables(content)
	simplify(content, a.URL)
	markdown, err := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), htmlTables())).ConvertNode(content)
	if err != nil {
		p.add(Position{File: name}, Error, "the page cannot be read: "+err.Error(), "save it anew, or as plain text")
		return Article{}
	}
	d := markdownDoc{name: name, source: withoutFurniture(name, lineBreaks.Replace(string(markdown)), p), problems: p}
	a = d.article(a)
	placeLines(a.Sections, text)
	return a
}

// lineBreaks writes line breaks within tables the way that people write them.
var lineBreaks = strings.NewReplacer("  <br />", "<br>", "<br />", "<br>")

// readHead takes title, language and address from what the page says of itself.
func readHead(doc *html.Node) Article {
	var a Article
	var saved string
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode && saved == "":
			if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
				saved = m[1]
			}
		case n.DataAtom == atom.Html:
			a.Lang = baseLanguage(attribute(n, "lang"))
		case n.DataAtom == atom.Title && a.Title == "" && n.Namespace == "":
			a.Title = withoutSite(nodeText(n))
		case n.DataAtom == atom.Link && strings.EqualFold(attribute(n, "rel"), "canonical"):
			a.URL = webAddress(attribute(n, "href"))
		case n.DataAtom == atom.Meta && attribute(n, "property") == "og:url" && a.URL == "":
			a.URL = webAddress(attribute(n, "content"))
		}
	}
	if a.URL == "" {
		a.URL = webAddress(saved)
	}
	return a
}

// savedFrom is the comment that browsers write above a page they save.
var savedFrom = regexp.MustCompile(`saved from url=\(\d+\)(\S+)`)

func webAddress(s string) string {
	if u, err := link(s); err == nil && strings.HasPrefix(u, "http") {
		return u
	}
	return ""
}

// withoutSite takes the site's name off a page's title: of "What is KAP? | Our Clinic" the longest part stays.
func withoutSite(title string) string {
	longest := ""
	for _, part := range titleParts.Split(title, -1) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return strings.TrimSpace(longest)
}

var titleParts = regexp.MustCompile(`\s+[|–—·»-]\s+`)

// titleHeading returns the first-level heading that names the page; nil when there is none, or several.
func titleHeading(content, doc *html.Node) *html.Node {
	for _, root := range []*html.Node{content, doc} {
		var found []*html.Node
		for n := range root.Descendants() {
			if n.DataAtom == atom.H1 && nodeText(n) != "" {
				found = append(found, n)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	return nil
}

// demote makes first-level headings second-level ones: the page's title stands above them.
func demote(content *html.Node) {
	for n := range content.Descendants() {
		if n.DataAtom == atom.H1 {
			n.Data, n.DataAtom = "h2", atom.H2
		}
	}
}

// simplify makes the content what Markdown can say: questions that open become headings, links that lead nowhere
// outside the page become text.
func simplify(content *html.Node, address string) {
	base, _ := url.Parse(address)
	headings := false
	var bold []*html.Node
	for n := range content.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			headings = true
		case atom.Summary:
			n.Data, n.DataAtom, headings = "h6", atom.H6, true
		case atom.Dt:
			n.Data, n.DataAtom = "p", atom.P
		case atom.Dd:
			n.Data, n.DataAtom = "p", atom.P
		case atom.P:
			if isBoldLine(n) {
				bold = append(bold, n)
			}
		case atom.A:
			target := resolve(base, attribute(n, "href"))
			if n.Attr = []html.Attribute{{Key: "href", Val: target}}; target == "" {
				n.Data, n.DataAtom, n.Attr = "span", atom.Span, nil
			}
		}
	}
	if headings {
		return
	}
	for _, n := range bold { // a page whose headings are only bold paragraphs
		n.Data, n.DataAtom = "h2", atom.H2
	}
}

// isBoldLine reports whether a paragraph is nothing but a few bold words.
func isBoldLine(n *html.Node) bool {
	bold := 0
	if only := n.FirstChild; only != nil && only.NextSibling == nil && only.DataAtom == atom.P {
		n = only
	}
	for child := range n.ChildNodes() {
		switch {
		case child.DataAtom == atom.Strong || child.DataAtom == atom.B:
			bold++
		case strings.TrimSpace(nodeText(child)) != "":
			return false
		}
	}
	return bold == 1 && len(strings.Fields(nodeText(n))) <= 16
}

// resolve returns where a link leads, if that is somewhere people can go from a chat.
func resolve(base *url.URL, href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || href == "" || strings.HasPrefix(href, "#") {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	target, err := link(u.String())
	if err != nil || !u.IsAbs() {
		return ""
	}
	return target
}

// withoutFurniture takes lines out of the Markdown that belong to the page and not to the article.
func withoutFurniture(name, markdown string, p *problems) string {
	var kept []string
	for block := range strings.SplitSeq(markdown, "\n\n") {
		shown := strings.TrimLeft(strings.TrimSpace(PlainText(block)), "# ")
		if why, furniture := page.Furniture(shown); furniture && !strings.Contains(strings.TrimSpace(block), "\n") {
			p.add(Position{File: name}, Notice, fmt.Sprintf("left out: %q (%s)", shown, why), "")
			continue
		}
		kept = append(kept, block)
	}
	return strings.Join(kept, "\n\n")
}

// placeLines finds the line of each section's heading, or of its text, in the file.
func placeLines(sections []Section, text string) {
	from, line := 0, 1
	for i := range sections {
		s := &sections[i]
		sought := s.Title
		if sought == "" {
			sought = PlainText(s.Body)
		}
		words := strings.Fields(html.EscapeString(sought))
		if len(words) > 0 {
			if at := strings.Index(text[from:], strings.Join(words[:min(4, len(words))], " ")); at >= 0 {
				line += strings.Count(text[from:from+at], "\n")
				from += at
			}
		}
		s.Source.Line = line
	}
}
