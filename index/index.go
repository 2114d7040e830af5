// Package index ranks sections for a question and says how sure it is. It finds; it does not decide what to reply.
//
// [Build] turns a knowledge base into an immutable [Snapshot]; [Live] lets a new snapshot take the place of the old
// one under its readers. A question goes one way:
//
//	text ─► words, spelling repaired ─► units: words and phrases, with what else says the same
//	     ─► candidates from bleve ─► clues of each, from our own counts ─► model ─► Hit with its Confidence
//
// The files, by what they are about:
//
//	snapshots         index, build, live; what else they are asked: suggest, speaks, explain, lesson
//	a language        language, rewrites, forms, facts, lexicon, thesaurus, asking, leaning, glossary
//	words             normalise, spelling, parts, question, expand
//	sections          reading, acronyms, numbers, symbols, vocabulary, phrasings, shelf
//	bleve             library, filing, sayings, edition, postings, candidates
//	finding           find, more, marks
//	clues             clues, measure, cover, near, bare, background
//	judging           model
//	passages          passage, whole
//	learned ahead     archetype, place, vectors, textvectors; how: archetypelearn, vectorlearn, vectorbatch, pairs
//	learned on build  classifier, traits, hashed, descent, relearn
//	an embedder       meaning
//
// docs/ranking.md says what happens in each step, and why.
package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
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
	// Dir is a folder for bleve's files, which are mapped: it must not go away under them. They lie in a folder of their
	// own there, which goes when the last of the snapshots that were made from one another closes. Empty keeps the index
	// in memory.
	Dir string

	// Embedder adds meaning to words; nil for words alone. Patience bounds how long a question waits for its vector,
	// 300 ms by default; the answer goes on without it.
	Embedder Embedder
	Patience time.Duration

	// Kept embeds staff's texts in the place of Embedder, as one that keeps what it said: what people ask is nobody's to
	// keep. Nil for Embedder itself.
	Kept Embedder
}

// A Snapshot is an immutable index over one knowledge base. It is safe for concurrent use.
type Snapshot struct {
	base    knowledge.Base
	byID    map[knowledge.Key]*knowledge.Section
	codes   []string // languages of the sections, the commonest first
	shelves map[string]*shelf
	edition *edition
	model   *Model
	meaning *meanings // nil without an embedder
	options Options
	close   func() error // nil when it was not built
}

// Search returns up to n sections, best first. No hit is no error: it returns an empty slice when nothing in the
// knowledge base has anything to do with the question.
func (s *Snapshot) Search(ctx context.Context, q Query, n int) ([]Hit, error) {
	if len(s.codes) == 0 || n <= 0 {
		return nil, nil
	}
	var all []Hit
	askedIn := s.languageOf(q)
	own := 0.0 // the best in the question's own language
	for i, code := range s.order(askedIn) {
		if i == 1 && len(all) > 0 {
			own = all[0].Confidence
		}
		if own > otherLanguage {
			break
		}
		r, err := s.find(ctx, s.shelves[code], q, askedIn)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			r.share = otherShare
			if r.translated && code != s.codes[0] {
				r.share = besideShare
			}
		}
		all = slices.Grow(all, min(n, len(r.found)))
		for _, c := range r.found[:min(n, len(r.found))] {
			if h := r.hit(c); i == 0 || h.Confidence > own {
				all = append(all, h)
			}
		}
		r.close()
	}
	slices.SortStableFunc(all, func(a, b Hit) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return all[:min(n, len(all))], nil
}

const (
	otherLanguage = 0.3 // sections in other languages are looked at when the question's own reach no more, and have to beat them
	otherShare    = 0.8 // what is found in another language is worth less
	besideShare   = 0.5 // and is no outright answer by a translation into what few sections are in
)

// languageOf returns the language that a question is written in. Where the words do not tell, what the caller says
// counts, if there is such a language: callers pass on what people's programs say. Empty when nothing tells.
func (s *Snapshot) languageOf(q Query) string {
	if code, ok := lang.DetectAfter(q.Lang, clip(q.Text, maxText), nil); ok {
		return code
	}
	if s.shelves[q.Lang] != nil || lang.Has(q.Lang) {
		return q.Lang
	}
	return ""
}

// order returns the languages to search: the one the question is written in, then the others.
func (s *Snapshot) order(askedIn string) []string {
	if s.shelves[askedIn] == nil || askedIn == s.codes[0] {
		return s.codes
	}
	order := []string{askedIn}
	for _, c := range s.codes {
		if c != askedIn {
			order = append(order, c)
		}
	}
	return order
}

// Section returns the section with this key; false when this version of the knowledge has none.
func (s *Snapshot) Section(k knowledge.Key) (knowledge.Section, bool) {
	section, ok := s.byID[k]
	if !ok {
		return knowledge.Section{}, false
	}
	return *section, true
}

// Base returns what the snapshot was built from. Callers must not change it.
func (s *Snapshot) Base() knowledge.Base { return s.base }

// errNotBuilt is what closing a snapshot that Build did not make comes to.
var errNotBuilt = errors.New("snapshot was not built")

// Close frees what the snapshot holds, and bleve's files with the last of those that share them. Searches and rebuilds
// must have ended; Live sees to that for who holds it. Closing twice does no harm.
func (s *Snapshot) Close() error {
	if s.close == nil {
		return errNotBuilt
	}
	if err := s.close(); err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}
