// Package eval measures answers against labelled questions: how often the right section comes first, how often
// something is answered that has no answer, and whether a confidence of 0.8 is right 8 times in 10.
//
//	questions.tsv ─► []Question ─┐
//	the desk's replies ─► []Answer ─► Score ─► Report
//
// It knows neither the index nor the desk; whoever calls it asks the questions. Of the knowledge it takes what a cell of
// staff's questions file says.
package eval

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"

	"frontdesk/knowledge"
)

// None is what a questions file says of a question without an answer.
const None = "NONE"

// A Question is a labelled question.
type Question struct {
	Text string
	Want []string // ids or headings of the sections that answer it; empty when none does
}

// An Answer is what came of a question.
type Answer struct {
	Outcome    string      // as on the command line: answered, unsure, unanswered, handoff, smalltalk, crisis
	Section    Candidate   // the section answered with; zero for none
	Candidates []Candidate // up to 10, best first, whatever the outcome
}

// A Candidate is a section with its confidence, from 0 to 1.
type Candidate struct {
	ID, Title  string
	Confidence float64
}

// ReadQuestions reads one question a line: its text, a tab, then the ids or headings of the right sections with |
// between, or NONE. Lines that start with #, empty lines, a header "question", "section" and further columns are passed
// over, so that the golden questions of a knowledge folder can be read. The error names the line.
func ReadQuestions(r io.Reader) ([]Question, error) {
	var all []Question
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, want, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("line %d: no tab between the question and its section", n)
		}
		want, _, _ = strings.Cut(want, "\t")
		if n == 1 && text == "question" && want == "section" {
			continue
		}
		q := Question{Text: knowledge.QuestionCell(text)}
		if want = knowledge.QuestionCell(want); !strings.EqualFold(want, None) {
			for section := range strings.SplitSeq(want, "|") {
				q.Want = append(q.Want, strings.TrimSpace(section))
			}
		}
		all = append(all, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	return all, nil
}

var notWord = regexp.MustCompile(`[^\p{L}\p{N}\p{M}_]+`)

// plain brings a heading or an id down to its letters and digits, by which they are compared.
func plain(s string) string {
	return strings.ToLower(strings.TrimSpace(notWord.ReplaceAllString(s, " ")))
}

// A row is a question with its answer in comparable form.
type row struct {
	question Question
	answer   Answer
	want     map[string]bool
	names    []string // of the candidates
	said     string   // what was answered outright; empty for nothing
}

// rows pairs questions with answers. A section goes by its heading where any question asks for that heading, else by
// its id.
func rows(questions []Question, answers []Answer) []row {
	wanted := map[string]bool{}
	all := make([]row, len(questions))
	for i, q := range questions {
		all[i] = row{question: q, answer: answers[i], want: map[string]bool{}}
		for _, w := range q.Want {
			all[i].want[plain(w)] = true
			wanted[plain(w)] = true
		}
	}
	name := func(c Candidate) string {
		if title := plain(c.Title); wanted[title] {
			return title
		}
		return plain(c.ID)
	}
	for i := range all {
		for _, c := range answers[i].Candidates {
			all[i].names = append(all[i].names, name(c))
		}
		if answers[i].Outcome == "answered" && answers[i].Section.ID != "" {
			all[i].said = name(answers[i].Section)
		}
	}
	return all
}

// confidence is the best candidate's.
func (r row) confidence() float64 {
	if len(r.answer.Candidates) == 0 {
		return 0
	}
	return r.answer.Candidates[0].Confidence
}

// top is the best candidate's name; empty for none.
func (r row) top() string {
	if len(r.names) == 0 {
		return ""
	}
	return r.names[0]
}

// gold is the label that a guess is compared with: the guess itself where it is one of the right ones.
func (r row) gold(guess string) string {
	if len(r.want) == 0 {
		return None
	}
	if r.want[guess] {
		return guess
	}
	first := ""
	for w := range r.want {
		if first == "" || w < first {
			first = w
		}
	}
	return first
}

// Wants reports whether the section with this id and heading is a right one.
func (q Question) Wants(id, title string) bool {
	for _, w := range q.Want {
		if w := plain(w); w == plain(title) || w == plain(id) {
			return true
		}
	}
	return false
}
