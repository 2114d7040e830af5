package discord

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/discord/discordtest"
)

// TestRestart stops a client and starts another one in its place. What was asked in between is answered, and what was
// not yet answered, and nothing twice.
func TestRestart(t *testing.T) {
	srv := discordtest.New(token)
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	desk := newClinic(t)
	config := func(c *Config) { c.BaseURL, c.StateDir, c.Grace = srv.URL, dir, 50*time.Millisecond }
	dm, channel := srv.DM(alice), srv.Channel(srv.Guild())

	w := run(t, options{config: config, desk: desk})
	first := srv.Say(dm, alice, "effects")
	mention := srv.Say(channel, alice, srv.Mention()+" effects")
	answered := func(channel, question string) {
		t.Helper()
		if _, err := srv.Reply(w.ctx, channel, question); err != nil {
			t.Fatalf("question %s was not answered: %v; log:\n%s", question, err, w.logs)
		}
	}
	answered(dm, first)
	answered(channel, mention)
	srv.Fail(discordtest.Fault{Method: "POST", Path: "/messages", Hang: true, Times: 2})
	stuck := srv.Say(dm, alice, "benefit")
	stranger := srv.DM(bob)
	unknown := srv.Say(stranger, bob, "benefit")
	w.until("the sends are under way", func() bool { return srv.Failing() == 0 })
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	between := srv.Say(dm, alice, "cost")
	mentioned := srv.Say(channel, alice, srv.Mention()+" cost")
	srv.Say(channel, alice, "cost, but nobody is asked")

	w = run(t, options{config: config, desk: desk})
	for question, channel := range map[string]string{stuck: dm, unknown: stranger, between: dm, mentioned: channel} {
		answered(channel, question)
	}
	answered(dm, srv.Say(dm, alice, "effects"))
	for channel, want := range map[string]int{dm: 4, stranger: 1, channel: 2} {
		if n := len(srv.Sent(channel)); n != want {
			t.Errorf("%d answers in %s, want %d", n, channel, want)
		}
	}
	for _, v := range srv.Violations() {
		t.Error(v)
	}
}

// TestRestartOfABusyChannel asks behind more messages than are read at once.
func TestRestartOfABusyChannel(t *testing.T) {
	srv := discordtest.New(token)
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	config := func(c *Config) { c.BaseURL, c.StateDir = srv.URL, dir }
	channel := srv.Channel(srv.Guild())
	w := run(t, options{config: config})
	if _, err := srv.Reply(w.ctx, channel, srv.Say(channel, alice, srv.Mention()+" effects")); err != nil {
		t.Fatal(err)
	}
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	for range 2 * maxMissed {
		srv.Say(channel, bob, "chatter")
	}
	missed := srv.Say(channel, alice, srv.Mention()+" cost")
	w = run(t, options{config: config})
	if _, err := srv.Reply(w.ctx, channel, missed); err != nil {
		t.Errorf("the question behind %d messages was not answered: %v", 2*maxMissed, err)
	}
	if n := len(srv.Sent(channel)); n != 2 {
		t.Errorf("%d answers to 2 questions", n)
	}
}

func TestRoomsOnDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made", "rooms.json")
	r := newRooms()
	if err := r.load(path); err != nil {
		t.Errorf("load of no file: %v", err)
	}
	r.asked(message{ID: "1000", ChannelID: "1", GuildID: "7"})
	r.asked(message{ID: "2000", ChannelID: "2"})
	r.answered(message{ID: "2000", ChannelID: "2"})
	r.answered(message{ID: "1500", ChannelID: "2"}) // came late
	if err := r.save(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v, want 600", info.Mode(), err)
	}
	again := newRooms()
	if err := again.load(path); err != nil {
		t.Fatal(err)
	}
	got := again.recent()
	if len(got) != 2 || got["1"].Message != "999" || got["2"].Message != "2000" || got["1"].Guild != "7" {
		t.Errorf("loaded %+v, want channel 1 up to 999 and channel 2 up to 2000", got)
	}
	again.leave("7")
	if got := again.recent(); len(got) != 1 {
		t.Errorf("after leaving the server %+v, want one channel", got)
	}
	for n := range 1000 {
		again.asked(message{ID: "5", ChannelID: strings.Repeat("9", n%500+1)})
	}
	if n := len(again.last); n > 4*maxRooms {
		t.Errorf("%d channels remembered, want at most %d", n, 4*maxRooms)
	}
	if err := os.WriteFile(path, []byte("null"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := again.load(path); err != nil {
		t.Errorf("load of nothing: %v", err)
	}
	again.asked(message{ID: "3000", ChannelID: "3"})
	if err := os.WriteFile(path, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := again.load(path); err == nil || len(again.last) == 0 {
		t.Errorf("load of a broken file = %v with %d channels, want an error and what was there", err, len(again.last))
	}
}

func TestBefore(t *testing.T) {
	for id, want := range map[string]string{"1000": "999", "1": "0", "0": "", "x": "", "": ""} {
		if got := before(id); got != want {
			t.Errorf("before(%q) = %q, want %q", id, got, want)
		}
	}
}

// TestRemovedServerIsForgotten has a server break down, which is nothing, and then remove the bot.
func TestRemovedServerIsForgotten(t *testing.T) {
	w := run(t, options{})
	guild, other := w.Guild(), w.Guild()
	for _, channel := range []string{w.Channel(guild), w.Channel(other)} {
		w.reply(channel, w.Say(channel, alice, w.Mention()+" effects"))
	}
	w.Event("GUILD_DELETE", map[string]any{"id": other, "unavailable": true})
	w.Event("GUILD_DELETE", map[string]any{"id": guild})
	w.until("the server that removed the bot is forgotten, and no other", func() bool {
		known := w.client.rooms.recent()
		for _, h := range known {
			return len(known) == 1 && h.Guild == other
		}
		return false
	})
}
