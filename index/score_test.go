package index

import (
	"math"
	"math/rand/v2"
	"testing"
	"testing/fstest"

	"frontdesk/knowledge"
)

// TestScore compares scores with those summed up one unit after the other, for numbers of units that are and are not
// taken four at a time.
func TestScore(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	vector := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(random.NormFloat64() / 4)
		}
		return v
	}
	const width = int(clues)
	for _, units := range []int{0, 1, 3, 4, 5, 8, 15} {
		m := &Model{Plain: vector(width), Phrased: vector(width)}
		for range units {
			m.Hidden = append(m.Hidden, HiddenUnit{Clues: vector(width), Phrased: float32(random.NormFloat64()), Out: float32(random.NormFloat64())})
		}
		values, inner := vector(width), vector(units)
		for _, phrased := range []bool{false, true} {
			linear, extra := m.Plain, float32(0)
			if phrased {
				linear, extra = m.Phrased, 1
			}
			var want float64
			for i, x := range values {
				want += float64(linear[i] * x)
			}
			for i, u := range m.Hidden {
				sum := float64(inner[i] + extra*u.Phrased)
				for k, x := range values {
					sum += float64(u.Clues[k] * x)
				}
				want += float64(u.Out) * math.Tanh(sum)
			}
			if got := m.score(values, phrased, inner); math.Abs(float64(got)-want) > 2e-3 {
				t.Errorf("score with %d units, phrased %v = %.5f, want %.5f", units, phrased, got, want)
			}
		}
	}
}

// TestJudge holds that a lesson is judged as its question was, also where a heading is the question itself.
func TestJudge(t *testing.T) {
	base, _ := knowledge.Load(fstest.MapFS{"a.md": {Data: []byte(`# Bakery

## When do you open?

<!-- also: are you there on sundays -->

At seven, every day but Monday.

## Do you bake without gluten?

We have no oven for it.
`)}}, knowledge.Handoff{})
	s, err := Build(t.Context(), base, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, question := range []string{"when do you open?", "is there anything without gluten", "are you there on sundays", "who won the match"} {
		l, err := s.Lesson(t.Context(), Query{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Candidates) == 0 {
			t.Errorf("%q has no candidates", question)
		}
		for i, p := range s.model.Judge(l) {
			if c := l.Candidates[i]; float64(p) != c.P {
				t.Errorf("%q: %q is given %.4f, and %.4f by a search", question, c.Section.Title, p, c.P)
			}
		}
	}
}
