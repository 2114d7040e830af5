package index

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Archetypes are the subjects that FAQ sections are about, such as what it costs, whether it hurts or who may join.
// A linear classifier, learned ahead on examples of how people ask about each subject and how articles write about
// it, places questions and sections among them, so that the two meet without sharing a word.
//
// It is done on two scales: by broad subjects, and by finer ones, where "stitches" is not "looking after the wound".
// Broad ones meet when words are general, fine ones when a situation is told; together they place more than either.
//
// A language's examples are in knowledge/lang/CODE/archetypes/*.txt, and those of the fine scale alone in the folder
// fine in it: "[name]" opens a subject, then each line is "? a question", "= a heading" or ". a sentence". What was
// learned is in archetypes.bin and archetypes-fine.bin beside that folder, which cmd/calibrate writes:
//
//	one line of JSON: {"names": [...], "buckets": n, "steps": [one a name]}
//	biases, one float32 a name, little-endian
//	weights, one int8 for each bucket and name, bucket-major; times the name's step
type archetypes struct {
	names   []string
	mask    uint32
	biases  []float32
	steps   []float32
	weights []byte
}

// A scale is how finely archetypes are told apart.
type scale struct {
	file     string   // what was learned
	examples []string // patterns of the files with examples
	sharp    float32  // what scores are multiplied by: where there are more archetypes to choose from, more surely
}

// scales are all scales, the broad one first.
var scales = [...]scale{
	{"archetypes.bin", []string{"archetypes/*.txt"}, 1},
	{"archetypes-fine.bin", []string{"archetypes/*.txt", "archetypes/fine/*.txt"}, 2},
}

// A subjects vector says how much a text is about each archetype: square roots of probabilities, so that the product
// of two such vectors runs from 0 to 1. Small parts are left out.
type subjects []subject

type subject struct {
	archetype int32 // counted on through all scales
	share     float32
}

// smallSubject is the probability below which a text is not about an archetype.
const smallSubject = 0.02

// readArchetypes returns a language's archetypes on all scales that it has.
func readArchetypes(code string) ([]*archetypes, error) {
	var all []*archetypes
	for _, scale := range scales {
		data, err := optionalData(code, scale.file)
		if err != nil {
			return nil, err
		}
		if data == nil {
			continue
		}
		a, err := parseArchetypes(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", scale.file, err)
		}
		all = append(all, a)
	}
	return all, nil
}

// parseArchetypes reads what calibrate wrote. The weights stay where they are in data.
func parseArchetypes(data []byte) (*archetypes, error) {
	header, rest, _ := bytes.Cut(data, []byte("\n"))
	var h archetypesHeader
	if err := json.Unmarshal(header, &h); err != nil {
		return nil, err
	}
	n := len(h.Names)
	if n == 0 || len(h.Steps) != n || h.Buckets <= 0 || h.Buckets&(h.Buckets-1) != 0 || len(rest) != 4*n+h.Buckets*n {
		return nil, errors.New("not of the size that its header says")
	}
	a := &archetypes{names: h.Names, mask: uint32(h.Buckets - 1), steps: h.Steps, biases: make([]float32, n)}
	if _, err := binary.Decode(rest[:4*n], binary.LittleEndian, a.biases); err != nil {
		return nil, err
	}
	a.weights = rest[4*n:]
	return a, nil
}

type archetypesHeader struct {
	Names   []string  `json:"names"`
	Buckets int       `json:"buckets"`
	Steps   []float32 `json:"steps"`
}

// with returns the greater share of each archetype: what two texts together are about.
func (s subjects) with(other subjects) subjects {
	for _, o := range other {
		i := slices.IndexFunc(s, func(x subject) bool { return x.archetype == o.archetype })
		if i < 0 {
			s = append(s, o)
		} else {
			s[i].share = max(s[i].share, o.share)
		}
	}
	return s
}

// meet returns how much two texts are about the same: by all archetypes, and by those from fine on alone.
func (s subjects) meet(other subjects, fine int32) (all, finely float32) {
	for _, x := range s {
		for _, y := range other {
			if x.archetype != y.archetype {
				continue
			}
			all += x.share * y.share
			if x.archetype >= fine {
				finely += x.share * y.share
			}
		}
	}
	return all, float32(len(scales)) * finely
}

// fine returns the first archetype after those of the broad scale.
func (l *language) fine() int32 {
	if len(l.subjects) == 0 {
		return 0
	}
	return int32(len(l.subjects[0].names))
}
