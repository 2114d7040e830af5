package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

//go:embed weights.json
var weightsFile []byte

// A model turns clues into probabilities. Every candidate scores the sum of its weighted clues, "no section
// answers" scores the sum of the weighted background, and the probabilities are the softmax over all of them: a
// conditional logit with an outside option. Sections with phrasings of their own have their own weights, since there
// the phrasings speak louder than the heading. cmd/calibrate learns the weights.
type model struct {
	plain, phrased                     vector
	plainBackground, phrasedBackground background // mixed by the share of candidates with phrasings
}

// A Weights file says what each clue and each value of the background weighs, by name.
type weights struct {
	Plain             map[string]float32 `json:"plain"`
	Phrased           map[string]float32 `json:"phrased"`
	PlainBackground   map[string]float32 `json:"plain background"`
	PhrasedBackground map[string]float32 `json:"phrased background"`
}

func loadModel(data []byte) (*model, error) {
	var w weights
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("parse weights: %w", err)
	}
	m := &model{}
	for i, name := range clueNames {
		m.plain[i], m.phrased[i] = w.Plain[name], w.Phrased[name]
	}
	for i, name := range backgroundNames {
		m.plainBackground[i], m.phrasedBackground[i] = w.PlainBackground[name], w.PhrasedBackground[name]
	}
	return m, nil
}

// judge sets every candidate's score and probability.
func (m *model) judge(b background, found []candidate) {
	var outside float32
	for i, x := range b {
		outside += x * (m.plainBackground[i]*(1-b[phrasedShare]) + m.phrasedBackground[i]*b[phrasedShare])
	}
	highest := outside
	for i := range found {
		found[i].score = 0
		w := &m.plain
		if found[i].clues[hasPhrasings] > 0 {
			w = &m.phrased
		}
		for j, x := range found[i].clues {
			found[i].score += w[j] * x
		}
		highest = max(highest, found[i].score)
	}
	sum := math.Exp(float64(outside - highest))
	for i := range found {
		sum += math.Exp(float64(found[i].score - highest))
	}
	for i := range found {
		found[i].p = float32(math.Exp(float64(found[i].score-highest)) / sum)
	}
}
