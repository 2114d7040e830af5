package bot

import (
	"frontdesk/index"
	"frontdesk/knowledge"
)

// A Policy says how sure the desk must be. Confidences run from 0 to 1.
type Policy struct {
	Sure    float64 // answer outright from here on
	Phrased float64 // in the place of Sure for a section with phrasings
	Maybe   float64 // offer choices from here on; below, hand off
	Margin  float64 // lead over the second section needed to answer outright
}

// DefaultPolicy suits most knowledge: of what is answered outright, five in six are right, for sections with phrasings
// and without, and choices are offered while one of them still has a fair chance. docs/ranking.md shows the labelled
// questions that it was set on.
var DefaultPolicy = Policy{Sure: .68, Phrased: .58, Maybe: .15, Margin: .2}

// SureOf returns from which confidence on the first of hits is an outright answer.
func (p Policy) SureOf(hits []index.Hit) float64 {
	if len(hits) > 0 && len(hits[0].Section.Phrasings) > 0 {
		return p.Phrased
	}
	return p.Sure
}

// decide says what becomes of a question, given the sections found for it, best first. A confidence that is no number
// counts as none.
func decide(p Policy, hits []index.Hit) Outcome {
	if len(hits) == 0 || !(hits[0].Confidence >= p.Maybe) {
		return Unanswered
	}
	if !p.Outright(hits) {
		return Unsure
	}
	if hits[0].Section.Kind == knowledge.Contact {
		return HandedOff
	}
	return Answered
}

// Outright reports whether a question for which hits were found, best first, is answered and not met with choices.
func (p Policy) Outright(hits []index.Hit) bool {
	return len(hits) > 0 && hits[0].Confidence >= p.SureOf(hits) &&
		(len(hits) == 1 || hits[0].Confidence-hits[1].Confidence >= p.Margin)
}
