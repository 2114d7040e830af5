package telegram

import (
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
)

func TestPrivateAnswersInAGroup(t *testing.T) {
	s := newStand(t, func(c *Client) { c.cfg.PrivateAnswers = true })
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		r := bot.Reply{Outcome: bot.Outcome(m.Text), Text: "Secret of " + m.Text, Section: "costs", Handoff: deskContact, Lang: "es"}
		if r.Outcome == bot.Unsure {
			r.Section, r.Lang, r.Choices = "", "en", []bot.Choice{{Label: "One", Press: bot.Press{Verb: bot.Show, Key: "abcdefghijk"}}, {Label: "Which", Press: bot.Press{Verb: bot.Pick, Key: "abcdefghijklmnopqrstuv"}}, {Label: "Topics", Press: bot.Press{Verb: bot.Topics}}}
		}
		return r, true
	}
	for i, tt := range []struct {
		where   telegramtest.Chat
		outcome bot.Outcome
		text    string
		button  string // the first one's address begins with it
	}{
		{group, bot.Answered, "Tengo una respuesta para ti. Solo la verás tú.", "https://t.me/frontdesk_test_bot?start=s-"},
		{group, bot.Unsure, "I have an answer for you. Only you will see it.", "https://t.me/frontdesk_test_bot?start=s-abcdefghijk"},
		{group, bot.Crisis, "Secret of crisis", deskContact.URL},
		{group, bot.Unanswered, "Secret of unanswered", deskContact.URL},
		{telegramtest.Private(anna), bot.Answered, "Secret of answered", deskContact.URL},
	} {
		s.api.Say(tt.where, anna, "/ask "+string(tt.outcome))
		got := s.sent(i + 1)
		if got.Text != tt.text || !strings.HasPrefix(got.Keyboard[0][0].URL, tt.button) {
			t.Errorf("%s in a %s: sent %q with %v, want %q and a link to %s", tt.outcome, tt.where.Type, got.Text, got.Keyboard, tt.text, tt.button)
		}
		if tt.outcome == bot.Unsure && got.Keyboard[1][0].URL != "https://t.me/frontdesk_test_bot?start=q-abcdefghijklmnopqrstuv" {
			t.Errorf("unsure: the second button is %v, want a link that asks back", got.Keyboard[1])
		}
		if last := got.Keyboard[len(got.Keyboard)-1][0]; last.URL != deskContact.URL {
			t.Errorf("%s: the last button is %v, want the contact", tt.outcome, last)
		}
	}
}
