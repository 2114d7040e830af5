package knowledge

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// completeReferences gives every chapter the link definitions ("[form]: https://...") that it uses and that stand in
// another one, so that its links work without the rest of the article.
func completeReferences(chapters []chapter, doc ast.Node, source []byte) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		definition, ok := n.(*ast.LinkReferenceDefinition)
		if !ok {
			continue
		}
		label := "[" + strings.ToLower(string(definition.Label)) + "]"
		line := strings.TrimSpace(lineAt(source, n.Pos()))
		for i := range chapters {
			body := strings.ToLower(chapters[i].body)
			if strings.Contains(body, label) && !strings.Contains(body, label+":") {
				chapters[i].body += "\n\n" + line
			}
			if onlyDefinitions(chapters[i].body) {
				chapters[i].body = ""
			}
		}
	}
}

// onlyDefinitions reports whether a body shows nothing because it only defines links.
func onlyDefinitions(body string) bool {
	if !strings.HasPrefix(body, "[") {
		return false
	}
	doc := parseMarkdown([]byte(body))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*ast.LinkReferenceDefinition); !ok {
			return false
		}
	}
	return true
}
