package discord

import (
	"strings"
	"testing"

	"frontdesk/bot/discord/discordtest"
)

func TestForum(t *testing.T) {
	for _, granted := range []bool{false, true} {
		var forum, other string
		w := run(t, options{
			server: func(s *discordtest.Server) {
				guild := s.Guild()
				forum, other = s.Forum(guild), s.Forum(guild)
				s.Granted = 1 << 15
			},
			config: func(c *Config) { c.ForumChannels, c.MessageContent = []string{forum}, granted },
		})
		byTitle := w.Post(forum, alice, "Questions about effects", "Tell me")
		w.reply(byTitle, byTitle)
		w.Say(byTitle, bob, "what about effects then?")
		mentioned := w.Post(forum, alice, "Costs", w.Mention()+" what is the cost?")
		w.reply(mentioned, mentioned)
		unknown := w.Post(forum, alice, "Weather", "Will it rain?")
		elsewhere := w.Post(other, alice, "effects", "effects")
		w.Event("THREAD_CREATE", map[string]any{"id": byTitle, "parent_id": forum, "owner_id": alice, "name": "effects", "newly_created": true})
		again := w.Say(byTitle, bob, w.Mention()+" effects")
		w.reply(byTitle, again)
		for channel, want := range map[string]int{byTitle: 2, mentioned: 1, unknown: 0, elsewhere: 0} {
			if n := len(w.Sent(channel)); n != want {
				t.Errorf("intent %t: %d answers in thread %s, want %d", granted, n, channel, want)
			}
		}
	}
}

func TestForumReadsThePost(t *testing.T) {
	var forum string
	w := run(t, options{
		server: func(s *discordtest.Server) { forum = s.Forum(s.Guild()); s.Granted = 1 << 15 },
		config: func(c *Config) { c.ForumChannels, c.MessageContent = []string{forum}, true },
	})
	post := w.Post(forum, alice, "Help please", "I wonder about the effects")
	if m := w.reply(post, post); m.Embeds[0].Title != "What are the side effects?" {
		t.Errorf("answer %q, want the section that the text asks for", m.Text())
	}
}

func TestAutoChannel(t *testing.T) {
	var channel, other string
	w := run(t, options{
		server: func(s *discordtest.Server) {
			guild := s.Guild()
			channel, other = s.Channel(guild), s.Channel(guild)
			s.Granted = 1 << 15
		},
		config: func(c *Config) { c.AutoChannels, c.MessageContent = []string{channel}, true },
	})
	w.Say(channel, alice, "nothing that the desk knows")
	w.Say(channel, alice, "unsure")
	w.Say(other, alice, "effects")
	crisis := w.Say(channel, alice, "I want to hurt myself")
	w.reply(channel, crisis)
	w.reply(channel, w.Say(channel, alice, "effects"))
	w.Say(channel, alice, "cost") // the desk is less sure of this one
	w.reply(channel, w.Say(channel, alice, w.Mention()+" cost"))
	if n, m := len(w.Sent(channel)), len(w.Sent(other)); n != 3 || m != 0 {
		t.Errorf("%d answers in the channel and %d elsewhere, want 3 and 0", n, m)
	}
}

// TestThreads asks in threads of a channel with automatic answers: one from before the bot connected, a new one, and
// one that is in another channel.
func TestThreads(t *testing.T) {
	var forum, old, other string
	w := run(t, options{
		server: func(s *discordtest.Server) {
			guild := s.Guild()
			forum, s.Granted = s.Forum(guild), 1<<15
			old, other = s.Post(forum, alice, "old", "x"), s.Post(s.Forum(guild), alice, "other", "x")
		},
		config: func(c *Config) { c.AutoChannels, c.MessageContent = []string{forum}, true },
	})
	w.Say(other, alice, "effects")
	for _, thread := range []string{old, w.Post(forum, alice, "new", "x")} {
		w.reply(thread, w.Say(thread, alice, "effects"))
	}
	if n := len(w.Sent(other)); n != 0 {
		t.Errorf("%d answers in a thread elsewhere, want none", n)
	}
}

func TestPrivateMentions(t *testing.T) {
	w := run(t, options{config: func(c *Config) { c.PrivateMentions = true }})
	channel := w.Channel(w.Guild())
	m := w.reply(channel, w.Say(channel, alice, w.Mention()+" effects"))
	if strings.Contains(m.Text(), "effects") {
		t.Errorf("answer %q shows in public what was asked", m.Text())
	}
	show, ok := m.Button("Show it to me")
	if !ok {
		t.Fatalf("buttons %v, want one that shows the answer", m.Buttons())
	}
	if m := w.answer(w.Press(discordtest.Use{Channel: channel, Person: alice}, m, show)); !m.Ephemeral() || len(m.Embeds) == 0 {
		t.Errorf("answer %q, ephemeral %t, want the section for the person only", m.Text(), m.Ephemeral())
	}
	crisis := w.Say(channel, alice, w.Mention()+" I want to hurt myself")
	if m := w.reply(channel, crisis); !strings.Contains(m.Content, "988") {
		t.Errorf("a crisis was answered %q, want it in full", m.Content)
	}
	dm := w.DM(alice)
	if m := w.reply(dm, w.Say(dm, alice, "effects")); len(m.Embeds) == 0 {
		t.Errorf("answer %q, want the section in a direct message", m.Text())
	}
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
