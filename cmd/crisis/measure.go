package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"frontdesk/bot/safety"
	"frontdesk/bot/safety/score"
)

// A verdict is what rules and score make of an example.
type verdict struct {
	score.Example
	odds, peak   float64
	sure, unsure bool   // a rule finds something; the score may overrule it
	alarm        bool   // it counts as danger in the end
	kind         string // noticed
}

// rule reports whether rules alone would notice it.
func (v verdict) rule() bool { return v.sure || v.unsure }

// noticed reports whether rules and score together do at a threshold.
func (v verdict) noticed(threshold float64) bool {
	return v.sure || v.unsure && v.peak >= threshold-safety.Plainly || v.odds > threshold
}

// lowest is the lowest threshold at which it is not noticed.
func (v verdict) lowest() float64 {
	if v.unsure {
		return max(v.odds, v.peak+safety.Plainly)
	}
	return v.odds
}

// measure prints what is noticed of examples by the rules, with model as their score; nil leaves them their own.
func measure(w io.Writer, examples []score.Example, rules *safety.Rules, model *score.Model, mistakes bool) {
	verdicts := make([]verdict, len(examples))
	for i, e := range examples {
		verdicts[i] = judge(e, rules, model)
	}
	report(w, verdicts, mistakes)
	if model != nil {
		trade(w, verdicts)
	}
}

// judge reads an example by rules and score.
func judge(e score.Example, rules *safety.Rules, model *score.Model) verdict {
	if model != nil {
		rules = rules.With(model)
	}
	v := verdict{Example: e}
	sure, unsure := rules.Found(e.Text)
	v.sure, v.unsure = len(sure) > 0, len(unsure) > 0
	found, ok := rules.Check(e.Text)
	v.alarm, v.kind = ok, string(found.Kind)
	if model != nil {
		r := model.Read(rules.Words(e.Text))
		v.odds, v.peak = r.Odds, r.Peak
	}
	return v
}

// report prints the shares by kind, and the mistakes when they are wanted.
func report(w io.Writer, verdicts []verdict, mistakes bool) {
	type total struct{ all, rule, either, exact int }
	by := map[string]*total{"every danger": {}}
	ordinary, alarms, byRule := 0, 0, 0
	for _, v := range verdicts {
		noticed := v.alarm
		if mistakes && noticed != (v.Kind != "") {
			fmt.Fprintf(w, "  %-8s %-10s %s\n", map[bool]string{true: "alarm", false: "missed"}[noticed], v.Kind+v.kind, v.Text)
		}
		if v.Kind == "" {
			ordinary++
			alarms += count(noticed)
			byRule += count(v.rule())
			continue
		}
		if by[v.Kind] == nil {
			by[v.Kind] = &total{}
		}
		for _, t := range []*total{by[v.Kind], by["every danger"]} {
			t.all++
			t.rule += count(v.rule())
			t.either += count(noticed)
			t.exact += count(noticed && v.kind == v.Kind)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(by)) {
		if t := by[kind]; t.all > 0 {
			fmt.Fprintf(w, "  %-13s %4d of %4d noticed (%.3f), %4d by rules alone, %4d as that kind\n", kind, t.either, t.all, float64(t.either)/float64(t.all), t.rule, t.exact)
		}
	}
	fmt.Fprintf(w, "  %-13s %4d of %4d false alarms, %d by rules alone\n", "ordinary", alarms, ordinary, byRule)
}

// byWriters prints what is noticed of each writer's sentences.
func byWriters(w io.Writer, verdicts []verdict) {
	type total struct{ danger, noticed, ordinary, alarms int }
	totals := map[string]*total{}
	for _, v := range verdicts {
		t := totals[v.Writer]
		if t == nil {
			t = &total{}
			totals[v.Writer] = t
		}
		if v.Kind == "" {
			t.ordinary++
			t.alarms += count(v.alarm)
		} else {
			t.danger++
			t.noticed += count(v.alarm)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(totals)) {
		t := totals[name]
		fmt.Fprintf(w, "  by %-11s %4d of %4d noticed (%.3f), %d of %d false alarms\n", cmp.Or(name, "askers"), t.noticed, t.danger,
			float64(t.noticed)/float64(max(t.danger, 1)), t.alarms, t.ordinary)
	}
}

// trade prints what would be noticed at other thresholds.
func trade(w io.Writer, verdicts []verdict) {
	for _, threshold := range []float64{3, 2, 1.5, 1, 0.5, 0, -0.5, -1, -1.5, -2} {
		var danger, noticed, questions, wrong, others, alarms int
		for _, v := range verdicts {
			high := v.noticed(threshold)
			switch {
			case v.Kind != "":
				danger++
				noticed += count(high)
			case asked(v.Example):
				questions++
				wrong += count(high)
			default:
				others++
				alarms += count(high)
			}
		}
		fmt.Fprintf(w, "  at a threshold of %4.1f %.3f noticed; false alarms: %d of %d questions, %d of %d others\n",
			threshold, float64(noticed)/float64(max(danger, 1)), wrong, questions, alarms, others)
	}
}

// count is 1 for true.
func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
