package score

import (
	"cmp"
	"slices"
	"strings"
)

// A Clue is a feature of a message and how much it spoke for its kind of danger, or against any when negative.
type Clue struct {
	Name   string // its words; classes in CAPITALS; "go-" for a beginning, "~word" for its consonants; "…" for others between
	Weight float64
}

// Clues returns the features of the most alarming part of a message that weigh most, at most so many, the heaviest
// first.
func (m *Model) Clues(words []string, most int) []Clue {
	r := m.Read(words)
	if r.to == 0 || len(words) > mostWords {
		return nil
	}
	tokens := m.concepts.tokens(words)
	named := map[atom]string{}
	for i, t := range tokens {
		named[t.word], named[t.start], named[t.bones] = words[i], beginning(words[i])+"-", "~"+words[i]
	}
	kind := slices.Index(Kinds[:], r.Kind)
	weight := map[string]float64{}
	each(tokens, func(at int, f feature) {
		if at < r.from || at >= r.to {
			return
		}
		if w, known := m.table.get(f.hash()); known {
			weight[m.name(f, named)] += float64(float32(w[kind])-float32(w[ordinary])) * float64(m.unit*squeeze(r.to-r.from))
		}
	})
	var out []Clue
	for name, w := range weight {
		out = append(out, Clue{name, w})
	}
	slices.SortFunc(out, func(a, b Clue) int {
		return cmp.Or(cmp.Compare(max(b.Weight, -b.Weight), max(a.Weight, -a.Weight)), cmp.Compare(a.Name, b.Name))
	})
	return out[:min(most, len(out))]
}

// name writes f by the names of its atoms.
func (m *Model) name(f feature, words map[atom]string) string {
	between := " "
	switch f.form {
	case formSkip:
		between = " … "
	case formMeet:
		between = " & "
	}
	var parts []string
	for _, a := range [...]atom{f.a, f.b, f.c} {
		if name, known := m.concepts.names[a]; known {
			parts = append(parts, name)
		} else if a != 0 {
			parts = append(parts, words[a])
		}
	}
	return strings.Join(parts, between)
}
