package console

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// functions are what templates may call.
var functions = template.FuncMap{
	"menu":    menu,
	"join":    strings.Join,
	"percent": func(p float64) string { return fmt.Sprintf("%.0f%%", 100*p) },
	"share":   share,
	"key":     func(id any) knowledge.Key { return knowledge.SectionID(fmt.Sprint(id)).Key() },
	"short":   publish.Short,
	"matched": matched,
	"list":    func(n ...int) []int { return n },
	"width":   func(bars []bar) int { return 10 * len(bars) },
	"add":     func(a, b int) int { return a + b },
	"sub":     func(a, b int) int { return a - b },
	"mul":     func(a, b int) int { return a * b },
}

// share is a part of a whole in percent; empty for a part of nothing.
func share(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f%%", 100*float64(part)/float64(whole))
}

// matched lists the words of the question that a section covers, each once.
func matched(matches []index.Match) []string {
	var words []string
	for _, m := range matches {
		word := m.Unit
		if m.By != m.Unit {
			word += " by " + m.By
		}
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}
