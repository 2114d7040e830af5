package telegram

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

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

func manySections(n int) (all []knowledge.Section) {
	for i := range n {
		id := knowledge.SectionID(strconv.Itoa(i))
		all = append(all, knowledge.Section{ID: id, Article: "Costs", Title: "Question " + string(id), Body: "An answer."})
	}
	return all
}

func TestInlineIsBounded(t *testing.T) {
	s := newStand(t, nil)
	s.api.Inline(anna, "many")
	c := s.call("answerInlineQuery", 1)
	if n := strings.Count(c.Params["results"], `"type":"article"`); n != 50 || c.Code != 200 {
		t.Errorf("%d results (%d %s), want 50", n, c.Code, c.Error)
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
	for _, m := range s.desk.messages() {
		if m.Text == "too late" {
			t.Error("the desk heard of an edit that is not answered, and would go on from it")
		}
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
