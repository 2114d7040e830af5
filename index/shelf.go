package index

import (
	"context"
	"slices"
	"strings"
	"sync"

	"frontdesk/knowledge"
)

// A shelf holds the sections of one language as numbers: what clues are counted from.
type shelf struct {
	lang       *language
	vocabulary *vocabulary
	lexicon    *lexicon   // words as the sections write them
	synonyms   *thesaurus // staff's
	documents  []document
	phrasings  *phrasings
	tall       float32 // mean words of a body
	classifier *classifier
	scratch    sync.Pool // *scratch
}

// A document is a section at its place among the others, with what reading it came to.
type document struct {
	section *knowledge.Section
	*reading
	first int32 // its heading in shelf.phrasings; its phrasings follow
}

// newShelf puts the sections of one language together. What old has read of them already is taken over; old is nil
// when nothing was read yet.
func newShelf(ctx context.Context, l *language, sections []*knowledge.Section, synonyms [][]string, old *shelf) (*shelf, error) {
	s := &shelf{lang: l, synonyms: newThesaurus(0)}
	for i, group := range synonyms {
		s.synonyms.addGroup(l, i, group)
	}
	known := old.unchanged(sections)
	staff := newThesaurus(0)
	for i, group := range append(acronyms(sections, known), synonyms...) {
		staff.addGroup(l, i, group)
	}
	old.forget(known, staff)
	n, err := s.fill(ctx, sections, known, old, staff)
	if err != nil {
		return nil, err
	}
	s.vocabulary = newVocabulary(n, staff, s.documents)
	s.lexicon = newLexicon(s.vocabulary.frequencies())
	s.phrasings = newPhrasings(s.vocabulary, s.documents, old)
	s.classifier = s.learn(ctx, old)
	s.scratch.New = func() any { return s.newScratch() }
	return s, nil
}

// unchanged returns what was read of each of the sections, nil where there is nothing or the section has changed.
func (s *shelf) unchanged(sections []*knowledge.Section) []*reading {
	known := make([]*reading, len(sections))
	if s == nil {
		return known
	}
	place := make(map[knowledge.SectionID]int, len(s.documents))
	for i := range s.documents {
		place[s.documents[i].section.ID] = i
	}
	for i, section := range sections {
		if at, ok := place[section.ID]; ok && readAlike(s.documents[at].section, section) {
			known[i] = s.documents[at].reading
			delete(place, section.ID) // a reading stands for one section
		}
	}
	return known
}

// readAlike reports whether two sections read the same: whether all that a reading depends on is equal, and all that
// bleve is given.
func readAlike(a, b *knowledge.Section) bool {
	return a.Title == b.Title && a.Body == b.Body && a.Article == b.Article &&
		slices.Equal(a.Phrasings, b.Phrasings) && slices.Equal(a.Above, b.Above) && slices.Equal(a.Tags, b.Tags)
}

// forget drops what was read of sections that may have a word or a phrase by which staff's synonyms now differ.
func (s *shelf) forget(known []*reading, staff *thesaurus) {
	if s == nil {
		return
	}
	was := s.vocabulary.thesauri[1]
	touched := map[*reading]bool{}
	for _, pair := range [][2]*thesaurus{{was, staff}, {staff, was}} {
		for member := range pair[0].byMember {
			if _, ok := pair[1].byMember[member]; !ok {
				s.touch(touched, member)
			}
		}
	}
	for i, a := range known {
		if touched[a] {
			known[i] = nil
		}
	}
}

// touch notes the sections that may have all words of a phrase: those that have its rarest word that is counted
// everywhere.
func (s *shelf) touch(touched map[*reading]bool, phrase string) {
	v := s.vocabulary
	rarest, found := []int32(nil), false
	for stem := range strings.FieldsSeq(phrase) {
		id, ok := v.ids.find(stem)
		if !ok || v.weights[id] == unused {
			return // no section has it
		}
		if v.weights[id] > fillerWeight && (!found || len(v.sections.of(id)) < len(rarest)) {
			rarest, found = v.sections.of(id), true
		}
	}
	if found {
		for _, i := range rarest {
			touched[s.documents[i].reading] = true
		}
		return
	}
	for i := range s.documents {
		touched[s.documents[i].reading] = true
	}
}

// fill sets the documents, reading what is not known, and returns the numbers that they are in.
func (s *shelf) fill(ctx context.Context, sections []*knowledge.Section, known []*reading, old *shelf, staff *thesaurus) (*numbers, error) {
	n := s.numbersFor(known, old)
	r := reader{n, []*thesaurus{s.lang.thesaurus, staff}}
	if err := r.read(ctx, sections, known); err != nil {
		return nil, err
	}
	s.documents = make([]document, len(sections))
	first, words := int32(0), 0
	for i, a := range known {
		s.documents[i] = document{sections[i], a, first}
		first += int32(len(a.phrasings))
		words += len(a.body)
	}
	s.tall = float32(words) / float32(max(len(sections), 1))
	return n, nil
}

// numbersFor returns the numbers to go on with: the old ones, or a copy where there is something to read. When most
// of them would be of words that nobody uses, all is read again with new ones.
func (s *shelf) numbersFor(known []*reading, old *shelf) *numbers {
	if old == nil || old.vocabulary.worn() {
		clear(known)
		return newNumbers(s.lang)
	}
	if slices.Contains(known, nil) {
		return old.vocabulary.numbers.clone()
	}
	return old.vocabulary.numbers
}
