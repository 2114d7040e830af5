package index

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// A question is a query as a shelf understands it.
type question struct {
	words       []string // as compared: normalised, rewritten, repaired
	units       []unit
	total       float32 // weight of all units; never 0
	corrections []Correction
	norm        float32 // length of the vector of words
}

// A Correction is a word of the question that was read as another.
type Correction struct{ From, To string }

// A unit is a word or a phrase of the question: what a section may cover or leave uncovered.
type unit struct {
	text   string // the stems
	weight float32
	alts   []alternative
	seen   degree // the best that any section can do for it
}

// An alternative is something sections say that covers a unit.
type alternative struct {
	id       int32
	class    class
	strength float32 // 0 to 1: 1 for the same word, less for a word that tells less or has many senses
}

// A class says how well something covers a unit.
type class uint8

// The classes, from nothing to the same word.
const (
	none    class = iota
	related       // a broader or related concept, or a word from the same root
	synonym       // the same concept
	exact         // the same word
)

// The bounds on the work on one question.
const (
	maxUnits = 32
	maxWords = 64 // that bleve, the phrasings and the classifier are asked with
)

// ask reads a question.
func (s *shelf) ask(text string) *question {
	q := &question{}
	for _, part := range s.lang.parts(clip(text, maxText)) {
		words := s.repair(part.words, q)
		stems := make([]string, len(words))
		for i, w := range words {
			stems[i] = s.lang.stem(w)
		}
		s.units(q, words, stems, part.share)
		q.words = append(q.words, words...)
	}
	if len(q.units) > maxUnits {
		slices.SortStableFunc(q.units, func(a, b unit) int { return cmpFloat(b.weight, a.weight) })
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
	return q
}

func cmpFloat(a, b float32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// units cuts a part of the question into phrases of the thesaurus, longest first, and words, and adds what is new.
// share is what the part counts.
func (s *shelf) units(q *question, words, stems []string, share float32) {
	v := s.vocabulary
	for i := 0; i < len(stems); {
		key, n := stems[i], 1
		for _, t := range v.thesauri {
			if k, m := t.phraseAt(stems, i); m > n {
				key, n = k, m
			}
		}
		var weight, heaviest float32
		for _, w := range words[i : i+n] {
			heaviest = max(heaviest, s.lang.weight(w))
			weight += s.lang.weight(w)
		}
		if n > 1 {
			weight = max(phraseWeight, min(weight, heaviest+0.5))
		}
		if weight > fillerWeight && !slices.ContainsFunc(q.units, func(u unit) bool { return u.text == key }) {
			if id, ok := v.ids[key]; ok && len(v.sections[id]) > 0 {
				weight *= v.rarity(id)
			}
			u := unit{text: key, weight: weight * share, alts: s.alternatives(key, weight, stems[i:i+n])}
			q.units = append(q.units, u)
		}
		i += n
	}
}

// alternatives lists what sections say for a stem or phrase, each with the best class it has.
func (s *shelf) alternatives(key string, weight float32, stems []string) []alternative {
	v := s.vocabulary
	best := map[int32]alternative{}
	put := func(key string, c class, strength float32) {
		id, ok := v.ids[key]
		if !ok || len(v.sections[id]) == 0 {
			return
		}
		if c < exact {
			strength *= min(1, v.weights[id]*v.rarity(id)/weight)
		}
		if old := best[id]; old.class < c || old.class == c && old.strength < strength {
			best[id] = alternative{id, c, strength}
		}
	}
	put(key, exact, 1)
	if len(stems) > 1 {
		var heavy float32
		for _, stem := range stems {
			heavy += contentWeight(s.lang.weight(stem))
		}
		for _, stem := range stems {
			if w := contentWeight(s.lang.weight(stem)); w > 0 {
				put(stem, exact, w/heavy)
			}
		}
	}
	if len(stems) == 1 {
		for _, k := range v.sameRoot(key) {
			put(k, synonym, rootStrength)
		}
	}
	for _, t := range v.thesauri {
		senses := t.byMember[key]
		sure := 1 / float32(math.Sqrt(float64(len(senses))))
		for _, id := range senses {
			c := &t.concepts[id]
			for _, m := range c.members {
				put(m, synonym, sure)
			}
			for _, r := range c.related {
				for _, m := range t.concepts[r].members {
					put(m, related, sure)
				}
			}
		}
	}
	return slices.SortedFunc(maps.Values(best), func(a, b alternative) int { return int(a.id - b.id) })
}

// contentWeight is a word's weight, 0 for words that only hold a phrase together.
func contentWeight(w float32) float32 {
	if w < 1 {
		return 0
	}
	return w
}

// repair returns the words with their spelling repaired.
func (s *shelf) repair(words []string, q *question) []string {
	out := make([]string, 0, len(words))
	left := 8 // repairs looked up in one question
	for _, w := range words {
		if !s.doubtful(w) || left == 0 {
			out = append(out, w)
			continue
		}
		left--
		fixed := s.correct(w)
		if fixed != w {
			q.corrections = append(q.corrections, Correction{w, fixed})
		}
		out = append(out, strings.Fields(fixed)...)
	}
	return out
}
