package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"frontdesk/index"
)

// The bounds on what is learned from: more changes little but the time it takes.
const (
	maxLessons    = 900  // of one set, evenly spread
	maxCandidates = 20   // of one question, by the shipped weights
	usualNone     = 0.15 // share of questions without an answer that a set with fewer is brought towards
	peopleShare   = 2    // what the sets of -extra count, most of whose questions were not written by us
	realShare     = 2    // what a set with phrasings over real texts counts: few are, and knowledge in use is like that
)

// An example is a lesson brought down for learning.
type example struct {
	lesson
	weight float32 // what it counts; the mean over all examples is 1
}

// examples brings the lessons of all sets down. A set counts for more the larger it is, but less than in
// proportion, lest the largest decide alone. A question whose right section is no candidate teaches nothing.
func examples(sets []set) []example {
	var all []example
	for _, s := range sets {
		n := min(len(s.lessons), maxLessons)
		each := float32(math.Pow(float64(n), -0.25))
		if s.phrased() && len(s.made) > 0 {
			each *= realShare
		}
		if s.real {
			each *= peopleShare
		}
		rarer := min(max(usualNone*float32(len(s.lessons))/float32(max(s.outs(), 1)), 1), 4)
		take := func(l lesson) {
			few := min(len(l.Candidates), maxCandidates)
			l.Candidates, l.right = l.Candidates[:few], l.right[:few]
			weight := each * l.share
			if l.out && !l.stranger {
				weight *= rarer
			}
			if l.out || slices.Contains(l.right, true) {
				all = append(all, example{l, weight})
			}
		}
		for i := range n {
			take(s.lessons[i*len(s.lessons)/n])
		}
		for _, l := range s.made {
			take(l)
		}
		for _, l := range s.strangers {
			take(l)
		}
	}
	var total float32
	for _, e := range all {
		total += e.weight
	}
	for i := range all {
		all[i].weight *= float32(len(all)) / total
	}
	return all
}

// outs counts the questions without an answer.
func (s set) outs() (n int) {
	for _, l := range s.lessons {
		if l.out {
			n++
		}
	}
	return n
}

// learn finds the model that makes the right sections, or that there is none, likeliest over all sets. It is the mean
// of a few that started elsewhere, whose whims cancel out. The same sets give the same model. The error is that of ctx.
func learn(ctx context.Context, sets []set, hidden int) (*index.Model, error) {
	const models = 3
	all := examples(sets)
	mean := blank(0)
	for seed := range uint64(models) {
		m, err := learnOne(ctx, all, hidden, rand.New(rand.NewPCG(seed, 2)))
		if err != nil {
			return nil, err
		}
		add(mean.Plain, m.Plain, 1./models)
		add(mean.Phrased, m.Phrased, 1./models)
		add(mean.PlainBackground, m.PlainBackground, 1./models)
		add(mean.PhrasedBackground, m.PhrasedBackground, 1./models)
		for _, u := range m.Hidden {
			u.Out /= models
			mean.Hidden = append(mean.Hidden, u)
		}
	}
	return mean, nil
}

// learnOne learns a model: Adam (Kingma and Ba, ICLR 2015) over small batches with its steps shrinking to nothing,
// and weights decaying a little at every step.
func learnOne(ctx context.Context, all []example, hidden int, random *rand.Rand) (*index.Model, error) {
	const (
		epochs = 50
		batch  = 64
		rate   = 0.02
	)
	n := newNetwork(hidden, random)
	order := random.Perm(len(all))
	steps, step := epochs*((len(all)+batch-1)/batch), 0
	for range epochs {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for part := range slices.Chunk(order, batch) {
			for _, i := range part {
				n.descend(&all[i])
			}
			step++
			n.step(rate*(1-float64(step)/float64(steps+1)), step, len(part))
		}
	}
	return n.model, nil
}

// leaveOut judges each set by a model learned on others. Sets on the same knowledge ("x" and "x-phrased") are left out
// together. They are dealt into folds, and each fold is judged by what was learned on the rest; with as many folds as
// there are knowledge bases that is leave-one-set-out. The error is that of ctx.
func leaveOut(ctx context.Context, sets []set, folds, hidden int) ([]*index.Model, error) {
	groups := map[string]int{}
	for _, s := range sets {
		if _, ok := groups[s.family()]; !ok {
			groups[s.family()] = len(groups)
		}
	}
	if folds <= 0 || folds > len(groups) {
		folds = len(groups)
	}
	fold := func(s set) int { return groups[s.family()] % folds }
	all := make([]*index.Model, len(sets))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	for n := range folds {
		g.Go(func() error {
			rest := slices.DeleteFunc(slices.Clone(sets), func(s set) bool { return fold(s) == n })
			m, err := learn(ctx, rest, hidden)
			if err != nil {
				return err
			}
			for i := range sets {
				if fold(sets[i]) == n {
					all[i] = m
				}
			}
			return nil
		})
	}
	return all, g.Wait()
}

// family names the knowledge that a set asks about.
func (s set) family() string { return strings.TrimSuffix(s.name, "-phrased") }

func write(name string, m *index.Model) error {
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}
