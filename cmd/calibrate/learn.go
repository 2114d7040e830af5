package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"

	"frontdesk/index"
)

// weights are what is learned: one number for each clue and each value of the background.
type weights struct{ candidate, background []float64 }

// learn finds the weights that make the right sections, or that there is none, likeliest over all sets, with a small
// penalty on large weights: full gradients with Adam's step sizes (Kingma and Ba, ICLR 2015). Each set counts as much
// as the root of its size, lest the largest decide alone.
func learn(sets []set) weights {
	const (
		steps   = 600
		rate    = 0.05
		penalty = 0.002
	)
	w := weights{make([]float64, len(index.Clues())), make([]float64, len(index.Backgrounds()))}
	var total float64
	for _, s := range sets {
		total += math.Sqrt(float64(len(s.lessons)))
	}
	all := append(append([]float64{}, w.candidate...), w.background...)
	m, v := make([]float64, len(all)), make([]float64, len(all))
	for step := 1; step <= steps; step++ {
		g := make([]float64, len(all))
		for _, s := range sets {
			share := math.Sqrt(float64(len(s.lessons))) / total / float64(len(s.lessons))
			for _, l := range s.lessons {
				l.gradient(w, g, share)
			}
		}
		for i := range all {
			g[i] += penalty * all[i]
			m[i] = 0.9*m[i] + 0.1*g[i]
			v[i] = 0.999*v[i] + 0.001*g[i]*g[i]
			at := m[i] / (1 - math.Pow(0.9, float64(step)))
			size := math.Sqrt(v[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8
			all[i] -= rate * (1 - float64(step)/float64(steps+1)) * at / size
		}
		n := copy(w.candidate, all)
		copy(w.background, all[n:])
	}
	return w
}

// gradient adds the gradient of -log of what the lesson's truth is given.
func (l lesson) gradient(w weights, g []float64, share float64) {
	p, none := l.judge(w)
	var right float64
	for i, ok := range l.right {
		if ok {
			right += p[i]
		}
	}
	if l.out {
		right = none
	} else if right == 0 {
		return // the right section is no candidate: nothing to learn here
	}
	for i, c := range l.Candidates {
		d := p[i]
		if l.right[i] && !l.out {
			d -= p[i] / right
		}
		if d > -1e-6 && d < 1e-6 {
			continue
		}
		for k, x := range c.Clues {
			g[k] += share * d * float64(x)
		}
	}
	d := none
	if l.out {
		d--
	}
	for k, x := range l.Background {
		g[len(w.candidate)+k] += share * d * float64(x)
	}
}

// judge returns each candidate's probability, and that of none.
func (l lesson) judge(w weights) (p []float64, none float64) {
	p = make([]float64, len(l.Candidates))
	for k, x := range l.Background {
		none += w.background[k] * float64(x)
	}
	highest := none
	for i, c := range l.Candidates {
		for k, x := range c.Clues {
			p[i] += w.candidate[k] * float64(x)
		}
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

// leaveOneOut judges each set by weights learned on the others.
func leaveOneOut(sets []set) []weights {
	all := make([]weights, len(sets))
	for i := range sets {
		all[i] = learn(append(append([]set{}, sets[:i]...), sets[i+1:]...))
	}
	return all
}

// file is the layout of weights.json.
type file struct {
	Candidate  map[string]float64 `json:"candidate"`
	Background map[string]float64 `json:"background"`
}

func write(name string, w weights) error {
	f := file{map[string]float64{}, map[string]float64{}}
	for i, clue := range index.Clues() {
		f.Candidate[clue] = math.Round(w.candidate[i]*1e4) / 1e4
	}
	for i, b := range index.Backgrounds() {
		f.Background[b] = math.Round(w.background[i]*1e4) / 1e4
	}
	data, err := json.MarshalIndent(f, "", "\t")
	if err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}
