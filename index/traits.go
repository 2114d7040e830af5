package index

import (
	"cmp"
	"slices"
)

// What a classifier's features count: how a text is written, in words and characters, and what it says by the language's
// stems, thesaurus and archetypes, by which a phrasing speaks for questions that share no word with it.
const (
	wordTrait      = 1.0
	pairTrait      = 0.9 // of neighbouring words
	runTrait       = 0.4 // of two to four characters
	stemTrait      = 1.0
	skipTrait      = 0.5 // of stems with one word between
	conceptTrait   = 1.5 // of the thesaurus, shared by a word's senses
	archetypeTrait = 3.0 // times the root of its probability
)

// features returns the hashed traits of a text, each once, in the buckets' order so that sums come out the same in
// every run. about is what the text is about.
func (c *classifier) features(words []string, about subjects) []feature {
	counts := make(map[uint32]float32, 20*len(words))
	before := "^"
	for _, w := range words {
		counts[c.bucket('w', w)] += wordTrait
		counts[c.bucket('b', before+" "+w)] += pairTrait
		before = w
		padded := []rune(" " + w + " ")
		for n := 2; n <= 4; n++ {
			for i := 0; i+n <= len(padded); i++ {
				counts[c.bucket('c', string(padded[i:i+n]))] += runTrait
			}
		}
	}
	c.addConcepts(counts, words)
	for _, a := range about {
		counts[c.bucket('a', string(rune(a.archetype)))] += archetypeTrait * a.share
	}
	in := make([]feature, 0, len(counts))
	for b, n := range counts {
		in = append(in, feature{b, n})
	}
	slices.SortFunc(in, func(a, b feature) int { return cmp.Compare(a.bucket, b.bucket) })
	return in
}

// addConcepts counts stems and the concepts that they stand for.
func (c *classifier) addConcepts(counts map[uint32]float32, words []string) {
	stems, facts := c.lang.factsOf(words)
	last, beforeLast := "^", "^"
	for i, stem := range stems {
		counts[c.bucket('s', stem)] += stemTrait
		counts[c.bucket('k', beforeLast+" "+stem)] += skipTrait
		beforeLast, last = last, stem
		senses := c.lang.sensesAt(stems, facts, i)
		for _, id := range senses[:min(len(senses), maxSenses)] {
			counts[c.bucket('t', c.lang.thesaurus.concepts[id].name)] += conceptTrait / float32(len(senses))
		}
	}
}
