package index

import (
	"math"
	"slices"
	"strings"
)

// A vocabulary numbers the stems and phrases that a shelf's sections use, and knows how many sections use each.
type vocabulary struct {
	lang     *language
	thesauri []*thesaurus // the language's, then staff's
	ids      map[string]int32
	keys     []string           // by id: a stem, or the stems of a phrase with spaces between
	sections [][]int32          // by id: the sections that have it, in order
	weights  []float32          // by id: how much it tells, by the language alone
	forms    map[string]int32   // words as written → id of the stem
	counts   map[string]float32 // words as written → how often, for spelling
	rare     []float32          // by id: see rarity
	sorted   []string           // the stems in order, once all sections are read
}

func newVocabulary(l *language, staff *thesaurus) *vocabulary {
	return &vocabulary{lang: l, thesauri: []*thesaurus{l.thesaurus, staff},
		ids: map[string]int32{}, forms: map[string]int32{}, counts: map[string]float32{}}
}

// id returns the number of a stem or phrase, a new one when it has none.
func (v *vocabulary) id(key string, weight float32) int32 {
	id, ok := v.ids[key]
	if !ok {
		id = int32(len(v.keys))
		v.ids[key] = id
		v.keys = append(v.keys, key)
		v.sections = append(v.sections, nil)
		v.weights = append(v.weights, weight)
	} else if weight < v.weights[id] {
		v.weights[id] = weight // the commonest form says how common the word is
	}
	return id
}

// read numbers the words of a text: each word's stem, and after it each phrase that starts there. Words that tell
// nothing are left out unless all is asked for.
func (v *vocabulary) read(words []string, section int, all bool) []int32 {
	stems := make([]string, len(words))
	ids := make([]int32, 0, len(words))
	numbers := make([]int32, len(words))
	for i, w := range words {
		id, ok := v.forms[w]
		if !ok {
			id = v.id(v.lang.stem(w), v.lang.weight(w))
			v.forms[w] = id
		}
		v.counts[w]++
		numbers[i], stems[i] = id, v.keys[id]
	}
	for i := range words {
		if all || v.weights[numbers[i]] > fillerWeight || words[i][0] == '<' {
			ids = append(ids, numbers[i])
			v.count(numbers[i], section)
		}
		for _, t := range v.thesauri {
			if key, n := t.phraseAt(stems, i); n > 0 {
				id := v.id(key, phraseWeight)
				ids = append(ids, id)
				v.count(id, section)
			}
		}
	}
	return ids
}

// count notes that a section uses id, once a section. Sections come in order.
func (v *vocabulary) count(id int32, section int) {
	if list := v.sections[id]; len(list) == 0 || list[len(list)-1] != int32(section) {
		v.sections[id] = append(list, int32(section))
	}
}

const (
	fillerWeight = 0.25 // words that weigh no more are passed over in bodies
	phraseWeight = 0.7  // what a phrase of the thesaurus tells, at least
)

// rarity says how much id tells sections apart, from 0.25 for a word in every section to 1 for one in a single
// section or in none: the topic's own words tell least.
func (v *vocabulary) rarity(id int32) float32 { return v.rare[id] }

// finish readies what is asked of the vocabulary once all sections are read.
func (v *vocabulary) finish(sections int) {
	n := float64(max(sections, 3))
	v.rare = make([]float32, len(v.keys))
	for id, list := range v.sections {
		df := min(float64(max(len(list), 1)), n)
		v.rare[id] = float32(0.25 + 0.75*math.Log(n/df)/math.Log(n))
	}
	for _, k := range v.keys {
		if !strings.Contains(k, " ") {
			v.sorted = append(v.sorted, k)
		}
	}
	slices.Sort(v.sorted)
}

// rootStrength is what a word of the same root is worth beside a synonym's 1.
const rootStrength = 0.8

// sameRoot returns the stems that share their first letters with stem, five at least and all but two or three of
// either: what the stemmer leaves apart, such as "allerg" and "allergi".
func (v *vocabulary) sameRoot(stem string) []string {
	shared := max(5, len(stem)-2)
	if len(stem) < shared {
		return nil
	}
	from, _ := slices.BinarySearch(v.sorted, stem[:shared])
	var same []string
	for _, k := range v.sorted[from:] {
		if !strings.HasPrefix(k, stem[:shared]) || len(same) == 8 {
			break
		}
		if k != stem && len(k) <= shared+3 {
			same = append(same, k)
		}
	}
	return same
}
