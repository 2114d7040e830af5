// Package index ranks sections for a question and says how sure it is. It finds; it does not decide what to reply.
//
// [Build] turns a knowledge base into an immutable [Snapshot]; [Live] lets a new snapshot take the place of the old
// one under its readers.
package index

import (
	"context"

	"frontdesk/knowledge"
)

// A Query is a question to rank sections for.
type Query struct {
	Text string   // what the person wrote; any length, any characters
	Lang string   // BCP 47 base language if known, else empty
	Tags []string // only sections that carry one of these tags; empty for all
}

// A Hit is a section found for a question.
type Hit struct {
	Section knowledge.Section
	// Confidence is the probability, from 0 to 1, that the section answers the question. It is calibrated on
	// labelled questions and can be compared between questions and between knowledge bases.
	Confidence float64
	// Passage is the part of Section.Body that answers best: a run of whole sentences, list items or table rows,
	// as byte offsets. It is the whole body when that is short.
	Passage Span
}

// A Span is a run of bytes: Body[Start:End].
type Span struct{ Start, End int }

// Options say how to build a snapshot.
type Options struct {
	// Dir is a folder for bleve's files, made anew by every build and removed when the snapshot closes. Empty keeps
	// the index in memory.
	Dir string
}

// A Snapshot is an immutable index over one knowledge base. It is safe for concurrent use.
type Snapshot struct {
	base knowledge.Base
	byID map[knowledge.Key]knowledge.Section
}

// Build makes a snapshot of base.
func Build(ctx context.Context, base knowledge.Base, o Options) (*Snapshot, error) {
	s := &Snapshot{base: base, byID: map[knowledge.Key]knowledge.Section{}}
	for _, sec := range base.Sections() {
		s.byID[sec.ID.Key()] = sec
	}
	return s, nil
}

// Search returns up to n sections, best first. No hit is no error: it returns an empty slice when nothing in the
// knowledge base has anything to do with the question.
func (s *Snapshot) Search(ctx context.Context, q Query, n int) ([]Hit, error) { return nil, nil }

// Suggest returns up to n sections whose question starts like, or contains, what was typed so far: for
// autocompletion. With nothing typed it returns the first sections.
func (s *Snapshot) Suggest(ctx context.Context, q Query, n int) []knowledge.Section { return nil }

// Section returns the section with this key; false when this version of the knowledge has none.
func (s *Snapshot) Section(k knowledge.Key) (knowledge.Section, bool) {
	sec, ok := s.byID[k]
	return sec, ok
}

// Base returns what the snapshot was built from. Callers must not change it.
func (s *Snapshot) Base() knowledge.Base { return s.base }

// Close frees the snapshot's files. Searches must have ended; Live sees to that.
func (s *Snapshot) Close() error { return nil }
