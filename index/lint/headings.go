package lint

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// headings finds headings that say little and texts that are still to be written.
func (l *linter) headings() {
	for _, s := range l.sections {
		w := wordsOf(s.Lang)
		if s.Kind == knowledge.Answer && len(s.Phrasings) == 0 && w.isVague(s.Title) {
			l.add(VagueHeading, knowledge.Notice, s, 0,
				fmt.Sprintf("nobody asks for %q, and no phrasing says what people ask for instead", clip(s.Title)),
				fmt.Sprintf("name what it is about, such as %q, or write phrasings below it", example(s)))
		}
		l.unwritten(w, s)
	}
}

// unwritten finds a text that says nothing.
func (l *linter) unwritten(w *words, s knowledge.Section) {
	text := knowledge.PlainText(s.Body)
	lower := strings.Join(split(text), " ")
	switch {
	case lower == "":
		l.add(Unwritten, knowledge.Warning, s, l.places.find(s, s.Body), fmt.Sprintf("people who ask %q get no text", clip(s.Title)),
			"write some; a line that begins with a comment is not shown, nor what stands behind the comment")
	case slices.Contains(w.unwritten, lower), strings.HasPrefix(text, "TODO"), strings.HasPrefix(lower, "lorem ipsum"):
		l.add(Unwritten, knowledge.Warning, s, l.places.find(s, s.Body), fmt.Sprintf("%q is served as the answer to %q", clip(text), clip(s.Title)),
			"write the text, or remove the section until it is written")
	}
}

// example names a heading that says more: with the one above it, or with the article's title.
func example(s knowledge.Section) string {
	subject := s.Article
	if n := len(s.Above); n > 0 {
		subject = s.Above[n-1]
	}
	return clip(subject) + ": " + clip(s.Title)
}

// isVague reports whether a heading has no word that says what it is about.
func (w *words) isVague(heading string) bool {
	all := split(heading)
	return len(all) > 0 && !slices.ContainsFunc(all, func(word string) bool { return !w.vague[word] })
}
