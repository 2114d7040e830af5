package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

// newHookStand starts a client that updates are delivered to.
func newHookStand(t *testing.T) (*stand, *httptest.Server) {
	t.Helper()
	var client *Client
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client.WebhookHandler().ServeHTTP(w, r)
	}))
	t.Cleanup(hook.Close)
	s := newStand(t, func(c *Client) {
		client = c
		c.cfg.Webhook.URL = hook.URL + "/telegram"
	})
	return s, hook
}

func TestWebhook(t *testing.T) {
	s, _ := newHookStand(t)
	for i := range 3 {
		s.api.Say(telegramtest.Private(anna), anna, fmt.Sprint("question ", i))
	}
	s.api.PushRaw(`"message":{"message_id":"poison"}`)
	s.api.Say(telegramtest.Private(anna), anna, "after")
	s.sent(4)
	s.settled()
	if err := s.client.Health(); err != nil {
		t.Errorf("Health() = %v", err)
	}
	s.api.Replay(1000, "message", telegramtest.Message{ID: 101, From: &anna, Chat: telegramtest.Private(anna), Date: 1, Text: "question 0"})
	s.settled()
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if n := len(s.api.Sent()); n != 4 {
		t.Errorf("%d messages sent, want 4: a repeated update is answered once", n)
	}
	if got := s.api.Webhook(); got != "" {
		t.Errorf("the webhook is %q after the stop, want none", got)
	}
	if n := len(s.api.Calls("getUpdates")); n != 0 {
		t.Errorf("getUpdates was called %d times", n)
	}
}

func TestWebhookRefusals(t *testing.T) {
	s, hook := newHookStand(t)
	s.call("setWebhook", 1)
	good := s.client.webhookSecret()
	if strings.Contains(good, "PLANTED") {
		t.Error("the secret holds the token")
	}
	for _, tt := range []struct {
		name, method, secret, body string
		want                       int
	}{
		{"no secret", "POST", "", "{}", http.StatusUnauthorized},
		{"wrong secret", "POST", good[1:] + "x", "{}", http.StatusUnauthorized},
		{"wrong method", "GET", good, "", http.StatusMethodNotAllowed},
		{"too large", "POST", good, `{"update_id":1,"x":"` + strings.Repeat("x", maxUpdate) + `"}`, http.StatusRequestEntityTooLarge},
		{"no update", "POST", good, `[1,2]`, http.StatusOK},
		{"no JSON", "POST", good, `<html>`, http.StatusOK},
		{"poison", "POST", good, `{"update_id":5,"message":7}`, http.StatusOK},
		{"update", "POST", good, `{"update_id":6,"message":{"message_id":1,"from":{"id":7,"is_bot":false},"chat":{"id":7,"type":"private"},"date":1,"text":"hi"}}`, http.StatusOK},
	} {
		if got := deliver(t, tt.method, hook.URL, tt.secret, tt.body); got != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
		}
	}
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if got := deliver(t, "POST", hook.URL, good, `{"update_id":7}`); got != http.StatusServiceUnavailable {
		t.Errorf("after the stop: status %d, want 503, so that Telegram delivers again", got)
	}
}

func deliver(t *testing.T, method, address, secret, body string) int {
	t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(secretHeader, secret)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestWebhookIsSetAgainWhenItIsLost(t *testing.T) {
	var client *Client
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { client.WebhookHandler().ServeHTTP(w, r) }))
	defer hook.Close()
	s := newStand(t, func(c *Client) {
		client = c
		c.cfg.Webhook.URL = hook.URL
		c.pace.watch = c.pace.first
	})
	s.call("setWebhook", 1)
	resp, err := http.PostForm(s.api.URL+"/bot"+token+"/deleteWebhook", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	s.call("setWebhook", 2)
	s.api.Say(telegramtest.Private(anna), anna, "still there?")
	s.sent(1)
}

func TestInline(t *testing.T) {
	s := newStand(t, nil)
	s.api.Inline(anna, "price")
	c := s.call("answerInlineQuery", 1)
	if c.Code != 200 {
		t.Fatalf("answerInlineQuery was refused: %s", c.Error)
	}
	var results []telegramtest.InlineResult
	if err := json.Unmarshal([]byte(c.Params["results"]), &results); err != nil || len(results) != 2 {
		t.Fatalf("results = %s (%v), want two", c.Params["results"], err)
	}
	if r := results[0]; r.Title != "What does it cost?" || r.Description != "Ask us." || r.Markup.Rows[0][0].URL != deskContact.URL {
		t.Errorf("first result = %+v", r)
	}
	link := results[1].Markup.Rows[0][0].URL
	if want := "https://t.me/frontdesk_test_bot?start=s-"; !strings.HasPrefix(link, want) {
		t.Errorf("the long section links to %q, want %s…", link, want)
	}
	s.api.Inline(anna, "crisis")
	c = s.call("answerInlineQuery", 2)
	if c.Params["results"] != "[]" || !strings.Contains(c.Params["button"], "Write to us") {
		t.Errorf("crisis words were answered with %v, want no result and the way to a person", c.Params)
	}
	if n := len(s.desk.messages()); n != 0 {
		t.Errorf("the desk was asked %d questions", n)
	}
}

func TestProfile(t *testing.T) {
	s := newStand(t, nil)
	s.call("setMyShortDescription", 2)
	s.call("setMyCommands", 6)
	seen := map[string]bool{}
	for _, method := range []string{"setMyCommands", "setMyDescription", "setMyShortDescription"} {
		for _, c := range s.api.Calls(method) {
			if c.Code != 200 {
				t.Errorf("%s(%v) was refused: %s", method, c.Params, c.Error)
			}
			seen[method+c.Params["scope"]+c.Params["language_code"]] = true
		}
	}
	if len(seen) != 10 {
		t.Errorf("the profile was set for %v, want 3 scopes and 2 descriptions in 2 languages", seen)
	}
	d := s.api.Calls("setMyDescription")[0].Params["description"]
	if d != "Welcome\n\nI am a program." {
		t.Errorf("description = %q, want the welcome and the disclaimer", d)
	}
	if got := s.api.Calls("setMyShortDescription")[0].Params["short_description"]; got != "I am a program." {
		t.Errorf("short description = %q, want the disclaimer", got)
	}
}

func TestEditedQuestionIsAnsweredInPlace(t *testing.T) {
	s := newStand(t, nil)
	private := telegramtest.Private(anna)
	id := s.api.Say(private, anna, "waht?")
	s.sent(1)
	s.settled()
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "what?"})
	got, err := s.api.WaitEdit(s.ctx, 0, 1)
	if err != nil || got.Text != "You asked: what?" || len(got.Keyboard) != 1 {
		t.Fatalf("the answer is %q with %v (%v), want it edited", got.Text, got.Keyboard, err)
	}
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "what?"}) // not modified
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "what now?"})
	if got, err = s.api.WaitEdit(s.ctx, 0, 2); err != nil || got.Text != "You asked: what now?" {
		t.Fatalf("the answer is %q (%v), want it edited again", got.Text, err)
	}
	s.api.Say(private, anna, "thanks")
	s.sent(2)
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "too late"})
	s.api.Say(private, anna, "bye")
	s.sent(3)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	if sent := s.api.Sent(); len(sent) != 3 || sent[0].Text != "You asked: what now?" {
		t.Errorf("sent %d messages, the first says %q; want an answer that is not the last word left alone", len(sent), sent[0].Text)
	}
}

func TestEditIntoACrisisIsAnsweredWithANewMessage(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Crisis, Text: "Call 988"}, strings.HasPrefix(m.Text, "help")
	}
	private := telegramtest.Private(anna)
	id := s.api.Say(private, anna, "hello")
	s.sent(1)
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "help me"})
	s.sent(2)
	s.api.Say(private, anna, "something else")
	s.sent(3)
	s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "help, please"}) // long not the last word
	if got := s.sent(4); got.Text != "Call 988" || s.api.Sent()[0].Edits != 0 {
		t.Errorf("sent %q, want the crisis reply as a new message", got.Text)
	}
}

func TestCrisisOvertakesInAGroup(t *testing.T) {
	s := newStand(t, func(c *Client) { c.pace.group, c.cfg.Grace = budget{burst: 1, every: testPatience}, 1 })
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Crisis, Text: "Call 988"}, m.Text == "help me"
	}
	for range 5 {
		s.api.Say(group, anna, "/ask something")
	}
	s.sent(1) // the others wait for the group's limit
	s.api.Say(group, bruno, "/ask help me")
	if got := s.sent(2).Text; got != "Call 988" {
		t.Errorf("sent %q second, want the crisis reply", got)
	}
}

func TestMembership(t *testing.T) {
	s := newStand(t, nil)
	s.api.Membership(group, anna, "left", "member")
	if got := s.sent(1); got.Text != "Welcome\n\nI am a program." || got.Chat.ID != group.ID {
		t.Errorf("a new group was told %q", got.Text)
	}
	s.api.Membership(group, anna, "member", "administrator")
	s.api.Membership(telegramtest.Private(anna), anna, "kicked", "member")
	s.api.Membership(group, anna, "member", "left")
	s.settled()
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	if n := len(s.api.Sent()); n != 1 {
		t.Errorf("%d messages sent, want one", n)
	}
}

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

func FuzzReceive(f *testing.F) {
	for _, seed := range []string{
		`{"update_id":1,"message":{"message_id":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"hi"}}`,
		`{"update_id":2,"message":{"message_id":1,"from":{"id":7},"chat":{"id":-7,"type":"group"},"text":"/ask@frontdesk_test_bot x","entities":[{"type":"bot_command","offset":0,"length":23}]}}`,
		`{"update_id":3,"message":{"message_id":1,"from":{"id":7},"chat":{"id":-7,"type":"group"},"text":"a @frontdesk_test_bot","entities":[{"type":"mention","offset":2,"length":99}]}}`,
		`{"update_id":4,"callback_query":{"id":"1","from":{"id":7},"data":"1s:abcdefghijk","message":{"message_id":1,"chat":{"id":-7},"date":0}}}`,
		`{"update_id":5,"my_chat_member":{}}`, `{"update_id":6,"inline_query":{"from":{}}}`, `{"update_id":7,"edited_message":{"chat":{}}}`,
	} {
		f.Add([]byte(seed))
	}
	self := tgbotapi.User{ID: 4242, IsBot: true, UserName: "frontdesk_test_bot"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := decode(bytes.Clone(raw))
		if err != nil {
			return
		}
		e, ok := receive(self, u)
		if !ok {
			return
		}
		if e.act == question && (e.message.Text == "" || e.message.Room == "" || e.message.From == "") {
			t.Errorf("receive(%s) = %+v, want a question with text, room and person", raw, e)
		}
		if e.place.private && e.place.replyTo != 0 {
			t.Errorf("receive(%s) replies to a message in a private chat", raw)
		}
	})
}
