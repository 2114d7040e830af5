package score

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// Shares of the examples that are learnt from once more in another shape.
const (
	typedBadly = 0.25 // without vowels, with letters left out or swapped
	amongOther = 0.25 // before, after or between ordinary sentences
)

const mostOthers = 3 // ordinary sentences around one

// between is what people set between two sentences, or do not.
var between = [...]string{". ", ". ", " and ", " ", ", "}

// Blurred returns examples with some of them added once more as people type them in a hurry, or in the midst of
// something else. It is deterministic.
func Blurred(examples []Example) []Example {
	var ordinary []string
	for _, e := range examples {
		if e.Kind == "" {
			ordinary = append(ordinary, e.Text)
		}
	}
	out := examples[:len(examples):len(examples)]
	for _, e := range examples {
		seed := fnv.New64a()
		seed.Write([]byte(e.Text))
		rng := rand.New(rand.NewPCG(seed.Sum64(), 2))
		if rng.Float64() < typedBadly {
			bad := e
			bad.Text = typeBadly(e.Text, rng)
			out = append(out, bad)
		}
		if rng.Float64() < amongOther && len(ordinary) > 0 {
			midst := e
			sep := between[rng.IntN(len(between))]
			for range 1 + rng.IntN(mostOthers) {
				other := ordinary[rng.IntN(len(ordinary))]
				if rng.IntN(2) == 0 {
					midst.Text += sep + other
				} else {
					midst.Text = other + sep + midst.Text
				}
			}
			out = append(out, midst)
		}
	}
	return out
}

// typeBadly spoils about half of the longer words of text.
func typeBadly(text string, rng *rand.Rand) string {
	words := strings.Fields(text)
	for i, w := range words {
		if len(w) < 4 || rng.IntN(2) == 0 || strings.ContainsFunc(w, func(r rune) bool { return r > 'z' }) {
			continue
		}
		switch at := 1 + rng.IntN(len(w)-2); rng.IntN(4) {
		case 0, 1:
			words[i] = w[:1] + strings.Map(unvowel, w[1:])
		case 2:
			words[i] = w[:at] + w[at+1:]
		case 3:
			words[i] = w[:at] + w[at+1:at+2] + w[at:at+1] + w[at+2:]
		}
	}
	return strings.Join(words, " ")
}

func unvowel(r rune) rune {
	if strings.ContainsRune("aeiou", r) {
		return -1
	}
	return r
}
