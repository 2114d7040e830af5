package score

import "slices"

// An atom is what features are made of: the hash of a word, of its beginning, or of a class.
type atom uint32

// Which part of a word an atom is the hash of.
const (
	seedWord  = "w "
	seedStart = "s "
	seedBones = "b "
	seedClass = "c "
)

func atomOf(seed, text string) atom {
	h := atom(2166136261)
	for i := range len(seed) {
		h = (h ^ atom(seed[i])) * prime
	}
	for i := range len(text) {
		h = (h ^ atom(text[i])) * prime
	}
	return h
}

const prime = 16777619 // of FNV-1a

// A token is a word with what it is known to mean.
type token struct {
	word, start, bones atom
	symbol             atom   // its first class; the word itself when it has none
	classes            []atom // all
	heavy              []atom // of these, those that mean something on their own
	end                bool   // it ends a sentence
}

// A form says how the atoms of a feature stand to one another.
type form uint32

const (
	formWord     form = iota + 1 // a word
	formStart                    // a word's first letters
	formBones                    // a word's consonants
	formBonePair                 // those of two words in a row
	formClass                    // a class
	formPair                     // two words in a row
	formTriple                   // three words in a row
	formSymbols                  // two symbols in a row
	formThree                    // three symbols in a row
	formSkip                     // two symbols with words between, in order
	formMeet                     // two classes within the same window, in any order
)

// A feature is a form and its atoms; those it does not need are 0.
type feature struct {
	form    form
	a, b, c atom
}

// hash mixes a feature into a number that no other is likely to have.
func (f feature) hash() uint32 {
	h := uint64(f.form) * 0x9e3779b97f4a7c15
	for _, a := range [...]atom{f.a, f.b, f.c} {
		h = (h ^ uint64(a)) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return uint32(h>>32) ^ uint32(h)
}

// How far apart, in words, the atoms of a feature may be.
const (
	skipReach = 5
	meetReach = 14
	startLen  = 5
)

// each calls emit with every feature of tokens and the place of the last word in it.
func each(tokens []token, emit func(at int, f feature)) {
	for i := range tokens {
		t := &tokens[i]
		if !t.end {
			emit(i, feature{form: formWord, a: t.word})
			emit(i, feature{form: formStart, a: t.start})
			emit(i, feature{form: formBones, a: t.bones})
		}
		for _, c := range t.classes {
			emit(i, feature{form: formClass, a: c})
		}
		eachInRow(tokens, i, emit)
		for j := i - 2; j >= max(0, i-skipReach) && !tokens[j].end && !t.end; j-- {
			emit(i, feature{form: formSkip, a: tokens[j].symbol, b: t.symbol})
		}
		for _, c := range t.heavy {
			for j := i - 1; j >= max(0, i-meetReach); j-- {
				for _, other := range tokens[j].heavy {
					emit(i, feature{form: formMeet, a: min(c, other), b: max(c, other)})
				}
			}
		}
	}
}

// eachInRow emits the features of the words that end at i.
func eachInRow(tokens []token, i int, emit func(at int, f feature)) {
	t := &tokens[i]
	if i < 1 {
		return
	}
	p := &tokens[i-1]
	emit(i, feature{form: formPair, a: p.word, b: t.word})
	emit(i, feature{form: formBonePair, a: p.bones, b: t.bones})
	emit(i, feature{form: formSymbols, a: p.symbol, b: t.symbol})
	if i < 2 {
		return
	}
	q := &tokens[i-2]
	emit(i, feature{form: formTriple, a: q.word, b: p.word, c: t.word})
	emit(i, feature{form: formThree, a: q.symbol, b: p.symbol, c: t.symbol})
}

// tokens returns words with their meaning. A word that ends a sentence is ".".
func (c *Concepts) tokens(words []string) []token {
	out := make([]token, len(words))
	spoken := c.spoken(words)
	until := 0 // the end of the phrase at hand
	for i, w := range words {
		t := &out[i]
		t.word, t.start, t.end = atomOf(seedWord, w), atomOf(seedStart, beginning(w)), w == "."
		t.bones, t.symbol = bones(w), t.word
		for _, v := range spoken {
			if m, n := v.phrase(words[i:]); n > 0 && i >= until {
				t.mean(m)
				until = i + n
				break
			}
		}
		for _, v := range spoken {
			if m := v.of(w); m != nil {
				t.mean(m)
				break
			}
		}
	}
	return out
}

// mean adds what a word, or the phrase that starts with it, means.
func (t *token) mean(m *meaning) {
	if t.classes == nil {
		t.symbol, t.classes, t.heavy = m.classes[0], m.classes, m.heavy
		return
	}
	t.classes = slices.Concat(t.classes, m.classes)
	t.heavy = slices.Concat(t.heavy, m.heavy)
}

// beginning returns the first letters of w.
func beginning(w string) string {
	n := 0
	for i := range w {
		if n == startLen {
			return w[:i]
		}
		n++
	}
	return w
}

// bones returns the hash of the consonants of w, which are left where people leave out vowels: cnt, brthe.
func bones(w string) atom {
	var room [24]byte
	out := room[:0]
	for i := range min(len(w), len(room)) {
		switch c := w[i]; c {
		case 'a', 'e', 'i', 'o', 'u':
		default:
			if n := len(out); n == 0 || out[n-1] != c {
				out = append(out, c)
			}
		}
	}
	h := atomOf(seedBones, "")
	for _, c := range out {
		h = (h ^ atom(c)) * prime
	}
	return h
}
