package index

import (
	"iter"
	"math"
	"slices"
)

const (
	maxPassages      = 6 // of one section; a longer text's hold more sentences each
	passageSentences = 2
	vectorStep       = 127 // a section's vectors are kept as whole numbers of this part
)

// textVectors are a section's: one vector after the other, each in steps of 1/vectorStep.
type textVectors struct {
	asked  []int8 // of the heading and each phrasing of which any word is known
	told   []int8 // of passages
	centre []int8 // the mean of asked, where those are several
	whole  []int8 // the mean of the means of both
}

// textVectors returns the vectors of a section by the words of its heading and phrasings, and of its sentences.
func (l *language) textVectors(asked, told [][]string) (t textVectors) {
	if l.vectors == nil {
		return t
	}
	sum, whole := make([]float32, l.vectors.dim), make([]float32, l.vectors.dim)
	mean := func(texts iter.Seq[[]string]) (all []int8) {
		clear(sum)
		for words := range texts {
			v := l.vector(words)
			all = shorten(all, v)
			addTo(sum, v)
		}
		if toLength1(sum) {
			addTo(whole, sum)
		}
		return slices.Clip(all)
	}
	t.asked = mean(slices.Values(asked))
	if len(t.asked) > len(sum) {
		t.centre = shorten(nil, sum)
	}
	each := max((len(told)+maxPassages-1)/maxPassages, passageSentences)
	t.told = mean(func(yield func([]string) bool) {
		for part := range slices.Chunk(told, each) {
			if !yield(slices.Concat(part...)) {
				return
			}
		}
	})
	toLength1(whole)
	t.whole = shorten(nil, whole)
	return t
}

func addTo(to, x []float32) {
	for i, v := range x {
		to[i] += v
	}
}

// shorten appends v in steps to all.
func shorten(all []int8, v []float32) []int8 {
	for _, x := range v {
		all = append(all, int8(math.Round(float64(x)*vectorStep)))
	}
	return all
}

// near sets the clues of how near a question's vector comes. For a question of which no word has a vector, such as a
// name, a number or one in another language, the words themselves stand in; for one that tells nothing, nothing does.
func (t *textVectors) near(q *question, f *vector) {
	v := q.vector
	if v == nil {
		if q.telling {
			f[titleVector], f[bodyVector] = f[wordsNearest], f[windowSynonym]
			f[centreVector], f[wholeVector] = f[titleVector], (f[titleVector]+f[bodyVector])/2
		}
		return
	}
	f[titleVector], f[bodyVector] = nearest(t.asked, v), nearest(t.told, v)
	f[wholeVector] = nearest(t.whole, v)
	f[centreVector] = f[titleVector]
	if len(t.asked) > len(v) {
		f[centreVector] = nearest(t.centre, v)
	}
}

// nearest returns the highest cosine of v with one of the vectors of t; 0 when none points v's way.
func nearest(t []int8, v []int32) (best float32) {
	var most int32
	for ; len(t) > 0; t = t[len(v):] {
		most = max(most, dotSteps(t[:len(v)], v))
	}
	return float32(most) / (vectorStep * vectorStep)
}

// dotSteps returns the inner product of two vectors in steps: whole numbers, since to convert them takes longer than
// all the rest.
func dotSteps(t []int8, v []int32) int32 {
	t = t[:len(v)]
	var s0, s1, s2, s3 int32 // as in dot
	i := 3
	for ; i < len(v); i += 4 {
		s0 += int32(t[i-3]) * v[i-3]
		s1 += int32(t[i-2]) * v[i-2]
		s2 += int32(t[i-1]) * v[i-1]
		s3 += int32(t[i]) * v[i]
	}
	for i -= 3; i < len(v); i++ {
		s0 += int32(t[i]) * v[i]
	}
	return s0 + s1 + s2 + s3
}

// inSteps returns v in steps, as questions have it.
func inSteps(v []float32) []int32 {
	var all []int32
	for _, x := range v {
		all = append(all, int32(math.Round(float64(x)*vectorStep)))
	}
	return all
}
