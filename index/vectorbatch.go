package index

import "math"

// A side is one text of a pair in a batch.
type side struct {
	in        []feature
	length    float32 // of the vector before it was scaled
	v, slopes []float32
}

// A batch is pairs that learn from one another.
type batch struct {
	left, right []side // questions; headings, sentences and other questions
	of          []*pairing
	likeness    []float32 // left-major, over the temperature; then the gradient
	column      []float32
}

func newBatch() *batch {
	b := &batch{
		left: make([]side, vectorBatch), right: make([]side, vectorBatch), of: make([]*pairing, vectorBatch),
		likeness: make([]float32, vectorBatch*vectorBatch), column: make([]float32, vectorBatch),
	}
	for i := range vectorBatch {
		for _, s := range []*side{&b.left[i], &b.right[i]} {
			s.v, s.slopes = make([]float32, vectorDim), make([]float32, vectorDim)
		}
	}
	return b
}

// set draws a question of p and something that belongs to it: a sentence half of the time.
func (b *batch) set(i int, m *vectorMap, p *pairing) {
	b.of[i] = p
	draw := func(list [][]feature) []feature { return list[m.random.IntN(len(list))] }
	left := draw(p.asked)
	var right []feature
	switch x := m.random.Float64(); {
	case x < 0.25 && p.heading != nil:
		right = p.heading
	case x < 0.75 || len(p.asked) == 1:
		right = draw(p.told)
	default:
		right = draw(p.asked)
	}
	b.left[i].look(left, m)
	b.right[i].look(right, m)
}

// look sets a side to a text as it is seen now.
func (s *side) look(in []feature, m *vectorMap) {
	s.in = in
	clear(s.v)
	clear(s.slopes)
	for _, f := range in {
		for i, x := range m.row(f.bucket) {
			s.v[i] += f.value * x
		}
	}
	s.length = max(float32(math.Sqrt(float64(dot(s.v, s.v)))), 1e-6)
	for i := range s.v {
		s.v[i] /= s.length
	}
}

// slopes finds the gradient of every side: of -log of what a softmax over the batch gives to the one that belongs to it,
// in both directions. Two pairs of one pairing say nothing against each other.
func (b *batch) slopes() {
	n := vectorBatch
	for i := range n {
		for j := range n {
			b.likeness[i*n+j] = dot(b.left[i].v, b.right[j].v) / vectorTemperature
			if i != j && b.of[i] == b.of[j] {
				b.likeness[i*n+j] = -1e9
			}
		}
	}
	gradient := make([]float32, n*n)
	for i := range n {
		row := gradient[i*n:][:n]
		copy(row, b.likeness[i*n:][:n])
		softmax(row)
		row[i]--
	}
	for j := range n {
		for i := range n {
			b.column[i] = b.likeness[i*n+j]
		}
		softmax(b.column)
		b.column[j]--
		for i := range n {
			gradient[i*n+j] += b.column[i]
		}
	}
	for i := range n {
		for j := range n {
			if g := gradient[i*n+j] / (2 * vectorTemperature); g > smallSlope || g < -smallSlope {
				left, right := &b.left[i], &b.right[j]
				for k := range left.slopes {
					left.slopes[k] += g * right.v[k]
					right.slopes[k] += g * left.v[k]
				}
			}
		}
	}
}

// smallSlope is a gradient that is too small to teach anything.
const smallSlope = 1e-4
