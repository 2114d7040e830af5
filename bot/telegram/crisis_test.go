package telegram

import (
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
)

func TestCrisisWithARealDesk(t *testing.T) {
	s := newRealStand(t)
	s.api.Say(telegramtest.Private(anna), anna, "I want to kill myself")
	if m := s.sent(1); !strings.Contains(m.Text, "988") || m.Preview != "" {
		t.Errorf("the crisis reply is %q with preview %q, want the helpline and no preview", m.Text, m.Preview)
	}
	s.api.Inline(anna, "i want to kill myself")
	if c := s.call("answerInlineQuery", 1); c.Params["results"] != "[]" || !strings.Contains(c.Params["button"], "contact") {
		t.Errorf("crisis words were answered %v in inline mode, want no results and the contact", c.Params)
	}
}

func TestCrisisBehindACommand(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Crisis, Text: "Call 988"}, strings.Contains(m.Text, "want to die")
	}
	private := telegramtest.Private(anna)
	for i, text := range []string{
		"/help I want to die", "/start I want to die", "/contact i want to die", "/topics I want to die", "/forget I want to die",
		"/privacy I want to die", "/why do I want to die", "/i want to die", "/ask I want to die",
	} {
		s.api.Say(private, anna, text)
		if got := s.sent(i + 1).Text; got != "Call 988" {
			t.Errorf("%s gets %q", text, got)
		}
	}
	id := s.api.Say(private, anna, "/contact")
	s.sent(10)
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "/contact please"})
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "/why"})
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "/contact I want to die"})
	if got := s.sent(11).Text; got != "Call 988" {
		t.Errorf("the edited command gets %q", got)
	}
}

func TestQuestionBehindHelp(t *testing.T) {
	s := newStand(t, nil)
	s.api.Say(group, anna, "/help what does it cost?")
	if got := s.sent(1).Text; got != "You asked: help what does it cost?" {
		t.Errorf("sent %q", got)
	}
}
