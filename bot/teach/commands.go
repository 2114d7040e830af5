package teach

import (
	"context"
	"slices"
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
		r = t.console(m)
	default:
		return bot.Reply{}, false
	}
	r.Lang = t.say(m).Lang
	// A link lets in whoever opens it, and the rest is for staff alone, who may write in everybody's rooms too.
	if key := strings.EqualFold(command, "/console") && t.config.Link != nil; !m.Private && (key || !t.isStaffs(m)) {
		return t.privately(ctx, m, r), true
	}
	return r, true
}

// isStaffs reports whether a message is in one of the staff's rooms.
func (t *Teacher) isStaffs(m bot.Message) bool {
	rooms := t.settings().Staff.Rooms
	return slices.Contains(rooms, string(m.Room)) || m.Parent != "" && slices.Contains(rooms, string(m.Parent))
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
	case phrasing, ask, write, outside, another, look:
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
	case t.config.Book.Ready() != nil:
		return said(say.ReadOnly)
	case a == ask:
		return form(fill(say.Write, "question", quote(q.text)), say.FormTitle, say.FormLabel, write.press(q.id()))
	case a == write:
		return t.answered(ctx, m, q, m.Text)
	case a == another:
		return form(fill(say.WhichWords, "question", quote(q.text)), say.WordsTitle, say.WordsLabel, look.press(q.id()))
	case a == look:
		return t.choose(ctx, say, q, short(m.Text, 300))
	case a == outside:
		return t.outOfScope(ctx, m, q)
	}
	s, ok := t.section(k)
	if !ok {
		return said(say.SectionGone)
	}
	return t.addPhrasing(ctx, m, q, s)
}

// form asks for a text.
func form(text, title, label string, p bot.Press) bot.Reply {
	r := said(text)
	r.Form = &bot.Form{Press: p, Title: title, Label: label}
	return r
}

// console replies to /console with a one-time link.
func (t *Teacher) console(m bot.Message) bot.Reply {
	say := t.say(m)
	if t.config.Link == nil || m.From == "" {
		return said(say.NoConsole)
	}
	return said(fill(say.Link, "link", t.config.Link(string(m.From))))
}

// sendTime bounds how long a command waits for a message to somebody in private.
const sendTime = 20 * time.Second

// privately sends a reply to whoever wrote, where nobody else reads it, and says so.
func (t *Teacher) privately(ctx context.Context, m bot.Message, r bot.Reply) bot.Reply {
	say := t.say(m)
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	told := said(say.Sent)
	if err := t.postTo(ctx, m.From, r); err != nil {
		t.log.Info("a member of staff cannot be written to in private", zap.Error(err))
		told = said(say.NotSent)
	}
	told.Lang = say.Lang
	return told
}
