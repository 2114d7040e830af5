package index

import (
	"math"
	"strings"
)

// doubtful reports whether a word is one that neither the sections nor the language know.
func (s *shelf) doubtful(w string) bool {
	if len(w) < 4 || len(w) > longestRepaired || strings.ContainsAny(w, "0123456789<") {
		return false
	}
	if _, ok := s.vocabulary.forms[w]; ok {
		return false
	}
	if _, ok := s.lang.frequency[w]; ok {
		return false
	}
	_, ok := s.vocabulary.ids[s.lang.stem(w)]
	return !ok
}

// correct returns the word, or the two words, that w most likely stands for; w itself when nothing is near enough.
// The sections' own words are likelier than the language's, common words likelier than rare ones, and one edit
// outweighs any of that.
func (s *shelf) correct(w string) string {
	limit := 1
	if len(w) >= 8 {
		limit = 2
	}
	best, score := w, math.Inf(-1)
	take := func(bonus float64) func(string, int, float32) {
		return func(word string, edits int, prior float32) {
			value := bonus + float64(prior) - 5*float64(edits)
			if word[0] != w[0] {
				value -= 2
			}
			if value > score || value == score && word < best {
				best, score = word, value
			}
		}
	}
	s.lang.lexicon.near(w, limit, take(0))
	s.lexicon.near(w, limit, func(word string, edits int, prior float32) {
		take(4)(word, edits, float32(math.Log10(float64(prior)+1)))
	})
	if score > math.Inf(-1) {
		return best
	}
	return s.cut(w)
}

// cut splits a word where a space is missing, if both halves are known.
func (s *shelf) cut(w string) string {
	best, score := w, float32(0)
	for i := 2; i <= len(w)-2; i++ {
		if a, b := s.known(w[:i]), s.known(w[i:]); a > 0 && b > 0 && a+b > score {
			best, score = w[:i]+" "+w[i:], a+b
		}
	}
	return best
}

// known says how common a word is: 0 for not at all.
func (s *shelf) known(w string) float32 {
	if f := s.lang.frequency[w]; f > 3.5 || len(w) > 3 {
		return f
	}
	if _, ok := s.vocabulary.forms[w]; ok && len(w) > 2 {
		return 4
	}
	return 0
}
