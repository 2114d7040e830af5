package knowledge

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"frontdesk/knowledge/lang"
)

// baseLanguage returns the BCP 47 base language of what somebody wrote: "en" for "en-US"; empty for what is none. It may
// come from a page of the web, and goes into front matter.
func baseLanguage(code string) string {
	code = strings.TrimSpace(lang.Base(code))
	if len(code) >= 2 && len(code) <= 3 && !strings.ContainsFunc(code, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return code
	}
	named, _ := lang.Named(code)
	return named
}

// language stores a text's language. What is no code is told, and then the text itself says.
func (y *yamlReader) language(into *string) func(ast.Node) {
	return func(n ast.Node) {
		var written string
		y.text("lang", &written)(n)
		*into = baseLanguage(written)
		advice := "write a code of two or three letters, such as en or es"
		if *into != "" {
			advice = fmt.Sprintf("did you mean %s?", *into)
		}
		if written != "" && *into != strings.TrimSpace(lang.Base(written)) {
			y.add(n, Warning, fmt.Sprintf("lang: %q is no code of a language", written), advice)
		}
	}
}
