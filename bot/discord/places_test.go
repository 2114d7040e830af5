package discord

import (
	"strings"
	"testing"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/knowledge"
)

const (
	effects = "What are the side effects?"
	costs   = "How much does it cost?"
	danger  = "I want to kill myself"
)

// granted lets the bot have the Message Content intent.
func granted(c *Config) { c.MessageContent = true }

// TestForum opens posts in forums with rules, and talks on in them. The desk answers an opening post once, unasked.
func TestForum(t *testing.T) {
	for _, content := range []bool{false, true} {
		var guild, forum, other, anywhere string
		w := run(t, options{
			rooms: func(s *discordtest.Server) map[string]knowledge.Room {
				guild, anywhere, s.Granted = s.Guild(), s.Guild(), 1<<15
				forum, other = s.Forum(guild), s.Forum(guild)
				return map[string]knowledge.Room{
					"discord:" + forum:           {Answer: knowledge.ModeAuto, Staff: []string{"discord:" + bob}},
					"discord:server:" + anywhere: {Answer: knowledge.ModeAuto},
				}
			},
			config: func(c *Config) { c.MessageContent = content },
		})
		late := w.Forum(anywhere) // made after the bot connected
		answered := func(post string) string {
			t.Helper()
			return w.reply(post, post).Text()
		}
		byTitle := w.Post(forum, alice, effects, "Tell me")
		if text := answered(byTitle); !strings.Contains(text, "tired for a day") {
			t.Errorf("intent %t: the post is answered %q", content, text)
		}
		w.Say(byTitle, carol, costs) // talk among people
		w.Event("THREAD_CREATE", map[string]any{"id": byTitle, "parent_id": forum, "owner_id": alice, "name": effects, "newly_created": true})
		mentioned := w.Post(forum, alice, "Money", w.Mention()+" "+costs)
		mentionsInVain := w.Post(forum, alice, "Weather", w.Mention()+" will it rain?")
		inLate := w.Post(late, alice, effects, "Tell me")
		inDanger := w.Post(forum, alice, danger, "now")
		for _, post := range []string{mentioned, mentionsInVain, inLate, inDanger} {
			answered(post)
		}
		unsure := w.Post(forum, alice, "Weather", "Will it rain?")
		elsewhere := w.Post(other, alice, effects, effects)
		fromStaff := w.Post(forum, bob, effects, "We collect what is known here.")
		again := w.Say(byTitle, carol, w.Mention()+" "+costs)
		w.reply(byTitle, again)
		for name, want := range map[string]struct {
			post string
			n    int
		}{
			"by its title": {byTitle, 2}, "with a mention": {mentioned, 1}, "in vain": {mentionsInVain, 1}, "in a new forum": {inLate, 1},
			"in danger": {inDanger, 1}, "not known": {unsure, 0}, "elsewhere": {elsewhere, 0}, "by staff": {fromStaff, 0},
		} {
			if n := len(w.Sent(want.post)); n != want.n {
				t.Errorf("intent %t: %d answers in the post %s, want %d", content, n, name, want.n)
			}
		}
		if later := w.Say(byTitle, carol, danger); content && !strings.Contains(w.reply(byTitle, later).Text(), "988") {
			t.Error("somebody in danger is not answered later in a post")
		}
	}
}

func TestForumReadsThePost(t *testing.T) {
	var forum string
	w := run(t, options{
		rooms: func(s *discordtest.Server) map[string]knowledge.Room {
			forum, s.Granted = s.Forum(s.Guild()), 1<<15
			return map[string]knowledge.Room{"discord:" + forum: {Answer: knowledge.ModeAuto}}
		},
		config: granted,
	})
	post := w.Post(forum, alice, "Help please", effects)
	if m := w.reply(post, post); m.Embeds[0].Title != effects {
		t.Errorf("answer %q, want the section that the text asks for", m.Text())
	}
}

// TestAutoChannel talks in a channel where staff let the desk answer what it overhears, and in threads of it that are
// older and younger than the connection.
func TestAutoChannel(t *testing.T) {
	var channel, other, old, foreign string
	rooms := func(s *discordtest.Server) map[string]knowledge.Room {
		guild := s.Guild()
		channel, other, s.Granted = s.Channel(guild), s.Channel(guild), 1<<15
		old, foreign = s.Post(channel, alice, "old", "x"), s.Post(other, alice, "other", "x")
		return map[string]knowledge.Room{"discord:" + channel: {Answer: knowledge.ModeAuto}}
	}
	w := run(t, options{rooms: rooms, config: granted})
	w.Say(channel, alice, "nice weather today")
	w.Say(other, alice, effects)
	w.Say(foreign, alice, effects)
	w.reply(channel, w.Say(channel, alice, effects))
	w.Say(channel, bob, effects) // so soon again
	w.reply(channel, w.Say(channel, alice, danger))
	w.reply(channel, w.Say(channel, alice, w.Mention()+" nice weather today"))
	for _, thread := range []string{old, w.Post(channel, alice, "new", "x")} {
		w.reply(thread, w.Say(thread, alice, effects))
	}
	for channel, want := range map[string]int{channel: 3, other: 0, foreign: 0} {
		if n := len(w.Sent(channel)); n != want {
			t.Errorf("%d answers in %s, want %d", n, channel, want)
		}
	}

	deaf := run(t, options{rooms: rooms}) // without the intent there is nothing to overhear
	deaf.Say(channel, alice, effects)
	deaf.reply(channel, deaf.Say(channel, alice, deaf.Mention()+" "+effects))
	if n := len(deaf.Sent(channel)); n != 1 {
		t.Errorf("%d answers without the intent, want that to the mention", n)
	}
}

// TestAudience asks where staff say who reads the answers.
func TestAudience(t *testing.T) {
	var public, forum, veiled string
	w := run(t, options{rooms: func(s *discordtest.Server) map[string]knowledge.Room {
		guild := s.Guild()
		public, forum, veiled = s.Channel(guild), s.Forum(guild), s.Channel(guild)
		return map[string]knowledge.Room{
			"discord:" + public: {Replies: knowledge.ToAll}, "discord:" + forum: {Replies: knowledge.ToAll},
			"discord:" + veiled: {Replies: knowledge.ToAsker},
		}
	}})
	for _, channel := range []string{public, w.Post(forum, alice, "title", "text")} {
		m := w.answer(w.Slash(discordtest.Use{Channel: channel, Person: alice}, "ask", "question", effects))
		if _, ok := m.Button("Share"); ok || m.Ephemeral() {
			t.Errorf("ephemeral %t, share button %t, want neither where all may read", m.Ephemeral(), ok)
		}
	}
	m := w.reply(veiled, w.Say(veiled, alice, w.Mention()+" "+effects))
	if strings.Contains(m.Text(), "effects") {
		t.Errorf("answer %q shows in public what was asked", m.Text())
	}
	use := discordtest.Use{Channel: veiled, Person: alice}
	if m := w.answer(w.Press(use, m, m.Buttons()[0])); !m.Ephemeral() || !strings.Contains(m.Text(), "tired for a day") {
		t.Errorf("answer %q, ephemeral %t, want the section for the person only", m.Text(), m.Ephemeral())
	}
	if m := w.reply(veiled, w.Say(veiled, alice, w.Mention()+" "+danger)); !strings.Contains(m.Content, "988") {
		t.Errorf("a crisis was answered %q, want it in full", m.Content)
	}
	dm := w.DM(alice)
	if m := w.reply(dm, w.Say(dm, alice, effects)); len(m.Embeds) == 0 {
		t.Errorf("answer %q, want the section in a direct message", m.Text())
	}
}

// TestReplies replies to messages of the bot: with a ping, and without one where the words can be read all the same.
func TestReplies(t *testing.T) {
	w := run(t, options{
		rooms: func(s *discordtest.Server) map[string]knowledge.Room {
			s.Granted = 1 << 15
			return map[string]knowledge.Room{"discord": {Answer: knowledge.ModeMention}}
		},
		config: granted,
	})
	channel := w.Channel(w.Guild())
	first := w.reply(channel, w.Say(channel, alice, w.Mention()+" "+effects))
	w.reply(channel, w.ReplyTo(channel, alice, first.ID, costs))
	quiet := discordtest.Message{
		ChannelID: channel, Author: discordtest.Author{ID: alice}, Content: costs, Quiet: true,
		Reference: &discordtest.Reference{MessageID: first.ID},
	}
	w.reply(channel, w.Send(quiet))
}

// TestBroughtAlong uses the app where only the person installed it: in somebody else's server and in a group. Nobody
// else sees the answer, and there is nothing to share.
func TestBroughtAlong(t *testing.T) {
	w := run(t, options{})
	group := 2
	for name, use := range map[string]discordtest.Use{
		"server": {Channel: w.Channel(w.Guild()), Person: alice, Guest: true},
		"group":  {Channel: w.DM(bob), Person: alice, Guest: true, Context: &group},
	} {
		m := w.answer(w.Slash(use, "ask", "question", "effects"))
		if _, ok := m.Button("Share"); ok || !m.Ephemeral() {
			t.Errorf("%s: ephemeral %t, share button %t, want true and false", name, m.Ephemeral(), ok)
		}
	}
}
