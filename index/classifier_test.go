package index

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// phrased are a few sections' phrasings.
var phrased = map[string][]string{
	"opening hours": {"when are you open", "what time do you close", "opening times", "are you open on sunday", "closing time today"},
	"parking":       {"where can i park", "is there parking", "car park", "do i pay to park my car", "parking spaces"},
	"refunds":       {"i want my money back", "how do i get a refund", "refund please", "return my money", "money back guarantee"},
}

func phrasedExamples(t *testing.T) (examples []example, names []string) {
	for name := range phrased {
		names = append(names, name)
	}
	slices.Sort(names)
	for label, name := range names {
		for _, p := range phrased[name] {
			words := strings.Fields(p)
			examples = append(examples, example{words, english(t).place(words), label})
		}
	}
	return examples, names
}

func TestClassifierGeneralises(t *testing.T) {
	examples, names := phrasedExamples(t)
	c := trainClassifier(context.Background(), english(t), examples, len(names))
	for question, want := range map[string]string{
		"what time do you open":      "opening hours",
		"were can i prak the car":    "parking",
		"can i have my money please": "refunds",
		"refnd":                      "refunds",
	} {
		words := strings.Fields(question)
		p := c.probabilities(words, english(t).place(words))
		best := slices.Index(p, slices.Max(p))
		if names[best] != want {
			t.Errorf("probabilities(%q) favour %q, want %q", question, names[best], want)
		}
	}
}

func TestClassifierIsDeterministic(t *testing.T) {
	examples, names := phrasedExamples(t)
	a := trainClassifier(context.Background(), english(t), examples, len(names))
	b := trainClassifier(context.Background(), english(t), examples, len(names))
	if !slices.Equal(a.weights, b.weights) {
		t.Error("two trainings on the same examples differ")
	}
}

func TestClassifierKnowsItsBounds(t *testing.T) {
	examples, names := phrasedExamples(t)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name     string
		ctx      context.Context
		examples []example
		labels   int
	}{
		{"one section", context.Background(), examples[:5], 1},
		{"too few phrasings", context.Background(), examples[:5], len(names)},
		{"too many sections", context.Background(), make([]example, 100_000), 20_000},
		{"cancelled", ended, examples, len(names)},
	} {
		if got := trainClassifier(c.ctx, english(t), c.examples, c.labels); got != nil {
			t.Errorf("%s: trainClassifier returned a classifier, want none", c.name)
		}
	}
}

func english(t *testing.T) *language {
	t.Helper()
	l, err := loadLanguage("en")
	if err != nil {
		t.Fatalf("loadLanguage(en): %v", err)
	}
	return l
}
