package index

import "context"

// A Lesson is one question as learning sees it: the background, and the clues of every candidate in the order of
// [Clues] and [Backgrounds].
type Lesson struct {
	Background []float32
	Candidates []LessonCandidate
}

// A LessonCandidate is a candidate with its clues.
type LessonCandidate struct {
	ID, Title string
	Clues     []float32
}

// Clues returns the names of a candidate's clues, in the order of a Lesson's.
func Clues() []string { return append([]string(nil), clueNames[:]...) }

// Backgrounds returns the names of the background's values, in the order of a Lesson's.
func Backgrounds() []string { return append([]string(nil), backgroundNames[:]...) }

// Lesson returns what a question looks like before the model has judged it: what cmd/calibrate learns from.
func (s *Snapshot) Lesson(ctx context.Context, q Query) (Lesson, error) {
	if len(s.codes) == 0 {
		return Lesson{}, nil
	}
	code := s.codes[0]
	sh := s.shelves[code]
	_, found, b, err := s.find(ctx, sh, code, q)
	if err != nil {
		return Lesson{}, err
	}
	l := Lesson{Background: append([]float32(nil), b[:]...)}
	for _, c := range found {
		section := sh.documents[c.document].section
		l.Candidates = append(l.Candidates, LessonCandidate{string(section.ID), section.Title, append([]float32(nil), c.clues[:]...)})
	}
	return l, nil
}

// Weights returns the weights in use, in the order of [Clues] and [Backgrounds].
func Weights() (candidate, background []float64) {
	m, err := loadModel(weightsFile)
	if err != nil {
		return nil, nil
	}
	for _, w := range m.candidate {
		candidate = append(candidate, float64(w))
	}
	for _, w := range m.background {
		background = append(background, float64(w))
	}
	return candidate, background
}
