package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"frontdesk/bot"
	"frontdesk/bot/logtest"
	"frontdesk/bot/markup"
	"frontdesk/bot/telegram/telegramtest"
)

func TestNoQuestionIsLostToFailures(t *testing.T) {
	s := newStand(t, nil)
	s.api.Fail("getUpdates",
		telegramtest.Fault{Drop: true}, telegramtest.Fault{Drop: true, After: true}, telegramtest.BadGateway,
		telegramtest.Fault{Body: `{"ok":true,"result":[{"update_id":`}, telegramtest.Fault{Body: `{}`},
		telegramtest.Fault{Code: http.StatusInternalServerError}, telegramtest.Fault{Body: `["` + token + `"]`},
		telegramtest.Fault{Code: 400, Description: "Bad Request: " + token},
	)
	s.api.Fail("sendMessage",
		telegramtest.Fault{Drop: true}, telegramtest.BadGateway, telegramtest.Fault{Code: http.StatusBadGateway},
		telegramtest.Fault{Body: "not JSON"}, telegramtest.Fault{Drop: true},
	)
	const questions = 10
	for i := range questions {
		s.api.Say(telegramtest.Private(anna), anna, fmt.Sprintf("question %d", i))
		s.api.DropConnections()
	}
	for i := range questions {
		want := fmt.Sprintf("You asked: question %d", i)
		if got := s.sent(i + 1).Text; got != want {
			t.Errorf("message %d = %q, want %q", i, got, want)
		}
	}
	s.settled()
	if n := s.api.PendingFaults("getUpdates") + s.api.PendingFaults("sendMessage"); n != 0 {
		t.Errorf("%d failures were not made", n)
	}
	if err := s.client.Health(); err != nil {
		t.Errorf("Health() = %v once all is well again", err)
	}
}

func TestPoisonUpdateStopsNothing(t *testing.T) {
	s := newStand(t, nil)
	s.api.Say(telegramtest.Private(anna), anna, "before")
	poison := s.api.PushRaw(`"message":{"message_id":"no number","text":"secret words"}`)
	s.api.PushRaw(`"message":{"chat":null}`)
	s.api.PushRaw(`"callback_query":{"id":"1"}`)
	s.api.PushRaw(`"edited_message":{"message_id":1,"chat":{"id":7,"type":"private"}}`)
	s.api.PushRaw(`"my_chat_member":{"chat":{"id":-5,"type":"group"}}`)
	s.api.PushRaw(`"message":{"message_id":9,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"ab","entities":[{"type":"mention","offset":-1,"length":9},{"type":"bot_command","offset":0,"length":99}]}`)
	s.api.Say(telegramtest.Private(anna), anna, "after")
	s.sent(3)
	s.settled()
	if want := fmt.Sprintf(`"update":%d`, poison); !strings.Contains(s.out.String(), want) {
		t.Errorf("the log does not name the update: %s", s.out)
	}
	if strings.Contains(s.out.String(), "secret words") {
		t.Errorf("the log holds what people wrote: %s", s.out)
	}
	if got := s.sent(3).Text; got != "You asked: after" {
		t.Errorf("sent %q after the poison, want the answer to what came after it", got)
	}
}

func TestUpdateWithoutIDDoesNotStopTheRest(t *testing.T) {
	s := newStand(t, nil)
	s.api.Fail("getUpdates", telegramtest.Fault{Body: `{"ok":true,"result":[{"message":{}},{"update_id":"x"},7]}`})
	s.api.Say(telegramtest.Private(anna), anna, "still here")
	s.sent(1)
}

func TestRefusedTokenEndsRunInPlainWords(t *testing.T) {
	for _, code := range []int{http.StatusUnauthorized, http.StatusNotFound} {
		s := newStand(t, nil)
		s.api.Say(telegramtest.Private(anna), anna, "hello")
		s.sent(1)
		s.api.Fail("getUpdates", telegramtest.Fault{Code: code})
		s.api.Say(telegramtest.Private(anna), anna, "ends the poll under way")
		err := s.wait()
		if !errors.Is(err, errToken) || !strings.Contains(err.Error(), "BotFather") {
			t.Errorf("Run() = %v after %d, want the refused token", err, code)
		}
		if s.client.Health() == nil {
			t.Errorf("Health() = nil after %d", code)
		}
	}
}

func TestConflictIsReportedOnceAndHeals(t *testing.T) {
	s := newStand(t, nil)
	conflict := telegramtest.Fault{Code: http.StatusConflict, Description: "Conflict: terminated by other getUpdates request"}
	s.api.Fail("getUpdates", conflict, conflict, conflict)
	s.api.Say(telegramtest.Private(anna), anna, "ends the poll under way, if it began before")
	s.sent(1)
	s.api.Say(telegramtest.Private(anna), anna, "comes once the conflict is over")
	s.sent(2)
	if n := strings.Count(s.out.String(), "another program"); n != 2 { // once when it began, once as what is over
		t.Errorf("the conflict is logged %d times: %s", n, s.out)
	}
	if err := s.client.Health(); err != nil {
		t.Errorf("Health() = %v after the conflict", err)
	}
}

// A client that ignored its pauses would poll again and again while these tests stop it.
// TestNextAttemptTakesANewConnection has the first call of a method fail: the connection may lead to a server that is
// down, though others are up.
func TestNextAttemptTakesANewConnection(t *testing.T) {
	for _, tt := range []struct {
		method string
		run    func(ctx context.Context, c *Client) error
	}{
		{"getMe", func(ctx context.Context, c *Client) error {
			_, err := c.introduce(ctx)
			return err
		}},
		{"setWebhook", func(ctx context.Context, c *Client) error { return c.keepWebhook(ctx) }},
		{"getUpdates", func(ctx context.Context, c *Client) error {
			box, err := openInbox("", "42")
			if err != nil {
				return err
			}
			return c.poll(ctx, newSession(c, tgbotapi.User{}, box))
		}},
	} {
		t.Run(tt.method, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), testPatience)
			defer cancel()
			from := make(chan string, 2)
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if path.Base(r.URL.Path) != tt.method {
					io.WriteString(w, `{"ok":true,"result":{}}`)
					return
				}
				select {
				case from <- r.RemoteAddr:
				default: // after the second
				}
				if len(from) == cap(from) {
					cancel()
				}
				w.WriteHeader(http.StatusBadGateway)
			}))
			defer srv.Close()
			c, err := New(Config{Token: token, BaseURL: srv.URL}, nil, new(logtest.Log).Logger())
			if err != nil {
				t.Fatal(err)
			}
			c.pace.first = time.Millisecond
			if err := tt.run(ctx, c); err != nil {
				t.Fatal(err)
			}
			if first, second := <-from, <-from; first == second {
				t.Errorf("%s was called twice over the connection from %s", tt.method, first)
			}
		})
	}
}

func TestPausesAreKept(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault telegramtest.Fault
		long  func(*pace)
	}{
		{"an empty answer at once", telegramtest.Fault{Body: `{"ok":true,"result":[]}`}, func(p *pace) { p.floor = time.Hour }},
		{"conflict", telegramtest.Fault{Code: http.StatusConflict}, func(p *pace) { p.conflict = time.Hour }},
		{"outage", telegramtest.BadGateway, func(p *pace) { p.first, p.longest = time.Hour, time.Hour }},
		{"told to wait", telegramtest.Fault{RetryAfter: 3600}, func(*pace) {}},
		{"poison that cannot be confirmed", telegramtest.Fault{Body: `{"ok":true,"result":[{"update_id":"x"}]}`}, func(p *pace) { p.floor = time.Hour }},
	} {
		api := telegramtest.NewServer(token)
		defer api.Close()
		api.Fail("getUpdates", tt.fault)
		s := &stand{T: t, api: api, desk: &echoDesk{}}
		s.run(func(c *Client) { tt.long(&c.pace) })
		s.call("getUpdates", 1)
		if err := s.stop(); err != nil {
			t.Errorf("%s: Run() = %v", tt.name, err)
		}
		if n := len(api.Calls("getUpdates")); n != 1 {
			t.Errorf("%s: getUpdates was called %d times, want once", tt.name, n)
		}
	}
}

func TestWhatIsRefusedIsLeftOut(t *testing.T) {
	s := newStand(t, nil)
	s.desk.reply = func(m bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Answered, Text: "You asked: " + m.Text, Handoff: deskContact,
			Source: bot.Source{Article: "Letters", URL: "https://a.example"}}, true
	}
	s.api.Fail("sendMessage",
		telegramtest.Fault{Code: 400, Description: "Bad Request: can't parse entities: Unsupported start tag"},
		telegramtest.Fault{Code: 400, Description: "Bad Request: WEBPAGE_URL_INVALID"},
		telegramtest.Fault{Code: 400, Description: "Bad Request: BUTTON_URL_INVALID"},
	)
	s.api.Say(telegramtest.Private(anna), anna, "a & b")
	got := s.sent(1)
	if want := "You asked: a & b\n\nLetters\n\nWrite to us: https://clinic.example/contact"; got.Text != want || got.Keyboard != nil || got.Preview != "" {
		t.Errorf("sent %q with %v and the preview %q, want %q without them", got.Text, got.Keyboard, got.Preview, want)
	}
	if p := s.api.Calls("sendMessage")[3].Params; p["parse_mode"] != "" {
		t.Errorf("parse_mode = %q, want none", p["parse_mode"])
	}
}

func TestTopicsOfAPrivateChat(t *testing.T) {
	s := newStand(t, nil)
	private := telegramtest.Private(anna)
	private.IsForum = true
	s.api.Send(telegramtest.Message{Chat: private, From: &anna, Thread: 33, IsTopic: true, Text: "in a topic"})
	if got := s.sent(1); got.Thread != 33 || s.desk.messages()[0].Room != "telegram:7:33" {
		t.Errorf("sent to topic %d from room %s, want 33", got.Thread, s.desk.messages()[0].Room)
	}
	s.api.Fail("sendMessage", telegramtest.Fault{Code: 400, Description: "Bad Request: message thread not found"})
	s.api.Send(telegramtest.Message{Chat: private, From: &anna, Thread: 33, IsTopic: true, Text: "in a topic that is gone"})
	if got := s.sent(2); got.Thread != 0 {
		t.Errorf("sent to topic %d, want none", got.Thread)
	}
}

func TestBlockedChatIsDropped(t *testing.T) {
	s := newStand(t, nil)
	s.api.Say(telegramtest.Private(anna), anna, "first")
	s.sent(1)
	s.api.Block(telegramtest.Private(anna))
	s.api.Say(telegramtest.Private(anna), anna, "second")
	s.call("sendMessage", 2)
	s.api.Say(telegramtest.Private(bruno), bruno, "third")
	s.sent(2)
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if n := len(s.api.Calls("sendMessage")); n != 3 {
		t.Errorf("sendMessage was called %d times, want 3: no retry", n)
	}
}

func TestGroupBecomesSupergroup(t *testing.T) {
	for _, told := range []bool{true, false} {
		s := newStand(t, nil)
		old := telegramtest.Chat{ID: -77, Type: "group", Title: "Old"}
		s.api.Say(old, anna, "/ask before")
		s.sent(1)
		s.api.Migrate(old, -100777, told)
		s.api.Say(old, anna, "/ask between")
		if got := s.sent(2); got.Chat.ID != -100777 || got.Text != "You asked: between" {
			t.Errorf("told %v: sent %q to %d, want it in the supergroup", told, got.Text, got.Chat.ID)
		}
	}
}

func TestNothingIsAnsweredTwice(t *testing.T) {
	dir := t.TempDir()
	s := newStand(t, func(c *Client) { c.cfg.StateDir = dir })
	private := telegramtest.Private(anna)
	id := s.api.Say(private, anna, "once")
	s.sent(1)
	if err := s.stop(); err != nil {
		t.Fatalf("Run() = %v", err)
	}
	s.api.Replay(1000, "message", telegramtest.Message{ID: id, From: &anna, Chat: private, Date: 1, Text: "once"})
	s.run(func(c *Client) { c.cfg.StateDir = dir })
	s.api.Say(private, anna, "twice?")
	if got := s.sent(2).Text; got != "You asked: twice?" {
		t.Errorf("sent %q, want only the new question answered", got)
	}
	s.settled()
}

func TestWebhookThatWasLeftIsTakenDown(t *testing.T) {
	api := telegramtest.NewServer(token)
	t.Cleanup(api.Close)
	s := &stand{T: t, api: api, desk: &echoDesk{}}
	resp, err := http.PostForm(api.URL+"/bot"+token+"/setWebhook", url.Values{"url": {"http://127.0.0.1:1/"}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	api.Fail("deleteWebhook", telegramtest.Fault{Drop: true}, telegramtest.BadGateway)
	s.run(nil)
	s.api.Say(telegramtest.Private(anna), anna, "hello")
	s.sent(1)
	if err := s.client.Health(); err != nil {
		t.Errorf("Health() = %v", err)
	}
}

func TestIDsThatStartAnewAreReceived(t *testing.T) {
	s := newStand(t, func(c *Client) { c.cfg.Poll = time.Second })
	s.api.Say(telegramtest.Private(anna), anna, "high id")
	s.sent(1)
	s.settled()
	s.api.SkipIDs(5)
	s.api.Say(telegramtest.Private(anna), anna, "low id")
	if got := s.sent(2).Text; got != "You asked: low id" {
		t.Errorf("sent %q", got)
	}
}

func TestLongAnswerIsSplit(t *testing.T) {
	s := newStand(t, nil)
	long := strings.Repeat("A sentence with <tags> & 😀 in it. ", 400)
	s.desk.reply = func(bot.Message) (bot.Reply, bool) {
		return bot.Reply{Outcome: bot.Answered, Title: "Title", Text: markup.Escape(long),
			Source: bot.Source{Article: "Article"}, Note: "A note.", Handoff: deskContact}, true
	}
	s.api.Say(telegramtest.Private(anna), anna, "long")
	s.sent(4)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	var all []string
	sent := s.api.Sent()
	for i, m := range sent {
		if last := i == len(sent)-1; (m.Keyboard != nil) != last {
			t.Errorf("part %d of %d has keyboard %v", i, len(sent), m.Keyboard)
		}
		all = append(all, m.Text)
	}
	got := strings.Join(strings.Fields(strings.Join(all, " ")), " ")
	want := "Title " + strings.TrimSpace(long) + " Article A note."
	if got != want {
		t.Errorf("the parts say %q, want %q", got, want)
	}
}
