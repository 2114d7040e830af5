package telegram

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

var (
	topics2  = telegramtest.Chat{ID: -100300, Type: "supergroup", IsForum: true}
	ourStaff = knowledge.Staff{People: []string{"telegram:7", "discord:7"}, Rooms: []string{"telegram:-100200", "telegram:-100300:5"}}
	write    = bot.Press{Verb: bot.Staff, Key: "w.1"}
	save     = bot.Press{Verb: bot.Staff, Key: "s.1"}
)

// staffPress is what the echoDesk says to staff: w asks for a text, and whatever was typed is repeated.
func staffPress(m bot.Message, p bot.Press) bot.Reply {
	if p == write {
		return bot.Reply{Outcome: bot.Smalltalk, Text: "Write it.", Form: &bot.Form{
			Press: save, Title: "A new answer", Label: "The answer, " + strings.Repeat("in Markdown, ", 10),
		}}
	}
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Typed: " + m.Text}
}

func withStaff(c *Client) { c.desk.(*echoDesk).setStaff(ourStaff) }

func TestPost(t *testing.T) {
	s := newStand(t, nil)
	s.api.Say(telegramtest.Private(anna), anna, "hello")
	s.sent(1)
	s.api.Say(group, anna, "/help")
	s.api.Send(telegramtest.Message{Chat: topics2, From: &anna, Thread: 5, IsTopic: true, Text: "/help"})
	s.sent(3)
	n := 3
	news := bot.Reply{Outcome: bot.Smalltalk, Text: "**News** of today", Choices: []bot.Choice{{Label: "Do it", Press: save}}}
	for _, test := range []struct {
		room   bot.RoomID
		chat   int64
		thread int
	}{
		{"telegram:7", 7, 0}, {"telegram:-100200", -100200, 0}, {"telegram:-100300:5", -100300, 5},
	} {
		if err := s.client.Post(s.ctx, test.room, news); err != nil {
			t.Fatalf("Post(%s) = %v", test.room, err)
		}
		n++
		got := s.api.Sent()[n-1]
		if got.Chat.ID != test.chat || got.Thread != test.thread || got.Text != "News of today" || got.Keyboard[0][0].Data != save.String() || got.ReplyTo != 0 {
			t.Errorf("Post(%s) sent %+v", test.room, got)
		}
	}
	if err := s.client.PostTo(s.ctx, "telegram:7", news); err != nil || s.api.Sent()[n].Chat.ID != 7 {
		t.Errorf("PostTo(telegram:7) = %v", err)
	}
	s.api.Block(telegramtest.Private(anna))
	for room, want := range map[bot.RoomID]string{
		"telegram:7": "blocked", "telegram:9": "chat not found", "discord:7": "no room", "telegram:x": "no room", "telegram:-1:x": "no room", "": "no room",
	} {
		if err := s.client.Post(s.ctx, room, news); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Post(%q) = %v, want %q in it", room, err, want)
		}
	}
	if err := s.client.Post(s.ctx, "telegram:-100200", bot.Reply{}); err == nil {
		t.Error("an empty reply was posted")
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	if err := s.client.Post(s.ctx, "telegram:7", news); !errors.Is(err, errNotRunning) {
		t.Errorf("Post() after Run = %v, want errNotRunning", err)
	}
}

// TestPostWaitsItsTurn posts to a chat that Telegram has told to wait: the caller's patience is its own.
func TestPostWaitsItsTurn(t *testing.T) {
	s := newStand(t, func(c *Client) { c.cfg.Grace = time.Millisecond })
	s.api.Say(group, anna, "/help")
	s.sent(1)
	s.api.Fail("sendMessage", telegramtest.Fault{RetryAfter: 3600})
	ctx, cancel := context.WithCancel(s.ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- s.client.Post(ctx, "telegram:-100200", bot.Reply{Outcome: bot.Smalltalk, Text: "News"})
	}()
	s.call("sendMessage", 2)
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Post() = %v, want context.Canceled", err)
	}
}

func TestFormIsFilledInByAReply(t *testing.T) {
	dir := t.TempDir()
	s := newStand(t, func(c *Client) { withStaff(c); c.cfg.StateDir = dir })
	s.api.Say(group, anna, "/help")
	under := s.sent(1)
	s.api.Press(anna, under, write.String())
	asked := s.sent(2)
	if asked.Text != "Write it." || asked.Prompt == nil || asked.Prompt.Selective || asked.Prompt.Placeholder == "" {
		t.Fatalf("the form is %+v with %+v, want an open field", asked, asked.Prompt)
	}
	if err := s.stop(); err != nil { // and a restart in between
		t.Fatal(err)
	}
	s.run(func(c *Client) { withStaff(c); c.cfg.StateDir = dir })
	reply := func(who telegramtest.User, text string) telegramtest.Message {
		return telegramtest.Message{Chat: group, From: &who, Text: text, ReplyTo: &telegramtest.Message{ID: asked.ID, From: &s.api.Self, Chat: group, Text: asked.Text}}
	}
	for i, test := range []struct {
		m    telegramtest.Message
		want string
	}{
		{reply(bruno, "not asked"), "You asked: not asked"},
		{telegramtest.Message{Chat: group, From: &anna, Text: "/ask no reply"}, "You asked: no reply"},
		{reply(anna, "/ask a command"), "You asked: a command"},
		{reply(anna, "It costs *10*."), "Typed: It costs 10."},
		{reply(anna, "once more"), "You asked: once more"},
	} {
		s.api.Send(test.m)
		if got := s.sent(3 + i).Text; got != test.want {
			t.Errorf("%q by %d was answered %q, want %q", test.m.Text, test.m.From.ID, got, test.want)
		}
	}
}

func TestFormWithAValue(t *testing.T) {
	r := bot.Reply{Outcome: bot.Smalltalk, Text: "Change it.", Form: &bot.Form{Press: save, Title: "Costs", Label: "The answer", Value: "It is ```10``` <b>"}}
	parts := render(r)
	if last := parts[len(parts)-1]; len(parts) != 2 || last.form == nil || last.keyboard != nil || !strings.Contains(plain(last.html), "It is ```10``` <b>") {
		t.Errorf("render() = %+v, want the value to copy over the field", parts)
	}
	r.Choices, r.Form.Value = []bot.Choice{{Label: "Leave it", Press: save}}, ""
	if parts = render(r); len(parts) != 2 || parts[0].form != nil || parts[1].keyboard != nil {
		t.Errorf("render() = %+v, want the buttons and the field apart", parts)
	}
}

func TestFormsAreBounded(t *testing.T) {
	f := openForms("")
	for n := range 2 * maxForms {
		f.ask(1, n, "telegram:1", save)
	}
	if _, ok := f.fill(1, 0, "telegram:1"); ok || len(f.open) != maxForms {
		t.Errorf("%d forms are open, the oldest %t; want %d", len(f.open), ok, maxForms)
	}
	if p, ok := f.fill(1, 2*maxForms-1, "telegram:1"); !ok || p != save {
		t.Errorf("fill() = %v, %t, want the newest", p, ok)
	}
}

func TestStaffCommands(t *testing.T) {
	s := newStand(t, withStaff)
	say := func(where telegramtest.Chat, who telegramtest.User, text string) telegramtest.Message {
		return telegramtest.Message{Chat: where, From: &who, Text: text}
	}
	n := 0
	for _, test := range []struct {
		m    telegramtest.Message
		want string // empty for silence
	}{
		{say(group, anna, "/misses"), "You asked: /misses"},
		{say(group, bruno, "/misses"), ""},
		{say(group, bruno, "/misses@frontdesk_test_bot"), "Welcome\n\nI am a program."},
		{say(telegramtest.Private(bruno), bruno, "/console"), "Welcome\n\nI am a program."},
		{say(group, anna, "/why@frontdesk_test_bot how much?"), "You asked: /why how much?"},
		{say(group, anna, "/teach the car park"), "You asked: /teach the car park"},
		{say(telegramtest.Private(anna), anna, "/console"), "You asked: /console"},
	} {
		s.api.Send(test.m)
		if test.want == "" {
			continue
		}
		n++
		if got := s.sent(n); got.Text != test.want || got.Chat.ID != test.m.Chat.ID {
			t.Errorf("%q by %d was answered %q, want %q", test.m.Text, test.m.From.ID, got.Text, test.want)
		}
	}
	quoting := say(group, anna, "/why")
	quoting.ReplyTo = &telegramtest.Message{ID: 101, From: &s.api.Self, Chat: group, Text: "What it costs"}
	s.api.Send(quoting)
	s.sent(n + 1)
	all := s.desk.messages()
	if m := all[len(all)-1]; m.Quoted != "What it costs" || !m.QuotedOwn || !m.Staff || m.Addressed != bot.Command {
		t.Errorf("the desk was asked %+v, want the message that /why replies to", m)
	}
}

// TestStaffMenus looks for staff's commands in the chats where staff are, and nowhere else once desk.yaml changes.
func TestStaffMenus(t *testing.T) {
	s := newStand(t, func(c *Client) { c.pace.watch = time.Millisecond })
	s.api.Say(telegramtest.Private(anna), anna, "hello")
	s.api.Say(group, anna, "/help")
	s.api.Say(topics2, anna, "/help")
	s.sent(3)
	menus := func(method string) (chats map[int64]bool) {
		chats = map[int64]bool{}
		for _, c := range s.api.Calls(method) {
			for _, id := range []int64{7, -100200, -100300} {
				scope := `{"chat_id":` + strconv.FormatInt(id, 10) + `,"type":"chat"}`
				if c.Params["scope"] == scope && c.Code == 200 && (method == "deleteMyCommands" || strings.Contains(c.Params["commands"], "misses")) {
					chats[id] = true
				}
			}
		}
		return chats
	}
	s.desk.setStaff(ourStaff)
	s.until("three chats have the staff's commands", func() bool { return len(menus("setMyCommands")) == 3 })
	s.desk.setStaff(knowledge.Staff{People: ourStaff.People})
	s.until("two chats have lost them", func() bool {
		gone := menus("deleteMyCommands")
		return len(gone) == 2 && gone[-100200] && gone[-100300]
	})
	for _, c := range s.api.Calls("setMyCommands") {
		if strings.Contains(c.Params["commands"], "misses") && !strings.Contains(c.Params["scope"], `"chat"`) {
			t.Errorf("setMyCommands(%v): staff's commands for everybody", c.Params)
		}
	}
}
