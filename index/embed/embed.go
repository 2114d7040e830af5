// Package embed turns texts into vectors of meaning, for operators who want more than words can tell. It is optional:
// nothing else in frontdesk needs it.
//
// Two models do it: [Static], a file on this machine in the Model2Vec layout, and [Remote], an HTTP endpoint of the
// kind that OpenAI's API made common. [Cache] keeps what a slow model said.
package embed

import (
	"context"
	"math"
)

// A Model turns texts into vectors. Models are safe for concurrent use.
type Model interface {
	// Embed returns one vector a text, in order, each of length 1 and of the same dimension. A text in which the model
	// knows no word gives the zero vector.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	// Name tells models apart: vectors of models of different names cannot be compared.
	Name() string
}

// normalise brings v to length 1 in place; the zero vector stays.
func normalise(v []float32) {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 || math.IsInf(sum, 0) || math.IsNaN(sum) {
		clear(v)
		return
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
}
