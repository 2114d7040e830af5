package telegram

import "frontdesk/bot"

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
	if r.Veiled {
		return s.veiled(r, r.Text)
	}
	asked := e.act == question || e.act == edited
	if e.place.private || !s.cfg.PrivateAnswers || !asked {
		return render(r)
	}
	switch {
	case r.Outcome == bot.Answered && r.Section != "":
		w := wordsFor(r.Lang)
		r.Choices = []bot.Choice{{Label: w.show, Press: bot.Press{Verb: bot.Show, Key: r.Section.Key()}}}
		return s.veiled(r, w.offer)
	case r.Outcome == bot.Unsure:
		return s.veiled(r, wordsFor(r.Lang).offer)
	}
	return render(r)
}

// veiled shows a text with links that open the sections of a reply's choices in the private chat.
func (s *session) veiled(r bot.Reply, text string) []part {
	var rows [][]button
	for _, c := range r.Choices {
		label := shorten(c.Label, maxLabel)
		switch {
		case label == "":
		case c.Press.Verb == bot.Show:
			rows = append(rows, []button{{Text: label, URL: s.sectionLink(c.Press.Key)}})
		case c.Press.Verb == bot.Pick:
			rows = append(rows, []button{{Text: label, URL: s.pickLink(c.Press.Key)}})
		}
	}
	if rows == nil {
		return render(r)
	}
	parts := render(bot.Reply{Outcome: r.Outcome, Text: text, Note: r.Note, Handoff: r.Handoff})
	last := &parts[len(parts)-1]
	last.keyboard = append(rows, last.keyboard...)
	return parts
}
