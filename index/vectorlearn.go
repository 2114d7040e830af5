package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
)

// How word vectors are learned. Questions stand beside texts that belong to them, a batch of such pairs at a time, and
// each question has to find its own text among those of the batch, and each text its question.
const (
	vectorDim         = 96
	vectorEpochs      = 10  // times that each question comes up, on average
	vectorBatch       = 128 // pairs
	vectorSiblings    = 4   // pairs of one topic in a batch at most: what is told apart hardest
	vectorTemperature = 0.1
	vectorRate        = 0.3 // of AdaGrad's steps; falls to nothing
)

// LearnVectors learns a language's word vectors from the pairs in pairs/CODE/*.txt, and from its archetypes' examples in
// folder/CODE/archetypes, and returns them by the name of their file.
// In a file of pairs "[name]" opens a topic, "= a heading" a pairing, and ". a sentence" and "? a question" belong to it.
// The error wraps fs.ErrNotExist when the language has no pairs.
func LearnVectors(ctx context.Context, code string, folder, pairs fs.FS) (map[string][]byte, error) {
	l, err := loadLanguage(code)
	if err != nil {
		return nil, err
	}
	topics, err := l.pairs(pairs)
	if err != nil {
		return nil, fmt.Errorf("read pairs of %q: %w", code, err)
	}
	more, err := l.archetypePairs(folder)
	if err != nil {
		return nil, fmt.Errorf("read archetypes of %q: %w", code, err)
	}
	data, err := learnTopics(ctx, append(topics, more...))
	if err != nil {
		return nil, err
	}
	return map[string][]byte{vectorsFile: data}, nil
}

// learnTopics learns from topics, and returns what vectors.bin is to hold.
func learnTopics(ctx context.Context, topics []topic) ([]byte, error) {
	m := newVectorMap(topics)
	if err := m.learn(ctx, topics); err != nil {
		return nil, err
	}
	return m.bytes()
}

// A vectorMap is word vectors under way.
type vectorMap struct {
	random  *rand.Rand
	hashes  []uint32  // by row, ascending
	table   []float32 // row-major
	squares []float32 // AdaGrad's sums, one a row
}

// newVectorMap gives every feature of the topics a row, in place of its hash, and every row a random direction: at first
// every word is near itself alone.
func newVectorMap(topics []topic) *vectorMap {
	m := &vectorMap{random: rand.New(rand.NewPCG(7, 7))}
	each := func(do func(*feature)) {
		for _, t := range topics {
			for i := range t {
				for _, text := range t[i].texts() {
					for k := range text {
						do(&text[k])
					}
				}
			}
		}
	}
	each(func(f *feature) { m.hashes = append(m.hashes, f.bucket) })
	slices.Sort(m.hashes)
	m.hashes = slices.Clip(slices.Compact(m.hashes))
	each(func(f *feature) {
		row, _ := slices.BinarySearch(m.hashes, f.bucket)
		f.bucket = uint32(row)
	})
	m.table, m.squares = make([]float32, len(m.hashes)*vectorDim), make([]float32, len(m.hashes))
	for i := range m.table {
		m.table[i] = float32(m.random.NormFloat64() / math.Sqrt(vectorDim))
	}
	return m
}

func (m *vectorMap) row(n uint32) []float32 { return m.table[int(n)*vectorDim:][:vectorDim] }

// learn goes through batches drawn from the topics: a topic by the root of its questions, so that large ones do not
// decide alone.
func (m *vectorMap) learn(ctx context.Context, topics []topic) error {
	var questions int
	var sum float64
	upTo := make([]float64, len(topics))
	for i, t := range topics {
		n := 0
		for _, p := range t {
			n += len(p.asked)
		}
		questions += n
		sum += math.Sqrt(float64(n))
		upTo[i] = sum
	}
	b := newBatch()
	steps := vectorEpochs * questions / vectorBatch
	for step := range steps {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for n := 0; n < vectorBatch; {
			i, _ := slices.BinarySearch(upTo, m.random.Float64()*sum)
			t := topics[min(i, len(topics)-1)]
			for _, k := range m.random.Perm(len(t))[:min(len(t), vectorSiblings, vectorBatch-n)] {
				b.set(n, m, &t[k])
				n++
			}
		}
		b.slopes()
		rate := vectorRate * (1 - float32(step)/float32(steps))
		for i := range b.left {
			m.step(&b.left[i], rate)
			m.step(&b.right[i], rate)
		}
	}
	return nil
}

// step moves the rows of a side's features against its gradient.
func (m *vectorMap) step(s *side, rate float32) {
	along := dot(s.slopes, s.v) // scaling to length 1 takes out what only lengthens
	var square float32
	for i := range s.slopes {
		s.slopes[i] = (s.slopes[i] - along*s.v[i]) / s.length
		square += s.slopes[i] * s.slopes[i]
	}
	for _, f := range s.in {
		m.squares[f.bucket] += square * f.value * f.value / vectorDim
		by := rate * f.value / (float32(math.Sqrt(float64(m.squares[f.bucket]))) + 1e-6)
		row := m.row(f.bucket)
		for i, d := range s.slopes {
			row[i] -= by * d
		}
	}
}

// bytes brings what was learned into the form of vectors.bin.
func (m *vectorMap) bytes() ([]byte, error) {
	steps := make([]float32, len(m.hashes))
	var numbers bytes.Buffer
	for i := range m.hashes {
		row := m.row(uint32(i))
		step := float32(1e-9)
		for _, x := range row {
			step = max(step, x/127, -x/127)
		}
		steps[i] = step
		for _, x := range row {
			numbers.WriteByte(byte(int8(math.Round(float64(x / step)))))
		}
	}
	header, err := json.Marshal(vectorsHeader{vectorDim, len(m.hashes)})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Write(header)
	out.WriteByte('\n')
	for _, part := range []any{m.hashes, steps, numbers.Bytes()} {
		if err := binary.Write(&out, binary.LittleEndian, part); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}
