package web

import (
	"time"

	"frontdesk/bot"
	"frontdesk/bot/markup"
	"frontdesk/knowledge"
)

// An answer is what the API returns for a question and for a choice. Its first eight fields are those that
// "frontdesk ask -json" prints; openapi.yaml describes all. Other programs read it: fields may be added, never changed.
type answer struct {
	Question   string      `json:"question"`
	Outcome    bot.Outcome `json:"outcome"`
	Section    *section    `json:"section"`
	Confidence float64     `json:"confidence"`
	Text       string      `json:"text"`
	Handoff    *handoff    `json:"handoff"`
	Candidates []candidate `json:"candidates"`
	TookUS     int64       `json:"took_us"`

	Conversation conversation `json:"conversation,omitempty"`
	Lang         string       `json:"lang"`
	Title        string       `json:"title"`
	HTML         string       `json:"html"`
	Source       *source      `json:"source"`
	Note         string       `json:"note"`
	NoteHTML     string       `json:"note_html"`
	Choices      []choice     `json:"choices"`
	Related      []choice     `json:"related"`
	Feedback     []choice     `json:"feedback"`
}

type section struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Article string `json:"article"`
}

type handoff struct {
	Label string `json:"label"`
	URL   string `json:"url"`
	Phone string `json:"phone,omitempty"`
	Hours string `json:"hours,omitempty"`
}

type candidate struct {
	ID         string  `json:"id"`
	Title      string  `json:"title"`
	Confidence float64 `json:"confidence"`
}

type source struct {
	Article string `json:"article"`
	URL     string `json:"url,omitempty"`
}

type choice struct {
	Label string `json:"label"`
	Press string `json:"press"`
}

func newAnswer(question string, c conversation, r bot.Reply, took time.Duration) answer {
	text, note := markup.Parse(r.Text), markup.Parse(r.Note)
	a := answer{
		Question: question, Outcome: r.Outcome, Confidence: r.Confidence, Text: text.Plain(), TookUS: took.Microseconds(),
		Candidates: []candidate{}, Conversation: c, Lang: r.Lang, Title: r.Title, HTML: text.HTML(),
		Note: note.Plain(), NoteHTML: note.HTML(), Handoff: newHandoff(r.Handoff),
		Choices: newChoices(r.Choices), Related: newChoices(r.Related), Feedback: newChoices(r.Feedback),
	}
	if r.Section != "" {
		a.Section = &section{ID: string(r.Section), Title: r.Title, Article: r.Source.Article}
	}
	if r.Source != (bot.Source{}) {
		a.Source = &source{Article: r.Source.Article, URL: r.Source.URL}
	}
	for _, h := range r.Candidates {
		a.Candidates = append(a.Candidates, candidate{string(h.Section.ID), h.Section.Title, h.Confidence})
	}
	return a
}

func newHandoff(h knowledge.Handoff) *handoff {
	if h.IsZero() {
		return nil
	}
	return &handoff{h.Label, h.URL, h.Phone, h.Hours}
}

func newChoices(choices []bot.Choice) []choice {
	all := []choice{}
	for _, c := range choices {
		all = append(all, choice{c.Label, c.Press.String()})
	}
	return all
}
