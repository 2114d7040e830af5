package web

import (
	"time"

	"frontdesk/bot"
	"frontdesk/bot/contract"
	"frontdesk/bot/markup"
)

// An answer is what the API returns for a question and for a choice: what "frontdesk ask -json" prints, and what a page
// needs to show it. openapi.yaml describes all. Other programs read it: fields may be added, never changed.
type answer struct {
	contract.Answer
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
		Answer: contract.NewAnswer(question, r, took), Conversation: c, Lang: r.Lang, Title: r.Title, HTML: text.HTML(),
		Note: note.Plain(), NoteHTML: note.HTML(),
		Choices: newChoices(r.Choices), Related: newChoices(r.Related), Feedback: newChoices(r.Feedback),
	}
	if r.Source != (bot.Source{}) {
		a.Source = &source{Article: r.Source.Article, URL: r.Source.URL}
	}
	return a
}

func newChoices(choices []bot.Choice) []choice {
	all := []choice{}
	for _, c := range choices {
		all = append(all, choice{c.Label, c.Press.String()})
	}
	return all
}
