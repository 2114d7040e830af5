package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
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
		if e.Kind != "" || e.Writer != "" {
			return false
		}
		sure, _ := t.rules.Found(e.Text)
		return len(sure) > 0
	})
}

// validated returns a model of all examples. Its threshold is that at which, when what each writer wrote is
// scored by what was learnt from the others, few enough questions are taken for danger; the figures are printed.
func (t *trainer) validated(w io.Writer, examples []score.Example) *score.Model {
	verdicts := t.crossed(examples, byWriter(examples))
	threshold := thresholdFor(verdicts)
	for i := range verdicts {
		verdicts[i].alarm = verdicts[i].noticed(threshold)
	}
	fmt.Fprintf(w, "each writer left out, threshold %.2f:\n", threshold)
	report(w, verdicts, t.mistakes)
	byWriters(w, verdicts)
	trade(w, verdicts)
	model := score.Train(score.Blurred(examples), t.rules.Words, t.concepts, t.settings)
	model.Threshold = threshold
	return model
}

// crossed scores each example by weights that were learnt without its fold.
func (t *trainer) crossed(examples []score.Example, foldOf func(score.Example) int) []verdict {
	fold := make([]int, len(examples))
	members := map[int][]int{}
	for i, e := range examples {
		fold[i] = foldOf(e)
		members[fold[i]] = append(members[fold[i]], i)
	}
	verdicts := make([]verdict, len(examples))
	jobs := make(chan int)
	var all sync.WaitGroup
	for range runtime.NumCPU() {
		all.Go(func() {
			for k := range jobs {
				hidden := map[string]bool{} // others may have written the same
				for _, i := range members[k] {
					hidden[strings.ToLower(examples[i].Text)] = true
				}
				var others []score.Example
				for i, e := range examples {
					if fold[i] != k && !hidden[strings.ToLower(e.Text)] {
						others = append(others, e)
					}
				}
				model := score.Train(score.Blurred(others), t.rules.Words, t.concepts, t.settings)
				for _, i := range members[k] {
					verdicts[i] = judge(examples[i], t.rules, model)
				}
			}
		})
	}
	for k := range members {
		jobs <- k
	}
	close(jobs)
	all.Wait()
	return verdicts
}

// byFamily puts the families in turn into so many folds.
func byFamily(folds int) func(score.Example) int {
	fold := map[string]int{}
	return func(e score.Example) int {
		if _, known := fold[e.Family]; !known {
			fold[e.Family] = len(fold) % folds
		}
		return fold[e.Family]
	}
}

// byWriter deals the writers out among so many folds at most, and the families of questions likewise.
func byWriter(examples []score.Example) func(score.Example) int {
	const folds = 6

	fold := map[string]int{}
	for _, e := range examples {
		if _, known := fold[e.Writer]; !known && e.Writer != "" {
			fold[e.Writer] = len(fold) % folds
		}
	}
	questions := byFamily(min(max(len(fold), 2), folds))
	return func(e score.Example) int {
		if e.Writer == "" {
			return questions(e)
		}
		return fold[e.Writer]
	}
}

// thresholdFor returns the odds above which no more than falseAlarms of the ordinary questions are. The sentences that
// were written to provoke alarms are no measure of it: they are a small part of what people write to a desk.
func thresholdFor(verdicts []verdict) float64 {
	var odds []float64
	for _, v := range verdicts {
		if asked(v.Example) {
			odds = append(odds, v.lowest())
		}
	}
	if len(odds) == 0 {
		return 0
	}
	slices.Sort(odds)
	return odds[len(odds)-1-int(falseAlarms*float64(len(odds)))]
}
