package telegram

import (
	"context"
	"strings"
	"testing"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

func TestSlowAnswerShowsTyping(t *testing.T) {
	s := newStand(t, func(c *Client) { c.pace.typing = c.pace.first })
	release := make(chan struct{})
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		if m.Text == "slow" {
			<-release
		}
		return bot.Reply{}, false
	}
	s.api.Say(telegramtest.Private(anna), anna, "slow")
	if c := s.call("sendChatAction", 1); c.Params["action"] != "typing" || c.Params["chat_id"] != "7" {
		t.Errorf("sendChatAction(%v)", c.Params)
	}
	close(release)
	s.sent(1)
}

func TestPanickingDeskCostsNobodyElseAnAnswer(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		if m.Text == "boom" {
			panic("secret words: " + m.Text)
		}
		return bot.Reply{}, false
	}
	s.api.Say(telegramtest.Private(anna), anna, "boom")
	if got := s.sent(1).Text; got != "Contact" {
		t.Errorf("sent %q after the panic, want the contact", got)
	}
	s.api.Say(telegramtest.Private(anna), anna, "fine")
	s.sent(2)
	if strings.Contains(s.out.String(), "secret words") {
		t.Errorf("the log holds what people wrote: %s", s.out)
	}
}

// A brokenDesk panics whatever it is asked, but for questions that say fine.
type brokenDesk struct{ echoDesk }

func (d *brokenDesk) Answer(ctx context.Context, m bot.Message) bot.Reply {
	if m.Text != "fine" {
		panic("answer")
	}
	return d.echoDesk.Answer(ctx, m)
}

func (d *brokenDesk) Welcome(bot.Message) bot.Reply { panic("welcome") }
func (d *brokenDesk) Contact(bot.Message) bot.Reply { panic("contact") }
func (d *brokenDesk) Suggest(context.Context, bot.Message, int) []knowledge.Section {
	panic("suggest")
}

func TestDeskThatAlwaysPanicsLeavesTheClientAlive(t *testing.T) {
	s := newStand(t, func(c *Client) { c.desk = &brokenDesk{} })
	s.api.Say(telegramtest.Private(anna), anna, "boom")
	s.api.Say(telegramtest.Private(anna), anna, "/start")
	s.api.Inline(anna, "boom")
	s.api.Say(telegramtest.Private(anna), anna, "fine")
	s.sent(1)
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if strings.Contains(s.out.String(), "not yet answered") {
		t.Errorf("what cannot be answered stays in the inbox: %s", s.out)
	}
}

func TestEmptyReplyBecomesTheContact(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Answered, Text: "[nothing]: https://to.see"}, true
	}
	s.api.Say(telegramtest.Private(anna), anna, "hm")
	if got := s.sent(1).Text; got != "Contact" {
		t.Errorf("sent %q, want the contact", got)
	}
}

func TestNewRefusesBadSettings(t *testing.T) {
	for _, tt := range []struct {
		cfg  Config
		want string
	}{
		{Config{}, "token"},
		{Config{Token: "1: x"}, "token"},
		{Config{Token: "1:x", BaseURL: "api.telegram.org"}, "base address"},
		{Config{Token: "1:x", Poll: 5}, "second"},
		{Config{Token: "1:x", Webhook: Webhook{URL: "http://x.example"}}, "https://"},
		{Config{Token: "1:x", Webhook: Webhook{URL: "https://x.example:9000"}}, "8443"},
		{Config{Token: "1:x", Webhook: Webhook{URL: "https://x.example", Connections: 101}}, "100"},
	} {
		_, err := New(tt.cfg, &echoDesk{}, zap.NewNop())
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%+v) = %v, want something about %q", tt.cfg, err, tt.want)
		}
	}
	if _, err := New(Config{Token: "1:x", Webhook: Webhook{URL: "https://x.example:8443/hook"}}, &echoDesk{}, zap.NewNop()); err != nil {
		t.Errorf("New() = %v for good settings", err)
	}
}
