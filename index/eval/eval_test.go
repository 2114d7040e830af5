package eval_test

import (
	"math"
	"strings"
	"testing"

	"frontdesk/index/eval"
)

const labelled = `# a comment

how much	Prices
what does it cost	prices|fees
when	hours
where	Find us
call me	Contact us
weather	NONE
a joke	NONE
`

func TestReadQuestions(t *testing.T) {
	got, err := eval.ReadQuestions(strings.NewReader(labelled))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 7 || len(got[1].Want) != 2 || got[5].Want != nil {
		t.Errorf("ReadQuestions = %v", got)
	}
	if !got[0].Wants("x", "PRICES!") || !got[2].Wants("hours", "Opening times") || got[0].Wants("fees", "Fees") {
		t.Error("Wants compares headings and ids by their letters")
	}
	if _, err := eval.ReadQuestions(strings.NewReader("no label\n")); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("ReadQuestions without a tab = %v, want an error that names line 1", err)
	}
	got, err = eval.ReadQuestions(strings.NewReader("question\tsection\tlang\nprices?\tprices|fees\ten\n"))
	if err != nil || len(got) != 1 || len(got[0].Want) != 2 || got[0].Want[1] != "fees" {
		t.Errorf("ReadQuestions of a knowledge folder's golden questions = %v, %v, want one that two sections answer", got, err)
	}
	got, err = eval.ReadQuestions(strings.NewReader("\"prices, \"\"all\"\"?\"\tprices | fees\nweather\tnone\n"))
	if err != nil || len(got) != 2 || got[0].Text != `prices, "all"?` || len(got[0].Want) != 2 || got[0].Want[1] != "fees" || got[1].Want != nil {
		t.Errorf("ReadQuestions of what a spreadsheet wrote = %v, %v, want it without the quotes and the spaces around |", got, err)
	}
}

// TestScore pins every figure on seven questions counted by hand; they are score.py's definitions.
func TestScore(t *testing.T) {
	questions, err := eval.ReadQuestions(strings.NewReader(labelled))
	if err != nil {
		t.Fatal(err)
	}
	prices := eval.Candidate{ID: "prices", Title: "Prices", Confidence: 0.9}
	fees := eval.Candidate{ID: "fees", Title: "Fees", Confidence: 0.8}
	hours := eval.Candidate{ID: "hours", Title: "Opening hours", Confidence: 0.3}
	where := eval.Candidate{ID: "find", Title: "Find us", Confidence: 0.2}
	answers := []eval.Answer{
		{Outcome: "answered", Section: prices, Candidates: []eval.Candidate{prices, fees}}, // right
		{Outcome: "answered", Section: fees, Candidates: []eval.Candidate{fees, prices}},   // right, and both are
		{Outcome: "unsure", Candidates: []eval.Candidate{where, hours}},                    // offered, second
		{Outcome: "unanswered"},
		{Outcome: "handoff", Candidates: []eval.Candidate{hours}},                    // right: contact was wanted
		{Outcome: "answered", Section: prices, Candidates: []eval.Candidate{prices}}, // false
		{Outcome: "unanswered", Candidates: []eval.Candidate{where}},
	}
	r, err := eval.Score(questions, answers)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name      string
		got, want float64
	}{
		{"in", float64(r.In), 5},
		{"none", float64(r.Out), 2},
		{"P@1", r.PAt1, 2. / 5},
		{"MRR", r.MRR, (1 + 1 + 0.5) / 5},
		{"MAP", r.MAP, (1 + 1 + 0.5) / 5},
		{"answered right", r.AnsweredRight, 3. / 5},
		{"offered right", r.OfferedRight, 4. / 5},
		{"precision", r.Precision, 2. / 3},
		{"false answers", r.FalseAnswers, 1. / 2},
		{"accuracy", r.Accuracy, 3. / 7},
		{"AUROC", r.AUROC, (0.5 + 1 + 1 + 0.5 + 1) / 10},
	}
	for _, test := range tests {
		if math.Abs(test.got-test.want) > 1e-9 {
			t.Errorf("%s = %.4f, want %.4f", test.name, test.got, test.want)
		}
	}
	if got := r.Reliability[9]; got.Questions != 2 || got.Right != 0.5 {
		t.Errorf("reliability from .9 = %+v, want two questions, one right", got)
	}
	if len(r.Worst) != 2 || r.Worst[0].Question != "weather" || r.Worst[1].Question != "when" {
		t.Errorf("worst = %+v, want the weather, then when: a joke was not answered, and who wanted a call got one", r.Worst)
	}
	if _, err := eval.Score(questions, answers[1:]); err == nil {
		t.Error("Score with an answer missing = nil error")
	}
}
