package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"frontdesk/index"
)

// weights are what is learned: one number for each clue and each value of the background.
type weights struct{ plain, phrased, plainBackground, phrasedBackground []float32 }

// newWeights cuts all into the parts of weights.
func newWeights(all []float32) weights {
	c, b := len(index.Clues()), len(index.Backgrounds())
	return weights{all[:c], all[c : 2*c], all[2*c : 2*c+b], all[2*c+b:]}
}

// The bounds on what is learned from: more changes nothing but the time it takes.
const (
	maxLessons    = 700 // of one set, evenly spread
	maxCandidates = 25  // of one question, by the shipped weights
)

// A row is a lesson brought down for learning: the clues of its candidates one after another.
type row struct {
	clues      []float32
	background []float32
	plain      []bool // by candidate: no phrasings of its own
	phrased    float32
	right      []bool
	out        bool
	share      float64 // of the whole, over all lessons 1
}

// rows brings the lessons of all sets down. Each set counts as much as the root of its size, lest the largest decide
// alone.
func rows(sets []set) []row {
	var all []row
	var total float64
	for _, s := range sets {
		total += math.Sqrt(float64(min(len(s.lessons), maxLessons)))
	}
	for _, s := range sets {
		n := min(len(s.lessons), maxLessons)
		for i := range n {
			if r, ok := s.lessons[i*len(s.lessons)/n].row(); ok {
				r.share = 1 / math.Sqrt(float64(n)) / total
				all = append(all, r)
			}
		}
	}
	return all
}

// row is false when the right section is no candidate: nothing to learn here.
func (l lesson) row() (row, bool) {
	r := row{background: l.Background, phrased: l.Phrased, out: l.out}
	for i := range l.Candidates[:min(len(l.Candidates), maxCandidates)] {
		r.clues = append(r.clues, l.Candidates[i].Clues...)
		r.right = append(r.right, l.right[i])
		r.plain = append(r.plain, !l.Candidates[i].Phrased)
	}
	return r, l.out || slices.Contains(r.right, true)
}

// learn finds the weights that make the right sections, or that there is none, likeliest over all sets, with a small
// penalty on large weights: full gradients with Adam's step sizes (Kingma and Ba, ICLR 2015).
func learn(sets []set) weights {
	const (
		steps   = 300
		rate    = 0.1
		penalty = 0.001
	)
	rows := rows(sets)
	all := make([]float32, 2*len(index.Clues())+2*len(index.Backgrounds()))
	w, n := newWeights(all), len(index.Clues())
	m, v := make([]float64, len(all)), make([]float64, len(all))
	for step := 1; step <= steps; step++ {
		g := make([]float64, len(all))
		var p []float64
		for i := range rows {
			p = rows[i].gradient(w, n, g, p)
		}
		for i := range all {
			d := g[i] + penalty*float64(all[i])
			m[i] = 0.9*m[i] + 0.1*d
			v[i] = 0.999*v[i] + 0.001*d*d
			at := m[i] / (1 - math.Pow(0.9, float64(step)))
			size := math.Sqrt(v[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8
			all[i] -= float32(rate * (1 - float64(step)/float64(steps+1)) * at / size)
		}
	}
	return w
}

// gradient adds the gradient of -log of what the row's truth is given. p is room to work in.
func (r *row) gradient(w weights, n int, g []float64, p []float64) []float64 {
	p = p[:0]
	none := w.none(r.background, r.phrased)
	highest := none
	for i := range r.right {
		score := w.score(r.clues[i*n:][:n], r.plain[i])
		p = append(p, score)
		highest = max(highest, score)
	}
	none = math.Exp(none - highest)
	sum, right := none, 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - highest)
		sum += p[i]
		if r.right[i] {
			right += p[i]
		}
	}
	for i := range p {
		d := p[i] / sum
		if r.right[i] && !r.out {
			d -= p[i] / right
		}
		if math.Abs(d) < 1e-4 {
			continue
		}
		d *= r.share
		at := g
		if !r.plain[i] {
			at = g[n:]
		}
		for k, x := range r.clues[i*n:][:n] {
			at[k] += d * float64(x)
		}
	}
	d := none / sum
	if r.out {
		d--
	}
	for k, x := range r.background {
		g[2*n+k] += r.share * d * float64(x*(1-r.phrased))
		g[2*n+len(r.background)+k] += r.share * d * float64(x*r.phrased)
	}
	return p
}

// score is a candidate's.
func (w weights) score(clues []float32, plain bool) float64 {
	if plain {
		return float64(dot(w.plain, clues))
	}
	return float64(dot(w.phrased, clues))
}

// none is the score of there being no answer.
func (w weights) none(background []float32, phrased float32) float64 {
	return float64((1-phrased)*dot(w.plainBackground, background) + phrased*dot(w.phrasedBackground, background))
}

func dot(a, b []float32) (sum float32) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// judge returns each candidate's probability, and that of none.
func (l lesson) judge(w weights) (p []float64, none float64) {
	p = make([]float64, len(l.Candidates))
	none = w.none(l.Background, l.Phrased)
	highest := none
	for i, c := range l.Candidates {
		p[i] = w.score(c.Clues, !c.Phrased)
		highest = max(highest, p[i])
	}
	none = math.Exp(none - highest)
	sum := none
	for i := range p {
		p[i] = math.Exp(p[i] - highest)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p, none / sum
}

// leaveOut judges each set by weights learned on others: sets are dealt into folds, and each fold is judged by what
// was learned on the rest. With as many folds as sets that is leave-one-set-out.
func leaveOut(sets []set, folds int) []*weights {
	if folds <= 0 || folds > len(sets) {
		folds = len(sets)
	}
	all := make([]*weights, len(sets))
	var g errgroup.Group
	g.SetLimit(runtime.NumCPU())
	for fold := range folds {
		g.Go(func() error {
			var rest []set
			for i, s := range sets {
				if i%folds != fold {
					rest = append(rest, s)
				}
			}
			w := learn(rest)
			for i := range sets {
				if i%folds == fold {
					all[i] = &w
				}
			}
			return nil
		})
	}
	_ = g.Wait() // learning cannot fail
	return all
}

// file is the layout of weights.json.
type file struct {
	Plain             map[string]float64 `json:"plain"`
	Phrased           map[string]float64 `json:"phrased"`
	PlainBackground   map[string]float64 `json:"plain background"`
	PhrasedBackground map[string]float64 `json:"phrased background"`
}

func write(name string, w weights) error {
	f := file{
		named(index.Clues(), w.plain), named(index.Clues(), w.phrased),
		named(index.Backgrounds(), w.plainBackground), named(index.Backgrounds(), w.phrasedBackground),
	}
	data, err := json.MarshalIndent(f, "", "\t")
	if err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}

func named(names []string, values []float32) map[string]float64 {
	m := map[string]float64{}
	for i, name := range names {
		if v := math.Round(float64(values[i])*1e4) / 1e4; v != 0 {
			m[name] = v
		}
	}
	return m
}
