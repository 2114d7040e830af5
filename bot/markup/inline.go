package markup

import (
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

var allowedSchemes = []string{"https", "http", "mailto", "tel"}

// inline returns the runs of a block's text; neighbours of one style are joined.
func (p *reader) inline(n ast.Node) []run {
	var runs []run
	p.collect(n, run{}, &runs)
	for len(runs) > 0 && strings.TrimSpace(runs[len(runs)-1].text) == "" {
		runs = runs[:len(runs)-1]
	}
	return runs
}

// collect adds what a node holds, in the style and with the link that it stands in.
func (p *reader) collect(n ast.Node, in run, runs *[]run) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if text, ok := p.words(c, in); ok {
			push(runs, text)
			continue
		}
		p.collect(c, styled(c, in), runs)
	}
}

// words returns the text of a node that holds no others; false for one that may.
func (p *reader) words(n ast.Node, in run) (run, bool) {
	switch n := n.(type) {
	case *ast.Text:
		in.text = string(n.Value(p.source))
		if in.style&mono == 0 {
			in.text = unescape(in.text)
		}
		switch {
		case n.HardLineBreak():
			in.text += "\n"
		case n.SoftLineBreak():
			in.text += " "
		}
	case *ast.String:
		in.text = string(n.Value)
	case *ast.RawHTML:
		if isBreak(string(n.Segments.Value(p.source))) {
			in.text = "\n"
		}
	case *ast.AutoLink:
		in.text = string(n.Label(p.source))
		in.link = safeLink(string(n.URL(p.source)))
		if n.AutoLinkType == ast.AutoLinkEmail {
			in.link = "mailto:" + in.text
		}
	default:
		return run{}, false
	}
	return in, true
}

// styled returns in what style and with what link the text within a node stands.
func styled(n ast.Node, in run) run {
	switch n := n.(type) {
	case *ast.Emphasis:
		if n.Level == 2 {
			in.style |= strong
		} else {
			in.style |= emphasis
		}
	case *east.Strikethrough:
		in.style |= strike
	case *ast.CodeSpan:
		in.style |= mono
	case *ast.Link:
		in.link = safeLink(string(n.Destination))
	case *ast.Image:
		in.link = safeLink(string(n.Destination)) // no platform shows it in the text: its description links to it
	}
	return in
}

func push(runs *[]run, r run) {
	if r.text == "" {
		return
	}
	if n := len(*runs); n > 0 {
		last := &(*runs)[n-1]
		if last.style == r.style && last.link == r.link {
			last.text += r.text
			return
		}
	}
	*runs = append(*runs, r)
}

// safeLink returns the address when it is absolute and of an allowed scheme, else nothing.
func safeLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(allowedSchemes, strings.ToLower(u.Scheme)) {
		return ""
	}
	if strings.HasPrefix(u.Scheme, "http") && u.Host == "" {
		return ""
	}
	return u.String()
}

func isBreak(tag string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimLeft(tag, "< /")), "br")
}
