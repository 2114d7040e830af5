package index

import (
	"cmp"
	"math"
	"slices"
)

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
	related       // a broader or related concept
	synonym       // the same concept, or a word from the same root
	exact         // the same word, or what staff say means the same
)

// String names the class.
func (c class) String() string {
	return [...]string{none: "none", related: "related", synonym: "synonym", exact: "exact"}[c]
}

// otherSenses is what the senses of a word count, that stands in a phrase, beside those of the phrase.
const otherSenses = 0.5

// alternatives lists what sections say for a stem or phrase, each with the best class it has. What stands for the
// phrase that a word is part of stands for the word too, and the word's own other senses count half there.
func (v *vocabulary) alternatives(key, phrase string, weight float32) []alternative {
	x := expansion{vocabulary: v, weight: weight}
	x.add(key, exact, 1)
	for _, k := range v.sameRoot(key) {
		x.add(k, synonym, rootStrength)
	}
	if phrase == "" {
		x.addSenses(key, 1)
	} else {
		x.addSenses(phrase, 1)
		x.addSenses(key, otherSenses)
	}
	slices.SortFunc(x.all, func(a, b alternative) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(b.class, a.class), cmp.Compare(b.strength, a.strength))
	})
	return slices.CompactFunc(x.all, func(a, b alternative) bool { return a.id == b.id })
}

// An expansion gathers the alternatives of one stem or phrase.
type expansion struct {
	*vocabulary
	weight float32 // of the stem or phrase
	all    []alternative
}

// add adds what a section has; what tells less than the question's own word is worth less.
func (x *expansion) add(key string, c class, strength float32) {
	id, ok := x.ids.find(key)
	if !ok || len(x.sections.of(id)) == 0 {
		return
	}
	if c < exact {
		strength *= min(1, x.weights[id]*x.rarity(id)/x.weight)
	}
	x.all = append(x.all, alternative{id, c, strength})
}

// addSenses adds what means the same as key, and what is related to that. A word of many senses is less sure to have
// the one that is meant.
func (x *expansion) addSenses(key string, sure float32) {
	for i, t := range x.thesauri {
		as := synonym
		if i > 0 {
			as = exact // what staff say means the same, means the same
		}
		senses := t.byMember[key]
		strength := sure / float32(math.Sqrt(float64(len(senses))))
		for _, id := range senses {
			c := &t.concepts[id]
			for _, m := range c.members {
				x.add(m, as, strength)
			}
			for _, r := range c.related {
				for _, m := range t.concepts[r].members {
					x.add(m, related, strength)
				}
			}
		}
	}
}
