package index

import (
	"math"
	"slices"

	"frontdesk/knowledge"
)

// A candidate is a section that may answer.
type candidate struct {
	document int32
	rank     int     // bleve's, from 0; -1 when only its phrasings are near
	bleve    float32 // its score over the best candidate's; 0 with no rank
	clues    vector
	window   [2]int // the sentences that cover most: first, and one past the last
	score    float32
	p        float32
}

// measure fills in the clues of all candidates. likely holds the classifier's probabilities, nil without one.
func (s *shelf) measure(q *question, x *scratch, likely []float32, found []candidate) {
	near := s.nearby(q, x, found)
	unseen := q.unseen()
	for i := range found {
		c := &found[i]
		d, f := &s.documents[c.document], &c.clues
		s.cover(q, &x.marks, c)
		f.phrased(d, near[i], likely, c.document)
		f.kind(d.section.Kind)
		f[bodyLong] = float32(math.Log(float64(1+len(d.ends)))) / 3
		s.alike(q, d, f)
		f[foundLead] = c.bleve
		if c.rank >= 0 {
			f[rank] = 1 / float32(1+c.rank)
		}
		if s.isBare(q, d) {
			f[same] = 1
		} else {
			f[same] = max(0, (f[wordsNearest]-nearlySame)/(1-nearlySame))
		}
		f[stranger] = f[titleAsked] * unseen
		f[titleReal] = f[titleExact] * f[bodyLong]
		f[sameKind] = q.sameKind(d)
	}
	for _, l := range leads {
		lead(found, l.of, l.lead)
	}
}

// phrased fills in how near a document's heading and phrasings come.
func (f *vector) phrased(d *document, by near, likely []float32, number int32) {
	f[wordsNearest], f[wordsThree] = by.words.nearest()
	f[charsNearest], f[charsThree] = by.chars.nearest()
	f[phrasedLong] = float32(math.Log(float64(len(d.phrasings)))) / 3
	if len(d.section.Phrasings) == 0 {
		return
	}
	f[hasPhrasings] = 1
	f[wordsPhrased], f[charsPhrased] = f[wordsThree], f[charsThree]
	if likely != nil {
		f[classChance] = likely[number]
		f[classPhrased] = float32(math.Log(float64(likely[number])+1e-4)) + 4
	}
}

// alike sets the clues of how much a section's heading and its text are about what the question is about, from 0 to 1.
func (s *shelf) alike(q *question, d *document, f *vector) {
	fine := s.lang.fine()
	f[titleSubject], f[titleFine] = q.about.meet(d.aboutTitle, fine)
	f[bodySubject], f[bodyFine] = q.about.meet(d.aboutBody, fine)
	d.vectors.near(q, f)
	if q.meaning != nil {
		title, body := d.meaning.likeness(q.meaning)
		if q.vector == nil {
			f[titleVector], f[bodyVector] = title, body
		} else {
			f[titleVector], f[bodyVector] = (f[titleVector]+title)/2, (f[bodyVector]+body)/2
		}
	}
	f[bothVector] = (f[titleVector] + f[bodyVector]) / 2
}

// kind fills in what a section of that kind is.
func (f *vector) kind(k knowledge.Kind) {
	switch k {
	case knowledge.Introduction, knowledge.Conclusion:
		f[edge] = 1
	case knowledge.Contact:
		f[contact] = 1
	}
}

// nearlySame is the cosine by words from which on two questions are nearly the same.
const nearlySame = 0.8

// sameKind compares what the question is after with what the section's heading and phrasings are after.
func (q *question) sameKind(d *document) float32 {
	switch {
	case q.kind == "" || len(d.kinds) == 0:
		return 0
	case slices.Contains(d.kinds, q.kind):
		return 1
	}
	return -1
}

// unseen returns the weight of the heaviest unit that no section has, nor any synonym of it.
func (q *question) unseen() (heaviest float32) {
	for i := range q.units {
		heaviest = max(heaviest, q.units[i].weight*(1-q.units[i].seen.synonym)/maxWeight)
	}
	return heaviest
}

// leads are the clues that say how a candidate stands beside the best by another clue.
var leads = [...]struct{ of, lead clue }{
	{density, densityLead}, {titleBoth, titleLead}, {bodySubject, bodySubjectLead},
	{titleSubject, titleSubjectLead}, {titleFine, titleFineLead}, {bodyFine, bodyFineLead},
	{titleLocal, titleLocalLead}, {allLocal, allLocalLead}, {titleVector, titleVectorLead},
	{bodyVector, bodyVectorLead}, {bothVector, bothVectorLead}, {centreVector, centreVectorLead},
	{wholeVector, wholeVectorLead}, {classChance, classLead}, {wordsThree, wordsLead}, {charsThree, charsLead},
}

// lead sets the clue to to each candidate's part of the highest value of from.
func lead(found []candidate, from, to clue) {
	highest := float32(1e-6)
	for i := range found {
		highest = max(highest, found[i].clues[from])
	}
	for i := range found {
		found[i].clues[to] = found[i].clues[from] / highest
	}
}

// rankBy appends candidates to ranked best first; equal ones by their place in the knowledge base.
func rankBy(found, ranked []candidate) []candidate {
	order := make([]int, len(found)) // a candidate is too large to swap about
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &found[i], &found[j]
		return better(scored{a.document, a.p}, scored{b.document, b.p})
	})
	for _, i := range order {
		ranked = append(ranked, found[i])
	}
	return ranked
}
