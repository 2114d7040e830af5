package telegram

import (
	"html"

	"frontdesk/bot"
)

// words are the few that only Telegram needs beside its menus.
type words struct {
	offer string // instead of an answer that only the asker should read
	show  string // the button that opens it
}

var english = words{offer: "I have an answer for you. Only you will see it.", show: "Show it to me"}
var spanish = words{offer: "Tengo una respuesta para ti. Solo la verás tú.", show: "Mostrármela"}

func wordsFor(lang string) words {
	if lang == "es" {
		return spanish
	}
	return english
}

// layout lays a reply out for where it goes: in a group whose answers are private, what answers a question is a
// button that opens it in the private chat. A cry for help, and what tells nothing of the question, is said at once.
func (s *session) layout(e event, r bot.Reply) []part {
	asked := e.act == question || e.act == edited
	if e.place.private || !s.cfg.PrivateAnswers || !asked {
		return render(r)
	}
	var rows [][]button
	switch {
	case r.Outcome == bot.Answered && r.Section != "":
		rows = [][]button{{{Text: wordsFor(r.Lang).show, URL: s.sectionLink(r.Section.Key())}}}
	case r.Outcome == bot.Unsure:
		for _, c := range r.Choices {
			if label := shorten(c.Label, maxLabel); c.Press.Verb == bot.Show && label != "" {
				rows = append(rows, []button{{Text: label, URL: s.sectionLink(c.Press.Key)}})
			}
		}
	}
	if rows == nil {
		return render(r)
	}
	rows = append(rows, keyboard(bot.Reply{Handoff: r.Handoff})...)
	return []part{{html: html.EscapeString(wordsFor(r.Lang).offer), keyboard: rows}}
}
