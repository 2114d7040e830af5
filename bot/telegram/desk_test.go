package telegram

import (
	"context"
	"slices"
	"strings"
	"testing"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// newRealDesk returns a desk over a few sections.
func newRealDesk(t testing.TB) *bot.Desk {
	t.Helper()
	contact := knowledge.Handoff{Label: "Write to the office", URL: "https://clinic.example/contact", Phone: "555-0100"}
	article := knowledge.Article{ID: "therapy", Title: "Ketamine therapy", Lang: "en", URL: "https://clinic.example/therapy", Handoff: contact}
	for _, s := range []struct{ title, body string }{
		{"What is ketamine?", "Ketamine is an *anaesthetic*. In low doses it changes how the brain handles glutamate."},
		{"What are the side effects?", "Nausea, dizziness & a rise in blood pressure (>10 %). They pass within a few hours."},
		{"How much does it cost?", "A session costs **450 dollars**. The first talk is free."},
		{"What happens during a session?", strings.Repeat("You settle into a chair and rest.\n\nA nurse measures your blood pressure.\n\n", 30)},
	} {
		article.Sections = append(article.Sections, knowledge.Section{
			ID: knowledge.SectionID("therapy/" + s.title), Kind: knowledge.Answer, ArticleID: "therapy", Article: article.Title,
			Title: s.title, Body: s.body, Lang: "en", URL: article.URL, Handoff: contact,
		})
	}
	base := knowledge.Base{Version: "1", Articles: []knowledge.Article{article}, Settings: knowledge.Settings{
		Name: "Willow Clinic", Lang: "en", Contact: contact, Disclaimer: "I am a program, not a clinician.",
		Helplines: []knowledge.Helpline{{Name: "988 Lifeline", Call: "988", Text: "988", Chat: "https://988lifeline.org/chat"}},
	}}
	snapshot, err := index.Build(context.Background(), base, index.Options{})
	if err != nil {
		t.Fatalf("Build() = %v", err)
	}
	t.Cleanup(func() { snapshot.Close() })
	return bot.NewDesk(index.NewLive(snapshot), bot.DefaultPolicy, zap.NewNop())
}

// newRealStand starts a client in front of a real desk.
func newRealStand(t *testing.T) *stand {
	desk := newRealDesk(t)
	return newStand(t, func(c *Client) { c.desk = desk })
}

func TestConversationWithARealDesk(t *testing.T) {
	s := newRealStand(t)
	private := telegramtest.Private(anna)
	sent := 0
	say := func(text string) telegramtest.Sent {
		t.Helper()
		s.api.Say(private, anna, text)
		sent++
		m := s.sent(sent)
		checkSendable(t, m)
		return m
	}
	press := func(under telegramtest.Sent, label string) telegramtest.Sent {
		t.Helper()
		s.api.Press(anna, under, buttonData(t, under, label))
		sent++
		return s.sent(sent)
	}

	if m := say("/start"); !strings.Contains(m.Text, "Willow Clinic") || !strings.Contains(m.Text, "I am a program, not a clinician.") {
		t.Errorf("/start was answered %q", m.Text)
	}
	m := say("what are the side effects?")
	if !strings.HasPrefix(m.Text, "What are the side effects?\n\nNausea, dizziness & a rise in blood pressure (>10 %).") ||
		!strings.Contains(m.Text, "Ketamine therapy") {
		t.Errorf("the side effects are answered %q", m.Text)
	}
	if m.Entities[0].Type != "b" || m.Preview != "https://clinic.example/therapy" {
		t.Errorf("entities %v, preview %q; want a bold title and the article's preview", m.Entities, m.Preview)
	}
	if last := m.Keyboard[len(m.Keyboard)-1][0]; last.URL != "https://clinic.example/contact" || last.Text != "Write to the office" {
		t.Errorf("the last button is %+v, want the contact", last)
	}

	topics := say("/topics")
	if m := press(topics, "How much does it cost?"); !strings.Contains(m.Text, "450 dollars") {
		t.Errorf("the topic's button was answered %q", m.Text)
	}
	session := press(topics, "What happens during a session?")
	if m := press(session, "Read more"); len(m.Text) <= len(session.Text) {
		t.Errorf("the rest has %d bytes after %d", len(m.Text), len(session.Text))
	}
	if m := say("/contact"); !strings.Contains(m.Text, "555-0100") || strings.Count(m.Text, "555-0100") != 1 {
		t.Errorf("/contact was answered %q, want the phone number once", m.Text)
	}
	s.api.Press(anna, topics, "1s:AAAAAAAAAAA") // of a section that is gone
	sent++
	if m := s.sent(sent); !strings.Contains(strings.ToLower(m.Text), "button") {
		t.Errorf("an outdated button was answered %q", m.Text)
	}
}

func checkSendable(t *testing.T, m telegramtest.Sent) {
	t.Helper()
	if strings.Contains(m.Text, "<b>") || strings.Contains(m.Text, "&amp;") || strings.Contains(m.Text, "**") {
		t.Errorf("markup shows in %q", m.Text)
	}
}

func buttonData(t *testing.T, m telegramtest.Sent, label string) string {
	t.Helper()
	for _, row := range m.Keyboard {
		if i := slices.IndexFunc(row, func(b telegramtest.Button) bool { return b.Text == label }); i >= 0 {
			return row[i].Data
		}
	}
	t.Fatalf("no button %q in %v", label, m.Keyboard)
	return ""
}

func TestInlineWithARealDesk(t *testing.T) {
	s := newRealStand(t)
	s.api.Inline(anna, "what are the side")
	if c := s.call("answerInlineQuery", 1); !strings.Contains(c.Params["results"], "What are the side effects?") || c.Code != 200 {
		t.Errorf("answerInlineQuery(%v) = %d %s", c.Params, c.Code, c.Error)
	}
	s.api.Inline(anna, "I want to kill myself")
	if c := s.call("answerInlineQuery", 2); c.Params["results"] != "[]" || !strings.Contains(c.Params["button"], "contact") || c.Code != 200 {
		t.Errorf("answerInlineQuery(%v) = %d %s, want the way to a person alone", c.Params, c.Code, c.Error)
	}
}

// TestManyChatsAtOnce is the short form of BenchmarkQuestions: every question is answered, in its chat, once.
func TestManyChatsAtOnce(t *testing.T) {
	s := newRealStand(t)
	const chats, each = 50, 4
	for i := range each {
		for n := range chats {
			u := telegramtest.User{ID: int64(1000 + n), FirstName: "P"}
			s.api.Say(telegramtest.Private(u), u, []string{"what is ketamine?", "how much does it cost?", "side effects?", "hello"}[i])
		}
	}
	s.sent(chats * each)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	perChat := map[int64][]string{}
	for _, m := range s.api.Sent() {
		perChat[m.Chat.ID] = append(perChat[m.Chat.ID], m.Text)
	}
	for chat, texts := range perChat {
		if len(texts) != each || !strings.Contains(texts[0], "anaesthetic") || !strings.Contains(texts[1], "450 dollars") ||
			!strings.Contains(texts[2], "Nausea") {
			t.Errorf("chat %d was told %q", chat, texts)
		}
	}
}
