package index

import (
	"cmp"
	"math"
	"slices"
)

// A feature is a word, a run of characters or a concept of a text as what is learned sees it: the bucket that it is hashed
// into, and how much it counts there.
type feature struct {
	bucket uint32
	value  float32
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

// gather adds up features of one bucket and scales them all to length 1.
func gather(in []feature) []feature {
	slices.SortFunc(in, func(a, b feature) int { return cmp.Compare(a.bucket, b.bucket) })
	out := in[:0]
	var sum float64
	for _, f := range in {
		if n := len(out); n > 0 && out[n-1].bucket == f.bucket {
			out[n-1].value += f.value
			continue
		}
		out = append(out, f)
	}
	for _, f := range out {
		sum += float64(f.value) * float64(f.value)
	}
	scale := float32(1 / math.Sqrt(max(sum, 1e-9)))
	for i := range out {
		out[i].value *= scale
	}
	return out
}
