package score

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Settings say how a model is trained.
type Settings struct {
	Epochs  int     // times that each example is seen
	Rate    float64 // how far a weight moves at first
	Decay   float64 // pull of each weight towards 0
	Dropout float64 // share of features left out at random, so that none is relied on alone
	Least   int     // lines that a feature must stand in to be kept
	Rows    int     // features kept in the end, those that weigh most
}

// Usual are the settings that the shipped weights were trained with.
var Usual = Settings{Epochs: 16, Rate: 0.1, Decay: 3e-4, Dropout: 0.3, Least: 2, Rows: 40_000}

// weights are what a feature says for each outcome, while it is learnt.
type weights [outcomes]float32

// A sample is an example as its features.
type sample struct {
	features []int32
	scale    float32
	outcome  int
	weight   float32
}

// A learner fits weights by gradient descent on the likelihood of the outcomes, with steps that shrink feature by
// feature (AdaGrad). It is deterministic.
type learner struct {
	Settings
	weights, steps  []weights
	bias, biasSteps weights
	rng             *rand.Rand
}

// Train returns a model of examples, whose words read returns. Its threshold is 0: the odds are even.
func Train(examples []Example, read func(string) []string, c *Concepts, set Settings) *Model {
	hashes, samples := vectors(examples, read, c, set.Least)
	l := &learner{Settings: set, rng: rand.New(rand.NewPCG(1, 2))}
	l.weights, l.steps = make([]weights, len(hashes)), make([]weights, len(hashes))
	kept := make([]int32, 0, 1000)
	for range set.Epochs {
		l.rng.Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
		for _, s := range samples {
			kept = kept[:0]
			for _, f := range s.features {
				if l.rng.Float64() >= set.Dropout {
					kept = append(kept, f)
				}
			}
			s.features = kept
			s.scale /= float32(1 - set.Dropout)
			l.learn(s)
		}
	}
	return l.model(hashes, c)
}

// learn takes one step towards the outcome of s.
func (l *learner) learn(s sample) {
	z := l.bias
	for _, f := range s.features {
		for k := range z {
			z[k] += l.weights[f][k] * s.scale
		}
	}
	p := softmax(z)
	p[s.outcome]--
	for k := range p {
		p[k] *= s.weight
		l.bias[k] -= l.step(p[k], &l.biasSteps[k])
	}
	for _, f := range s.features {
		w := &l.weights[f]
		for k := range w {
			w[k] -= l.step(p[k]*s.scale+float32(l.Decay)*w[k], &l.steps[f][k])
		}
	}
}

// step returns how far to go along a gradient; sum is that of its squares so far.
func (l *learner) step(gradient float32, sum *float32) float32 {
	*sum += gradient * gradient
	return float32(l.Rate) * gradient / (1e-3 + float32(math.Sqrt(float64(*sum))))
}

func softmax(z weights) weights {
	top := slices.Max(z[:])
	sum := float32(0)
	for k := range z {
		z[k] = float32(math.Exp(float64(z[k] - top)))
		sum += z[k]
	}
	for k := range z {
		z[k] /= sum
	}
	return z
}

// model rounds the weights that matter most to small numbers.
func (l *learner) model(hashes []uint32, c *Concepts) *Model {
	type feature struct {
		hash   uint32
		w      weights
		spread float32 // between the outcomes
	}
	features := make([]feature, len(hashes))
	top := float32(1e-6)
	for i, h := range hashes {
		w := l.weights[i]
		features[i] = feature{h, w, slices.Max(w[:]) - slices.Min(w[:])}
		top = max(top, slices.Max(w[:]), -slices.Min(w[:]))
	}
	slices.SortFunc(features, func(a, b feature) int {
		return cmp.Or(cmp.Compare(b.spread, a.spread), cmp.Compare(a.hash, b.hash))
	})
	features = features[:min(len(features), l.Rows)]
	m := &Model{concepts: c, bias: l.bias, unit: top / math.MaxInt8, table: newTable(len(features))}
	for _, f := range features {
		var r row
		for k, w := range f.w {
			r[k] = int8(math.Round(float64(w / m.unit)))
		}
		if r != (row{}) {
			m.table.set(f.hash, r)
		}
	}
	return m
}

// vectors returns the hashes of the features that stand in at least so many lines, and the examples by their numbers.
func vectors(examples []Example, read func(string) []string, c *Concepts, least int) ([]uint32, []sample) {
	all := make([][]uint32, len(examples))
	samples := make([]sample, len(examples))
	lines := map[uint32]int{}   // that a feature stands in
	last := map[uint32]string{} // of these, the latest
	of := map[string]int{}      // sentences of a line
	for i, e := range examples {
		words := read(e.Text)
		samples[i].scale = squeeze(len(words))
		of[e.Line]++
		each(c.tokens(words), func(_ int, f feature) {
			h := f.hash()
			all[i] = append(all[i], h)
			if last[h] != e.Line {
				last[h] = e.Line
				lines[h]++
			}
		})
	}
	var hashes []uint32
	numbers := map[uint32]int32{}
	for i, e := range examples {
		s := &samples[i]
		if s.outcome = slices.Index(Kinds[:], e.Kind); s.outcome < 0 {
			s.outcome = ordinary
		}
		s.weight = float32(1 / math.Sqrt(float64(of[e.Line]))) // many sentences of one line say little more
		for _, h := range all[i] {
			if lines[h] < least {
				continue
			}
			if _, known := numbers[h]; !known {
				numbers[h] = int32(len(hashes))
				hashes = append(hashes, h)
			}
			s.features = append(s.features, numbers[h])
		}
	}
	return hashes, samples
}
