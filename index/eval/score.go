package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Report holds the figures of one set of questions.
type Report struct {
	In            int     `json:"n_in"`           // questions with an answer
	Out           int     `json:"n_none"`         // questions without
	PAt1          float64 `json:"p_at_1"`         // share of the former whose first candidate is right, thresholds left aside
	MRR           float64 `json:"mrr"`            // mean of 1 over the first right candidate's place
	MAP           float64 `json:"map"`            // mean average precision of the candidates
	AnsweredRight float64 `json:"answered_right"` // share answered outright with a right section, or handed off where contact was wanted
	OfferedRight  float64 `json:"offered_right"`  // ... or with a right section among the three choices
	Precision     float64 `json:"precision"`      // of all that was answered outright, the share that was right
	FalseAnswers  float64 `json:"false_answers"`  // share of questions without an answer that were answered outright
	Accuracy      float64 `json:"accuracy"`       // over all questions at the product's own threshold, none being one more class
	MCC           float64 `json:"mcc"`            // Matthews correlation (Gorodkin's R_K) of the same
	BestMCC       float64 `json:"best_mcc"`       // ... at the confidence where it is highest
	BestAccuracy  float64 `json:"best_accuracy"`  // accuracy there
	BestAt        float64 `json:"best_at"`        // that confidence
	AUROC         float64 `json:"auroc"`          // confidence of answerable against unanswerable; 0 without either

	Reliability []Bin     `json:"reliability"`
	Worst       []Mistake `json:"worst"` // the most confident mistakes, worst first
}

// A Bin of the reliability table holds the questions whose best candidate has a confidence from From up to To.
type Bin struct {
	From, To   float64
	Questions  int
	Confidence float64 // mean confidence
	Right      float64 // share whose best candidate is right
}

// A Mistake is a question whose best candidate is wrong although the confidence is high, or whose right one got none.
type Mistake struct {
	Question   string
	Want       []string // empty for none
	Got        string   // the best candidate's title
	Outcome    string
	Confidence float64
}

// worstCount is how many mistakes a report lists.
const worstCount = 20

// Score measures answers; answers[i] belongs to questions[i]. The error says that their numbers differ.
func Score(questions []Question, answers []Answer) (Report, error) {
	if len(questions) != len(answers) {
		return Report{}, fmt.Errorf("%d questions but %d answers", len(questions), len(answers))
	}
	all := rows(questions, answers)
	var r Report
	r.rank(all)
	r.outcomes(all)
	r.thresholds(all)
	r.Reliability = reliability(all)
	r.Worst = worst(all)
	return r, nil
}

// rank counts what concerns the order of candidates alone.
func (r *Report) rank(all []row) {
	for _, x := range all {
		if len(x.want) == 0 {
			r.Out++
			continue
		}
		r.In++
		hits, sum := 0, 0.0
		for i, name := range x.names[:min(len(x.names), 10)] {
			if !x.want[name] {
				continue
			}
			hits++
			sum += float64(hits) / float64(i+1)
			if hits == 1 {
				r.MRR += 1 / float64(i+1)
			}
			if i == 0 {
				r.PAt1++
			}
		}
		r.MAP += sum / float64(min(len(x.want), 10))
	}
	n := float64(max(r.In, 1))
	r.PAt1, r.MRR, r.MAP = r.PAt1/n, r.MRR/n, r.MAP/n
}

// outcomes counts what became of the questions.
func (r *Report) outcomes(all []row) {
	answered, right := 0, 0
	for _, x := range all {
		if x.said != "" {
			answered++
			if x.want[x.said] {
				right++
			} else if len(x.want) == 0 {
				r.FalseAnswers++
			}
		}
		if len(x.want) == 0 {
			continue
		}
		ok := x.said != "" && x.want[x.said] || x.handedOn()
		if ok {
			r.AnsweredRight++
		}
		offered := slices.ContainsFunc(x.names[:min(len(x.names), 3)], func(n string) bool { return x.want[n] })
		if ok || x.answer.Outcome == "unsure" && offered {
			r.OfferedRight++
		}
	}
	n := float64(max(r.In, 1))
	r.AnsweredRight, r.OfferedRight = r.AnsweredRight/n, r.OfferedRight/n
	r.Precision = float64(right) / float64(max(answered, 1))
	r.FalseAnswers /= float64(max(r.Out, 1))
}

// handedOn reports whether the outcome is a handoff and a heading with "contact" in it was wanted, of whatever kind of
// contact it speaks: by the figures' definition that is right, too.
func (r row) handedOn() bool {
	if r.answer.Outcome != "handoff" {
		return false
	}
	for w := range r.want {
		if strings.Contains(w, "contact") {
			return true
		}
	}
	return false
}

// thresholds counts what depends on where the confidence is cut.
func (r *Report) thresholds(all []row) {
	var pos, neg []float64
	cuts := map[float64]bool{}
	for _, x := range all {
		cuts[math.Round(x.confidence()*100)/100] = true
		if len(x.want) > 0 {
			pos = append(pos, x.confidence())
		} else {
			neg = append(neg, x.confidence())
		}
	}
	r.MCC, r.Accuracy = agreement(all, func(x row) string { return x.said })
	r.BestMCC = math.Inf(-1)
	for cut := range cuts {
		mcc, accuracy := agreement(all, func(x row) string {
			if x.confidence() >= cut {
				return x.top()
			}
			return ""
		})
		if mcc > r.BestMCC || mcc == r.BestMCC && cut > r.BestAt {
			r.BestMCC, r.BestAccuracy, r.BestAt = mcc, accuracy, cut
		}
	}
	if len(cuts) == 0 {
		r.BestMCC = 0
	}
	r.AUROC = auroc(pos, neg)
}

// agreement returns the multi-class Matthews correlation and the accuracy of guesses; an empty guess stands for none.
func agreement(all []row, guess func(row) string) (mcc, accuracy float64) {
	gold, guessed := map[string]float64{}, map[string]float64{}
	var same, n float64
	for _, x := range all {
		g := guess(x)
		if g == "" {
			g = None
		}
		want := x.gold(g)
		gold[want]++
		guessed[g]++
		if g == want {
			same++
		}
		n++
	}
	var cross, golds, guesses float64
	for k, v := range gold {
		golds += v * v
		cross += v * guessed[k]
	}
	for _, v := range guessed {
		guesses += v * v
	}
	if d := math.Sqrt(n*n-guesses) * math.Sqrt(n*n-golds); d > 0 {
		mcc = (same*n - cross) / d
	}
	return mcc, same / max(n, 1)
}

// auroc is the chance that a positive has a higher value than a negative, ties counting half.
func auroc(pos, neg []float64) float64 {
	if len(pos) == 0 || len(neg) == 0 {
		return 0
	}
	slices.Sort(neg)
	var sum float64
	for _, p := range pos {
		below, _ := slices.BinarySearch(neg, p)
		through, _ := slices.BinarySearch(neg, math.Nextafter(p, math.Inf(1)))
		sum += float64(below) + float64(through-below)/2
	}
	return sum / float64(len(pos)) / float64(len(neg))
}

// reliability sets confidences against how often they were right, in tenths.
func reliability(all []row) []Bin {
	bins := make([]Bin, 10)
	for i := range bins {
		bins[i].From, bins[i].To = float64(i)/10, float64(i+1)/10
	}
	for _, x := range all {
		b := &bins[min(int(x.confidence()*10), 9)]
		b.Questions++
		b.Confidence += x.confidence()
		if x.want[x.top()] {
			b.Right++
		}
	}
	for i := range bins {
		n := float64(max(bins[i].Questions, 1))
		bins[i].Confidence /= n
		bins[i].Right /= n
	}
	return bins
}

// worst lists the most confident mistakes. Nothing said where there is no answer is none, nor is a human where one was
// wanted, however sure the best candidate was.
func worst(all []row) []Mistake {
	var list []Mistake
	for _, x := range all {
		unsaid := len(x.want) == 0 && x.said == ""
		if len(x.names) == 0 || x.want[x.top()] || unsaid || x.handedOn() {
			continue
		}
		list = append(list, Mistake{x.question.Text, x.question.Want, x.answer.Candidates[0].Title, x.answer.Outcome, x.confidence()})
	}
	slices.SortStableFunc(list, func(a, b Mistake) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return list[:min(len(list), worstCount)]
}
