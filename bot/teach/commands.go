package teach

import (
	"context"
	"strings"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// Message replies to staff's commands: /misses, /teach QUESTION, /why [QUESTION] and /console.
func (t *Teacher) Message(ctx context.Context, m bot.Message) (bot.Reply, bool) {
	command, rest, _ := strings.Cut(strings.TrimSpace(m.Text), " ")
	rest = strings.TrimSpace(rest)
	var r bot.Reply
	switch strings.ToLower(command) {
	case "/misses":
		r = t.open(ctx, m, "")
	case "/teach":
		r = t.teach(ctx, m, rest)
	case "/why":
		r = t.why(ctx, m, rest)
	case "/console":
		r = t.console(ctx, m)
	default:
		return bot.Reply{}, false
	}
	r.Lang = t.say(m).Lang
	return r, true
}

// Press replies to a teacher's buttons, and to what was typed into its forms.
func (t *Teacher) Press(ctx context.Context, m bot.Message, p bot.Press) (bot.Reply, bool) {
	a, first, second := readPress(p)
	say := t.say(m)
	var r bot.Reply
	switch a {
	case next:
		r = t.open(ctx, m, first)
	case reason:
		r = form(say.WriteReason, say.ReasonTitle, say.ReasonLabel, force.press(first))
	case force:
		r = t.forced(ctx, m, first)
	case appeal:
		r = form(say.WriteReason, say.ReasonTitle, say.ReasonLabel, override.press(first))
	case override:
		r = t.override(ctx, m, first)
	case phrasing, ask, write, outside:
		q, ok := t.question(ctx, first)
		if !ok {
			r = said(say.Gone)
			break
		}
		r = t.about(ctx, m, a, q, knowledge.Key(second))
	default:
		return bot.Reply{}, false
	}
	r.Lang = say.Lang
	return r, true
}

// about does what a button says about a question.
func (t *Teacher) about(ctx context.Context, m bot.Message, a action, q question, k knowledge.Key) bot.Reply {
	say := t.say(m)
	switch {
	case t.config.Book == nil:
		return said(say.ReadOnly)
	case a == ask:
		return form(fill(say.Write, "question", quote(q.text)), say.FormTitle, say.FormLabel, write.press(q.id()))
	case a == write:
		return t.answered(ctx, m, q, m.Text)
	case a == outside:
		return t.outOfScope(ctx, m, q)
	}
	s, ok := t.section(k)
	if !ok {
		return said(say.Gone)
	}
	return t.addPhrasing(ctx, m, q, s)
}

// form asks for a text.
func form(text, title, label string, p bot.Press) bot.Reply {
	r := said(text)
	r.Form = &bot.Form{Press: p, Title: title, Label: label}
	return r
}

// sendTime bounds how long a command waits for a message to somebody in private.
const sendTime = 20 * time.Second

// console replies to /console with a one-time link, where nobody else reads it.
func (t *Teacher) console(ctx context.Context, m bot.Message) bot.Reply {
	say := t.say(m)
	if t.config.Link == nil || m.From == "" {
		return said(say.NoConsole)
	}
	link := said(fill(say.Link, "link", t.config.Link(string(m.From))))
	if m.Private {
		return link
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	link.Lang = say.Lang
	if err := t.postTo(ctx, m.From, link); err != nil {
		t.log.Info("a member of staff cannot be written to in private", zap.Error(err))
		return said(say.LinkNotSent)
	}
	return said(say.LinkSent)
}
