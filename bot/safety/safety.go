// Package safety notices when a message speaks of somebody in danger: suicide, self-harm, overdose, abuse, harm to
// others or a medical emergency. It is a floor, not a clinical tool. It is pure: no index, no files, no network, no
// state, and it cannot fail.
//
//	text ─► fold (runes) ─► split (words) ─► repair (evasions, misspellings) ─┬► match (rules, exceptions) ─┬► Finding
//	                                                                          └► score (what was learnt) ───┘
//
// What it knows is data: crisis.yaml in each language's folder, and weights learnt from the sentences beside it.
// docs/safety.md describes the formats.
package safety

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"frontdesk/bot/safety/score"
	"frontdesk/knowledge/lang"
)

// A Kind is a sort of danger.
type Kind string

// The kinds.
const (
	Suicide   Kind = "suicide"
	SelfHarm  Kind = "self-harm"
	Overdose  Kind = "overdose"
	Abuse     Kind = "abuse"
	Violence  Kind = "violence"  // harm to others
	Emergency Kind = "emergency" // medical
)

// urgency orders the kinds: when a message speaks of several, what leaves the least time comes first.
var urgency = []Kind{Overdose, Emergency, Suicide, Violence, SelfHarm, Abuse}

// A Finding is what a rule noticed.
type Finding struct {
	Kind Kind
	Rule string // the rule's name in the data file, or [Likeness]; safe to log
	Lang string // language of the rule
}

// Rules are compiled crisis rules. The zero value finds nothing; [Default] has the built-in ones. They are safe for
// concurrent use.
type Rules struct {
	sources []source // what the program was compiled from, in order, so that Extend can compile it anew
	program *program
	model   *score.Model // nil when there is none
}

// Default returns the built-in rules of all languages.
func Default() *Rules {
	// A part that does not compile is left out and the rest still works: a desk that misses one rule is better than
	// one that does not start. TestBuiltin fails on any error, so no release leaves anything out.
	r, _ := builtin()
	return r
}

var builtin = sync.OnceValues(load)

// load compiles the embedded files.
func load() (*Rules, error) {
	var sources []source
	var errs []error
	for _, code := range lang.Languages() {
		data, err := lang.File(code, "crisis.yaml")
		if err != nil {
			continue // a language may have no rules yet
		}
		src, plain := readPlain(string(data))
		if !plain {
			src, err = parseSource(data)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s/crisis.yaml: %w", code, err))
			continue
		}
		sources = append(sources, src)
	}
	p, err := compile(sources)
	model, lame := score.Default()
	return &Rules{sources: sources, program: p, model: model}, errors.Join(append(errs, err, lame)...)
}

// Extend returns the rules together with staff's own, in the format of the built-in crisis.yaml files. The examples
// beside each new rule are run as well. The error names every rule at fault, with its line and what is wrong with
// it; the receiver, which is returned with it, still works.
func (r *Rules) Extend(yaml []byte) (*Rules, error) {
	src, err := parseSource(yaml)
	if err != nil {
		return r, fmt.Errorf("crisis rules: %w", err)
	}
	sources := append(slices.Clip(r.sources), src)
	p, err := compile(sources)
	if err != nil {
		return r, fmt.Errorf("crisis rules: %w", err)
	}
	extended := &Rules{sources: sources, program: p, model: r.model}
	if err := errors.Join(append(extended.tryExamples(src), extended.learn(src)...)...); err != nil {
		return r, fmt.Errorf("crisis rules: %w", err)
	}
	return extended, nil
}

// Check returns the most urgent thing found in text; false when nothing was. It takes time linear in the text and
// looks at all of it up to a bound that no platform's message reaches.
func (r *Rules) Check(text string) (found Finding, ok bool) {
	defer func() {
		if recover() != nil { // a defect in this package must not silence it: show the helplines
			found, ok = Finding{Kind: Suicide, Rule: "internal-error", Lang: "en"}, true
		}
	}()
	ids, words, ok := r.read(text)
	if !ok {
		return Finding{}, false
	}
	sure, unsure, excused := r.program.run(ids)
	if len(sure) > 0 {
		return mostUrgent(append(sure, unsure...)), true
	}
	reading := r.model.Read(r.unexplained(words, excused))
	switch {
	case len(unsure) > 0 && reading.Peak >= r.plain():
		return mostUrgent(unsure), true
	case reading.Alarm:
		return Finding{Kind: Kind(reading.Kind), Rule: Likeness, Lang: reading.Lang}, true
	}
	return Finding{}, false
}

func mostUrgent(found []Finding) Finding {
	return slices.MinFunc(found, func(a, b Finding) int {
		return slices.Index(urgency, a.Kind) - slices.Index(urgency, b.Kind)
	})
}

// Words returns the words of text as the rules and the score read them, with "." where a sentence starts or ends.
func (r *Rules) Words(text string) []string {
	_, words, _ := r.read(text)
	return words
}

// read returns the words of text with their numbers in the program; false when there are no rules to read them for.
func (r *Rules) read(text string) (ids []int32, words []string, ok bool) {
	if r.program == nil {
		return nil, nil, false
	}
	ids, words = r.program.words.read(bounded(text))
	return ids, words, true
}

// With returns the rules with another score beside them, or with none when it is nil.
func (r *Rules) With(model *score.Model) *Rules {
	return &Rules{sources: r.sources, program: r.program, model: model}
}

// Found returns what the rules alone find in text: what counts at once, and what the score may overrule.
func (r *Rules) Found(text string) (sure, unsure []Finding) {
	ids, _, ok := r.read(text)
	if !ok {
		return nil, nil
	}
	sure, unsure, _ = r.program.run(ids)
	return sure, unsure
}

// findings returns what each rule that matches noticed, in the order of the matches' ends.
func (r *Rules) findings(text string) []Finding {
	sure, unsure := r.Found(text)
	return append(sure, unsure...)
}
