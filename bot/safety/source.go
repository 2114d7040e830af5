package safety

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A source is a crisis.yaml file as written.
type source struct {
	Lang       line
	Fillers    []line            // words that say nothing: dropped before matching
	Telling    []line            // words recognised through misspelling and evasion
	Spellings  map[string][]line // words as rules write them: other ways to write them
	Ordinary   []line            // real words that look like a misspelt telling word, and are not
	Classes    map[string][]line // named alternatives, for <name> in patterns
	Rules      []rule
	Exceptions []exception       // other senses, for several rules at once
	Examples   map[string][]line // by kind or "ordinary": sentences that the score learns from
}

// A rule says which words mean danger.
type rule struct {
	Name   line
	Kind   line
	When   []line // patterns; one is enough
	Maybe  []line // patterns that count unless the score is sure that the message is an ordinary one
	Unless []line // patterns that take back a match that they overlap
	Must   []line // sentences that the rule must notice
	Not    []line // sentences that it must not
}

// An exception takes back the matches of every rule of its kinds that it overlaps.
type exception struct {
	Name line
	Of   []line // kinds; empty for all
	When []line
	Must []line // sentences in which a rule of these kinds must still notice something
	Not  []line // sentences in which none may
}

// A line is a piece of text with the line of the file that it stands on, counted from 1.
type line struct {
	text string
	at   int
}

// Fields say where the value under each key goes: to a *line, a *[]line, a *map[string][]line, a *[]rule or a
// *[]exception. Both readers of the format go by them.
type fields map[string]any

func (s *source) fields() fields {
	return fields{
		"lang": &s.Lang, "fillers": &s.Fillers, "telling": &s.Telling, "ordinary": &s.Ordinary, "spellings": &s.Spellings,
		"classes": &s.Classes, "rules": &s.Rules, "exceptions": &s.Exceptions, "examples": &s.Examples,
	}
}

func (r *rule) fields() fields {
	return fields{"name": &r.Name, "kind": &r.Kind, "when": &r.When, "maybe": &r.Maybe, "unless": &r.Unless, "must": &r.Must, "not": &r.Not}
}

func (e *exception) fields() fields {
	return fields{"name": &e.Name, "of": &e.Of, "when": &e.When, "must": &e.Must, "not": &e.Not}
}

// parseSource reads a file and says all that is wrong with its shape. Patterns are looked at by compile.
func parseSource(data []byte) (source, error) {
	s, errs := readYAML(data)
	if len(errs) == 0 { // else what is missing may be what could not be read
		errs = s.gaps()
	}
	return s, errors.Join(errs...)
}

// gaps returns what is missing in s, and what is written that means nothing.
func (s *source) gaps() []error {
	var errs []error
	if s.Lang.text == "" {
		errs = append(errs, faultAt(1, `lang is missing; write for instance "lang: en" at the top`))
	}
	for _, r := range s.Rules {
		switch {
		case r.Kind.text == "":
			errs = append(errs, r.fault(r.Name.at, "it has no kind; write kind: with one of %s", kindNames()))
		case !isKind(r.Kind.text):
			errs = append(errs, r.fault(r.Kind.at, "there is no kind %q; write one of %s", r.Kind.text, kindNames()))
		case len(r.When)+len(r.Maybe) == 0:
			errs = append(errs, r.fault(r.Name.at, "it has no pattern; add one under when"))
		case len(r.Must) == 0:
			errs = append(errs, r.fault(r.Name.at, "it has no example; add a sentence that it must notice under must"))
		}
	}
	for _, e := range s.Exceptions {
		switch {
		case len(e.When) == 0:
			errs = append(errs, e.fault(e.Name.at, "it has no pattern; add one under when"))
		case len(e.Not) == 0:
			errs = append(errs, e.fault(e.Name.at, "it has no example; add a sentence that is no crisis under not"))
		}
		for _, k := range e.Of {
			if !isKind(k.text) {
				errs = append(errs, e.fault(k.at, "there is no kind %q; write one of %s", k.text, kindNames()))
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(s.Examples)) {
		for i, l := range s.Examples[kind] {
			if i == 0 && kind != ordinaryKind && !isKind(kind) {
				errs = append(errs, faultAt(l.at, "examples: there is no kind %q; write one of %s, %s", kind, kindNames(), ordinaryKind))
			}
			if len(l.text) > longestExample {
				errs = append(errs, faultAt(l.at, "this example is longer than %d letters; shorten it", longestExample))
			}
		}
	}
	return errs
}

// longestExample is what a sentence for the score may have, in bytes.
const longestExample = 1000

func isKind(name string) bool { return slices.Contains(urgency, Kind(name)) }

// kindNames lists the kinds for whoever may choose one.
func kindNames() string {
	names := make([]string, len(urgency))
	for i, k := range urgency {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// kinds returns the kinds of the rules that e speaks of; none for all.
func (e exception) kinds() []Kind {
	var all []Kind
	for _, l := range e.Of {
		all = append(all, Kind(l.text))
	}
	return all
}

// covers reports whether e speaks of rules of kind k.
func (e exception) covers(k Kind) bool { return len(e.Of) == 0 || slices.Contains(e.kinds(), k) }

// A faulter says what is wrong on a line of one rule or exception.
type faulter func(at int, format string, args ...any) error

func (r rule) fault(at int, format string, args ...any) error {
	return faultAt(at, "rule %q: %w", r.Name.text, fmt.Errorf(format, args...))
}

func (e exception) fault(at int, format string, args ...any) error {
	return faultAt(at, "exception %q: %w", e.Name.text, fmt.Errorf(format, args...))
}

// faultAt says what is wrong on a line. Every mistake in a file begins like this; cmd/frontdesk shows the line as the
// file's position.
func faultAt(at int, format string, args ...any) error {
	return fmt.Errorf("line %d: %w", at, fmt.Errorf(format, args...))
}
