package index

import (
	"cmp"
	"slices"
)

// A feature is a bucket and how much it counts in this text.
type feature struct {
	bucket uint32
	value  float32
}

// features returns the hashed word 1–2-grams and character 2–4-grams of a text, each once, in the buckets' order so
// that sums come out the same in every run.
func (c *classifier) features(words []string) []feature {
	counts := make(map[uint32]float32, 16*len(words))
	before := "^"
	for _, w := range words {
		counts[c.bucket('w', w)] += wordWeight
		counts[c.bucket('b', before+" "+w)] += pairWeight
		before = w
		padded := []rune(" " + w + " ")
		for n := 2; n <= 4; n++ {
			for i := 0; i+n <= len(padded); i++ {
				counts[c.bucket('c', string(padded[i:i+n]))] += gramWeight
			}
		}
	}
	in := make([]feature, 0, len(counts))
	for b, n := range counts {
		in = append(in, feature{b, n})
	}
	slices.SortFunc(in, func(a, b feature) int { return cmp.Compare(a.bucket, b.bucket) })
	return in
}

func (c *classifier) bucket(space byte, s string) uint32 { return hash(space, s) & c.mask }

// hash tells strings apart that stand for different kinds of features.
func hash(space byte, s string) uint32 {
	h := uint32(2166136261) // FNV-1a
	h = (h ^ uint32(space)) * 16777619
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}
