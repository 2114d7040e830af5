package safety

import (
	"fmt"
	"math"
	"slices"

	"frontdesk/bot/safety/score"
)

// Likeness is the name, in a [Finding], of what no rule found but the learned score did: the message is like those
// that people in danger write.
const Likeness = "likeness"

// Plainly is how far below its threshold the score of each part of a message must be to overrule what a rule only takes
// for possible.
const Plainly = 3

// plain returns the odds below which the score is sure that a message is an ordinary one.
func (r *Rules) plain() float64 {
	if r.model == nil {
		return math.Inf(-1)
	}
	return r.model.Threshold - Plainly
}

// unexplained returns words without those that an exception covers.
func (r *Rules) unexplained(words []string, excused []hit) []string {
	var explained []bool
	for _, h := range excused {
		if r.program.patterns[h.pattern].rule >= 0 {
			continue // it speaks of one rule
		}
		if explained == nil {
			explained = make([]bool, len(words))
		}
		for i := h.from; i < h.to; i++ {
			explained[i] = true
		}
	}
	if explained == nil {
		return words
	}
	var left []string
	for i, w := range words {
		if !explained[i] {
			left = append(left, w)
		}
	}
	return left
}

// Explain says in plain words why [Rules.Check] finds something in text, or how near it comes: the rules that match,
// the score and what weighs most in it. It repeats words of the text, so it is for staff's eyes and not for logs.
func (r *Rules) Explain(text string) []string {
	ids, words, ok := r.read(text)
	if !ok {
		return nil
	}
	sure, unsure, excused := r.program.run(ids)
	var out []string
	for _, f := range sure {
		out = append(out, fmt.Sprintf("rule %q (%s, %s)", f.Rule, f.Kind, f.Lang))
	}
	for _, f := range unsure {
		out = append(out, fmt.Sprintf("rule %q (%s, %s), unless the likeness is below %.1f", f.Rule, f.Kind, f.Lang, r.plain()))
	}
	words = r.unexplained(words, excused)
	reading := r.model.Read(words)
	verdict := "below"
	if reading.Alarm {
		verdict = "above"
	}
	out = append(out, fmt.Sprintf("likeness to %s: %.1f, %s the threshold of %.1f", reading.Kind, reading.Odds, verdict, r.threshold()))
	for _, c := range r.model.Clues(words, 8) {
		out = append(out, fmt.Sprintf("  %+.2f %s", c.Weight, c.Name))
	}
	return out
}

func (r *Rules) threshold() float64 {
	if r.model == nil {
		return 0
	}
	return r.model.Threshold
}

// ordinaryKind is what staff's examples call a message that is no danger.
const ordinaryKind = "ordinary"

// learn adapts the score to the examples of src.
func (r *Rules) learn(src source) []error {
	if len(src.Examples) == 0 || r.model == nil {
		return nil
	}
	var examples []score.Example
	var lines []line
	for _, kind := range append(slices.Clone(urgency), ordinaryKind) {
		for _, l := range src.Examples[string(kind)] {
			e := score.Example{Text: l.text}
			if kind != ordinaryKind {
				e.Kind = string(kind)
			}
			examples, lines = append(examples, e), append(lines, l)
		}
	}
	adapted, missed := r.model.Adapt(examples, r.Words)
	var errs []error
	for _, i := range missed {
		errs = append(errs, faultAt(lines[i].at, "the examples do not agree with %q; another one says the opposite of much the same words", lines[i].text))
	}
	r.model = adapted
	for i, e := range examples {
		if found, ok := r.Check(e.Text); ok && e.Kind == "" {
			errs = append(errs, faultAt(lines[i].at, "%q is found by rule %q; write an exception", e.Text, found.Rule))
		}
	}
	return errs
}
