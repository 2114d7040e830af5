package lint

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"frontdesk/knowledge"
)

// linksIn returns where the links and pictures of a Markdown text lead, in order, as they are written.
func linksIn(markdown string) []string {
	source := []byte(markdown)
	var all []string
	ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Link:
				all = append(all, string(n.Destination))
			case *ast.Image:
				all = append(all, string(n.Destination))
			case *ast.AutoLink:
				if n.AutoLinkType == ast.AutoLinkURL {
					all = append(all, string(n.URL(source)))
				}
			}
		}
		return ast.WalkContinue, nil
	}) // the function returns no error
	return all
}

// links finds links within the folder that lead nowhere.
func (l *linter) links() {
	anchors := l.anchors()
	for _, s := range l.sections {
		if !strings.ContainsAny(s.Body, "[<") {
			continue
		}
		for _, link := range linksIn(s.Body) {
			if text, advice := l.dead(s, link, anchors); text != "" {
				l.add(DeadLink, knowledge.Warning, s, l.places.find(s, link), text, advice)
			}
		}
	}
}

// dead says what is wrong with a link within the folder; nothing when it is right, or leads out.
func (l *linter) dead(s knowledge.Section, link string, anchors map[string]map[string]bool) (text, advice string) {
	u, err := url.Parse(link)
	switch {
	case err != nil:
		return fmt.Sprintf("the link %q cannot be read", clip(link)), "copy the address from the browser again"
	case u.Scheme != "" || u.Host != "":
		return "", ""
	case link == "" || link == "#":
		return "a link leads nowhere", "write the address in the brackets behind its words, or take the brackets away"
	}
	file := s.Source.File
	if u.Path != "" {
		file = path.Join(path.Dir(s.Source.File), u.Path)
		if strings.HasPrefix(u.Path, "/") {
			file = path.Clean(strings.TrimPrefix(u.Path, "/"))
		}
		if _, article := anchors[file]; !article && !l.places.has(file) {
			return fmt.Sprintf("the link %q leads to a file that is not here", clip(link)), l.nearFile(file, "mend the path, or link to the website")
		}
	}
	known, article := anchors[file]
	if u.Fragment == "" || !article || known[u.Fragment] || known[strings.ToLower(u.Fragment)] {
		return "", ""
	}
	advice = "write the section's id, as frontdesk check lists it"
	if u.Path == "" {
		for _, other := range slices.Sorted(maps.Keys(anchors)) { // so that the advice is the same every time
			if other != file && anchors[other][u.Fragment] {
				advice = fmt.Sprintf("it is in %s", other)
				break
			}
		}
	}
	return fmt.Sprintf("the link %q leads to no section", clip(link)), advice
}

// nearFile names a file of the same name elsewhere in the folder; else it returns advice.
func (l *linter) nearFile(file, advice string) string {
	for _, a := range l.base.Articles {
		if path.Base(a.Source.File) == path.Base(file) {
			return fmt.Sprintf("there is %s", a.Source.File)
		}
	}
	return advice
}

// anchors returns what a link may name behind "#", by file: ids, whole or behind their article's, and what other
// programs make of headings.
func (l *linter) anchors() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, a := range l.base.Articles {
		known := all[a.Source.File]
		if known == nil {
			known = map[string]bool{}
			all[a.Source.File] = known
		}
		known[string(a.ID)], known[slug(a.Title)] = true, true
		for _, s := range a.Sections {
			id := string(s.ID)
			known[id], known[slug(s.Title)] = true, true
			if _, own, found := strings.Cut(id, "#"); found {
				known[own] = true
			}
			for _, above := range s.Above {
				known[slug(above)] = true
			}
		}
	}
	return all
}

// slug is what most programs make of a heading: lower case, hyphens for spaces, other signs gone.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}
