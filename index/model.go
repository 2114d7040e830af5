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
// conditional logit with an outside option. cmd/calibrate learns the weights.
type model struct {
	candidate  vector
	background background
}

// weights is the layout of weights.json: weights by the names of clues.
type weights struct {
	Candidate  map[string]float32 `json:"candidate"`
	Background map[string]float32 `json:"background"`
}

func loadModel(data []byte) (*model, error) {
	var w weights
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("parse weights: %w", err)
	}
	m := &model{}
	for i, name := range clueNames {
		m.candidate[i] = w.Candidate[name]
	}
	for i, name := range backgroundNames {
		m.background[i] = w.Background[name]
	}
	return m, nil
}

// judge sets every candidate's score and probability.
func (m *model) judge(b background, found []candidate) {
	var outside float32
	for i, w := range m.background {
		outside += w * b[i]
	}
	highest := outside
	for i := range found {
		found[i].score = 0
		for j, w := range m.candidate {
			found[i].score += w * found[i].clues[j]
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
