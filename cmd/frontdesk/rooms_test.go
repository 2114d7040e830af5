package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

const roomsDesk = `
contact: https://clinic.example/contact
limits: {person: 0, room: 0}
rooms:
  telegram:-1001: {answer: auto, staff: [telegram:50], quiet_after_staff: 10m}
  telegram:-1002: {replies: private}
  telegram:-1003: {answer: off}
  telegram:-1004:9: {answer: ask}
`

const roomsArticle = `# Visits

## Where can I park?

There is a car park behind the house.

## What should I bring?

Bring your insurance card.
`

// roomsBase is a small knowledge base with rules for rooms.
func roomsBase(t *testing.T, more string) knowledge.Base {
	base, problems := knowledge.Load(fstest.MapFS{
		"desk.yaml": {Data: []byte(roomsDesk + more)}, "visits.md": {Data: []byte(roomsArticle)},
	}, knowledge.Handoff{})
	for _, p := range problems {
		t.Fatal(p)
	}
	return base
}

// TestRoomsOnTelegram says things in groups with rules. Who stays silent is told by the next message that is sent.
func TestRoomsOnTelegram(t *testing.T) {
	s := newStage(t, func(*discordtest.Server) knowledge.Base { return roomsBase(t, "") })
	anna, zoe := telegramtest.User{ID: 7, FirstName: "Anna"}, telegramtest.User{ID: 50, FirstName: "Zoe"}
	at := "@" + s.telegram.Self.Username + " "
	sent := 0
	topic := func(thread int, text string) telegramtest.Message {
		return telegramtest.Message{Chat: telegramtest.Chat{ID: -1004, Type: "supergroup", IsForum: true}, From: &anna, Thread: thread, IsTopic: true, Text: text}
	}
	say := func(group int64, who telegramtest.User, text string) telegramtest.Message {
		return telegramtest.Message{Chat: telegramtest.Supergroup(group), From: &who, Text: text}
	}
	for _, test := range []struct {
		name string
		m    telegramtest.Message
		want string // in the text; empty for silence
	}{
		{"overheard where all is heard", say(-1001, anna, "Where can I park?"), "behind the house"},
		{"overheard elsewhere", say(-1005, anna, "Where can I park?"), ""},
		{"mentioned elsewhere", say(-1005, anna, at+"Where can I park?"), "behind the house"},
		{"chatter", say(-1001, anna, "Nice weather today"), ""},
		{"danger overheard where all is heard", say(-1001, anna, "I want to kill myself"), "988"},
		{"danger overheard elsewhere", say(-1005, anna, "I want to kill myself"), ""},
		{"staff", say(-1001, zoe, "I can help you, one moment"), ""},
		{"after staff", say(-1001, anna, at+"What should I bring?"), ""},
		{"a command after staff", say(-1001, anna, "/ask What should I bring?"), "insurance card"},
		{"private answers", say(-1002, anna, at+"Where can I park?"), "only you will see"},
		{"off", say(-1003, anna, "/ask Where can I park?"), ""},
		{"danger where it is off", say(-1003, anna, at+"I want to kill myself"), "988"},
		{"a mention in a topic for commands", topic(9, at+"Where can I park?"), ""},
		{"a command in it", topic(9, "/ask Where can I park?"), "behind the house"},
		{"a mention in another topic", topic(8, at+"Where can I park?"), "behind the house"},
		{"privacy", say(-1005, anna, "/privacy"), "15 minutes"},
		{"forget", say(-1005, anna, "/forget"), "forgotten"},
	} {
		s.telegram.Send(test.m)
		if test.want == "" {
			continue
		}
		sent++
		m, err := s.telegram.WaitSent(s.ctx, sent)
		if err != nil || !strings.Contains(m.Text, test.want) || m.Chat.ID != test.m.Chat.ID || m.Thread != test.m.Thread {
			t.Fatalf("%s: in %d:%d the desk said %q (%v), want %q in %d:%d", test.name, m.Chat.ID, m.Thread, m.Text, err, test.want, test.m.Chat.ID, test.m.Thread)
		}
		if test.name == "private answers" && !strings.HasPrefix(m.Keyboard[0][0].URL, "https://t.me/"+s.telegram.Self.Username+"?start=s-") {
			t.Errorf("a private answer is offered by %+v, want a link to the private chat", m.Keyboard)
		}
	}
}

// TestRoomsOnDiscord does the same in channels.
func TestRoomsOnDiscord(t *testing.T) {
	var heard, open, veiled, off, plain string
	s := newStage(t, func(d *discordtest.Server) knowledge.Base {
		guild, other := d.Guild(), d.Guild()
		heard, veiled, off, plain, open = d.Channel(guild), d.Channel(guild), d.Channel(guild), d.Channel(guild), d.Channel(other)
		return roomsBase(t, "  discord:"+heard+": {answer: auto, staff: [discord:50], quiet_after_staff: 10m}\n"+
			"  discord:server:"+other+": {replies: public}\n  discord:"+veiled+": {replies: private}\n  discord:"+off+": {answer: off}\n")
	})
	at := s.discord.Mention() + " "
	for _, test := range []struct{ name, channel, who, text, want string }{
		{"overheard elsewhere", plain, "7", "Where can I park?", ""},
		{"overheard where all is heard", heard, "7", "Where can I park?", "behind the house"},
		{"chatter", heard, "7", "Nice weather today", ""},
		{"danger overheard where all is heard", heard, "7", "I want to kill myself", "988"},
		{"staff", heard, "50", "I can help you, one moment", ""},
		{"after staff", heard, "7", at + "What should I bring?", ""},
		{"danger after staff", heard, "7", at + "I want to kill myself", "988"},
		{"private answers", veiled, "7", at + "Where can I park?", "only you will see"},
		{"off", off, "7", at + "Where can I park?", ""},
		{"danger where it is off", off, "7", at + "I want to kill myself", "988"},
	} {
		before := len(s.discord.Sent(test.channel))
		id := s.discord.Say(test.channel, test.who, test.text)
		if test.want == "" { // told by a message after it, which is answered in its turn
			id = s.discord.Say(test.channel, "7", at+"I want to kill myself")
			before++
		}
		m, err := s.discord.Reply(s.ctx, test.channel, id)
		if sent := len(s.discord.Sent(test.channel)); err != nil || test.want != "" && !strings.Contains(m.Text(), test.want) || test.want == "" && sent != before {
			t.Fatalf("%s: the desk said %q (%v) and %d messages, want %q", test.name, m.Text(), err, sent, test.want)
		}
	}
	for _, test := range []struct {
		name, channel, command, want string
		ephemeral                    bool
	}{
		{"a command", plain, "ask", "behind the house", true},
		{"a command where all may read", open, "ask", "behind the house", false},
		{"a command where it is off", off, "ask", "do not answer here", true},
		{"privacy", plain, "privacy", "15 minutes", true},
		{"forget", plain, "forget", "forgotten", true},
	} {
		option := map[bool]string{true: "question"}[test.command == "ask"]
		m, err := s.discord.Slash(discordtest.Use{Channel: test.channel, Person: "7"}, test.command, option, "Where can I park?").Answer(s.ctx)
		if err != nil || !strings.Contains(m.Text(), test.want) || m.Ephemeral() != test.ephemeral {
			t.Errorf("%s: answered %q (%v), ephemeral %v, want %q, %v", test.name, m.Text(), err, m.Ephemeral(), test.want, test.ephemeral)
		}
	}
}
