package index

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A course is what descend goes through: examples with their features, in an order, so many times, with a rate that
// falls to nothing.
type course struct {
	examples []example
	inputs   [][]feature
	order    []int
	epochs   int
	rate     float32
}

// descend learns; false when ctx ended before it was done.
func (c *classifier) descend(ctx context.Context, x course) bool {
	if c.squares == nil {
		c.squares = make([]float32, c.mask+1)
	}
	p, room := make([]float32, c.labels), make([]int32, 0, c.labels)
	for epoch := range x.epochs {
		if ctx.Err() != nil {
			return false
		}
		rate := x.rate * float32(x.epochs-epoch) / float32(x.epochs)
		for _, i := range x.order {
			c.forward(x.inputs[i], p)
			softmax(p)
			c.step(x.inputs[i], x.examples[i].label, p, rate, room)
		}
	}
	return true
}

// shuffled returns an order that depends on each example alone: one more leaves the others where they stand, so that
// what was learned of them hardly changes.
func shuffled(examples []example) []int {
	keys := make([]uint64, len(examples))
	order := make([]int, len(examples))
	for i, e := range examples {
		order[i] = i
		for _, w := range e.words {
			keys[i] = (keys[i] ^ uint64(hash('o', w))) * 0x9e3779b97f4a7c15
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(keys[i], keys[j]) })
	return order
}

// step moves the weights of one example's features against the gradient of its log loss. room is for the labels that
// learn, a few of all after the first examples.
func (c *classifier) step(in []feature, label int, p []float32, rate float32, room []int32) {
	p[label]--
	var gradient float32
	learn := room[:0]
	for l, g := range p {
		gradient += g * g
		if g > classifierSmallChance || g < -classifierSmallChance {
			learn = append(learn, int32(l))
		}
	}
	for _, f := range in {
		c.squares[f.bucket] += gradient * f.value * f.value
		at := rate * f.value / float32(math.Sqrt(float64(c.squares[f.bucket])+1e-8))
		row := c.row(f)
		for _, l := range learn {
			row[l] -= at*p[l] + classifierDecay*row[l]
		}
	}
	for l, g := range p {
		c.bias[l] -= 0.1 * rate * g
	}
}

// forward writes each label's score into p.
func (c *classifier) forward(in []feature, p []float32) {
	copy(p, c.bias)
	for ; len(in) >= 4; in = in[4:] { // four at a time, so that a sum is loaded and stored once for them
		r0, r1, r2, r3 := c.row(in[0]), c.row(in[1]), c.row(in[2]), c.row(in[3])
		r0, r1, r2, r3 = r0[:len(p)], r1[:len(p)], r2[:len(p)], r3[:len(p)]
		for l, s := range p {
			s += in[0].value * r0[l]
			s += in[1].value * r1[l]
			s += in[2].value * r2[l]
			s += in[3].value * r3[l]
			p[l] = s
		}
	}
	for _, f := range in {
		row := c.row(f)[:len(p)]
		for l := range p {
			p[l] += f.value * row[l]
		}
	}
}

// row returns a feature's weights, one a label.
func (c *classifier) row(f feature) []float32 {
	return c.weights[int(c.rows[f.bucket])*c.labels:][:c.labels]
}
