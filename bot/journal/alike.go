package journal

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// How alike two texts are runs from 0, nothing in common, to 1, the same words.
const (
	alike        = .62 // from here on, texts ask the same
	faintlyAlike = .4  // from here on they may: for counting people, where one too few is better than one too many
)

// How much things count, beside 1. With these, the pairs of questions in the tests lie furthest apart.
const (
	functionWeight = .15 // a word that carries no topic
	wholeWeight    = .5  // a word as a whole, beside its letters
)

// features are what a text is compared by: its words and their letters by threes, so that a slip of
// the finger does little. The weights' squares add up to 1, or to 0 for a text without letters.
type features map[string]float64

var placeholderPattern = regexp.MustCompile(`\[(name|number|e-mail|link|handle)\]`)

func newFeatures(text string) features {
	f := features{}
	for _, word := range wordPattern.FindAllString(fold(placeholderPattern.ReplaceAllString(text, " ")), -1) {
		weight := 1.0
		if words().function[word] {
			weight = functionWeight
		}
		word = stem(word)
		f["="+word] = max(f["="+word], weight*wholeWeight)
		letters := []rune("_" + word + "_")
		share := weight / math.Sqrt(float64(len(letters)-2))
		for i := range len(letters) - 2 {
			three := string(letters[i : i+3])
			f[three] = max(f[three], share)
		}
	}
	sum := 0.0
	for _, key := range f.keys() {
		sum += f[key] * f[key]
	}
	for key := range f {
		f[key] /= math.Sqrt(sum)
	}
	return f
}

// stem takes off the plural's s, in English and Spanish, and -ing. What is left need not be a word.
func stem(word string) string {
	if len(word) > 3 && !strings.HasSuffix(word, "ss") {
		word = strings.TrimSuffix(word, "s")
	}
	if len(word) > 6 {
		word = strings.TrimSuffix(word, "ing")
	}
	return word
}

// keys returns the features in one order, so that sums of their weights are the same to the last bit in every run.
func (f features) keys() []string {
	keys := make([]string, 0, len(f))
	for key := range f {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// likeness compares two texts.
func (f features) likeness(g features) float64 {
	if len(g) < len(f) {
		f, g = g, f
	}
	sum := 0.0
	for _, key := range f.keys() {
		sum += f[key] * g[key]
	}
	return sum
}

// A wording is a text with how many people used it.
type wording struct {
	text   string
	people int
}

// cluster groups texts by likeness and returns the number of each one's group, from 0 in the order of first members.
// Texts that more people use come first, and every other joins the group whose first member it is most like, if it is
// like enough. The order of the texts makes no difference to who is with whom.
func cluster(texts []wording) []int {
	order := make([]int, len(texts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(texts[b].people-texts[a].people, cmp.Compare(len(texts[a].text), len(texts[b].text)), strings.Compare(texts[a].text, texts[b].text))
	})
	group := make([]int, len(texts))
	c := clusters{leaders: map[string][]posting{}}
	for _, i := range order {
		group[i] = c.place(newFeatures(texts[i].text))
	}
	return group
}

// clusters are the groups so far: which of their first members have a feature, and how much it weighs.
type clusters struct {
	leaders map[string][]posting
	n       int
	scores  []float64 // by group, while one text is placed
}

type posting struct {
	group  int
	weight float64
}

// place returns the group of a text, which is a new one when it is like no other.
func (c *clusters) place(f features) int {
	clear(c.scores)
	keys := f.keys()
	for _, key := range keys {
		for _, p := range c.leaders[key] {
			c.scores[p.group] += f[key] * p.weight
		}
	}
	best := -1
	for i, score := range c.scores {
		if score >= alike && (best < 0 || score > c.scores[best]) {
			best = i
		}
	}
	if best >= 0 {
		return best
	}
	for _, key := range keys {
		c.leaders[key] = append(c.leaders[key], posting{c.n, f[key]})
	}
	c.n++
	c.scores = append(c.scores, 0)
	return c.n - 1
}
