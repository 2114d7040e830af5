package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdesk/index"
	"frontdesk/index/eval"
)

// A policy stands for the desk's: it makes outcomes of confidences.
type policy struct{ sure, maybe, margin float64 }

func (p policy) outcome(c []eval.Candidate) string {
	switch {
	case len(c) == 0 || c[0].Confidence < p.maybe:
		return "unanswered"
	case c[0].Confidence < p.sure, len(c) > 1 && c[0].Confidence-c[1].Confidence < p.margin:
		return "unsure"
	}
	return "answered"
}

// answers makes a set's answers by weights.
func (s set) answers(w weights, p policy) []eval.Answer {
	all := make([]eval.Answer, len(s.lessons))
	for i, l := range s.lessons {
		confidences, _ := l.judge(w)
		var list []eval.Candidate
		for j, c := range l.Candidates {
			list = append(list, eval.Candidate{ID: c.ID, Title: c.Title, Confidence: confidences[j]})
		}
		slices.SortStableFunc(list, func(a, b eval.Candidate) int {
			if a.Confidence > b.Confidence {
				return -1
			} else if a.Confidence < b.Confidence {
				return 1
			}
			return 0
		})
		list = list[:min(len(list), 10)]
		all[i] = eval.Answer{Outcome: p.outcome(list), Candidates: list}
		if all[i].Outcome == "answered" {
			all[i].Section = list[0]
		}
	}
	return all
}

// shipped returns the weights in the program, for every set.
func shipped(sets []set) []weights {
	c, b := index.Weights()
	all := make([]weights, len(sets))
	for i := range all {
		all[i] = weights{c, b}
	}
	return all
}

// show prints a line of figures for each set, then the reliability over all of them.
func show(out io.Writer, sets []set, by []weights, s settings) error {
	fmt.Fprintf(out, "%-22s %5s %5s %6s %6s %6s %6s %6s %6s %6s %6s %6s\n", "set", "in", "none", "P@1", "MRR", "right", "offer", "prec", "false", "mcc", "bestmc", "auroc")
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
		fmt.Fprintf(out, "%-22s %5d %5d %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f\n",
			set.name, r.In, r.Out, r.PAt1, r.MRR, r.AnsweredRight, r.OfferedRight, r.Precision, r.FalseAnswers, r.MCC, r.BestMCC, r.AUROC)
		if s.mistakes {
			for _, m := range r.Worst {
				fmt.Fprintf(out, "    %.2f %-10s %q: %q, want %q\n", m.Confidence, m.Outcome, m.Question, m.Got, m.Want)
			}
		}
		questions, answers = append(questions, set.questions...), append(answers, a...)
	}
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
