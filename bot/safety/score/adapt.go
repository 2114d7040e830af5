package score

import (
	"maps"
	"math"
	"slices"
)

// margin is how far beyond the threshold an example is brought.
const margin = 0.5

// Adapt returns a model that reads examples as they are sorted and others almost as before: it moves only what pairs
// and triples of words say, which are particular to an example. missed are the examples, by their numbers, that it
// still reads otherwise.
func (m *Model) Adapt(examples []Example, read func(string) []string) (adapted *Model, missed []int) {
	const rounds = 20
	words := make([][]string, len(examples))
	for i, e := range examples {
		words[i] = read(e.Text)
	}
	a := *m
	a.table.added = maps.Clone(m.table.added)
	if a.table.added == nil {
		a.table.added = map[uint32]row{}
	}
	for range rounds {
		missed = missed[:0]
		for i, e := range examples {
			if !a.agrees(words[i], e.Kind, margin) {
				missed = append(missed, i)
				a.nudge(words[i], e.Kind)
			}
		}
		if len(missed) == 0 {
			break
		}
	}
	missed = slices.DeleteFunc(missed, func(i int) bool { return a.agrees(words[i], examples[i].Kind, 0) })
	return &a, missed
}

// agrees reports whether words are read as of kind, by so much beyond the threshold.
func (m *Model) agrees(words []string, kind string, by float64) bool {
	r := m.Read(words)
	if kind == "" {
		return r.Odds < m.Threshold-by
	}
	return r.Odds > m.Threshold+by && r.Kind == kind
}

// nudge moves the particular features of words towards kind.
func (m *Model) nudge(words []string, kind string) {
	right := ordinary
	if kind != "" {
		right = slices.Index(Kinds[:], kind)
	}
	each(m.concepts.tokens(words), func(_ int, f feature) {
		if f.form != formPair && f.form != formTriple && f.form != formThree {
			return
		}
		r, _ := m.table.get(f.hash())
		for k := range r {
			switch {
			case k == right:
				r[k] = min(r[k], math.MaxInt8-2) + 2
			case kind == "" || k == ordinary:
				r[k] = max(r[k], math.MinInt8+1) - 1
			}
		}
		m.table.added[f.hash()] = r
	})
}
