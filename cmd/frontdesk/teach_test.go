package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram/telegramtest"
)

const teachDesk = `
name: Visits Clinic
lang: en
contact: https://clinic.example/contact
limits: {person: 0, room: 0}
staff:
  people: ['telegram:50', 'discord:900']
  rooms: ['telegram:-100200', 'discord:CHANNEL']
`

// A classroom is the program at work with the people of both platforms.
type classroom struct {
	*testing.T
	*run
	folder, channel string // staff's files, and their room on Discord
}

func newClassroom(t *testing.T) *classroom {
	c := &classroom{T: t, folder: t.TempDir()}
	c.run = serving(t, func(r *run) {
		c.channel = r.discord.Channel(r.discord.Guild())
		for name, text := range map[string]string{
			"desk.yaml": strings.Replace(teachDesk, "CHANNEL", c.channel, 1), "visits.md": roomsArticle,
		} {
			if err := os.WriteFile(filepath.Join(c.folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		r.env["FRONTDESK_KNOWLEDGE"], r.env["FRONTDESK_DATA"] = c.folder, t.TempDir()
	})
	c.until(t, "Discord", func() bool { return c.discord.Connected() > 0 })
	return c
}

// journalIsWritten waits until the journal, which writes once a second, holds all that was said.
func (c *classroom) journalIsWritten() {
	c.Helper()
	c.until(c.T, "the journal", func() bool { return strings.Contains(c.askHealth(c.T), "frontdesk_journal_rows_waiting 0\n") })
}

// telegramSays waits for a message of the bot in a chat that holds a text, after the first n.
func (c *classroom) telegramSays(chat int64, text string, after int) (found telegramtest.Sent) {
	c.Helper()
	c.until(c.T, "Telegram to say "+text, func() bool {
		all := c.telegram.Sent()
		at := slices.IndexFunc(all[min(after, len(all)):], func(m telegramtest.Sent) bool {
			return m.Chat.ID == chat && strings.Contains(m.Text, text)
		})
		if at >= 0 {
			found = all[after+at]
		}
		return at >= 0
	})
	return found
}

// telegramForm waits for a message that is to be replied to, and until the program knows that it has been shown: who replies
// takes longer than that.
func (c *classroom) telegramForm(chat int64, text string) telegramtest.Sent {
	c.Helper()
	form := c.telegramSays(chat, text, 0)
	c.until(c.T, "the form to be noted", func() bool {
		files, err := filepath.Glob(filepath.Join(c.env["FRONTDESK_DATA"], "telegram-*-forms.json"))
		if err != nil || len(files) != 1 {
			return false
		}
		noted, err := os.ReadFile(files[0])
		return err == nil && strings.Contains(string(noted), fmt.Sprintf(`"message":%d`, form.ID))
	})
	return form
}

// telegramPress presses a button by its label.
func (c *classroom) telegramPress(who telegramtest.User, under telegramtest.Sent, label string) {
	c.Helper()
	for _, row := range under.Keyboard {
		for _, b := range row {
			if b.Text == label {
				c.telegram.Press(who, under, b.Data)
				return
			}
		}
	}
	c.Fatalf("there is no button %q under %q: %+v", label, under.Text, under.Keyboard)
}

// discordSays waits for a message of the bot in a channel that holds a text.
func (c *classroom) discordSays(channel, text string) (found discordtest.Message) {
	c.Helper()
	c.until(c.T, "Discord to say "+text, func() bool {
		all := c.discord.Sent(channel)
		at := slices.IndexFunc(all, func(m discordtest.Message) bool { return strings.Contains(m.Text(), text) })
		if at >= 0 {
			found = all[at]
		}
		return at >= 0
	})
	return found
}

// discordAnswer waits for what answers an interaction.
func (c *classroom) discordAnswer(i *discordtest.Interaction) discordtest.Message {
	c.Helper()
	m, err := i.Answer(c.wait)
	if err != nil {
		c.Fatalf("no answer: %v; %v", err, c.discord.Violations())
	}
	return m
}

// TestTeachFromTelegram has three people ask what nobody wrote, staff answer it in their group, and the first of the
// three hear of it.
func TestTeachFromTelegram(t *testing.T) {
	c := newClassroom(t)
	const question = "do you validate tickets for helicopters"
	group, zoe := telegramtest.Supergroup(-100200), telegramtest.User{ID: 50, FirstName: "Zoe"}
	for id := range int64(3) {
		who := telegramtest.User{ID: 1 + id, FirstName: "Ann"}
		c.telegram.Say(telegramtest.Private(who), who, question)
		shown := c.telegramSays(who.ID, "no answer", 0)
		if id == 0 {
			c.telegramPress(who, shown, "Tell me when you know")
			c.telegramSays(who.ID, "I will write to you", 0)
		}
	}
	c.journalIsWritten()
	c.telegram.Say(group, zoe, "/misses")
	miss := c.telegramSays(group.ID, question, 0)
	c.telegramPress(zoe, miss, "New answer")
	form := c.telegramForm(group.ID, "Reply to this message with the answer")
	c.telegram.Send(telegramtest.Message{Chat: group, From: &zoe, Text: "Yes, at the *front desk*.",
		ReplyTo: &telegramtest.Message{ID: form.ID, From: &c.telegram.Self, Chat: group, Text: form.Text}})
	c.telegramSays(group.ID, "Live. “"+question+"” has an answer", 0)
	told := c.telegramSays(1, "You asked “"+question+"”", 0)
	if !strings.Contains(told.Text, "Yes, at the front desk.") {
		t.Errorf("who waited was told %q", told.Text)
	}
	c.discordSays(c.channel, "New knowledge is live** by telegram:50")
	before := len(c.telegram.Sent())
	c.telegram.Send(telegramtest.Message{Chat: group, From: &zoe, Text: "/why " + question})
	c.telegramSays(group.ID, "answers.md", before)
	file, err := os.ReadFile(filepath.Join(c.folder, "answers.md"))
	if err != nil || !strings.Contains(string(file), "written by telegram:50 on 20") {
		t.Errorf("answers.md is %s, %v", file, err)
	}
}

// TestTeachFromDiscord does the same with Discord's commands, buttons and forms.
func TestTeachFromDiscord(t *testing.T) {
	c := newClassroom(t)
	const question = "is there a trampoline in the waiting room"
	staff := discordtest.Use{Channel: c.channel, Person: "900"}
	for n, who := range []string{"31", "32", "33"} {
		use := discordtest.Use{Channel: c.discord.DM(who), Person: who}
		shown := c.discordAnswer(c.discord.Slash(use, "ask", "question", question))
		if n > 0 {
			continue
		}
		button, ok := shown.Button("Tell me when you know")
		if !ok {
			t.Fatalf("there is no button to wait: %+v", shown)
		}
		if m := c.discordAnswer(c.discord.Press(use, shown, button)); !strings.Contains(m.Text(), "I will write to you") {
			t.Fatalf("the button is answered %q", m.Text())
		}
	}
	c.journalIsWritten()
	miss := c.discordAnswer(c.discord.Slash(staff, "misses", "", ""))
	button, ok := miss.Button("New answer")
	if !ok || !strings.Contains(miss.Text(), question) {
		t.Fatalf("the miss is %+v", miss)
	}
	form, err := c.discord.Press(staff, miss, button).Modal(c.wait)
	if err != nil {
		t.Fatalf("no form: %v; %v", err, c.discord.Violations())
	}
	if m := c.discordAnswer(c.discord.Submit(staff, form, "# Trampolines\n\nNo, but there are **swings**.")); !strings.Contains(m.Text(), "**Live.**") {
		t.Fatalf("the form is answered %q", m.Text())
	}
	told := c.discordSays(c.discord.DM("31"), "You asked “"+question+"”")
	if !strings.Contains(told.Text(), "swings") {
		t.Errorf("who waited was told %q", told.Text())
	}
	c.discord.Say(c.channel, "900", c.discord.Mention()+" /teach may my parrot come along")
	if _, ok := c.discordSays(c.channel, "may my parrot come along").Button("New answer"); !ok {
		t.Error("/teach by a mention shows no buttons")
	}
	if bad := c.discord.Violations(); len(bad) > 0 {
		t.Errorf("Discord would refuse: %v", bad)
	}
}
