package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/index/eval"
)

// answers makes a set's answers by a model, or by the shipped one without, as the desk would by a policy.
func (s set) answers(m *index.Model, p bot.Policy) []eval.Answer {
	all := make([]eval.Answer, len(s.lessons))
	for i, l := range s.lessons {
		confidences := l.shipped()
		if m != nil {
			confidences = m.Judge(l.Lesson)
		}
		var hits []index.Hit
		for j, c := range l.Candidates {
			hits = append(hits, index.Hit{Section: *c.Section, Confidence: float64(confidences[j])})
		}
		slices.SortStableFunc(hits, func(a, b index.Hit) int { return cmp.Compare(b.Confidence, a.Confidence) })
		for _, h := range hits[:min(len(hits), 10)] {
			all[i].Candidates = append(all[i].Candidates, eval.Candidate{ID: string(h.Section.ID), Title: h.Section.Title, Confidence: h.Confidence})
		}
		switch {
		case p.Outright(hits):
			all[i].Outcome, all[i].Section = string(bot.Answered), all[i].Candidates[0]
		case len(hits) > 0 && hits[0].Confidence >= p.Maybe:
			all[i].Outcome = string(bot.Unsure)
		default:
			all[i].Outcome = string(bot.Unanswered)
		}
	}
	return all
}

// show prints a line of figures for each set, then the reliability over all of them.
func show(out io.Writer, sets []set, by []*index.Model, s settings) error {
	fmt.Fprintf(out, "%-22s %5s %5s %6s %6s %6s %6s %6s %6s %6s %6s %6s\n", "set", "in", "none", "P@1", "MRR", "right", "offer", "prec", "false", "mcc", "bestmc", "auroc")
	var mean figures
	articles := 0.0
	var questions []eval.Question
	var answers []eval.Answer
	for i, set := range sets {
		if s.only != "" && !strings.Contains(set.name, s.only) {
			continue
		}
		a := set.answers(by[i], s.policy)
		r, err := eval.Score(set.questions, a)
		if err != nil {
			return err
		}
		f := figuresOf(r)
		fmt.Fprintf(out, "%-22s %5d %5d %s\n", set.name, r.In, r.Out, f)
		if s.mistakes {
			for _, m := range r.Worst {
				fmt.Fprintf(out, "    %.2f %-10s %q: %q, want %q\n", m.Confidence, m.Outcome, m.Question, m.Got, m.Want)
			}
		}
		if r.Out > 0 && !set.phrased() {
			articles++
			for k := range mean {
				mean[k] += f[k]
			}
		}
		questions, answers = append(questions, set.questions...), append(answers, a...)
	}
	for k := range mean {
		mean[k] /= articles
	}
	fmt.Fprintf(out, "%-22s %5.0f %5s %s\n", "mean of articles", articles, "", mean)
	r, err := eval.Score(questions, answers)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "\nconfidence   questions   mean   right")
	for _, b := range r.Reliability {
		fmt.Fprintf(out, "%.1f to %.1f %11d %6.2f %7.2f\n", b.From, b.To, b.Questions, b.Confidence, b.Right)
	}
	return nil
}

// figures are what a line shows of a report, in the columns' order.
type figures [9]float64

func figuresOf(r eval.Report) figures {
	return figures{r.PAt1, r.MRR, r.AnsweredRight, r.OfferedRight, r.Precision, r.FalseAnswers, r.MCC, r.BestMCC, r.AUROC}
}

// String writes the figures as they stand in the table.
func (f figures) String() string {
	columns := make([]string, len(f))
	for k, x := range f {
		columns[k] = fmt.Sprintf("%6.3f", x)
	}
	return strings.Join(columns, " ")
}

// phrased reports whether most sections of a set have phrasings.
func (s set) phrased() bool {
	n := 0
	for _, l := range s.lessons {
		if l.Phrased > 0.5 {
			n++
		}
	}
	return n > len(s.lessons)/2
}

// shipped returns the candidates' probabilities by the weights in the program.
func (l lesson) shipped() []float32 {
	p := make([]float32, len(l.Candidates))
	for i, c := range l.Candidates {
		p[i] = float32(c.P)
	}
	return p
}
