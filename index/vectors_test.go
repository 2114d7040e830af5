package index

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"frontdesk/knowledge/lang"
)

// TestVectorsMeetWithoutASharedWord is what word vectors are for.
func TestVectorsMeetWithoutASharedWord(t *testing.T) {
	for _, c := range []struct{ code, question, near, far string }{
		{"en", "when can I go back to my job", "Most people are at their desk again on the second day", "There is a lift at the side door"},
		{"en", "my kid is afraid of needles", "Children may have a numbing cream before the injection", "Please pay the invoice within two weeks"},
		{"en", "it is stuck and won't budge", "If the lid jams, loosen it with warm water", "We are closed on bank holidays"},
		{"es", "¿cuánto me va a salir?", "El precio es de 40 euros", "Hay un ascensor en la entrada"},
	} {
		l, err := loadLanguage(c.code)
		if err != nil {
			t.Fatal(err)
		}
		q := inSteps(l.vector(l.words(c.question)))
		near, far := nearest(shorten(nil, l.vector(l.words(c.near))), q), nearest(shorten(nil, l.vector(l.words(c.far))), q)
		if near <= far {
			t.Errorf("%q is %.2f near %q and %.2f near %q, want more of the first", c.question, near, c.near, far, c.far)
		}
	}
}

func TestVectorsFile(t *testing.T) {
	data, err := lang.File("en", vectorsFile) // learning it anew would take the race detector minutes
	if err != nil {
		t.Fatal(err)
	}
	w, err := parseVectors(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.steps) < 5000 || len(w.numbers) != len(w.steps)*w.dim {
		t.Errorf("%d rows with %d numbers of %d dimensions, want a row for each of thousands of words", len(w.steps), len(w.numbers), w.dim)
	}
	for _, broken := range []string{"", "{}", "null\n", `{"dim":0,"rows":0}` + "\n", `{"dim":4611686018427387904,"rows":4}` + "\n", string(data[:len(data)-1])} {
		if _, err := parseVectors([]byte(broken)); err == nil {
			t.Errorf("parseVectors of %d broken bytes gives no error", len(broken))
		}
	}
}

// toyPairs is two topics in which the words of questions and of answers have nothing in common.
const toyPairs = `[toys]
= Colours
. The blick is always green.
? which shade has zorp
? zorp hue

= Sizes
. A blick measures two ells.
? how tall does zorp grow
? zorp height
`

// TestVectorsAreLearned: a word comes near those that answer it, and what was learned reads back as it was written.
func TestVectorsAreLearned(t *testing.T) {
	l, err := loadLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	learned := func() []byte {
		topics, err := l.pairs(fstest.MapFS{"en/toys.txt": {Data: []byte(strings.Repeat(toyPairs, 40))}})
		if err != nil || len(topics) != 40 || len(topics[0]) != 2 || len(topics[0][0].asked) != 2 {
			t.Fatalf("pairs = %d topics, %v, want 40 of two pairings with two questions each", len(topics), err)
		}
		data, err := learnTopics(t.Context(), topics)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	data := learned()
	w, err := parseVectors(data)
	if err != nil {
		t.Fatal(err)
	}
	of := func(text string) []float32 {
		v := make([]float32, w.dim)
		w.sum(l.textFeatures(text), v)
		toLength1(v)
		return v
	}
	if right, wrong := dot(of("hue"), of("green")), dot(of("hue"), of("ells")); right <= wrong+0.2 {
		t.Errorf("hue is %.2f near green and %.2f near ells, want far more of green", right, wrong)
	}
	if !slices.Equal(learned(), data) {
		t.Error("learning twice gives other vectors, want the same")
	}
	if strange := of("qwxv zzyzx"); dot(strange, strange) != 0 {
		t.Error("words that no pair has mean something, want nothing")
	}
}

func TestPairsThatCannotBeRead(t *testing.T) {
	if _, err := LearnVectors(t.Context(), "en", fstest.MapFS{}, fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("LearnVectors without pairs = %v, want fs.ErrNotExist", err)
	}
	l, err := loadLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.pairs(fstest.MapFS{"en/x.txt": {Data: []byte("[topic]\n? a question\n")}}); err == nil || !strings.Contains(err.Error(), "en/x.txt:2") {
		t.Errorf("a question before any heading = %v, want an error that names file and line", err)
	}
}

// TestPairsAreWhole: every file of pairs can be read.
func TestPairsAreWhole(t *testing.T) {
	pairs := os.DirFS("testdata/pairs")
	for _, code := range []string{"en", "es"} {
		l, err := loadLanguage(code)
		if err != nil {
			t.Fatal(err)
		}
		if topics, err := l.pairs(pairs); err != nil || len(topics) < 100 {
			t.Errorf("%s: %d topics, %v, want hundreds", code, len(topics), err)
		}
	}
}

// BenchmarkVector prints what it takes to find the vector of a sentence of twelve words.
func BenchmarkVector(b *testing.B) {
	l, err := loadLanguage("en")
	if err != nil {
		b.Fatal(err)
	}
	words := l.words("most people feel well enough to drive home on the next day")
	for b.Loop() {
		l.vector(words)
	}
}
