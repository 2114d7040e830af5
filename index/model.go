package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

//go:embed weights.json
var weightsFile []byte

// A Model turns clues into probabilities. Every candidate gets a score, "no section answers" gets one too, and the
// probabilities are the softmax over all of them: a conditional logit with an outside option. A candidate's score is
// the sum of its weighted clues and of a few hidden units, each the tanh of a weighted sum of the clues and of what
// the question looks like as a whole, so that one clue can change what another is worth. Sections with phrasings of
// their own have their own weights, since there the phrasings speak louder than the heading. cmd/calibrate learns
// the weights; values are in the order of [Clues] and [Backgrounds].
type Model struct {
	Plain, Phrased                     []float32
	PlainBackground, PhrasedBackground []float32 // mixed by the share of candidates with phrasings
	Hidden                             []HiddenUnit
}

// A HiddenUnit adds the tanh of a weighted sum of clues and background to a candidate's score.
type HiddenUnit struct {
	Clues, Background []float32
	Phrased, Bias     float32 // Phrased is added for a section with phrasings
	Out               float32 // what the unit adds to the score, at most
}

// sureOfSame is added for a heading or phrasing that is the question itself, perhaps without its topic. It is set by
// hand: people who write sets of hard questions avoid the headings' words, so learning sees too few such questions to
// trust them as much as staff, who wrote the heading, may.
const sureOfSame = 1

// sureOfWords is added for a section that has nearly all of the question in the question's own words ("will I
// hallucinate?"), where no phrasings tell better. It is set by hand for the same reason: on sets left out such sections
// are right more often (.87) than their confidence says (.86 without it), and writers of hard questions ask few of them.
const (
	sureOfWords = 0.5
	wordForWord = 0.85
)

// score returns the score of a candidate of a question whose background gave the inner sums.
func (m *Model) score(clues []float32, phrased bool, inner []float32) float32 {
	w := m.Plain
	if phrased {
		w = m.Phrased
	}
	score, h := dot(w, clues), m.Hidden
	for ; len(h) >= 4; h, inner = h[4:], inner[4:] {
		s0, s1, s2, s3 := dotFour(h[0].Clues, h[1].Clues, h[2].Clues, h[3].Clues, clues)
		score += h[0].put(s0+inner[0], phrased) + h[1].put(s1+inner[1], phrased) +
			h[2].put(s2+inner[2], phrased) + h[3].put(s3+inner[3], phrased)
	}
	for i := range h {
		score += h[i].put(dot(h[i].Clues, clues)+inner[i], phrased)
	}
	if clues[same] == 1 {
		score += sureOfSame
	}
	if !phrased && clues[allExact] >= wordForWord {
		score += sureOfWords
	}
	return score
}

// put returns what the unit adds to the score of a candidate whose clues and background sum up to sum.
func (u *HiddenUnit) put(sum float32, phrased bool) float32 {
	if phrased {
		sum += u.Phrased
	}
	return u.Out * tanh(sum)
}

// Inner returns what a question's background adds inside each hidden unit: the same for all its candidates.
func (m *Model) Inner(background []float32) []float32 {
	inner := make([]float32, len(m.Hidden))
	for i := range m.Hidden {
		inner[i] = m.Hidden[i].Bias + dot(m.Hidden[i].Background, background)
	}
	return inner
}

// None returns the score of there being no answer. phrased is the share of candidates with phrasings.
func (m *Model) None(background []float32, phrased float32) float32 {
	return (1-phrased)*dot(m.PlainBackground, background) + phrased*dot(m.PhrasedBackground, background)
}

// Probabilities turns scores, and the score of none, into probabilities in place, by a softmax over all of them.
func Probabilities(scores []float32, none float32) (p []float32, pNone float32) {
	highest := none
	for _, s := range scores {
		highest = max(highest, s)
	}
	sum := math.Exp(float64(none - highest))
	for _, s := range scores {
		sum += math.Exp(float64(s - highest))
	}
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s-highest)) / sum)
	}
	return scores, float32(math.Exp(float64(none-highest)) / sum)
}

// dot returns the inner product of two vectors, of which b is as long as a at least.
func dot(a, b []float32) (sum float32) {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32 // four sums at a time, since each waits for itself
	i := 3                     // the last of four: with it in bounds the compiler checks none of the others
	for ; i < len(a); i += 4 {
		s0 += a[i-3] * b[i-3]
		s1 += a[i-2] * b[i-2]
		s2 += a[i-1] * b[i-1]
		s3 += a[i] * b[i]
	}
	for i -= 3; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// dotFour returns the inner products of four vectors with b, of which each number is loaded once for the four. All are as
// long as b at least.
func dotFour(a0, a1, a2, a3, b []float32) (s0, s1, s2, s3 float32) {
	a0, a1, a2, a3 = a0[:len(b)], a1[:len(b)], a2[:len(b)], a3[:len(b)]
	for i, x := range b {
		s0 += a0[i] * x
		s1 += a1[i] * x
		s2 += a2[i] * x
		s3 += a3[i] * x
	}
	return s0, s1, s2, s3
}

// tanh is the hyperbolic tangent to three decimals, by a continued fraction.
func tanh(x float32) float32 {
	x = min(max(x, -4.97), 4.97)
	y := x * x
	return x * (135135 + y*(17325+y*(378+y))) / (135135 + y*(62370+y*(3150+y*28)))
}

// Judge returns the probabilities of a lesson's candidates by the model, as a search with it would have them.
func (m *Model) Judge(l Lesson) []float32 {
	inner := m.Inner(l.Background)
	scores := make([]float32, len(l.Candidates))
	for i, c := range l.Candidates {
		scores[i] = m.score(c.Clues, c.Phrased, inner)
	}
	p, _ := Probabilities(scores, m.None(l.Background, l.Phrased))
	for i, c := range l.Candidates {
		p[i] *= worth(c.Clues)
	}
	return p
}

// judge sets every candidate's score and probability. It is [Model.Judge] without a lesson's copies of the clues.
func (m *Model) judge(b background, found []candidate) {
	inner := m.Inner(b[:])
	scores := make([]float32, len(found))
	for i := range found {
		c := &found[i]
		c.score = m.score(c.clues[:], c.clues[hasPhrasings] > 0, inner)
		scores[i] = c.score
	}
	p, _ := Probabilities(scores, m.None(b[:], b[phrasedShare]))
	for i := range found {
		found[i].p = p[i] * worth(found[i].clues[:])
	}
}

// sloganShare is what is left of the probability of a short call to get in touch that is found by its text alone: "Never
// feel alone again!" does not tell how one will feel. The rest counts as no answer. It is set by hand, since knowledge has
// one such section at most, and learning sees too few.
const sloganShare = 0.1

// sloganLong is the clue bodyLong of the shortest text, of four sentences, that has room for more than a call.
var sloganLong = float32(math.Log(1+4)) / 3

// worth returns what a candidate's probability is worth: less than 1 for a short call to get in touch whose heading and
// phrasings have nothing of the question.
func worth(clues []float32) float32 {
	if clues[contact] == 1 && clues[bodyLong] < sloganLong && max(clues[titleSynonym], clues[askedSynonym]) == 0 {
		return sloganShare
	}
	return 1
}

// The layout of weights.json: weights by the names of clues and of the background's values. A name that the file
// does not have weighs nothing.
type weightsLayout struct {
	Plain             map[string]float32 `json:"plain"`
	Phrased           map[string]float32 `json:"phrased"`
	PlainBackground   map[string]float32 `json:"plain background"`
	PhrasedBackground map[string]float32 `json:"phrased background"`
	Hidden            []hiddenLayout     `json:"hidden"`
}

type hiddenLayout struct {
	Clues      map[string]float32 `json:"clues"`
	Background map[string]float32 `json:"background"`
	Phrased    float32            `json:"phrased"`
	Bias       float32            `json:"bias"`
	Out        float32            `json:"out"`
}

// readModel reads a model as MarshalJSON writes it.
func readModel(data []byte) (*Model, error) {
	var w weightsLayout
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("parse weights: %w", err)
	}
	clues, backgrounds := clueNames[:], backgroundNames[:]
	m := &Model{
		Plain: inOrder(clues, w.Plain), Phrased: inOrder(clues, w.Phrased),
		PlainBackground: inOrder(backgrounds, w.PlainBackground), PhrasedBackground: inOrder(backgrounds, w.PhrasedBackground),
	}
	for _, u := range w.Hidden {
		m.Hidden = append(m.Hidden, HiddenUnit{inOrder(clues, u.Clues), inOrder(backgrounds, u.Background), u.Phrased, u.Bias, u.Out})
	}
	return m, nil
}

// MarshalJSON writes weights.json.
func (m *Model) MarshalJSON() ([]byte, error) {
	clues, backgrounds := clueNames[:], backgroundNames[:]
	w := weightsLayout{
		Plain: byName(clues, m.Plain), Phrased: byName(clues, m.Phrased),
		PlainBackground: byName(backgrounds, m.PlainBackground), PhrasedBackground: byName(backgrounds, m.PhrasedBackground),
	}
	for _, u := range m.Hidden {
		w.Hidden = append(w.Hidden, hiddenLayout{byName(clues, u.Clues), byName(backgrounds, u.Background), short(u.Phrased), short(u.Bias), short(u.Out)})
	}
	return json.Marshal(w)
}

// inOrder returns values in the order of names, 0 for those that are missing.
func inOrder(names []string, values map[string]float32) []float32 {
	list := make([]float32, len(names))
	for i, name := range names {
		list[i] = values[name]
	}
	return list
}

// byName returns values by their names, without those that round to 0.
func byName(names []string, values []float32) map[string]float32 {
	m := map[string]float32{}
	for i, name := range names {
		if v := short(values[i]); v != 0 {
			m[name] = v
		}
	}
	return m
}

// short rounds to four decimals: more would be noise in a diff.
func short(x float32) float32 { return float32(math.Round(float64(x)*1e4) / 1e4) }
