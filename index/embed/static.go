package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
)

// Static embeds by looking up a vector for each piece of a word and taking their mean: no network, no neural net,
// microseconds a question. Tables are kept at one byte a number (a model of 30,000 pieces and 256 dimensions takes
// 7.7 MB), which moves a cosine by less than one hundredth.
//
// Source: https://github.com/MinishLab/model2vec (the file layout and StaticModel.encode).
type Static struct {
	name    string
	pieces  *wordPiece
	dim     int
	table   []int8    // row-major
	scale   []float32 // per row: table value × scale is the number in the file, times the token's weight
	rowOf   []int32   // token → row, where the file shares rows between tokens; nil for one each
	weights []float32 // per token, where the file keeps them apart; nil for none
}

// maxModelFile bounds each file of a model, in bytes.
const maxModelFile = 2 << 30

// OpenStatic reads a model in the Model2Vec layout from a folder: config.json, tokenizer.json with a WordPiece model,
// and model.safetensors with a tensor "embeddings" of shape [tokens, dimensions] and, optionally, "weights" [tokens]
// and "mapping" [tokens].
func OpenStatic(dir string) (*Static, error) {
	m, err := openStatic(dir)
	if err != nil {
		return nil, fmt.Errorf("open embedding model %q: %w", dir, err)
	}
	return m, nil
}

func openStatic(dir string) (*Static, error) {
	config, err := readBounded(filepath.Join(dir, "config.json"))
	if err != nil {
		return nil, err
	}
	if !json.Valid(config) {
		return nil, errors.New("config.json is not JSON")
	}
	tokenizer, err := readBounded(filepath.Join(dir, "tokenizer.json"))
	if err != nil {
		return nil, err
	}
	pieces, err := parseWordPiece(tokenizer)
	if err != nil {
		return nil, fmt.Errorf("tokenizer.json: %w", err)
	}
	file, err := readBounded(filepath.Join(dir, "model.safetensors"))
	if err != nil {
		return nil, err
	}
	tensors, err := parseSafetensors(file)
	if err != nil {
		return nil, fmt.Errorf("model.safetensors: %w", err)
	}
	m := &Static{name: "static:" + filepath.Base(filepath.Clean(dir)), pieces: pieces}
	return m, m.fill(tensors)
}

func readBounded(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxModelFile {
		return nil, fmt.Errorf("%s has %d bytes, more than %d", filepath.Base(path), info.Size(), int64(maxModelFile))
	}
	return os.ReadFile(path)
}

// fill takes the numbers over from the file.
func (m *Static) fill(tensors map[string]tensor) error {
	embeddings, ok := tensors["embeddings"]
	if !ok || len(embeddings.shape) != 2 || embeddings.shape[0] == 0 || embeddings.shape[1] == 0 {
		return errors.New("model.safetensors: no tensor \"embeddings\" of shape [tokens, dimensions]")
	}
	rows := embeddings.shape[0]
	m.dim = embeddings.shape[1]
	m.table = make([]int8, rows*m.dim)
	m.scale = make([]float32, rows)
	row := make([]float32, m.dim)
	for r := range rows {
		if err := embeddings.read(r*m.dim, row); err != nil {
			return fmt.Errorf("embeddings: %w", err)
		}
		m.scale[r] = quantise(row, m.table[r*m.dim:(r+1)*m.dim])
	}
	if t, ok := tensors["weights"]; ok {
		m.weights = make([]float32, t.len())
		if err := t.read(0, m.weights); err != nil {
			return fmt.Errorf("weights: %w", err)
		}
	}
	if t, ok := tensors["mapping"]; ok {
		m.rowOf = make([]int32, t.len())
		for i := range m.rowOf {
			row, err := t.integer(i)
			if err != nil || row < 0 || row >= int64(rows) {
				return fmt.Errorf("mapping: token %d has no row", i)
			}
			m.rowOf[i] = int32(row)
		}
	}
	return nil
}

// quantise writes v as bytes and returns what one step is worth.
func quantise(v []float32, out []int8) float32 {
	var top float32
	for _, x := range v {
		top = max(top, float32(math.Abs(float64(x))))
	}
	if top == 0 || math.IsInf(float64(top), 0) || math.IsNaN(float64(top)) {
		return 0
	}
	step := top / 127
	for i, x := range v {
		out[i] = int8(math.Round(float64(x / step)))
	}
	return step
}

// Name returns "static:" and the folder's name.
func (m *Static) Name() string { return m.name }

// Embed implements [Model]. The error is ctx's.
func (m *Static) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = m.embed(text)
	}
	return vectors, nil
}

func (m *Static) embed(text string) []float32 {
	v := make([]float32, m.dim)
	for _, token := range m.pieces.tokens(text) {
		row, weight := token, float32(1)
		if m.rowOf != nil {
			if token >= len(m.rowOf) {
				continue
			}
			row = int(m.rowOf[token])
		}
		if token < len(m.weights) {
			weight = m.weights[token]
		}
		if row >= len(m.scale) {
			continue
		}
		weight *= m.scale[row]
		for d, q := range m.table[row*m.dim : (row+1)*m.dim] {
			v[d] += weight * float32(q)
		}
	}
	normalise(v) // the mean's divisor falls out
	return v
}
