package main

import (
	"fmt"
	"io"
	"slices"
	"sync"

	"frontdesk/bot/safety"
	"frontdesk/bot/safety/score"
)

// A trainer learns weights and measures them.
type trainer struct {
	rules    *safety.Rules
	concepts *score.Concepts
	settings score.Settings
	mistakes bool
}

// unambiguous leaves out the questions among examples that a rule takes for danger: many of them are.
func (t *trainer) unambiguous(examples []score.Example) []score.Example {
	return slices.DeleteFunc(examples, func(e score.Example) bool {
		if e.Kind != "" {
			return false
		}
		found, ok := t.rules.Check(e.Text)
		return ok && found.Rule != safety.Likeness
	})
}

// validated returns a model of all examples. Its threshold is that at which, when each fold of families is scored by
// what was learnt from the others, few enough ordinary ones are taken for danger; the figures at it are printed.
func (t *trainer) validated(w io.Writer, examples []score.Example) *score.Model {
	verdicts := t.crossed(examples)
	threshold := thresholdFor(verdicts)
	for i := range verdicts {
		verdicts[i].alarm = verdicts[i].odds > threshold
	}
	fmt.Fprintf(w, "cross-validated by families, threshold %.2f:\n", threshold)
	report(w, verdicts, t.mistakes)
	model := score.Train(examples, t.rules.Words, t.concepts, t.settings)
	model.Threshold = threshold
	return model
}

// crossed scores each example by weights that were learnt without its family.
func (t *trainer) crossed(examples []score.Example) []verdict {
	fold := map[string]int{}
	for _, e := range examples {
		if _, known := fold[e.Family]; !known {
			fold[e.Family] = len(fold) % folds
		}
	}
	verdicts := make([]verdict, len(examples))
	var all sync.WaitGroup
	for k := range folds {
		all.Go(func() {
			others := slices.DeleteFunc(slices.Clone(examples), func(e score.Example) bool { return fold[e.Family] == k })
			model := score.Train(others, t.rules.Words, t.concepts, t.settings)
			for i, e := range examples {
				if fold[e.Family] == k {
					verdicts[i] = judge(e, t.rules, model)
				}
			}
		})
	}
	all.Wait()
	return verdicts
}

// thresholdFor returns the odds above which no more than falseAlarms of the ordinary lines are. A line that stands for
// several sentences counts as one.
func thresholdFor(verdicts []verdict) float64 {
	of := map[string]float64{}
	for _, v := range verdicts {
		of[v.Line]++
	}
	var ordinary []verdict
	total := 0.0
	for _, v := range verdicts {
		if v.Kind == "" {
			ordinary = append(ordinary, v)
			total += 1 / of[v.Line]
		}
	}
	slices.SortFunc(ordinary, func(a, b verdict) int { return int(1e6 * (b.odds - a.odds)) })
	sum := 0.0
	for _, v := range ordinary {
		if sum += 1 / of[v.Line]; sum > falseAlarms*total {
			return v.odds
		}
	}
	return 0
}
