package console

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	tongue "golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// functions are what templates may call.
var functions = template.FuncMap{
	"menu":     menu,
	"join":     strings.Join,
	"percent":  func(p float64) string { return fmt.Sprintf("%.0f%%", 100*p) },
	"share":    share,
	"key":      func(id any) knowledge.Key { return knowledge.SectionID(fmt.Sprint(id)).Key() },
	"short":    publish.Short,
	"matched":  matched,
	"list":     func(n ...int) []int { return n },
	"mode":     mode,
	"kept":     kept,
	"took":     took,
	"periods":  func(path string, days int) span { return span{path, days} },
	"plural":   plural,
	"people":   func(n int) string { return map[bool]string{true: "person", false: "people"}[n == 1] },
	"reasons":  reasons,
	"wanted":   wanted,
	"errors":   publish.Errors,
	"sentence": upperFirst,
	"full":     fullSentence,
	"day":      func(t time.Time) string { return t.Format("2 January 2006") },
	"date":     date,
	"moment":   func(t time.Time) string { return t.Local().Format("2 January 2006, 15:04 MST") },
	"language": language,
	"add":      func(a, b int) int { return a + b },
	"sub":      func(a, b int) int { return a - b },
	"mul":      func(a, b int) int { return a * b },
}

// wanted says in plain words what should become of a golden question.
func wanted(b publish.BrokenGolden) string {
	var all []string
	for _, want := range b.Want {
		switch {
		case want == publish.None:
			want = "no section"
		case want == publish.Handoff:
			want = "a person"
		case want == publish.Crisis:
			want = "helplines"
		case want == string(b.Before.Section) && b.Before.Title != "":
			want = "“" + b.Before.Title + "”"
		}
		all = append(all, want)
	}
	return strings.Join(all, " or ")
}

// A span is the period that a page is about, which others can be chosen from.
type span struct {
	Path string
	Days int
}

// mode says in plain words when the desk answers in a room.
func mode(m knowledge.Mode) string {
	switch m {
	case knowledge.ModeOff:
		return "never"
	case knowledge.ModeAsk:
		return "commands and buttons"
	case knowledge.ModeMention:
		return "who turns to it"
	case knowledge.ModeAuto:
		return "whatever it is quite sure about"
	}
	return "as a wider room does"
}

// kept says in plain words what is kept of questions.
func kept(p knowledge.Privacy) string {
	switch p {
	case knowledge.KeepNothing:
		return "nothing"
	case knowledge.KeepCounts:
		return "numbers, no words"
	case knowledge.KeepClustered:
		return "words without names"
	}
	return "words as written"
}

// fullSentence makes a sentence of one that has no capital and no full stop.
func fullSentence(s string) string {
	if s = upperFirst(s); s != "" && !strings.ContainsAny(s[len(s)-1:], ".:!?") {
		s += "."
	}
	return s
}

// plural returns a noun for a number of things.
func plural(n any, noun string) string {
	if fmt.Sprint(n) == "1" {
		return noun
	}
	return noun + "s"
}

// language returns the English name of a language, or its code where that is unknown.
func language(code string) string {
	if tag, err := tongue.Parse(code); err == nil {
		if name := display.English.Languages().Name(tag); name != "" {
			return name
		}
	}
	return code
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

// date is a day as a field of a form has it; empty for none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
