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
// what was learnt from the others, few enough questions are taken for danger; the figures are printed.
func (t *trainer) validated(w io.Writer, examples []score.Example) *score.Model {
	verdicts := t.crossed(examples)
	threshold := thresholdFor(verdicts)
	for i := range verdicts {
		verdicts[i].alarm = verdicts[i].odds > threshold
	}
	fmt.Fprintf(w, "cross-validated by families, threshold %.2f:\n", threshold)
	report(w, verdicts, t.mistakes)
	trade(w, verdicts)
	model := score.Train(score.Blurred(examples), t.rules.Words, t.concepts, t.settings)
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
			model := score.Train(score.Blurred(others), t.rules.Words, t.concepts, t.settings)
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

// thresholdFor returns the odds above which no more than falseAlarms of the ordinary questions are. The sentences that
// were written to provoke alarms are no measure of it: they are a small part of what people write to a desk.
func thresholdFor(verdicts []verdict) float64 {
	var odds []float64
	for _, v := range verdicts {
		if asked(v.Example) {
			odds = append(odds, v.odds)
		}
	}
	if len(odds) == 0 {
		return 0
	}
	slices.Sort(odds)
	return odds[len(odds)-1-int(falseAlarms*float64(len(odds)))]
}
