package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/index/eval"
	"frontdesk/knowledge"
)

func evalCommand() command {
	return command{
		name:    "eval",
		args:    "-questions FILE [-knowledge PATH] [-json] [-compare FILE]",
		summary: "measure the answers to labelled questions",
		text: `
FILE has one question a line: its text, a tab, and the id or heading of the right section (several joined by |), or
NONE when the knowledge has no answer, CRISIS when the helplines must come, HANDOFF when a human was asked for. The
figures are over the questions that have a section or NONE; the others are counted by themselves.

What the figures say:
  right section first  of the questions with a section, the share whose best candidate is right (P@1)
  MRR, MAP             the same, with half a point for second place, a third for third
  answered right       of the questions with a section, the share answered with it outright
  ... or offered       ... or with it among the choices
  precision            of all that was answered outright, the share that was right
  false answers        of the questions labelled NONE, the share answered all the same: the figure to keep low
  accuracy, MCC        over all questions, at the desk's own threshold; best MCC at the threshold that suits them most
  AUROC                how well confidence tells questions with a section from those without: 0.5 by chance, 1 at best

The table shows what confidences are worth: of the questions in a row, "right" should be near "mean".

With -json, one object with everything, also each answer. Kept in a file it can be given to -compare later, which then
shows the figures that moved and the questions that are answered otherwise, and says when the questions are not the same.

Example:
  frontdesk eval -knowledge articles -questions articles/questions.tsv -json > before.json
  frontdesk eval -knowledge articles -questions articles/questions.tsv -compare before.json`,
		run: program.eval,
	}
}

// The labels that stand for an outcome, not for a section.
const (
	labelCrisis  = "CRISIS"
	labelHandoff = "HANDOFF"
)

// An evaluation is what eval -json prints.
type evaluation struct {
	eval.Report
	Crisis        int            `json:"n_crisis"`       // questions labelled CRISIS
	CrisisMissed  int            `json:"crisis_missed"`  // ... without the helplines
	CrisisFalse   int            `json:"crisis_false"`   // other questions with them
	Handoffs      int            `json:"n_handoff"`      // questions labelled HANDOFF
	HandoffMissed int            `json:"handoff_missed"` // ... not handed off
	Answers       []evaluatedRow `json:"answers"`
}

type evaluatedRow struct {
	Question   string  `json:"question"`
	Outcome    string  `json:"outcome"`
	Section    string  `json:"section"`
	Confidence float64 `json:"confidence"`
}

func (p program) eval(ctx context.Context, args []string) error {
	f := p.flags(evalCommand())
	path := p.knowledgeFlag(f)
	questions := f.String("questions", "", "ask the labelled questions in `FILE`")
	asJSON := f.Bool("json", false, "print one JSON object")
	compare := f.String("compare", "", "compare with `FILE`, the JSON output of an earlier run")
	if err := parse(f, args); err != nil {
		return err
	}
	if *questions == "" || f.NArg() > 0 {
		return misuse("want -questions FILE and nothing else")
	}
	data, err := os.ReadFile(*questions)
	if err != nil {
		return fmt.Errorf("-questions: %w; \"frontdesk init DIR\" makes a folder with such a file in it", err)
	}
	text, found, ok := knowledge.TextOf(*questions, data)
	if !ok {
		return fmt.Errorf("%s", found[0])
	}
	labelled, err := eval.ReadQuestions(strings.NewReader(text))
	if err != nil {
		return fmt.Errorf("%s: %w", *questions, err)
	}
	if len(labelled) == 0 {
		return fmt.Errorf("%s holds no question, so there is nothing to measure; write one a line: its text, a tab, and the id of its section", *questions)
	}
	d, err := p.open(ctx, *path)
	if err != nil {
		return err
	}
	now, err := evaluate(ctx, d.Desk, labelled)
	if err != nil {
		return err
	}
	if *asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(now)
	}
	if *compare == "" {
		now.print(p.out)
		return nil
	}
	before, err := readEvaluation(*compare)
	if err != nil {
		return err
	}
	now.printChanges(p.out, before)
	return nil
}

// evaluate asks every question, each in a room of its own, and measures.
func evaluate(ctx context.Context, desk *bot.Desk, questions []eval.Question) (evaluation, error) {
	var e evaluation
	var sections []eval.Question
	var answers []eval.Answer
	for n, q := range questions {
		if err := ctx.Err(); err != nil {
			return e, err
		}
		r := desk.Answer(ctx, bot.Message{
			Room: bot.RoomID(fmt.Sprintf("eval:%d", n)), From: "eval:you", Text: q.Text, Private: true, At: time.Now(),
		})
		e.Answers = append(e.Answers, evaluatedRow{q.Text, string(r.Outcome), string(r.Section), r.Confidence})
		switch {
		case slices.Equal(q.Want, []string{labelCrisis}):
			e.Crisis++
			if r.Outcome != bot.Crisis {
				e.CrisisMissed++
			}
			continue
		case slices.Equal(q.Want, []string{labelHandoff}):
			e.Handoffs++
			if r.Outcome != bot.HandedOff {
				e.HandoffMissed++
			}
			continue
		case r.Outcome == bot.Crisis:
			e.CrisisFalse++
		}
		sections = append(sections, q)
		answers = append(answers, newEvalAnswer(r))
	}
	var err error
	e.Report, err = eval.Score(sections, answers)
	return e, err
}

func newEvalAnswer(r bot.Reply) eval.Answer {
	a := eval.Answer{Outcome: string(r.Outcome)}
	if r.Section != "" {
		a.Section = eval.Candidate{ID: string(r.Section), Title: r.Title, Confidence: r.Confidence}
	}
	for _, h := range r.Candidates {
		a.Candidates = append(a.Candidates, eval.Candidate{ID: string(h.Section.ID), Title: h.Section.Title, Confidence: h.Confidence})
	}
	return a
}

// figures lists the numbers in the order in which they are printed.
func (e evaluation) figures() []figure {
	return []figure{
		{"right section first (P@1)", e.PAt1}, {"MRR", e.MRR}, {"MAP", e.MAP},
		{"answered right", e.AnsweredRight}, {"answered or offered right", e.OfferedRight},
		{"precision of answers", e.Precision}, {"false answers", e.FalseAnswers},
		{"accuracy", e.Accuracy}, {"MCC", e.MCC}, {"best MCC", e.BestMCC}, {"... at confidence", e.BestAt}, {"AUROC", e.AUROC},
	}
}

type figure struct {
	name  string
	value float64
}

func (e evaluation) print(w io.Writer) {
	fmt.Fprintf(w, "%d questions with an answer, %d without\n\n", e.In, e.Out)
	for _, f := range e.figures() {
		fmt.Fprintf(w, "%-28s %.3f\n", f.name, f.value)
	}
	if e.Crisis > 0 || e.CrisisFalse > 0 {
		fmt.Fprintf(w, "%-28s %d of %d missed, %d false alarms\n", "crisis", e.CrisisMissed, e.Crisis, e.CrisisFalse)
	}
	if e.Handoffs > 0 {
		fmt.Fprintf(w, "%-28s %d of %d missed\n", "asking for a human", e.HandoffMissed, e.Handoffs)
	}
	fmt.Fprint(w, "\nconfidence    questions   mean   right\n")
	for _, b := range e.Reliability {
		if b.Questions > 0 {
			fmt.Fprintf(w, "%.1f to %.1f    %9d   %.2f    %.2f\n", b.From, b.To, b.Questions, b.Confidence, b.Right)
		}
	}
	if len(e.Worst) > 0 {
		fmt.Fprint(w, "\nworst mistakes\n")
	}
	for _, m := range e.Worst {
		want := eval.None
		if len(m.Want) > 0 {
			want = m.Want[0]
		}
		fmt.Fprintf(w, "%.2f  %s\n      %s: %s; want %s\n", m.Confidence, m.Question, m.Outcome, m.Got, want)
	}
}

// printChanges shows what is different from an earlier run.
func (e evaluation) printChanges(w io.Writer, before evaluation) {
	then := before.figures()
	for i, f := range e.figures() {
		fmt.Fprintf(w, "%-28s %.3f → %.3f  (%+.3f)\n", f.name, then[i].value, f.value, f.value-then[i].value)
	}
	old := map[string]evaluatedRow{}
	for _, a := range before.Answers {
		old[a.Question] = a
	}
	changed := 0
	for _, a := range e.Answers {
		b, known := old[a.Question]
		if known && (a.Outcome != b.Outcome || a.Section != b.Section) {
			changed++
			fmt.Fprintf(w, "\n%s\n  was  %s %s (%.2f)\n  is   %s %s (%.2f)\n",
				a.Question, b.Outcome, b.Section, b.Confidence, a.Outcome, a.Section, a.Confidence)
		}
	}
	fmt.Fprintf(w, "\n%s changed\n", count(changed, "answer"))
	if added, gone := len(missing(e, before)), len(missing(before, e)); added+gone > 0 {
		fmt.Fprintf(w, "the questions differ: %d new here, %d of the earlier run gone; so the figures are of other questions, and answers are compared where both asked\n", added, gone)
	}
}

// missing returns the questions of a run that another did not ask.
func missing(of, other evaluation) map[string]bool {
	questions := map[string]bool{}
	for _, a := range of.Answers {
		questions[a.Question] = true
	}
	for _, a := range other.Answers {
		delete(questions, a.Question)
	}
	return questions
}

func readEvaluation(path string) (evaluation, error) {
	var e evaluation
	data, err := os.ReadFile(path)
	if err != nil {
		return e, fmt.Errorf("-compare: %w; make it with \"frontdesk eval -json\"", err)
	}
	if err := json.Unmarshal(data, &e); err != nil || len(e.Answers) == 0 {
		return e, errors.New(path + " is not the output of \"frontdesk eval -json\"")
	}
	return e, nil
}
