package index

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Word vectors bring together questions and answers that share no word: "when can I go back to my job" and "most are
// at their desk the next day". Each stem, each concept of the thesaurus and each beginning of a long stem has a
// vector; a text's is their weighted sum, scaled to length 1, and two texts belong together as far as theirs point
// the same way. They were learned from questions beside the answers that they ask for (vectorlearn.go), not from
// running text, so that what is near is what answers.
//
// Source: Wu and others, StarSpace: Embed All The Things!, AAAI 2018.
//
// A language's are in knowledge/lang/CODE/vectors.bin, which cmd/calibrate writes:
//
//	one line of JSON: {"dim": n, "rows": n}
//	hashes, one uint32 a row, ascending
//	steps, one float32 a row
//	numbers, one int8 for each row and dimension, row-major; times the row's step
//
// All is little-endian. A feature whose hash has no row is unknown and adds nothing.
type wordVectors struct {
	dim     int
	hashes  []uint32 // by row
	steps   []float32
	numbers []byte
}

type vectorsHeader struct {
	Dim  int `json:"dim"`
	Rows int `json:"rows"`
}

const (
	vectorsFile = "vectors.bin"
	longStem    = 5 // letters; a longer stem's beginning counts too
)

// readVectors returns a language's word vectors; nil when it has none.
func readVectors(code string) (*wordVectors, error) {
	data, err := optionalData(code, vectorsFile)
	if data == nil || err != nil {
		return nil, err
	}
	w, err := parseVectors(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", vectorsFile, err)
	}
	return w, nil
}

// parseVectors reads what calibrate wrote. The numbers stay where they are in data.
func parseVectors(data []byte) (*wordVectors, error) {
	header, rest, _ := bytes.Cut(data, []byte("\n"))
	var h vectorsHeader
	if err := json.Unmarshal(header, &h); err != nil {
		return nil, err
	}
	if h.Dim <= 0 || h.Rows <= 0 || h.Dim > len(rest) || h.Rows > len(rest) || len(rest) != h.Rows*(8+h.Dim) {
		return nil, errors.New("not of the size that its header says")
	}
	w := &wordVectors{dim: h.Dim, hashes: make([]uint32, h.Rows), steps: make([]float32, h.Rows), numbers: rest[8*h.Rows:]}
	if _, err := binary.Decode(rest[:4*h.Rows], binary.LittleEndian, w.hashes); err != nil {
		return nil, err
	}
	if _, err := binary.Decode(rest[4*h.Rows:8*h.Rows], binary.LittleEndian, w.steps); err != nil {
		return nil, err
	}
	return w, nil
}

// vector returns the vector of a text's words, of length 1; nil when the language has none, or knows no word or none that
// tells anything: what "what about it" comes near to is chance.
func (l *language) vector(words []string) []float32 {
	if l.vectors == nil || !l.tell(words) {
		return nil
	}
	v := make([]float32, l.vectors.dim)
	l.vectors.sum(l.vectorFeatures(words), v)
	if !toLength1(v) {
		return nil
	}
	return v
}

// tell reports whether any of the words tells anything.
func (l *language) tell(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return l.weight(w) > fillerWeight })
}

// sum adds up what the features' rows say.
func (w *wordVectors) sum(in []feature, v []float32) {
	for _, f := range in {
		row, known := slices.BinarySearch(w.hashes, f.bucket)
		if !known {
			continue
		}
		by := f.value * w.steps[row]
		numbers := w.numbers[row*w.dim:][:len(v)]
		for i, x := range numbers {
			v[i] += by * floats[x]
		}
	}
}

// toLength1 scales v; false when there is nothing to scale.
func toLength1(v []float32) bool {
	length := float32(math.Sqrt(float64(dot(v, v))))
	if length < 1e-6 {
		return false
	}
	for i := range v {
		v[i] /= length
	}
	return true
}

// vectorFeatures returns a text's stems, their concepts and the beginnings of long ones, scaled to length 1. A feature's
// bucket is its whole hash: were strange words to share another's bucket, they would mean something.
func (l *language) vectorFeatures(words []string) []feature {
	stems, facts := l.factsOf(words)
	in := make([]feature, 0, 4*len(stems))
	add := func(space byte, s string, value float32) {
		in = append(in, feature{hash(space, s), value})
	}
	for i, s := range stems {
		weight := 0.2 + facts[i].weight/maxWeight
		add('w', s, weight)
		if len(s) > longStem {
			add('p', s[:longStem], 0.5*weight)
		}
		senses := l.sensesAt(stems, facts, i)
		for _, id := range senses[:min(len(senses), maxSenses)] {
			add('c', l.thesaurus.concepts[id].name, 0.7*weight/float32(len(senses)))
		}
	}
	return gather(in)
}
