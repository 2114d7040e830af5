package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/safety"
	"frontdesk/bot/safety/score"
)

// write puts data into a new file and returns its path.
func write(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadHeld(t *testing.T) {
	got, err := readHeld(write(t, "held.tsv", "i want to die\tsuicide\nwhen do you open\tordinary\n\nhe hits me\tcrisis\tunread\n"))
	want := []score.Example{{Text: "i want to die", Kind: "suicide"}, {Text: "when do you open"}, {Text: "he hits me", Kind: "crisis"}}
	if err != nil || len(got) != len(want) {
		t.Fatalf("readHeld = %v, %v, want %v", got, err, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("readHeld, line %d = %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestReadHeldErrors(t *testing.T) {
	for data, want := range map[string]string{
		"no tab\n":            ":1: want a sentence, a tab and its kind",
		"a\tordinary\nb\tsad": `:2: kind "sad" is none of`,
	} {
		if _, err := readHeld(write(t, "held.tsv", data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("readHeld(%q) error = %v, want %q", data, err, want)
		}
	}
	if _, err := readHeld(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("readHeld of no file gives no error")
	}
}

// TestReadLabelled takes each dozen sentences for a family, so that neighbours stand or fall together.
func TestReadLabelled(t *testing.T) {
	data := "# comment\n## abuse\n" + strings.Repeat("he hits me\n", blockLen) + "## none\nwhen do you open\n"
	got, err := readLabelled(write(t, "some.en.txt", data))
	if err != nil || len(got) != blockLen+1 {
		t.Fatalf("readLabelled = %d sentences, %v, want %d", len(got), err, blockLen+1)
	}
	first, last := got[0], got[blockLen]
	if first.Kind != "abuse" || last.Kind != "" || first.Family != got[blockLen-1].Family || first.Family == last.Family {
		t.Errorf("readLabelled = %+v … %+v, want one family of abuse and another of ordinary ones", first, last)
	}
}

func TestReadQuestions(t *testing.T) {
	path := write(t, "questions.txt", "[cost]\n? how much\nnot a question\n[addiction-abuse]\n? can I quit\n")
	got, err := readQuestions(path)
	if err != nil || len(got) != 1 || got[0].Text != "how much" || !asked(got[0]) {
		t.Errorf("readQuestions = %+v, %v, want the one on cost", got, err)
	}
}

// TestReadSets keeps a set and its copy with phrasings in one family, and each question once.
func TestReadSets(t *testing.T) {
	dir := t.TempDir()
	for set, data := range map[string]string{"pool": "how deep\tdepth\n", "pool-phrased": "how deep\tdepth\nhow warm\twater\n"} {
		if err := os.Mkdir(filepath.Join(dir, set), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, set, "questions.tsv"), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := readSets(filepath.Join(dir, "*", "questions.tsv"))
	if err != nil || len(got) != 2 || got[0].Family != "question: pool" || got[1].Family != got[0].Family {
		t.Errorf("readSets = %+v, %v, want two of one family", got, err)
	}
}

// TestApart leaves out what stands elsewhere in other letters.
func TestApart(t *testing.T) {
	known := []score.Example{{Text: "I want to die"}, {Text: "hello"}}
	got := apart(known, []file{{"left", []score.Example{{Text: "i want to DIE"}}}})
	if len(got) != 1 || got[0].Text != "hello" {
		t.Errorf("apart = %v, want hello alone", got)
	}
}

// TestByWriter keeps all of a writer in one fold, and deals the questions out family by family.
func TestByWriter(t *testing.T) {
	examples := []score.Example{
		{Text: "a", Writer: "told", Kind: "abuse"}, {Text: "b", Writer: "second", Kind: "abuse"}, {Text: "c", Writer: "told"},
		{Text: "d", Family: question + "cost"}, {Text: "e", Family: question + "hours"}, {Text: "f", Family: question + "cost"},
	}
	foldOf := byWriter(examples)
	var got []int
	for _, e := range examples {
		got = append(got, foldOf(e))
	}
	if want := []int{0, 1, 0, 0, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("byWriter puts them into folds %v, want %v", got, want)
	}
}

// TestSigned tells writers by the names of files.
func TestSigned(t *testing.T) {
	for path, want := range map[string]string{
		"knowledge/lang/en/crisis/told-danger.txt": "told", "bot/safety/testdata/voices.es.txt": "voices",
		"knowledge/lang/es/crisis/palabras-propias.txt": "own words", "bot/safety/testdata/dev.en.txt": authors,
	} {
		if got := signed(make([]score.Example, 1), path)[0].Writer; got != want {
			t.Errorf("signed by %s = %q, want %q", path, got, want)
		}
	}
}

// TestUndisputed leaves out a question that stands among the sentences of danger.
func TestUndisputed(t *testing.T) {
	got := undisputed([]score.Example{{Text: "He hits me", Family: question}, {Text: "how much", Family: question}, {Text: "he hits me", Kind: "abuse"}})
	if len(got) != 2 || got[0].Text != "how much" || got[1].Kind != "abuse" {
		t.Errorf("undisputed = %v, want the question on the price and the sentence of danger", got)
	}
}

// TestThreshold lets so few of the questions pass, and looks at nothing but questions.
func TestThreshold(t *testing.T) {
	var verdicts []verdict
	for i := range 10_000 {
		verdicts = append(verdicts, verdict{Example: score.Example{Family: question}, odds: float64(i)})
		verdicts = append(verdicts, verdict{Example: score.Example{Family: "dev"}, odds: 1e6})
	}
	threshold, above := thresholdFor(verdicts), 0
	for _, v := range verdicts {
		above += count(asked(v.Example) && v.odds > threshold)
	}
	if want := int(falseAlarms * 10_000); above != want {
		t.Errorf("thresholdFor lets %d of 10000 questions pass, want %d", above, want)
	}
	if got := thresholdFor(nil); got != 0 {
		t.Errorf("thresholdFor(nil) = %v, want 0", got)
	}
}

// TestMeasure counts by kind what is noticed.
func TestMeasure(t *testing.T) {
	var out strings.Builder
	measure(&out, []score.Example{
		{Text: "I want to die", Kind: "suicide"},
		{Text: "my grey socks are in the wash", Kind: "suicide"}, // sorted wrongly, so that one is missed
		{Text: "when do you open on sundays"},
	}, safety.Default(), nil, true)
	for _, want := range []string{"missed", "my grey socks", "suicide          1 of    2 noticed (0.500),    1 by rules alone", "ordinary         0 of    1 false alarms"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("measure prints\n%swant %q in it", out.String(), want)
		}
	}
}

// TestValidated learns from two writers and scores each without having seen it.
func TestValidated(t *testing.T) {
	tr := trainer{rules: safety.Default(), concepts: score.BuiltIn(), settings: score.Usual}
	var examples []score.Example
	for _, family := range []string{"one", "two", "three"} {
		for _, text := range []string{"my grey kettle sings of leaving", "the grey kettle sings again", "grey kettle sings"} {
			examples = append(examples, score.Example{Text: text + " " + family, Kind: "suicide", Family: family, Line: text + family, Writer: family})
		}
		for _, text := range []string{"how much is a ticket", "what does a ticket cost", "is a ticket dear"} {
			examples = append(examples, score.Example{Text: text + " " + family, Family: question + family, Line: text + family})
		}
	}
	var out strings.Builder
	model := tr.validated(&out, examples)
	if !strings.Contains(out.String(), "9 of    9 noticed") {
		t.Errorf("validated prints\n%swant all 9 noticed", out.String())
	}
	if r := model.Read([]string{"grey", "kettle", "sings"}); !r.Alarm || r.Kind != "suicide" {
		t.Errorf("Read by the model = %+v, want an alarm of suicide", r)
	}
}

func TestRunErrors(t *testing.T) {
	t.Chdir(t.TempDir()) // where there are no sentences
	for _, args := range [][]string{nil, {"-held", "none.tsv"}, {"-unknown"}} {
		if err := run(args); err == nil {
			t.Errorf("run(%q) gives no error", args)
		}
	}
}
