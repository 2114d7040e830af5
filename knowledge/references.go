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
		}
	}
}

// showsNothing reports whether people see nothing of a body because it only defines links, or is all comments: notes of
// staff's, or a word to lint. Text behind a comment is not shown either, but was meant to be: lint tells of it.
func showsNothing(body string) bool {
	if start := strings.TrimLeft(body, " "); !strings.HasPrefix(start, "[") && !strings.HasPrefix(start, "<!--") {
		return false
	}
	source := []byte(body)
	doc := parseMarkdown(source)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.LinkReferenceDefinition:
		case *ast.HTMLBlock:
			start, _ := lineAround(source, n.Pos())
			end := len(source)
			if next := n.NextSibling(); next != nil {
				end, _ = lineAround(source, next.Pos())
			}
			if strings.TrimSpace(comment.ReplaceAllString(body[start:end], "")) != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}
