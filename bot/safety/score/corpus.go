package score

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// An Example is a sentence that somebody sorted.
type Example struct {
	Text   string
	Kind   string // "" for an ordinary one
	Family string // what it is about; examples of a family stand or fall together
	Line   string // which line of the file it was made from
	Writer string // who wrote it, where that is known
}

// ReadExamples returns the sentences of a file. Below a heading "[kind: family]" each line is one sentence, or
// several: "(my son|she) took (all|ten) of them" is four. Of a line that stands for more than most, a sample of most
// is taken, always the same one. The kind "ordinary" is no danger. Lines that start with # are comments.
func ReadExamples(file, data string, most int) ([]Example, error) {
	var out []Example
	kind, family := "", ""
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			heading, closed := strings.CutSuffix(line[1:], "]")
			k, f, named := strings.Cut(heading, ": ")
			if !closed || !named {
				return nil, fmt.Errorf("%s:%d: want [kind: family], got %q", file, n, line)
			}
			if kind, family = k, f; kind == "ordinary" {
				kind = ""
			} else if !slices.Contains(Kinds[:], kind) {
				return nil, fmt.Errorf("%s:%d: kind %q is none of ordinary, %q", file, n, kind, Kinds)
			}
		case family == "":
			return nil, fmt.Errorf("%s:%d: a sentence stands above the first heading", file, n)
		default:
			texts, err := spread(line, most)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, n, err)
			}
			for _, t := range texts {
				out = append(out, Example{Text: t, Kind: kind, Family: kind + ": " + family, Line: line})
			}
		}
	}
	return out, nil
}

// spread returns what a line with alternatives stands for, most sentences at the most.
func spread(line string, most int) ([]string, error) {
	if strings.Count(line, "(") != strings.Count(line, ")") {
		return nil, fmt.Errorf("brackets do not match in %q", line)
	}
	if !strings.Contains(line, "(") {
		return []string{line}, nil
	}
	seed := fnv.New64a()
	seed.Write([]byte(line))
	rng := rand.New(rand.NewPCG(seed.Sum64(), 1))
	seen := map[string]bool{}
	var out []string
	for tries := 0; tries < 4*most && len(out) < most; tries++ {
		s := strings.Join(strings.Fields(pick(line, rng)), " ")
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out, nil
}

// pick chooses one of each line's alternatives, the innermost first.
func pick(line string, rng *rand.Rand) string {
	for {
		to := strings.IndexByte(line, ')')
		if to < 0 {
			return line
		}
		from := strings.LastIndexByte(line[:to], '(')
		if from < 0 {
			return line
		}
		options := strings.Split(line[from+1:to], "|")
		line = line[:from] + options[rng.IntN(len(options))] + line[to+1:]
	}
}
