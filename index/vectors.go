package index

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math"
	"slices"

	"frontdesk/knowledge/lang"
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
	vectorsFile      = "vectors.bin"
	maxPassages      = 6 // of one section; a longer text's hold more sentences each
	passageSentences = 2
	longStem         = 5   // letters; a longer stem's beginning counts too
	vectorStep       = 127 // a section's vectors are kept as whole numbers of this part
)

// readVectors returns a language's word vectors; nil when it has none.
func readVectors(code string) (*wordVectors, error) {
	data, err := lang.File(code, vectorsFile)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, nil
	}
	if err != nil {
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

// textVectors are a section's: one vector after the other, each in steps of 1/vectorStep.
type textVectors struct {
	asked  []int8 // of the heading and each phrasing of which any word is known
	told   []int8 // of passages
	centre []int8 // the mean of asked
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
	t.centre = shorten(nil, sum)
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

// vectorFeatures returns a text's stems, their concepts and the beginnings of long ones, scaled to length 1. A feature's
// bucket is its whole hash: were strange words to share another's bucket, they would mean something.
func (l *language) vectorFeatures(words []string) []feature {
	stems, facts := make([]string, len(words)), make([]*fact, len(words))
	for i, w := range words {
		facts[i] = l.fact(w)
		stems[i] = facts[i].stem
	}
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

// sensesAt returns the concepts that the thesaurus has of the phrase or the word at i.
func (l *language) sensesAt(stems []string, facts []*fact, i int) []int32 {
	senses := facts[i].senses
	if facts[i].opens {
		if phrase, n := l.thesaurus.phraseAt(stems, i); n > 0 {
			senses = l.thesaurus.byMember[phrase]
		}
	}
	return senses
}
