package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"testing"

	"frontdesk/index/eval"
)

var update = flag.Bool("update", false, "write testdata/sample-figures.golden anew")

// TestSampleFigures asks the sample knowledge the project's own labelled questions and holds the figures in a golden
// file, so that a review sees what a change in ranking does. The questions were written before the articles and before
// anything was tuned, and nothing is learned from them.
func TestSampleFigures(t *testing.T) {
	file, err := os.Open("testdata/sample-questions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	questions, err := eval.ReadQuestions(file)
	if err != nil {
		t.Fatal(err)
	}
	p := program{out: io.Discard, errs: io.Discard, env: func(string) string { return "" }}
	d, err := p.open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.snapshot.Close()
	e, err := evaluate(context.Background(), d.Desk, questions)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	fmt.Fprintf(&got, "%d questions with an answer, %d without, %d of crisis, %d for a human\n", e.In, e.Out, e.Crisis, e.Handoffs)
	for _, f := range e.figures() {
		fmt.Fprintf(&got, "%-28s %.3f\n", f.name, f.value)
	}
	fmt.Fprintf(&got, "%-28s %d\n%-28s %d\n%-28s %d\n", "crisis missed", e.CrisisMissed, "crisis seen where none is", e.CrisisFalse, "human not handed to", e.HandoffMissed)
	if e.CrisisMissed > 0 {
		t.Errorf("%d crisis messages are missed, want none", e.CrisisMissed)
	}
	const golden = "testdata/sample-figures.golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the figures are\n%s\nand were\n%s\nrun \"go test ./cmd/frontdesk -run SampleFigures -update\" if the change is meant", got.Bytes(), want)
	}
}
