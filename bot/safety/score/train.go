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
	Whole   int     // of these, the first ones in which it is learnt from as a whole, and not from its most alarming part
	Rate    float64 // how far a weight moves at first
	Decay   float64 // pull of each weight towards 0
	Dropout float64 // share of features left out at random, so that none is relied on alone
	Least   int     // lines that a feature must stand in to be kept
	Rows    int     // features kept in the end, those that weigh most
}

// Usual are the settings that the shipped weights were trained with.
var Usual = Settings{Epochs: 8, Whole: 4, Rate: 0.1, Decay: 1e-4, Dropout: 0.5, Least: 1, Rows: 1_400_000}

// weights are what a feature says for each outcome, while it is learnt.
type weights = [outcomes]float32

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
	hashes, samples := samplesOf(examples, read, c, set.Least)
	l := &learner{Settings: set, rng: rand.New(rand.NewPCG(1, 2))}
	l.weights, l.steps = make([]weights, len(hashes)), make([]weights, len(hashes))
	kept := make([]int32, 0, 1000)
	for epoch := range set.Epochs {
		l.rng.Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
		for _, s := range samples {
			p := s.parts[0]
			if epoch >= set.Whole {
				p = l.loudest(s.parts)
			}
			kept = kept[:0]
			for _, f := range p.features {
				if l.rng.Float64() >= set.Dropout {
					kept = append(kept, f)
				}
			}
			p.features = kept
			p.scale /= float32(1 - set.Dropout)
			l.learn(p, s.outcome, s.weight)
		}
	}
	return l.model(hashes, c)
}

// loudest returns the part with the highest odds of danger, which is what a message is judged by.
func (l *learner) loudest(parts []part) part {
	if len(parts) == 1 {
		return parts[0]
	}
	best, most := 0, math.Inf(-1)
	for i, p := range parts {
		if _, odds := judge(l.sum(p)); odds > most {
			best, most = i, odds
		}
	}
	return parts[best]
}

func (l *learner) sum(p part) weights {
	z := l.bias
	for _, f := range p.features {
		for k := range z {
			z[k] += l.weights[f][k] * p.scale
		}
	}
	return z
}

// learn takes one step towards the outcome of a part.
func (l *learner) learn(at part, outcome int, weight float32) {
	z := l.sum(at)
	p := softmax(z)
	p[outcome]--
	for k := range p {
		p[k] *= weight
		l.bias[k] -= l.step(p[k], &l.biasSteps[k])
	}
	for _, f := range at.features {
		w := &l.weights[f]
		for k := range w {
			w[k] -= l.step(p[k]*at.scale+float32(l.Decay)*w[k], &l.steps[f][k])
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
	m := &Model{concepts: c, bias: l.bias, unit: top / math.MaxInt8}
	rows := map[uint32]row{}
	for _, f := range features {
		var r row
		for k, w := range f.w {
			r[k] = int8(math.Round(float64(w / m.unit)))
		}
		if r != (row{}) {
			rows[f.hash] = r
		}
	}
	m.table = tableOf(rows)
	return m
}
