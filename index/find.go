package index

import (
	"context"
	"slices"
	"strings"
)

// A result is what was found on one shelf, with the room that it was found in. Close gives the room back.
type result struct {
	shelf      *shelf
	asked      *question
	found      []candidate
	background background
	room       *scratch
	translated bool    // the question was put into the shelf's language
	share      float64 // what its sections are worth: 1, or less in another language than the question's
}

func (r *result) close() {
	r.room.clear()
	r.shelf.scratch.Put(r.room)
}

// hit is what a candidate comes to for callers.
func (r *result) hit(c candidate) Hit {
	d := &r.shelf.documents[c.document]
	return Hit{Section: *d.section, Confidence: r.share * float64(c.p), Passage: r.shelf.passage(r.asked, &r.room.marks, d)}
}

// bleve adds to found, which is empty, the sections that bleve finds by the words and by staff's synonyms of them.
func (s *Snapshot) bleve(ctx context.Context, sh *shelf, words, tags []string, found []candidate) ([]candidate, error) {
	code := sh.lang.code
	found, err := s.edition.candidates(ctx, code, sh.termsOf(words), tags, found)
	if err != nil || len(sh.synonyms.byMember) == 0 {
		return found, err
	}
	return s.edition.addSaid(ctx, code, sh.sayingOf(sh.stems(words)), tags, found)
}

// termsOf returns the terms that bleve's documents have for words.
func (s *shelf) termsOf(words []string) []string {
	terms := make([]string, 0, len(words))
	for _, w := range words {
		terms = append(terms, strings.Fields(s.lang.terms(w))...)
	}
	return terms
}

// findFirst ranks the sections of the shelf that a question is looked up in first.
func (s *Snapshot) findFirst(ctx context.Context, q Query) (*result, error) {
	askedIn := s.languageOf(q)
	return s.find(ctx, s.shelves[s.order(askedIn)[0]], q, askedIn)
}

// find ranks the sections of one shelf for a question in a language.
func (s *Snapshot) find(ctx context.Context, sh *shelf, q Query, askedIn string) (*result, error) {
	text, translated, err := forShelf(q.Text, askedIn, sh.lang)
	if err != nil {
		return nil, err
	}
	asked := sh.ask(text)
	asked.meaning = s.meaning.of(ctx, q.Text)
	words := asked.words[:min(len(asked.words), maxWords)]
	r := &result{shelf: sh, asked: asked, room: sh.scratch.Get().(*scratch), translated: translated, share: 1}
	if translated {
		r.share = otherShare
	}
	found, err := s.bleve(ctx, sh, words, q.Tags, r.room.found[:0])
	if err != nil {
		r.close()
		return nil, err
	}
	r.room.marks.set(asked)
	sh.phrasings.nearest(words, r.room.near)
	found = sh.addNear(r.room.near, &r.room.best, found)
	found = sh.addMeant(asked, &r.room.meant, found)
	found = sh.addByVector(asked, found)
	found = sh.addByMeaning(asked, found)
	var likely []float32
	if sh.classifier != nil {
		likely = sh.classifier.probabilities(words, asked.about)
		found = addLikely(likely, found)
	}
	r.found = slices.DeleteFunc(found, func(c candidate) bool { return !tagged(sh.documents[c.document].section, q.Tags) })
	sh.measure(asked, r.room, likely, r.found)
	r.background = sh.background(asked, r.found)
	s.model.judge(r.background, r.found)
	r.room.found, r.room.ranked = r.found, rankBy(r.found, r.room.ranked[:0])
	r.found = r.room.ranked
	return r, nil
}
