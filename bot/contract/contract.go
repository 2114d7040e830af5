// Package contract is the shape in which other programs read answers: what "frontdesk ask -json" prints, and what the
// JSON API returns among other fields. Fields may be added, never changed.
package contract

import (
	"time"

	"frontdesk/bot"
	"frontdesk/bot/markup"
	"frontdesk/knowledge"
)

// An Answer is a question with what became of it.
type Answer struct {
	Question   string      `json:"question"` // as asked
	Outcome    bot.Outcome `json:"outcome"`
	Section    *Section    `json:"section"`    // the section shown; null for none
	Confidence float64     `json:"confidence"` // 0 to 1, of the best candidate
	Text       string      `json:"text"`       // what the person reads, as plain text
	Handoff    *Handoff    `json:"handoff"`    // the way to a human; null when nobody named one
	Candidates []Candidate `json:"candidates"` // up to 10 sections, best first, whatever the outcome
	TookUS     int64       `json:"took_us"`    // microseconds the answer took
}

// A Section names the section shown.
type Section struct {
	ID      string `json:"id"`
	Title   string `json:"title"` // the heading as staff wrote it
	Article string `json:"article"`
}

// A Handoff is the way to a human.
type Handoff struct {
	Label string `json:"label"`
	URL   string `json:"url"`
	Phone string `json:"phone,omitempty"`
	Hours string `json:"hours,omitempty"`
}

// A Candidate is a section that was found.
type Candidate struct {
	ID         string  `json:"id"`
	Title      string  `json:"title"`
	Confidence float64 `json:"confidence"`
}

// NewAnswer returns the answer that r is to question.
func NewAnswer(question string, r bot.Reply, took time.Duration) Answer {
	a := Answer{
		Question: question, Outcome: r.Outcome, Confidence: r.Confidence, Text: markup.Parse(r.Text).Plain(),
		Handoff: NewHandoff(r.Handoff), Candidates: []Candidate{}, TookUS: took.Microseconds(),
	}
	if r.Section != "" {
		a.Section = &Section{ID: string(r.Section), Title: r.Title, Article: r.Source.Article}
	}
	for _, h := range r.Candidates {
		a.Candidates = append(a.Candidates, Candidate{string(h.Section.ID), h.Section.Title, h.Confidence})
	}
	return a
}

// NewHandoff returns the way to a human; nil when nobody named one.
func NewHandoff(h knowledge.Handoff) *Handoff {
	if h.IsZero() {
		return nil
	}
	return &Handoff{h.Label, h.URL, h.Phone, h.Hours}
}
