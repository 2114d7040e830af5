package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
)

// TestConnectionLost kills the connection in every way while questions arrive. None may go unanswered, and none may
// be answered twice.
func TestConnectionLost(t *testing.T) {
	for name, lose := range map[string]func(*discordtest.Server){
		"cut":               (*discordtest.Server).Drop,
		"asked to":          func(s *discordtest.Server) { s.Push(7, nil) },
		"close 1001":        func(s *discordtest.Server) { s.CloseAll(1001) },
		"close 4000":        func(s *discordtest.Server) { s.CloseAll(4000) },
		"resumable session": func(s *discordtest.Server) { s.Push(9, true) },
	} {
		t.Run(name, func(t *testing.T) {
			w := run(t, options{})
			dm := w.DM(alice)
			before := w.Say(dm, alice, "effects")
			lose(w.Server)
			during := w.Say(dm, alice, "effects")
			for _, asked := range []string{before, during} {
				w.reply(dm, asked)
			}
			w.connected()
			w.reply(dm, w.Say(dm, alice, "effects"))
			if n := len(w.Sent(dm)); n != 3 {
				t.Errorf("%d answers to 3 questions", n)
			}
			resumes := w.Resumes()
			if len(resumes) == 0 || !resumes[0].Worked || resumes[0].Path != "/resume" {
				t.Errorf("resumes %v, want one that works, at the address that READY names", resumes)
			}
			if n := len(w.Identifies()); n != 1 {
				t.Errorf("%d sessions begun, want 1", n)
			}
		})
	}
}

func TestSessionLost(t *testing.T) {
	for name, lose := range map[string]func(*discordtest.Server){
		"op 9":       func(s *discordtest.Server) { s.Forget(); s.Push(9, false) },
		"forgotten":  func(s *discordtest.Server) { s.Forget(); s.Drop() },
		"close 4009": func(s *discordtest.Server) { s.Forget(); s.CloseAll(4009) },
		"close 4007": func(s *discordtest.Server) { s.Forget(); s.CloseAll(4007) },
	} {
		t.Run(name, func(t *testing.T) {
			w := run(t, options{})
			dm := w.DM(alice)
			w.reply(dm, w.Say(dm, alice, "effects"))
			lose(w.Server)
			missed := w.Say(dm, alice, "benefit") // no session is there for its event
			w.until("a new session begins", func() bool { return len(w.Identifies()) == 2 })
			w.reply(dm, missed)
			w.connected()
			w.reply(dm, w.Say(dm, alice, "effects"))
			if n := len(w.Sent(dm)); n != 3 {
				t.Errorf("%d answers to 3 questions", n)
			}
		})
	}
}

// TestBadStart has the gateway begin in ways that hang or kill the library.
func TestBadStart(t *testing.T) {
	for name, plan := range map[string]discordtest.Behaviour{
		"silent":               {Silent: true},
		"never ready":          {NotReady: true},
		"op 7 first":           {Frame: `{"op":7,"d":null}`},
		"op 9 first":           {Frame: `{"op":9,"d":false}`},
		"op 11 first":          {Frame: `{"op":11}`, Goon: true},
		"op 1 first":           {Frame: `{"op":1,"d":null}`, Goon: true},
		"an unknown op first":  {Frame: `{"op":42,"d":{}}`, Goon: true},
		"null first":           {Frame: `null`, Goon: true},
		"not JSON first":       {Frame: `<html>`, Goon: true},
		"a number first":       {Frame: `7`, Goon: true},
		"READY without fields": {Frame: `{"op":0,"t":"READY","s":1,"d":null}`, Goon: true},
		"close 4000":           {Close: 4000},
		"close 4008":           {Close: 4008},
		"deaf":                 {Deaf: true, Heartbeat: 20 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := run(t, options{
				server: func(s *discordtest.Server) { s.Next(plan) },
				timing: func(t *timing) { t.silence = 150 * time.Millisecond },
			})
			dm := w.DM(alice)
			w.reply(dm, w.Say(dm, alice, "effects"))
		})
	}
}

// TestSilenceLater has a connection go silent once it works.
func TestSilenceLater(t *testing.T) {
	w := run(t, options{
		server: func(s *discordtest.Server) {
			s.Next(discordtest.Behaviour{Deaf: true, Heartbeat: 30 * time.Millisecond})
		},
		timing: func(t *timing) { t.grace = 20 * time.Millisecond },
	})
	w.until("the dead connection is given up", func() bool { return len(w.Resumes()) > 0 })
	dm := w.DM(alice)
	w.reply(dm, w.Say(dm, alice, "effects"))
}

// TestBadEvents sends half-filled events and events of the wrong shape. They must neither end the process nor the
// connection.
func TestBadEvents(t *testing.T) {
	w := run(t, options{})
	dm := w.DM(alice)
	for _, event := range []string{
		"MESSAGE_CREATE", "INTERACTION_CREATE", "THREAD_CREATE", "GUILD_CREATE", "GUILD_DELETE", "READY_SUPPLEMENTAL",
		"MESSAGE_UPDATE", "CHANNEL_CREATE", "SOMETHING_NEW",
	} {
		for _, data := range []any{nil, 7, "text", []any{nil}, map[string]any{}, map[string]any{
			"id": 5, "author": nil, "channel_id": nil, "mentions": []any{nil, 3}, "data": "none", "member": 1, "type": "x",
		}} {
			w.Event(event, data)
		}
	}
	for _, frame := range []string{"", "null", "[]", "7", `{"op":"x"}`, `{"op":0,"t":5,"s":"x","d":{}}`, `{"op":-5}`, "\x00\xff"} {
		w.Raw(frame)
	}
	w.Push(1, nil)
	// One field of an unexpected type costs that field, not the question.
	asked := w.NewID()
	w.Event("MESSAGE_CREATE", map[string]any{
		"id": asked, "channel_id": dm, "type": 0, "content": "effects", "author": map[string]any{"id": alice},
		"mentions": "nobody", "flags": "many",
	})
	w.reply(dm, asked)
	if n := len(w.Identifies()) + len(w.Resumes()); n != 1 {
		t.Errorf("%d connections, want 1: a bad event ended one", n)
	}
}

func TestPanickingDesk(t *testing.T) {
	desk := newClinic(t)
	w := run(t, options{desk: desk})
	dm := w.DM(alice)
	desk.before = func(m bot.Message) {
		if strings.Contains(m.Text, "boom") {
			panic("boom")
		}
	}
	if m := w.reply(dm, w.Say(dm, alice, "boom")); !strings.Contains(m.Content, "Here is a person.") {
		t.Errorf("after a panic the reply is %q, want the way to a person", m.Text())
	}
	w.reply(dm, w.Say(dm, alice, "effects"))
	m := w.answer(w.Slash(discordtest.Use{Channel: dm, Person: alice}, "ask", "question", "boom"))
	if !strings.Contains(m.Content, "Here is a person.") {
		t.Errorf("after a panic the answer is %q, want the way to a person", m.Text())
	}
}

// TestRefused has Discord close the connection for reasons that waiting does not cure.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		server func(*discordtest.Server)
		config func(*Config)
		want   string
	}{
		{"token revoked", func(s *discordtest.Server) { s.Next(discordtest.Behaviour{Close: 4004}) }, nil, "Reset Token"},
		{"intent not granted", nil, func(c *Config) { c.MessageContent = true }, "Privileged Gateway Intents"},
		{"shard out of range", func(s *discordtest.Server) { s.Next(discordtest.Behaviour{Close: 4010}) }, nil, "code 4010"},
		{"too few shards", func(s *discordtest.Server) { s.MinShards = 3 }, func(c *Config) { c.Shards = 1 }, "1 shards are too few"},
		{"old version", func(s *discordtest.Server) { s.Next(discordtest.Behaviour{Close: 4012}) }, nil, "newer frontdesk"},
		{"bad intents", func(s *discordtest.Server) { s.Next(discordtest.Behaviour{Close: 4013}) }, nil, "newer frontdesk"},
		{"wrong token", func(s *discordtest.Server) { s.Token = "another" }, nil, "Reset Token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := run(t, options{fails: true, server: c.server, config: c.config})
			err := w.stop()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Run() = %v, want it to say %q", err, c.want)
			}
			if n := len(w.Identifies()); n > 1 {
				t.Errorf("identified %d times, want once at most", n)
			}
			if got := w.client.Health(); !errors.Is(got, err) {
				t.Errorf("Health() = %v, want %v", got, err)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("the error holds the token: %v", err)
			}
		})
	}
}

func TestRevokedWhileRunning(t *testing.T) {
	w := run(t, options{fails: true})
	w.connected()
	w.Server.Forget()
	w.CloseAll(4004)
	if err := w.stop(); !errors.Is(err, errUnauthorized) {
		t.Errorf("Run() = %v, want %v", err, errUnauthorized)
	}
}

func TestSharding(t *testing.T) {
	w := run(t, options{
		server: func(s *discordtest.Server) { s.Shards, s.Concurrency, s.IdentifyGap = 3, 2, 20*time.Millisecond },
		timing: func(t *timing) { t.identify = 250 * time.Millisecond },
	})
	if n := w.Connected(); n != 3 {
		t.Errorf("%d shards connected, want 3", n)
	}
	for range 3 {
		channel := w.Channel(w.Guild())
		w.reply(channel, w.Say(channel, alice, w.Mention()+" effects"))
		if n := len(w.Sent(channel)); n != 1 {
			t.Errorf("%d answers, want 1", n)
		}
	}
}

// TestReshard has Discord want more shards than it recommended when the client asked.
func TestReshard(t *testing.T) {
	w := run(t, options{server: func(s *discordtest.Server) { s.Shards = 2; s.Next(discordtest.Behaviour{Close: 4011}) }})
	if n := w.Connected(); n != 2 {
		t.Errorf("%d shards connected, want 2", n)
	}
}

func TestIdentifyBudget(t *testing.T) {
	w := run(t, options{server: func(s *discordtest.Server) { s.Sessions = 0 }})
	if !strings.Contains(w.logs.String(), "no more sessions today") {
		t.Error("the log says nothing of the used-up budget")
	}
}

func TestIntents(t *testing.T) {
	w := run(t, options{server: func(s *discordtest.Server) { s.Granted = 1 << 15 }, config: func(c *Config) { c.MessageContent = true }})
	want := discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if got := (Config{}).intents(); got != want {
		t.Errorf("intents %b, want %b", got, want)
	}
	if got := w.Identifies()[0].Intents; got != int(want|discordgo.IntentMessageContent) {
		t.Errorf("identified with intents %b, want Message Content as well", got)
	}
}

// TestShutdown stops a client with a reply under way. The reply is sent, and the session is ended for good.
func TestShutdown(t *testing.T) {
	desk := newClinic(t)
	asked, goOn := make(chan bool), make(chan bool)
	desk.before = func(bot.Message) { asked <- true; <-goOn }
	w := run(t, options{desk: desk})
	dm := w.DM(alice)
	question := w.Say(dm, alice, "effects")
	<-asked
	stopped := make(chan error, 1)
	go func() { stopped <- w.stop() }()
	w.until("the session is ended", func() bool { return w.Connected() == 0 })
	close(goOn)
	if err := <-stopped; err != nil {
		t.Errorf("Run() = %v, want nil", err)
	}
	w.reply(dm, question)
}

// TestOrder asks much at once in two channels. Each channel's questions are answered in the order in which they came.
func TestOrder(t *testing.T) {
	w := run(t, options{})
	channels := []string{w.DM(alice), w.DM(bob)}
	var last [2]string
	for n := range 40 {
		last[n%2] = w.Say(channels[n%2], alice, fmt.Sprint("question ", n))
	}
	for n, channel := range channels {
		w.reply(channel, last[n])
		var before string
		for _, m := range w.Sent(channel) {
			if m.Reference.MessageID <= before {
				t.Errorf("%s was answered after %s", m.Reference.MessageID, before)
			}
			before = m.Reference.MessageID
		}
		if n := len(w.Sent(channel)); n != 20 {
			t.Errorf("%d answers, want 20", n)
		}
	}
}

// TestStopWhileStarting stops a client that Discord keeps waiting, at every stage of the start.
func TestStopWhileStarting(t *testing.T) {
	for name, server := range map[string]func(*discordtest.Server){
		"out of reach": func(s *discordtest.Server) {
			s.Fail(discordtest.Fault{Path: "/users/@me", Status: 503, Times: 1 << 30})
		},
		"no gateway": func(s *discordtest.Server) {
			s.Fail(discordtest.Fault{Path: "/gateway/bot", Status: 503, Times: 1 << 30})
		},
		"silent":      func(s *discordtest.Server) { s.Next(discordtest.Behaviour{Silent: true}) },
		"never ready": func(s *discordtest.Server) { s.Next(discordtest.Behaviour{NotReady: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := run(t, options{server: server, early: true})
			w.until("the client has begun", func() bool { return len(w.Requests()) > 2 })
			if err := w.stop(); err != nil {
				t.Errorf("Run() = %v, want nil", err)
			}
			if w.client.Health() == nil {
				t.Error("Health() = nil, want it not to be connected")
			}
		})
	}
}

func TestLanesHoldBack(t *testing.T) {
	l := newLanes(maxPending, zap.NewNop())
	goOn := make(chan bool)
	for range maxPending {
		l.submit(t.Context(), "room", func(context.Context) { <-goOn })
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if l.submit(ctx, "other", func(context.Context) {}) {
		t.Error("a job was accepted beyond the bound")
	}
	close(goOn)
	l.drain(time.Minute)
}
