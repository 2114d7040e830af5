package safety

import (
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// A source is a crisis.yaml file as written.
type source struct {
	Lang       string            `yaml:"lang"`
	Fillers    []string          `yaml:"fillers"`    // words that say nothing: dropped before matching
	Telling    []string          `yaml:"telling"`    // words recognised through misspelling and evasion
	Spellings  map[string][]line `yaml:"spellings"`  // words as rules write them: other ways to write them
	Ordinary   []string          `yaml:"ordinary"`   // real words that look like a misspelt telling word, and are not
	Classes    map[string][]line `yaml:"classes"`    // named alternatives, for <name> in patterns
	Rules      []rule            `yaml:"rules"`      //
	Exceptions []exception       `yaml:"exceptions"` // other senses, for several rules at once
	Examples   map[string][]line `yaml:"examples"`   // by kind or "ordinary": sentences that the score learns from
}

// A rule says which words mean danger.
type rule struct {
	Name   line   `yaml:"name"`
	Kind   Kind   `yaml:"kind"`
	When   []line `yaml:"when"`   // patterns; one is enough
	Maybe  []line `yaml:"maybe"`  // patterns that count unless the score is sure that the message is an ordinary one
	Unless []line `yaml:"unless"` // patterns that take back a match that they overlap
	Must   []line `yaml:"must"`   // sentences that the rule must notice
	Not    []line `yaml:"not"`    // sentences that it must not
}

// An exception takes back the matches of every rule of its kinds that it overlaps.
type exception struct {
	Name line   `yaml:"name"`
	Of   []Kind `yaml:"of"` // empty for all kinds
	When []line `yaml:"when"`
	Must []line `yaml:"must"` // sentences in which a rule of these kinds must still notice something
	Not  []line `yaml:"not"`  // sentences in which none may
}

// A line is a scalar with the line of the file that it stands on, counted from 1.
type line struct {
	text string
	at   int
}

// UnmarshalYAML keeps the text as written, so that 2, no and null are words.
func (l *line) UnmarshalYAML(n ast.Node) error {
	if _, scalar := n.(ast.ScalarNode); !scalar {
		return fmt.Errorf("line %d: want one piece of text here, got %s", n.GetToken().Position.Line, n.Type())
	}
	*l = line{text: n.GetToken().Value, at: n.GetToken().Position.Line}
	return nil
}

// parseSource reads a file and says all that is wrong with its shape. Patterns are looked at by compile.
func parseSource(data []byte) (source, error) {
	var s source
	if err := yaml.UnmarshalWithOptions(data, &s, yaml.Strict()); err != nil {
		return s, errors.New(yaml.FormatError(err, false, false))
	}
	var errs []error
	if s.Lang == "" {
		errs = append(errs, errors.New(`lang is missing; write for instance "lang: en" at the top`))
	}
	for i, r := range s.Rules {
		switch {
		case r.Name.text == "":
			errs = append(errs, fmt.Errorf("rule %d has no name", i+1))
		case !slices.Contains(urgency, r.Kind):
			errs = append(errs, r.fault("kind %q is none of %q", r.Kind, urgency))
		case len(r.When)+len(r.Maybe) == 0:
			errs = append(errs, r.fault("it has no pattern; add one under when"))
		case len(r.Must) == 0:
			errs = append(errs, r.fault("it has no example; add a sentence that it must notice under must"))
		}
	}
	for i, e := range s.Exceptions {
		switch {
		case e.Name.text == "":
			errs = append(errs, fmt.Errorf("exception %d has no name", i+1))
		case len(e.When) == 0:
			errs = append(errs, e.fault("it has no pattern; add one under when"))
		case len(e.Not) == 0:
			errs = append(errs, e.fault("it has no example; add a sentence that is no crisis under not"))
		}
		for _, k := range e.Of {
			if !slices.Contains(urgency, k) {
				errs = append(errs, e.fault("kind %q is none of %q", k, urgency))
			}
		}
	}
	for kind, lines := range s.Examples {
		if kind != ordinaryKind && !slices.Contains(urgency, Kind(kind)) {
			errs = append(errs, fmt.Errorf("examples: kind %q is none of %q or %q", kind, urgency, ordinaryKind))
		}
		for _, l := range lines {
			if len(l.text) > longestExample {
				errs = append(errs, fmt.Errorf("line %d: this example is longer than %d letters", l.at, longestExample))
			}
		}
	}
	return s, errors.Join(errs...)
}

// longestExample is what a sentence for the score may have, in bytes.
const longestExample = 1000

// covers reports whether e speaks of rules of kind k.
func (e exception) covers(k Kind) bool { return len(e.Of) == 0 || slices.Contains(e.Of, k) }

func (r rule) fault(format string, args ...any) error {
	return fmt.Errorf("line %d: rule %q: %w", r.Name.at, r.Name.text, fmt.Errorf(format, args...))
}

func (e exception) fault(format string, args ...any) error {
	return fmt.Errorf("line %d: exception %q: %w", e.Name.at, e.Name.text, fmt.Errorf(format, args...))
}
