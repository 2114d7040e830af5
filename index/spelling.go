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
	if s.vocabulary.has(w) {
		return false
	}
	if _, ok := s.lang.frequency[w]; ok {
		return false
	}
	if _, ok := s.lang.thesaurus.words[w]; ok || s.lang.forms.base(w) != w {
		return false
	}
	return !s.vocabulary.hasStem(s.lang.stem(w))
}

// correct returns the word, or the two words, that w most likely stands for; w itself when nothing is near enough.
// The sections' own words are likelier than the language's, common words likelier than rare ones, and one edit
// outweighs any of that: priors run from 2.5 to about 8. A wrong first letter counts besides, since few miss that.
func (s *shelf) correct(w string) string {
	limit := 1
	if len(w) >= 8 {
		limit = 2
	}
	best, score := w, math.Inf(-1)
	take := func(word string, edits int, prior float64) {
		if opposite(w, word) || opposite(word, w) {
			return
		}
		value := prior - 5*float64(edits)
		if word[0] != w[0] {
			value -= 2
		}
		if value > score || value == score && word < best {
			best, score = word, value
		}
	}
	s.lang.lexicon.near(w, limit, func(word string, edits int, prior float32) {
		if len(w) > 8 || len(w) > 4 && len(w) != len(word) || swapped(w, word) {
			take(word, edits, float64(prior))
		}
	})
	s.lexicon.near(w, limit, func(word string, edits int, prior float32) {
		if len(w) > 6 || slip(w, word) {
			take(word, edits, 4+math.Log10(float64(prior)+1))
		}
	})
	if score > math.Inf(-1) {
		return best
	}
	return s.cut(w)
}

// opposite reports whether a is b with a prefix that denies it: "unbanned" is no slip for "banned".
func opposite(a, b string) bool {
	switch strings.TrimSuffix(a, b) {
	case "un", "in", "im", "ir", "dis", "des", "non":
		return len(a) > len(b) && strings.HasSuffix(a, b)
	}
	return false
}

// slip reports whether a short word a is a likely slip for b, one edit away: a letter too few, too many or out of
// order, or one that stands beside the right one on the keyboard or is a vowel for a vowel. Among short words nearly
// every other edit makes another word of a word ("frost", "front").
func slip(a, b string) bool {
	if len(a) != len(b) || swapped(a, b) {
		return true
	}
	i := difference(a, b)
	return i < len(a) && (strings.IndexByte(vowels, a[i]) >= 0 && strings.IndexByte(vowels, b[i]) >= 0 || strings.IndexByte(beside[a[i]], b[i]) >= 0)
}

// swapped reports whether b is a with two neighbouring letters the other way round.
func swapped(a, b string) bool {
	i := difference(a, b)
	return len(a) == len(b) && i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// difference returns where two words first differ.
func difference(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i
}

const vowels = "aeiouy"

// beside holds the keys around each on a QWERTY keyboard.
var beside = map[byte]string{
	'q': "wa", 'w': "qesa", 'e': "wrds", 'r': "etfd", 't': "rygf", 'y': "tuhg", 'u': "yijh", 'i': "uokj", 'o': "iplk",
	'p': "ol", 'a': "qwsz", 's': "awedxz", 'd': "serfcx", 'f': "drtgvc", 'g': "ftyhbv", 'h': "gyujnb", 'j': "huikmn",
	'k': "jiolm", 'l': "kop", 'z': "asx", 'x': "zsdc", 'c': "xdfvs", 'v': "cfgb", 'b': "vghn", 'n': "bhjm", 'm': "njk",
}

// cut splits a word where a space is missing: after a word as common as "how" or "my", or between two words of the
// sections.
func (s *shelf) cut(w string) string {
	best, score := w, float32(0)
	for i := 2; i <= len(w)-3; i++ {
		a, b := s.lang.frequency[w[:i]], s.lang.frequency[w[i:]]
		ours, too := s.vocabulary.has(w[:i]), s.vocabulary.has(w[i:])
		if too {
			b = max(b, 4)
		}
		if (a > commonEnough && b > 4 || ours && too && i > 3 && len(w)-i > 3) && a+b > score {
			best, score = w[:i]+" "+w[i:], a+b
		}
	}
	return best
}

// commonEnough is the log frequency of words such as "how", "can" and "my".
const commonEnough = 6.2
