package main

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The kinds of metrics that the program has, besides histograms.
const (
	counter = "counter"
	gauge   = "gauge"
)

// An exposition writes metrics in the text format of Prometheus, version 0.0.4: families one after the other, each with
// its help and type, then its samples.
//
// Prometheus' own client would bring a handful of modules for these few lines.
type exposition struct {
	text bytes.Buffer
	name string // of the family
}

// family begins a family of metrics; its samples follow.
func (e *exposition) family(name, kind, help string) {
	e.name = name
	help = strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(help)
	e.text.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
}

// sample writes a value of the family, with labels as pairs of names and values.
func (e *exposition) sample(value float64, labels ...string) { e.line(e.name, value, labels) }

func (e *exposition) line(name string, value float64, labels []string) {
	e.text.WriteString(name)
	for i := 0; i+1 < len(labels); i += 2 {
		e.text.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		e.text.WriteString(labels[i] + `="` + escapeLabel.Replace(strings.ToValidUTF8(labels[i+1], "\ufffd")) + `"`)
	}
	if len(labels) > 1 {
		e.text.WriteByte('}')
	}
	e.text.WriteString(" " + strconv.FormatFloat(value, 'g', -1, 64) + "\n")
}

var escapeLabel = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// histogram writes a family of buckets, each with what fits into it and into those before it.
func (e *exposition) histogram(name, help string, h histogram) {
	e.family(name, "histogram", help)
	sum := 0
	for i, most := range buckets {
		sum += h.counts[i]
		e.line(name+"_bucket", float64(sum), []string{"le", strconv.FormatFloat(most, 'g', -1, 64)})
	}
	e.line(name+"_bucket", float64(h.all), []string{"le", "+Inf"})
	e.line(name+"_sum", h.sum.Seconds(), nil)
	e.line(name+"_count", float64(h.all), nil)
}

// sortedKeys returns a map's keys in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func sortedPairs(m map[[2]string]int) [][2]string {
	return slices.SortedFunc(maps.Keys(m), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
}
