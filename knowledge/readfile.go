package knowledge

import (
	"cmp"

	"frontdesk/knowledge/filetree"
)

// ReadFile reads one file as [Load] reads each, without the folder around it: there are no settings, so that contact,
// language and dates are what the file itself says or, for the language, what its text looks like. name is the file's
// path in the folder; its ending says the format. lang is the article's language; empty to do without. There are several
// articles where a workbook has several sheets, and none when an error among the problems, or what is in the file, leaves
// nothing to use.
func ReadFile(name string, data []byte, lang string) ([]Article, []Problem) {
	l := loader{fsys: filetree.Of(map[string][]byte{name: data}), limits: defaultLimits}
	articles := l.articles(name)
	for i := range articles {
		articles[i].Lang = cmp.Or(lang, articles[i].Lang)
	}
	articles = complete(articles, Settings{Lang: "en"}, &l.problems)
	return articles, l.problems.sorted()
}
