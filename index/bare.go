package index

import (
	"slices"
	"strings"

	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// A bare question is what is left without the topic and without the words that hold a sentence together: "How does
// Ketamine-Assisted Psychotherapy work?" in an article on just that is "how work", and so is "how does it work?".

// longestBare is the longest question, in words, that is taken to be bare: longer ones have more to say.
const longestBare = 10

// bare returns the stems of words, sorted and joined, without fillers and without the topic's.
func (l *language) bare(words []string, topic []string) string {
	var stems []string
	for _, w := range words {
		if lang.IsFunctionWord(w) && !l.asking.opens[w] {
			continue
		}
		if stem := l.stem(w); !slices.Contains(topic, stem) && !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	slices.Sort(stems)
	return strings.Join(stems, " ")
}

// strip notes the bare heading and phrasings of a section.
func (a *reading) strip(l *language, section *knowledge.Section) {
	for _, w := range l.words(clip(section.Article, maxTyped)) {
		if !lang.IsFunctionWord(w) {
			a.topic = append(a.topic, l.stem(w))
		}
	}
	for _, text := range questionsOf(section) {
		if b := strings.Fields(l.bare(l.words(clip(text, maxTyped)), a.topic)); len(b) > 1 {
			a.bare = append(a.bare, b)
		}
	}
}

// isBare reports whether the question without the document's topic is its heading, or a phrasing, without it.
func (s *shelf) isBare(q *question, d *document) bool {
	if len(d.bare) == 0 || len(q.words) > longestBare {
		return false
	}
	if q.stems == nil { // of the words that are no fillers, once for all documents
		q.stems = strings.Fields(s.lang.bare(q.words, nil))
	}
	if !slices.ContainsFunc(d.bare, func(bare []string) bool {
		return len(bare) <= len(q.stems) && len(q.stems) <= len(bare)+len(d.topic) // the topic takes each of its stems once
	}) {
		return false
	}
	var room [longestBare]string
	left := room[:0]
	for _, stem := range q.stems {
		if !slices.Contains(d.topic, stem) && len(left) < cap(left) {
			left = append(left, stem)
		}
	}
	return slices.ContainsFunc(d.bare, func(bare []string) bool { return slices.Equal(bare, left) })
}
