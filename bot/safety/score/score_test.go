package score

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

func words(text string) []string { return strings.Fields(text) }

// TestShipped reads plain sentences with the shipped weights.
func TestShipped(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"i want to die":                      "suicide",
		"my husband hits me and i am scared": "abuse",
		"i took all my pills":                "overdose",
		"i cut myself again last night":      "self-harm",
		"i am going to stab him tonight":     "violence",
		"my baby is not breathing":           "emergency",
		"mi marido me pega y tengo miedo":    "abuse",
		"how much does a session cost":       "",
		"when do you open on sundays":        "",
		"my parcel has not arrived":          "",
		"a que hora abren los domingos":      "",
		"this headache is killing me":        "",
		"":                                   "",
	} {
		r := m.Read(words(text))
		got := ""
		if r.Alarm {
			got = r.Kind
		}
		if got != want {
			t.Errorf("Read(%q) = %q, odds %.2f, want %q", text, got, r.Odds, want)
		}
	}
}

// TestLongMessage finds a few sentences in the midst of much else.
func TestLongMessage(t *testing.T) {
	m, _ := Default()
	other := strings.Repeat("could you tell me what a session costs and when you open . ", 5)
	if r := m.Read(words(other)); r.Alarm {
		t.Errorf("Read of questions = %+v", r)
	}
	if r := m.Read(words(other + "my husband hits me and i am scared . he said he will kill me if i leave . i want to kill myself tonight . " + other)); !r.Alarm {
		t.Errorf("Read of questions around a sentence = %+v", r)
	}
}

func TestFileRoundTrip(t *testing.T) {
	m, _ := Default()
	data, err := m.MarshalBinary()
	if err != nil || !bytes.Equal(data, shipped) {
		t.Errorf("MarshalBinary gives %d bytes, %v, want the %d that were read", len(data), err, len(shipped))
	}
	for _, broken := range [][]byte{nil, []byte("frontdesk score 1\n"), data[:len(data)-1], append(bytes.Clone(data), 0)} {
		if _, err := Load(broken, BuiltIn()); err == nil {
			t.Errorf("Load of %d bytes gives no error", len(broken))
		}
	}
}

// TestTrain learns a little and generalises by classes of words.
func TestTrain(t *testing.T) {
	c := ReadConcepts(File{"en", "child: son daughter tot*\ntake: swallowed ate\nbad: bleach pill*\nfood: cake bread\n~the: the a\n"})
	examples, err := ReadExamples("f", `
# a comment
[overdose: children]
my (son|daughter) swallowed the (bleach|pills)
the son ate bleach
[ordinary: food]
my (son|daughter) ate the (cake|bread)
the pills are on the table
`, 8)
	if err != nil || len(examples) != 10 {
		t.Fatalf("ReadExamples = %d sentences, %v, want 10", len(examples), err)
	}
	set := Usual
	set.Least = 1
	m := Train(examples, words, c, set)
	if again := Train(examples, words, c, set); !reflect.DeepEqual(m, again) {
		t.Error("Train gives another model the second time")
	}
	for text, want := range map[string]bool{"the toddler swallowed a pill": true, "a toddler ate a cake": false} {
		if r := m.Read(words(text)); r.Alarm != want || want && r.Kind != "overdose" {
			t.Errorf("Read(%q) = %+v, want alarm %v", text, r, want)
		}
	}
	if clues := m.Clues(words("the toddler swallowed a pill"), 3); len(clues) != 3 || clues[0].Weight <= 0 {
		t.Errorf("Clues = %v, want 3, the first of them for danger", clues)
	}
}

func TestReadExamplesErrors(t *testing.T) {
	for data, want := range map[string]string{
		"[suicide]\nx":       "f:1: want [kind: family]",
		"x":                  "f:1: a sentence stands above the first heading",
		"[abuse: b]\n\n(x|y": "f:3: brackets do not match",
		"[sad: b]\nx":        `f:1: kind "sad"`,
	} {
		if _, err := ReadExamples("f", data, 3); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ReadExamples(%q) error = %v, want %q", data, err, want)
		}
	}
}

// TestAdapt makes the model agree with examples of a place's own, and leaves plain danger as it is.
func TestAdapt(t *testing.T) {
	m, _ := Default()
	examples := []Example{
		{Text: "see you at the old mill when the water is high", Kind: "suicide"},
		{Text: "kill myself laughing at the comedy club", Kind: ""},
	}
	adapted, missed := m.Adapt(examples, words)
	if len(missed) != 0 {
		t.Errorf("Adapt misses %v", missed)
	}
	for text, want := range map[string]bool{
		examples[0].Text: true, examples[1].Text: false, "i want to die": true, "how much does it cost": false,
	} {
		if r := adapted.Read(words(text)); r.Alarm != want {
			t.Errorf("after Adapt Read(%q) = %+v, want alarm %v", text, r, want)
		}
	}
	if r := m.Read(words(examples[0].Text)); r.Alarm {
		t.Error("Adapt changed the model that it was called on")
	}
	_, missed = m.Adapt([]Example{{Text: "the same words", Kind: "abuse"}, {Text: "the same words"}}, words)
	if len(missed) == 0 {
		t.Error("Adapt to contradictions misses none of them")
	}
}

func FuzzRead(f *testing.F) {
	m, _ := Default()
	f.Add("i want to die . 1 10")
	f.Add(strings.Repeat("a ", 500))
	f.Fuzz(func(t *testing.T, text string) {
		w := words(text)
		if r := m.Read(w); r.Alarm && len(w) == 0 {
			t.Errorf("Read of nothing = %+v", r)
		}
		m.Clues(w, 5)
	})
}
