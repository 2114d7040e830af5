package telegram

import (
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
)

func TestPrivateQuestionIsAnswered(t *testing.T) {
	s := newStand(t, nil)
	s.api.Say(telegramtest.Private(anna), anna, "what <3 does & it cost?")
	got := s.sent(1)
	if want := "You asked: what <3 does & it cost?"; got.Text != want {
		t.Errorf("sent %q, want %q", got.Text, want)
	}
	if len(got.Keyboard) != 1 || got.Keyboard[0][0].URL != deskContact.URL {
		t.Errorf("keyboard = %v, want the contact's link", got.Keyboard)
	}
	if got.Preview != "" {
		t.Errorf("shows a preview of %q, want none", got.Preview)
	}
	m := s.desk.messages()[0]
	if m.Room != "telegram:7" || m.From != "telegram:7" || !m.Private || m.Lang != "en" || m.At.IsZero() {
		t.Errorf("the desk was asked %+v", m)
	}
	s.settled()
	if err := s.client.Health(); err != nil {
		t.Errorf("Health() = %v, want nil", err)
	}
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v, want nil", err)
	}
	if strings.Contains(s.out.String(), "cost") {
		t.Errorf("the log holds what people wrote: %s", s.out)
	}
}

// TestAnswersWithoutItsFolder starts where the inbox cannot be on disk, as when that is full or read-only.
func TestAnswersWithoutItsFolder(t *testing.T) {
	s := newStand(t, func(c *Client) { c.cfg.StateDir = "/dev/null/none" })
	s.api.Say(telegramtest.Private(anna), anna, "what does it cost?")
	if got, want := s.sent(1).Text, "You asked: what does it cost?"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	if !strings.Contains(s.out.String(), "in memory only until the next start") {
		t.Errorf("the log does not say that questions are in memory only: %s", s.out)
	}
}

func TestGroupAnswersOnlyWhenAsked(t *testing.T) {
	s := newStand(t, nil)
	self := s.api.Self
	other := telegramtest.User{ID: 9, IsBot: true, FirstName: "Other", Username: "other_bot"}
	channel := telegramtest.Chat{ID: -100300, Type: "channel"}
	thread := telegramtest.Chat{ID: -100400, Type: "supergroup", IsForum: true}
	botWrote := &telegramtest.Message{ID: 50, From: &self, Chat: group, Text: "earlier"}
	annaWrote := &telegramtest.Message{ID: 51, From: &anna, Chat: group, Text: "is it safe?"}
	topicMade := &telegramtest.Message{ID: 52, From: &self, Chat: thread, TopicCreated: &struct{}{}}
	for _, m := range []telegramtest.Message{
		{Chat: group, From: &anna, Text: "nobody asked the bot"},
		{Chat: group, From: &anna, Text: "ask @frontdesk_test_bot2 instead"},
		{Chat: group, From: &anna, Text: "/ask@other_bot what now?"},
		{Chat: group, From: &anna, Text: "/ban somebody"},
		{Chat: group, From: &other, Text: "@frontdesk_test_bot hello from a bot"},
		{Chat: group, From: &anna, Text: "@frontdesk_test_bot hi", ViaBot: &self},
		{Chat: group, SenderChat: &channel, From: &other, Text: "@frontdesk_test_bot from a channel"},
		{Chat: channel, SenderChat: &channel, Text: "@frontdesk_test_bot in a channel"},
		{Chat: thread, From: &anna, Thread: 52, IsTopic: true, ReplyTo: topicMade, Text: "not to the bot"},
	} {
		s.api.Send(m)
	}
	heard := []telegramtest.Message{
		{Chat: group, From: &anna, Text: "@frontdesk_test_bot, what does it cost?"},
		{Chat: group, From: &anna, Text: "👋🏽 hi @FrontDesk_test_bot is it safe?"},
		{Chat: group, From: &anna, Text: "how long?", ReplyTo: botWrote},
		{Chat: group, From: &anna, Text: "/ask@frontdesk_test_bot who pays?"},
		{Chat: group, From: &bruno, Text: "@frontdesk_test_bot", ReplyTo: annaWrote},
		{Chat: group, SenderChat: &group, From: &other, Text: "/ask anonymous admin"},
		{Chat: thread, From: &anna, Thread: 52, IsTopic: true, ReplyTo: topicMade, Text: "/ask in a topic"},
		{Chat: group, From: &anna, Thread: 50, Text: "/ask in a chain of replies"},
		{Chat: group, From: &anna, Text: "hey you, what now?",
			Entities: []telegramtest.Entity{{Type: "text_mention", Offset: 4, Length: 3, User: &self}}},
	}
	want := map[string]bot.RoomID{
		"what does it cost?": "telegram:-100200", "👋🏽 hi  is it safe?": "telegram:-100200", "how long?": "telegram:-100200",
		"who pays?": "telegram:-100200", "is it safe?": "telegram:-100200", "anonymous admin": "telegram:-100200",
		"in a topic": "telegram:-100400:52", "in a chain of replies": "telegram:-100200", "hey , what now?": "telegram:-100200",
	}
	ids := map[int]bool{}
	for _, m := range heard {
		ids[s.api.Send(m)] = true
	}
	s.sent(len(heard))
	for _, m := range s.desk.messages() {
		if room, ok := want[m.Text]; !ok || room != m.Room {
			t.Errorf("the desk was asked %q in %s", m.Text, m.Room)
		}
		if m.Private {
			t.Errorf("%q counts as private", m.Text)
		}
	}
	for _, sent := range s.api.Sent() {
		if inTopic := strings.Contains(sent.Text, "in a topic"); inTopic != (sent.Thread == 52) {
			t.Errorf("%q went to topic %d", sent.Text, sent.Thread)
		}
		if !ids[sent.ReplyTo] {
			t.Errorf("%q replies to message %d, which did not ask", sent.Text, sent.ReplyTo)
		}
	}
}

func TestCommands(t *testing.T) {
	s := newStand(t, nil)
	private := telegramtest.Private(anna)
	for i, c := range []struct{ text, want string }{
		{"/start", "Welcome\n\nI am a program."},
		{"/help", "Welcome\n\nI am a program."},
		{"/HELP", "Welcome\n\nI am a program."},
		{"/unknown", "Welcome\n\nI am a program."},
		{"/ask what does it cost?", "You asked: what does it cost?"},
		{"/ask", "Welcome\n\nI am a program."},
		{"/contact", "Contact"},
		{"/topics", "Topics"},
		{"/start contact", "Contact"},
		{"/start topics", "Topics"},
		{"/start s-abcdefghijk", "Pressed 1s:abcdefghijk"},
		{"/start q-abcdefghijklmnopqrstuv", "Pressed 1q:abcdefghijklmnopqrstuv"},
		{"/start price", "Pressed " + bot.Press{Verb: bot.Show, Key: "4QL_cFqWHzM"}.String()},
	} {
		s.api.Say(private, anna, c.text)
		got := s.sent(i + 1).Text
		if c.text == "/start price" {
			if !strings.HasPrefix(got, "Pressed 1s:") {
				t.Errorf("%q was answered %q, want a section shown", c.text, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%q was answered %q, want %q", c.text, got, c.want)
		}
	}
}

func TestButtons(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Unsure, Text: "Which?", Handoff: deskContact, Choices: []bot.Choice{
			{Label: "What does it cost?", Press: bot.Press{Verb: bot.Show, Key: "abcdefghijk"}},
			{Label: "👍", Press: bot.Press{Verb: bot.Helpful, Key: "abcdefghijk"}},
			{Label: "👎", Press: bot.Press{Verb: bot.Useless, Key: "abcdefghijk"}},
		}}, true
	}
	s.api.Say(telegramtest.Private(anna), anna, "hm")
	asked := s.sent(1)
	if n := len(asked.Keyboard); n != 3 || len(asked.Keyboard[1]) != 2 {
		t.Fatalf("keyboard = %v, want the choice, both feedbacks in a row, and the contact", asked.Keyboard)
	}
	s.api.Press(anna, asked, asked.Keyboard[0][0].Data)
	if got, want := s.sent(2).Text, "Pressed 1s:abcdefghijk"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	s.call("answerCallbackQuery", 1)
	s.api.Press(anna, asked, asked.Keyboard[1][0].Data)
	if got := s.call("answerCallbackQuery", 2).Params["text"]; got != "Thank you" {
		t.Errorf("feedback was answered %q, want %q", got, "Thank you")
	}
	if got, err := s.api.WaitEdit(s.ctx, 0, 1); err != nil || len(got.Keyboard) != 2 || got.Keyboard[0][0].Text != "What does it cost?" {
		t.Errorf("after feedback the buttons are %v (%v), want all but the feedback", got.Keyboard, err)
	}
	s.api.Press(anna, asked, "0:from an old version")
	if got, want := s.sent(3).Text, "This button is old"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	for _, c := range s.api.Calls("answerCallbackQuery") {
		if c.Code != 200 {
			t.Errorf("answerCallbackQuery(%v) was refused: %s", c.Params, c.Error)
		}
	}
}
