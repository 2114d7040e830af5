package main

import (
	"math"
	"math/rand/v2"

	"frontdesk/index"
)

// A network is a model under way: its numbers with, for each, the gradient of the batch and Adam's two moments.
type network struct {
	model  *index.Model
	slope  *index.Model // the batch's gradient, in the model's layout
	values []parameter
	room   struct{ scores, alone, acts []float32 }
}

// A parameter is one number of the model.
type parameter struct {
	at, slope     *float32
	first, second float64
	decay         float64
}

// How much the penalty on large weights is, for the linear part and the hidden units.
const (
	linearDecay = 0.0002
	hiddenDecay = 0.0004
)

// ranking is what the order of the sections counts beside whether any of them answers: a question that has an answer
// also teaches which candidate it is, as if there had to be one. Without it little is learned from a question whose
// answer the model doubts, and large sets that are left out lose most by that.
const ranking = 2

// newNetwork returns a network whose hidden units start at random: alike, they would all learn the same.
func newNetwork(hidden int, random *rand.Rand) *network {
	n := &network{model: blank(hidden), slope: blank(hidden)}
	for i := range n.model.Hidden {
		u := &n.model.Hidden[i]
		for _, list := range [][]float32{u.Clues, u.Background} {
			for k := range list {
				list[k] = float32(random.NormFloat64() * 0.3)
			}
		}
		u.Out = float32(random.NormFloat64() * 0.3)
	}
	n.pair(n.model.Plain, n.slope.Plain, linearDecay)
	n.pair(n.model.Phrased, n.slope.Phrased, linearDecay)
	n.pair(n.model.PlainBackground, n.slope.PlainBackground, linearDecay)
	n.pair(n.model.PhrasedBackground, n.slope.PhrasedBackground, linearDecay)
	for i := range n.model.Hidden {
		u, s := &n.model.Hidden[i], &n.slope.Hidden[i]
		n.pair(u.Clues, s.Clues, hiddenDecay)
		n.pair(u.Background, s.Background, hiddenDecay)
		n.values = append(n.values,
			parameter{at: &u.Phrased, slope: &s.Phrased, decay: hiddenDecay},
			parameter{at: &u.Bias, slope: &s.Bias, decay: hiddenDecay},
			parameter{at: &u.Out, slope: &s.Out, decay: hiddenDecay})
	}
	return n
}

// blank returns a model of zeroes.
func blank(hidden int) *index.Model {
	clues, backgrounds := len(index.Clues()), len(index.Backgrounds())
	m := &index.Model{
		Plain: make([]float32, clues), Phrased: make([]float32, clues),
		PlainBackground: make([]float32, backgrounds), PhrasedBackground: make([]float32, backgrounds),
	}
	for range hidden {
		m.Hidden = append(m.Hidden, index.HiddenUnit{Clues: make([]float32, clues), Background: make([]float32, backgrounds)})
	}
	return m
}

// pair adds numbers of the model with their gradients.
func (n *network) pair(at, slope []float32, decay float64) {
	for i := range at {
		n.values = append(n.values, parameter{at: &at[i], slope: &slope[i], decay: decay})
	}
}

// descend adds the gradient of -log of what the example's truth is given, and of its part among the candidates.
func (n *network) descend(e *example) {
	m, hidden := n.model, len(n.model.Hidden)
	inner := m.Inner(e.Background)
	scores, acts := n.room.scores[:0], n.room.acts[:0]
	for _, c := range e.Candidates {
		var score float32
		score, acts = activate(m, &c, inner, acts)
		scores = append(scores, score)
	}
	n.room.scores, n.room.acts = scores, acts
	alone, _ := index.Probabilities(append(n.room.alone[:0], scores...), float32(math.Inf(-1)))
	n.room.alone = alone
	p, none := index.Probabilities(scores, m.None(e.Background, e.Phrased))
	right, rightAlone := e.rightOf(p), e.rightOf(alone)
	for i := range e.Candidates {
		d := p[i]
		if !e.out {
			d += ranking * alone[i]
			if e.right[i] {
				d -= p[i]/right + ranking*alone[i]/rightAlone
			}
		}
		if d > smallSlope || d < -smallSlope {
			n.back(&e.Candidates[i], e.Background, acts[i*hidden:][:hidden], d*e.weight)
		}
	}
	d := none
	if e.out {
		d--
	}
	add(n.slope.PlainBackground, e.Background, d*e.weight*(1-e.Phrased))
	add(n.slope.PhrasedBackground, e.Background, d*e.weight*e.Phrased)
}

// smallSlope is a gradient that is too small to teach anything.
const smallSlope = 1e-3

// rightOf returns what of the probabilities the right candidates have; never 0.
func (e *example) rightOf(p []float32) (sum float32) {
	for i, ok := range e.right {
		if ok {
			sum += p[i]
		}
	}
	return max(sum, 1e-12)
}

// activate returns a candidate's score and appends what its hidden units put out.
func activate(m *index.Model, c *index.LessonCandidate, inner, acts []float32) (float32, []float32) {
	from := len(acts)
	for j := range m.Hidden {
		sum := inner[j]
		for k, x := range c.Clues {
			sum += m.Hidden[j].Clues[k] * x
		}
		if c.Phrased {
			sum += m.Hidden[j].Phrased
		}
		acts = append(acts, float32(math.Tanh(float64(sum))))
	}
	w := m.Plain
	if c.Phrased {
		w = m.Phrased
	}
	var score float32
	for k, x := range c.Clues {
		score += w[k] * x
	}
	for j, a := range acts[from:] {
		score += m.Hidden[j].Out * a
	}
	return score, acts
}

// back adds a candidate's part of the gradient; d is its score's.
func (n *network) back(c *index.LessonCandidate, background, acts []float32, d float32) {
	w := n.slope.Plain
	if c.Phrased {
		w = n.slope.Phrased
	}
	add(w, c.Clues, d)
	for j, a := range acts {
		s := &n.slope.Hidden[j]
		s.Out += d * a
		inner := d * n.model.Hidden[j].Out * (1 - a*a)
		add(s.Clues, c.Clues, inner)
		add(s.Background, background, inner)
		s.Bias += inner
		if c.Phrased {
			s.Phrased += inner
		}
	}
}

// add adds by*x to to.
func add(to, x []float32, by float32) {
	for i, v := range x {
		to[i] += by * v
	}
}

// step moves all numbers against the gradient of a batch and forgets it.
func (n *network) step(rate float64, step, batch int) {
	one, two := 1-math.Pow(0.9, float64(step)), 1-math.Pow(0.999, float64(step))
	for i := range n.values {
		v := &n.values[i]
		d := float64(*v.slope)/float64(batch) + v.decay*float64(*v.at)
		*v.slope = 0
		v.first = 0.9*v.first + 0.1*d
		v.second = 0.999*v.second + 0.001*d*d
		*v.at -= float32(rate * v.first / one / (math.Sqrt(v.second/two) + 1e-8))
	}
}
