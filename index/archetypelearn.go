package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
)

const (
	archetypeBuckets = 1 << 14 // hashed features that have weights
	archetypeEpochs  = 12
)

// LearnArchetypes learns a language's archetypes from their examples in folder/CODE/archetypes and returns them by the name
// of their file. A language without examples of the fine scale alone has the broad one. The error wraps fs.ErrNotExist when
// the language has no examples.
func LearnArchetypes(ctx context.Context, code string, folder fs.FS) (map[string][]byte, error) {
	l, err := loadLanguage(code)
	if err != nil {
		return nil, err
	}
	learned := map[string][]byte{}
	for _, scale := range scales {
		own, err := fs.Glob(folder, path.Join(code, scale.examples[len(scale.examples)-1]))
		if err != nil {
			return nil, fmt.Errorf("find archetypes of %q: %w", code, err)
		}
		if len(own) == 0 && len(learned) > 0 {
			continue
		}
		if learned[scale.file], err = learnScale(ctx, l, folder, scale); err != nil {
			return nil, err
		}
	}
	return learned, nil
}

// learnScale learns archetypes on one scale, by the descent that teaches the classifier of phrasings.
func learnScale(ctx context.Context, l *language, folder fs.FS, scale scale) ([]byte, error) {
	names, inputs, examples, err := archetypeExamples(l, folder, scale.examples)
	if err != nil {
		return nil, fmt.Errorf("read archetypes of %q: %w", l.code, err)
	}
	c := &classifier{labels: len(names), mask: archetypeBuckets - 1, bias: make([]float32, len(names))}
	c.weights, c.rows = make([]float32, archetypeBuckets*len(names)), make([]int32, archetypeBuckets)
	for b := range c.rows {
		c.rows[b] = int32(b) // a row for each bucket, as the file has it
	}
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(examples))
	if !c.descend(ctx, course{examples, inputs, order, archetypeEpochs, classifierRate}) {
		return nil, ctx.Err()
	}
	for i := range c.weights {
		c.weights[i] *= scale.sharp
	}
	for i := range c.bias {
		c.bias[i] *= scale.sharp
	}
	return writeArchetypes(names, c)
}

// archetypeExamples reads a language's examples: the archetypes' names, and each example's features and archetype.
func archetypeExamples(l *language, folder fs.FS, patterns []string) (names []string, inputs [][]feature, examples []example, err error) {
	err = l.eachExample(folder, patterns, func(name, _, text string) {
		label := slices.Index(names, name)
		if label < 0 {
			label = len(names)
			names = append(names, name)
		}
		inputs = append(inputs, l.subjectFeatures(l.words(text), archetypeBuckets-1))
		examples = append(examples, example{label: label})
	})
	if err == nil && len(examples) == 0 {
		err = fs.ErrNotExist
	}
	return names, inputs, examples, err
}

// eachExample goes through a language's examples of archetypes in folder/CODE, in the order of the files: the archetype's
// name, the kind of text ("?", "=" or ".") and the text. A [name] seen before continues that archetype.
func (l *language) eachExample(folder fs.FS, patterns []string, do func(name, kind, text string)) error {
	for _, pattern := range patterns {
		files, err := fs.Glob(folder, path.Join(l.code, pattern))
		if err != nil {
			return err
		}
		for _, file := range files {
			data, err := fs.ReadFile(folder, file)
			if err != nil {
				return err
			}
			if err := examplesIn(string(data), do); err != nil {
				return fmt.Errorf("%s:%w", file, err)
			}
		}
	}
	return nil
}

// examplesIn goes through the examples of one file. The error begins with the line.
func examplesIn(data string, do func(name, kind, text string)) error {
	name, number := "", 0
	for line := range strings.Lines(data) {
		number++
		kind, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case strings.HasPrefix(kind, "["):
			name = strings.Trim(kind, "[]")
		case name == "" && kind != "" && kind[0] != '#':
			return fmt.Errorf("%d: an example stands before the first [name]", number)
		case kind == "?" || kind == "=" || kind == ".":
			do(name, kind, text)
		}
	}
	return nil
}

// writeArchetypes brings what was learned into the form of archetypes.bin.
func writeArchetypes(names []string, c *classifier) ([]byte, error) {
	n := len(names)
	h := archetypesHeader{Names: names, Buckets: archetypeBuckets, Steps: make([]float32, n)}
	for i, w := range c.weights {
		h.Steps[i%n] = max(h.Steps[i%n], float32(math.Abs(float64(w)))/127)
	}
	header, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Write(header)
	out.WriteByte('\n')
	if err := binary.Write(&out, binary.LittleEndian, c.bias); err != nil {
		return nil, err
	}
	for i, w := range c.weights {
		out.WriteByte(byte(int8(math.Round(float64(w / max(h.Steps[i%n], 1e-9))))))
	}
	return out.Bytes(), nil
}
