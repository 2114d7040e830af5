package index

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A question is a query as a shelf understands it.
type question struct {
	words       []string // as compared: normalised, rewritten, repaired
	units       []unit
	kind        string  // what it is after, such as "who"; empty when it does not say
	total       float32 // weight of all units; never 0
	corrections []Correction
	repairs     int     // words whose spelling was looked up
	norm        float32 // length of the vector of words
	about       subjects
	telling     bool      // any word tells something
	vector      []int32   // in steps; nil without word vectors
	stems       []string  // without fillers, sorted; nil until somebody asks
	meaning     []float32 // nil without an embedder, or when it failed
}

// A Correction is a word of the question that was read as another.
type Correction struct{ From, To string }

// A unit is a word or a phrase of the question: what a section may cover or leave uncovered.
type unit struct {
	text   string // the stems
	weight float32
	local  float32 // by how few sections have it alone
	alts   []alternative
	seen   degree // the best that any section can do for it
}

// The bounds on the work on one question.
const (
	maxUnits    = 32
	maxWords    = 64 // that bleve, the phrasings and the classifier are asked with
	partRepairs = 8  // words of one part whose spelling is looked up
	maxRepairs  = 64 // ... of all parts, which may be a thousand
)

// ask reads a question.
func (s *shelf) ask(text string) *question {
	q := &question{}
	for _, part := range s.lang.parts(clip(text, maxText)) {
		words := s.repair(part.words, q)
		s.units(q, words, s.stems(words), part.share)
		q.words = append(q.words, words...)
	}
	q.kind = s.lang.asking.kind(q.words)
	if len(q.units) > maxUnits {
		slices.SortStableFunc(q.units, func(a, b unit) int { return cmp.Compare(b.weight, a.weight) })
		q.units = q.units[:maxUnits]
	}
	q.total = 1e-3
	for i := range q.units {
		u := &q.units[i]
		q.total += u.weight
		q.norm += u.weight * u.weight
		for _, a := range u.alts {
			u.seen.related = max(u.seen.related, a.strength)
			if a.class >= synonym {
				u.seen.synonym = max(u.seen.synonym, a.strength)
			}
			if a.class == exact {
				u.seen.exact = max(u.seen.exact, a.strength)
			}
		}
	}
	q.norm = float32(math.Sqrt(float64(q.norm))) + 1e-3
	words := q.words[:min(len(q.words), maxWords)]
	q.about, q.vector = s.lang.place(words), inSteps(s.lang.vector(words))
	q.telling = s.lang.tell(words)
	return q
}

// stem returns the word's stem, looked up where the sections have the word.
func (s *shelf) stem(word string) string {
	if n, ok := s.vocabulary.words.find(word); ok {
		return s.vocabulary.stem(n)
	}
	return s.lang.stem(word)
}

// stems returns the stems of words.
func (s *shelf) stems(words []string) []string {
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = s.stem(w)
	}
	return stems
}

// units cuts a part of the question into words and phrases of the thesaurus, longest first, and adds what is new.
// share is what the part counts. A phrase's telling words are units each, which what stands for the phrase covers too:
// "salt water rinse" is covered by "mouthwash", and in parts by "rinse with salty water". A phrase of words that tell
// nothing alone ("how many") is one unit.
func (s *shelf) units(q *question, words, stems []string, share float32) {
	for i := 0; i < len(stems); {
		phrase, n := "", 1
		for _, t := range s.vocabulary.thesauri {
			if k, m := t.phraseAt(stems, i); m > n {
				phrase, n = k, m
			}
		}
		telling := false
		for j := i; j < i+n; j++ {
			if w := s.lang.weight(words[j]); n == 1 || w >= contentWeight {
				telling = true
				s.addUnit(q, stems[j], phrase, w, share)
			}
		}
		if !telling {
			s.addUnit(q, phrase, "", phraseWeight, share)
		}
		i += n
	}
}

// addUnit adds a word, or a phrase, unless it tells nothing or was said before. phrase is the one that a word stands
// in, if any.
func (s *shelf) addUnit(q *question, key, phrase string, weight, share float32) {
	if weight <= fillerWeight || slices.ContainsFunc(q.units, func(u unit) bool { return u.text == key }) {
		return
	}
	v := s.vocabulary
	local := share
	if id, ok := v.ids.find(key); ok && len(v.sections.of(id)) > 0 {
		weight *= v.rarity(id)
		n := float64(max(len(s.documents), 3))
		local *= float32(math.Log(1+n/float64(len(v.sections.of(id)))) / math.Log(1+n))
	}
	q.units = append(q.units, unit{text: key, weight: weight * share, local: local, alts: v.alternatives(key, phrase, weight)})
}

// contentWeight is what a word must weigh to tell something by itself.
const contentWeight = 0.6

// repair returns the words of a part with their spelling repaired.
func (s *shelf) repair(words []string, q *question) []string {
	out := make([]string, 0, len(words))
	left := min(partRepairs, maxRepairs-q.repairs)
	for _, w := range words {
		if to, ok := s.lang.rewrites.unknown[w]; ok && !s.vocabulary.has(w) {
			out = append(out, to...)
			continue
		}
		if left == 0 || !s.doubtful(w) {
			out = append(out, w)
			continue
		}
		left--
		q.repairs++
		fixed := s.correct(w)
		if fixed != w {
			q.corrections = append(q.corrections, Correction{w, fixed})
		}
		out = append(out, strings.Fields(fixed)...)
	}
	return out
}
