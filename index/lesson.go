package index

import (
	"context"
	"slices"

	"frontdesk/knowledge"
)

// A Lesson is one question as learning sees it: the background, and the clues of every candidate in the order of
// [Clues] and [Backgrounds].
type Lesson struct {
	Background []float32
	Phrased    float32 // share of candidates with phrasings
	Candidates []LessonCandidate
}

// A LessonCandidate is a candidate with its clues.
type LessonCandidate struct {
	Section *knowledge.Section
	Clues   []float32
	Phrased bool    // it has phrasings of its own
	P       float64 // by the weights in use
}

// Clues returns the names of a candidate's clues, in the order of a Lesson's.
func Clues() []string { return slices.Clone(clueNames[:]) }

// Backgrounds returns the names of the background's values, in the order of a Lesson's.
func Backgrounds() []string { return slices.Clone(backgroundNames[:]) }

// Lesson returns what a question looks like before the model has judged it: what cmd/calibrate learns from.
func (s *Snapshot) Lesson(ctx context.Context, q Query) (Lesson, error) {
	if len(s.codes) == 0 {
		return Lesson{}, nil
	}
	r, err := s.findFirst(ctx, q)
	if err != nil {
		return Lesson{}, err
	}
	defer r.close()
	l := Lesson{Background: slices.Clone(r.background[:]), Phrased: r.background[phrasedShare]}
	for _, c := range r.found {
		section := r.shelf.documents[c.document].section
		l.Candidates = append(l.Candidates, LessonCandidate{section, slices.Clone(c.clues[:]), c.clues[hasPhrasings] > 0, float64(c.p)})
	}
	return l, nil
}
