package index

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"frontdesk/knowledge/lang"
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
		data, err := lang.File(code, scale.file)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			continue
		}
		if err != nil {
			return nil, err
		}
		a, err := parseArchetypes(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", scale.file, err)
		}
		all = append(all, a)
	}
	return all, nil
}

func parseArchetypes(data string) (*archetypes, error) {
	header, rest, _ := strings.Cut(data, "\n")
	var h archetypesHeader
	if err := json.Unmarshal([]byte(header), &h); err != nil {
		return nil, err
	}
	n := len(h.Names)
	if n == 0 || len(h.Steps) != n || h.Buckets <= 0 || h.Buckets&(h.Buckets-1) != 0 || len(rest) != 4*n+h.Buckets*n {
		return nil, errors.New("not of the size that its header says")
	}
	a := &archetypes{names: h.Names, mask: uint32(h.Buckets - 1), steps: h.Steps, biases: make([]float32, n)}
	if _, err := binary.Decode([]byte(rest[:4*n]), binary.LittleEndian, a.biases); err != nil {
		return nil, err
	}
	a.weights = []byte(rest[4*n:])
	return a, nil
}

type archetypesHeader struct {
	Names   []string  `json:"names"`
	Buckets int       `json:"buckets"`
	Steps   []float32 `json:"steps"`
}

// place says what a text is about; nil when it cannot be told.
func (l *language) place(words []string) subjects {
	if len(l.subjects) == 0 || len(words) == 0 {
		return nil
	}
	in := l.subjectFeatures(words, archetypeBuckets-1)
	part := float32(math.Sqrt(1 / float64(len(l.subjects)))) // of a scale in all
	var about subjects
	first := int32(0)
	for _, a := range l.subjects {
		for i, p := range a.place(in) {
			if p >= smallSubject {
				about = append(about, subject{first + int32(i), part * float32(math.Sqrt(float64(p)))})
			}
		}
		first += int32(len(a.names))
	}
	return about
}

// place returns the probability of each archetype for a text's features.
func (a *archetypes) place(in []feature) []float32 {
	n := len(a.names)
	sums := make([]float32, n)
	for _, f := range in {
		row := a.weights[int(f.bucket&a.mask)*n:][:n]
		for i, w := range row {
			sums[i] += f.value * float32(int8(w))
		}
	}
	for i := range sums {
		sums[i] = sums[i]*a.steps[i] + a.biases[i]
	}
	softmax(sums)
	return sums
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

// subjectFeatures returns a text's hashed stems, pairs of stems and concepts, scaled to length 1.
func (l *language) subjectFeatures(words []string, mask uint32) []feature {
	stems, weights := make([]string, len(words)), make([]float32, len(words))
	for i, w := range words {
		f := l.fact(w)
		stems[i], weights[i] = f.stem, f.weight
	}
	in := make([]feature, 0, 4*len(stems))
	add := func(space byte, s string, value float32) {
		in = append(in, feature{hash(space, s) & mask, value})
	}
	before := "^"
	for i, s := range stems {
		w := 0.3 + weights[i]/maxWeight
		add('w', s, w)
		add('b', before+" "+s, 0.6)
		before = s
		key, n := l.thesaurus.phraseAt(stems, i)
		if n == 0 {
			key = s
		}
		senses := l.thesaurus.byMember[key]
		for _, id := range senses[:min(len(senses), maxSenses)] {
			add('c', l.thesaurus.concepts[id].name, 0.7/float32(len(senses)))
		}
	}
	return gather(in)
}

// maxSenses bounds how many concepts a word stands for here.
const maxSenses = 4

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
