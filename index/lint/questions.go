package lint

import (
	"fmt"
	"strings"

	"frontdesk/knowledge"
)

// A wording is one way in which a section is asked for: its heading, or a phrasing.
type wording struct {
	section int // in linter.sections
	number  int // of the phrasing; -1 for the heading
	text    string
}

// wordings returns all ways in which the sections are asked for, each heading before its phrasings. The headings of
// introductions and closing words are no questions.
func (l *linter) wordings() []wording {
	var all []wording
	for i, s := range l.sections {
		if s.Kind == knowledge.Answer {
			all = append(all, wording{i, -1, s.Title})
		}
		for k, phrasing := range s.Phrasings {
			all = append(all, wording{i, k, phrasing})
		}
	}
	return all
}

// what is how a wording is called in a finding.
func (w wording) what() string {
	if w.number < 0 {
		return "the heading"
	}
	return "the phrasing"
}

// position is where a wording stands.
func (l *linter) position(w wording) knowledge.Position {
	if w.number < 0 {
		return l.sections[w.section].Source
	}
	return l.places.phrasing(l.sections[w.section], w.text)
}

// report notes a finding about a wording.
func (l *linter) report(r Rule, level knowledge.Level, w wording, text, advice string) {
	l.found = append(l.found, Finding{
		knowledge.Problem{Source: l.position(w), Level: level, Text: text, Advice: advice}, r, l.sections[w.section].ID,
	})
}

// questions finds sections that are asked for in the same words.
func (l *linter) questions() {
	exact, alike := map[string]wording{}, map[string]wording{}
	told := map[[2]int]bool{}
	for _, w := range l.wordings() {
		s := l.sections[w.section]
		words := s.Lang + ":" + strings.Join(split(w.text), " ")
		gist := wordsOf(s.Lang).gist(w.text)
		first, same := exact[words]
		if !same {
			exact[words] = w
			if first, same = alike[s.Lang+":"+gist]; !same && gist != "" {
				alike[s.Lang+":"+gist] = w
			}
		}
		if pair := [2]int{first.section, w.section}; !same || first.section == w.section || told[pair] {
			continue
		} else {
			told[pair] = true
		}
		l.sameQuestion(first, w)
	}
}

// sameQuestion notes that two sections are asked for alike.
func (l *linter) sameQuestion(first, w wording) {
	other := l.sections[first.section]
	at := name(other)
	if first.number >= 0 {
		at = fmt.Sprintf("a phrasing of %s", at)
	}
	advice := "say in each what it is about that the other is not, or make one section of the two"
	if w.number >= 0 {
		advice = "keep it where it is answered best"
	}
	if strings.Join(split(first.text), " ") == strings.Join(split(w.text), " ") {
		l.report(SameQuestion, knowledge.Warning, w, fmt.Sprintf("%s %q is also %s", w.what(), clip(w.text), at), advice)
		return
	}
	text := fmt.Sprintf("%s %q asks the same as %s", w.what(), clip(w.text), at)
	if first.number >= 0 {
		text = fmt.Sprintf("%s %q asks the same as %q, %s", w.what(), clip(w.text), clip(first.text), at)
	}
	l.report(SimilarQuestion, knowledge.Notice, w, text, advice)
}
