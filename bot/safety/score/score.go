// Package score tells how much a message sounds like one in which somebody is in danger: a sum of weights that were
// learnt from sentences that people sorted. It is a plain linear score over words, classes of words and their order:
// the same message always gets the same score, and each weight that made it can be named. It is pure, it keeps no
// state, and it cannot fail.
//
//	words ─► tokens (classes of meaning) ─► features (words, pairs, …) ─► sum by kind ─► the most alarming window
//
// docs/safety.md says how to train it.
package score

import "math"

// Kinds are the kinds of danger, in the order of the weights. What an ordinary message weighs comes after them.
var Kinds = [...]string{"suicide", "self-harm", "overdose", "abuse", "violence", "emergency"}

// Outcomes are the kinds and the ordinary, which is the last.
const (
	outcomes = len(Kinds) + 1
	ordinary = outcomes - 1
)

// A Model scores messages. It is safe for concurrent use. None, a nil one, finds all of them ordinary.
type Model struct {
	// Threshold is the odds, as their natural logarithm, above which a message counts as one of danger.
	Threshold float64

	concepts *Concepts
	bias     [outcomes]float32
	unit     float32 // of the rows
	table    table
}

// A Reading is what a model makes of a message.
type Reading struct {
	Kind  string  // the most likely danger
	Lang  string  // what most of the small words are of
	Odds  float64 // that it is one at all: the natural logarithm
	Alarm bool    // the odds are above the threshold
	Peak  float64 // the odds of the most alarming part alone; infinite when the message was too long to be read whole
	from  int     // the most alarming window
	to    int
}

// Read scores a message, given as its folded words with "." where sentences end.
func (m *Model) Read(words []string) Reading {
	if m == nil || m.concepts == nil || len(m.concepts.languages) == 0 || len(words) == 0 {
		return Reading{Odds: math.Inf(-1), Peak: math.Inf(-1)}
	}
	whole := len(words) <= mostWords
	if !whole {
		words = append(words[:mostWords/2:mostWords/2], words[len(words)-mostWords/2:]...)
	}
	r := m.read(m.concepts.tokens(words))
	r.Lang = m.concepts.spoken(words)[0].lang
	if !whole {
		r.Peak = math.Inf(1)
	}
	return r
}

// read scores each part of a message by sums up to each of its words, so that parts that overlap cost no more.
func (m *Model) read(tokens []token) Reading {
	sums := make([][outcomes]int32, len(tokens)+1) // by place: all before it
	at := 0
	each(tokens, func(i int, f feature) {
		for ; at <= i; at++ {
			sums[at+1] = sums[at]
		}
		if r, known := m.table.get(f.hash()); known {
			for k, w := range r {
				sums[i+1][k] += int32(w)
			}
		}
	})
	for ; at < len(tokens); at++ {
		sums[at+1] = sums[at]
	}
	best := Reading{Odds: math.Inf(-1)}
	parts := 0
	eachPart(tokens, func(from, to int) {
		parts++
		r := Reading{from: from, to: to}
		var s [outcomes]float32
		for k := range s {
			s[k] = m.bias[k] + float32(sums[to][k]-sums[from][k])*m.unit*squeeze(to-from)
		}
		if r.Kind, r.Odds = judge(s); r.Odds > best.Odds {
			best = r
		}
	})
	best.Peak = best.Odds
	best.Odds -= crowd * math.Log(float64(max(parts, 1))) // the highest of many is high by chance
	best.Alarm = best.Odds > m.Threshold
	return best
}

// squeeze makes up for the many features of a long window.
func squeeze(words int) float32 {
	const least = 6       // words
	const evenness = 0.35 // with 1 only the mean would count, with 0 the sum
	return float32(math.Pow(float64(max(words, least)), -evenness))
}

// judge returns the likeliest kind of danger and the odds of any.
func judge(s [outcomes]float32) (kind string, odds float64) {
	best := 0
	for k := range Kinds {
		if s[k] > s[best] {
			best = k
		}
	}
	sum := 0.0
	for k := range Kinds {
		sum += math.Exp(float64(s[k] - s[best]))
	}
	return Kinds[best], float64(s[best]) + math.Log(sum) - float64(s[ordinary])
}
