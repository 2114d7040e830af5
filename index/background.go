package index

import "math"

// A background holds what the question looks like before any candidate: what speaks for there being no answer.
type background [backgrounds]float32

const (
	unseenExact   = iota // share of the question's weight that no section has
	unseenSynonym        // ... not even by a synonym
	unseenRelated        // ... not even by anything related
	unseenHeavy          // weight of the heaviest unit that no section has
	unseenHeavier        // ... not even by a synonym
	unitsLog             // log of how many units the question has
	weightLog            // log of their weight
	always               // 1
	phrasedShare         // share of candidates with phrasings
	manySections         // log of how many sections there are
	manyPhrasings        // log of how many phrasings a candidate has on average, its heading counted
	backgrounds
)

var backgroundNames = [backgrounds]string{"unseen exact", "unseen synonym", "unseen related", "unseen heavy", "unseen heavier", "units", "weight", "always", "phrased", "sections", "phrasings"}

func (s *shelf) background(q *question, found []candidate) (b background) {
	for i := range q.units {
		u := &q.units[i]
		w := u.weight / q.total
		b[unseenExact] += w * (1 - u.seen.exact)
		b[unseenSynonym] += w * (1 - u.seen.synonym)
		b[unseenRelated] += w * (1 - u.seen.related)
		b[unseenHeavy] = max(b[unseenHeavy], u.weight*(1-u.seen.exact)/maxWeight)
		b[unseenHeavier] = max(b[unseenHeavier], u.weight*(1-u.seen.synonym)/maxWeight)
	}
	b[unitsLog] = float32(math.Log(1 + float64(len(q.units))))
	b[weightLog] = float32(math.Log(1 + float64(q.total)))
	b[always] = 1
	for i := range found {
		b[manyPhrasings] += found[i].clues[phrasedLong] / float32(len(found))
		b[phrasedShare] += found[i].clues[hasPhrasings] / float32(len(found))
	}
	b[manySections] = float32(math.Log(float64(len(s.documents))))
	return b
}
