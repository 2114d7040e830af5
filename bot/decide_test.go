package bot

import (
	"math"
	"testing"

	"frontdesk/index"
	"frontdesk/knowledge"
)

func TestDecide(t *testing.T) {
	p := Policy{Sure: .5, Phrased: .4, Maybe: .2, Margin: .1}
	hits := func(kind knowledge.Kind, confidences ...float64) []index.Hit {
		var all []index.Hit
		for _, c := range confidences {
			all = append(all, index.Hit{Section: knowledge.Section{Kind: kind}, Confidence: c})
		}
		return all
	}
	for _, test := range []struct {
		name string
		hits []index.Hit
		want Outcome
	}{
		{"nothing found", nil, Unanswered},
		{"a sure one alone", hits(knowledge.Answer, .9), Answered},
		{"just sure", hits(knowledge.Answer, .5, .39), Answered},
		{"sure and far ahead", hits(knowledge.Answer, .7, .2, .1), Answered},
		{"sure, but so is another", hits(knowledge.Answer, .7, .65), Unsure},
		{"not quite sure", hits(knowledge.Answer, .49, .01), Unsure},
		{"just maybe", hits(knowledge.Answer, .2), Unsure},
		{"hardly", hits(knowledge.Answer, .19, .18), Unanswered},
		{"not at all", hits(knowledge.Answer, 0), Unanswered},
		{"an introduction", hits(knowledge.Introduction, .8), Answered},
		{"a conclusion", hits(knowledge.Conclusion, .8), Answered},
		{"a call to get in touch", hits(knowledge.Contact, .8), HandedOff},
		{"perhaps a call to get in touch", hits(knowledge.Contact, .3), Unsure},
		{"not a number", hits(knowledge.Answer, math.NaN()), Unanswered},
		{"second is not a number", hits(knowledge.Answer, .9, math.NaN()), Unsure},
	} {
		if got := decide(p, test.hits); got != test.want {
			t.Errorf("%s: decide(%v) = %q, want %q", test.name, test.hits, got, test.want)
		}
	}
}

// TestSureOf asks for less where staff wrote how people ask.
func TestSureOf(t *testing.T) {
	p := Policy{Sure: .5, Phrased: .4, Maybe: .2, Margin: .1}
	plain := index.Hit{Section: knowledge.Section{Kind: knowledge.Answer}, Confidence: .45}
	phrased := plain
	phrased.Section.Phrasings = []string{"is there parking?"}
	for _, test := range []struct {
		hits []index.Hit
		want Outcome
	}{
		{[]index.Hit{plain}, Unsure},
		{[]index.Hit{phrased}, Answered},
		{[]index.Hit{phrased, {Confidence: .4}}, Unsure},
	} {
		if got := decide(p, test.hits); got != test.want {
			t.Errorf("decide(%v) = %q, want %q", test.hits, got, test.want)
		}
	}
	if got := p.SureOf(nil); got != p.Sure {
		t.Errorf("SureOf(nil) = %v, want %v", got, p.Sure)
	}
}
