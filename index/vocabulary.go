package index

import (
	"iter"
	"math"
	"slices"
	"strings"
)

// A vocabulary knows which sections of a shelf use each stem and phrase, and how much each tells. It has the shelf's
// numbers, in which there may be words that no section uses any more.
type vocabulary struct {
	*numbers
	thesauri []*thesaurus // the language's, then staff's
	sections lists[int32] // by id: the sections that have it, in order
	weights  []float32    // by id: how much it tells, by the language alone; unused when no section uses it
	counts   []int32      // by word: how often the sections use it
	rare     []float32    // by id: see rarity
	sorted   []int32      // the ids of stems, in the order of their letters
	distinct distinct
}

// distinct is how many different stems headings and phrasings, and texts, have.
type distinct struct{ headings, texts int }

const (
	fillerWeight = 0.25 // words that weigh no more are passed over in bodies
	phraseWeight = 0.7  // what a phrase of the thesaurus tells, at least
	unused       = math.MaxFloat32
)

// newVocabulary counts what the documents have.
func newVocabulary(n *numbers, staff *thesaurus, documents []document) *vocabulary {
	v := &vocabulary{numbers: n, thesauri: []*thesaurus{n.lang.thesaurus, staff}}
	v.counts = make([]int32, len(n.known))
	for i := range documents {
		for words := range documents[i].wordRuns {
			for _, w := range words {
				v.counts[w]++
			}
		}
	}
	v.weights = make([]float32, len(n.ids.texts))
	for id, key := range n.ids.texts {
		v.weights[id] = unused
		if strings.Contains(key, " ") {
			v.weights[id] = phraseWeight
		}
	}
	for w, count := range v.counts {
		if count > 0 { // the commonest form says how common the word is
			stem := n.known[w].stem
			v.weights[stem] = min(v.weights[stem], n.known[w].weight)
		}
	}
	v.place(documents)
	v.weigh(len(documents))
	return v
}

// place notes the sections that have each id.
func (v *vocabulary) place(documents []document) {
	last, found := make([]int32, len(v.ids.texts)), make([]int32, len(v.ids.texts))
	each := func(visit func(id, section int32)) {
		clear(last)
		for i := range documents {
			section := int32(i)
			for ids := range documents[i].idRuns {
				for _, id := range ids {
					if last[id] != section+1 {
						last[id] = section + 1
						visit(id, section)
					}
				}
			}
		}
	}
	each(func(id, _ int32) { found[id]++ })
	v.sections = newLists[int32](found)
	each(v.sections.add)
	v.distinct = v.countDistinct(documents)
}

// countDistinct counts as bleve would: words alone, and only those that its analyzer keeps.
func (v *vocabulary) countDistinct(documents []document) (d distinct) {
	const inHeading, inText = 1, 2
	seen, kept := make([]uint8, len(v.ids.texts)), make([]bool, len(v.ids.texts))
	mark := func(ids []int32, as uint8) {
		for _, id := range ids {
			seen[id] |= as
		}
	}
	for i := range documents {
		for j := range documents[i].phrasings {
			mark(documents[i].phrasings[j].ids, inHeading)
		}
		mark(documents[i].body, inText)
	}
	for w, n := range v.counts {
		if n > 0 && v.known[w].terms != "" {
			kept[v.known[w].stem] = true
		}
	}
	for id, s := range seen {
		if kept[id] && s&inHeading != 0 {
			d.headings++
		}
		if kept[id] && s&inText != 0 {
			d.texts++
		}
	}
	return d
}

// rarity says how much id tells sections apart, from 0.25 for a word in every section to 1 for one in a single
// section or in none: the topic's own words tell least.
func (v *vocabulary) rarity(id int32) float32 { return v.rare[id] }

// weigh says how rare every id is and sorts the stems.
func (v *vocabulary) weigh(sections int) {
	n := float64(max(sections, 3))
	v.rare = make([]float32, len(v.ids.texts))
	for id := range v.rare {
		df := min(float64(max(len(v.sections.of(int32(id))), 1)), n)
		v.rare[id] = float32(0.25 + 0.75*math.Log(n/df)/math.Log(n))
	}
	v.sorted = make([]int32, 0, len(v.ids.texts))
	for id, key := range v.ids.texts {
		if v.weights[id] != unused && !strings.Contains(key, " ") {
			v.sorted = append(v.sorted, int32(id))
		}
	}
	slices.SortFunc(v.sorted, func(a, b int32) int { return strings.Compare(v.ids.texts[a], v.ids.texts[b]) })
}

// has reports whether a section has the word as it is written.
func (v *vocabulary) has(w string) bool {
	n, ok := v.words.find(w)
	return ok && v.counts[n] > 0
}

// hasStem reports whether a section has a word of this stem.
func (v *vocabulary) hasStem(stem string) bool {
	id, ok := v.ids.find(stem)
	return ok && v.weights[id] != unused
}

// worn reports whether most of the numbers are of words that no section has any more.
func (v *vocabulary) worn() bool {
	live := 0
	for _, n := range v.counts {
		if n > 0 {
			live++
		}
	}
	return 2*live+1000 < len(v.counts)
}

// frequencies goes through all words that sections have, with how often they do.
func (v *vocabulary) frequencies() iter.Seq2[string, float32] {
	return func(yield func(string, float32) bool) {
		for w, n := range v.counts {
			if n > 0 && !yield(v.words.texts[w], float32(n)) {
				return
			}
		}
	}
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
	from, _ := slices.BinarySearchFunc(v.sorted, stem[:shared], func(id int32, start string) int {
		return strings.Compare(v.ids.texts[id], start)
	})
	var same []string
	for _, id := range v.sorted[from:] {
		k := v.ids.texts[id]
		if !strings.HasPrefix(k, stem[:shared]) || len(same) == 8 {
			break
		}
		if k != stem && len(k) <= shared+3 {
			same = append(same, k)
		}
	}
	return same
}
