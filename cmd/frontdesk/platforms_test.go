package main

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram/telegramtest"
)

const telegramToken, discordToken = "123456:planted-telegram-token", "planted.discord.token"

// patience bounds each wait of a script, generously: it only matters when something is broken.
const patience = 60 * time.Second

// TestPlatformScripts runs the program as its own process against a Bot API and a Discord on loopback. Scripts ask with
//
//	telegram QUESTION REGEXP   a person writes to the bot, and the next message of the bot must match
//	discord QUESTION REGEXP    a person uses /ask, and the answer must match
//	live QUESTION REGEXP       the same as telegram, again and again until it matches
//	logged FILE REGEXP         the file, which the program writes to, comes to match
//
// and cut all connections with "disconnect".
func TestPlatformScripts(t *testing.T) {
	type servers struct {
		telegram *telegramtest.Server
		discord  *discordtest.Server
	}
	key := new(int)
	of := func(ts *testscript.TestScript) servers { return ts.Value(key).(servers) }
	testscript.Run(t, testscript.Params{
		Dir: "testdata/platforms",
		Setup: func(env *testscript.Env) error {
			s := servers{telegramtest.NewServer(telegramToken), discordtest.New(discordToken)}
			env.Defer(s.telegram.Close)
			env.Defer(s.discord.Close)
			env.Values[key] = s
			env.Setenv("FRONTDESK_TELEGRAM_TOKEN", telegramToken)
			env.Setenv("FRONTDESK_TELEGRAM_API", s.telegram.URL)
			env.Setenv("FRONTDESK_DISCORD_TOKEN", discordToken)
			env.Setenv("FRONTDESK_DISCORD_API", s.discord.URL)
			env.Setenv("FRONTDESK_HEALTH_ADDR", "127.0.0.1:0")
			env.Setenv("FRONTDESK_CONSOLE_ADDR", "127.0.0.1:0")
			env.Setenv("FRONTDESK_WEB_ADDR", "127.0.0.1:0")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"telegram": func(ts *testscript.TestScript, neg bool, args []string) {
				want := regexp.MustCompile(args[1])
				if shown := askTelegram(ts, of(ts).telegram, args[0]); !want.MatchString(shown) {
					ts.Fatalf("telegram: %q is answered with\n%s\nwant %q", args[0], shown, want)
				}
			},
			"live": func(ts *testscript.TestScript, neg bool, args []string) {
				want := regexp.MustCompile(args[1])
				deadline := time.Now().Add(patience)
				for shown := ""; !want.MatchString(shown); {
					if time.Now().After(deadline) {
						ts.Fatalf("live: %q is still answered with\n%s\nwant %q", args[0], shown, want)
					}
					shown = askTelegram(ts, of(ts).telegram, args[0])
				}
			},
			"discord": func(ts *testscript.TestScript, neg bool, args []string) {
				askDiscord(ts, of(ts).discord, args[0], regexp.MustCompile(args[1]))
			},
			"logged": func(ts *testscript.TestScript, neg bool, args []string) {
				waitLogged(ts, args[0], regexp.MustCompile(args[1]))
			},
			"disconnect": func(ts *testscript.TestScript, neg bool, args []string) {
				of(ts).telegram.DropConnections()
				of(ts).discord.Drop()
			},
		},
	})
}

func waitLogged(ts *testscript.TestScript, file string, want *regexp.Regexp) {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !want.MatchString(ts.ReadFile(file)) {
		select {
		case <-again.C:
		case <-deadline.C:
			ts.Fatalf("%s does not come to match %q:\n%s", file, want, ts.ReadFile(file))
		}
	}
}

// askTelegram returns the bot's next message, with its buttons.
func askTelegram(ts *testscript.TestScript, s *telegramtest.Server, question string) string {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	before := len(s.Sent())
	anna := telegramtest.User{ID: 7, FirstName: "Anna"}
	s.Say(telegramtest.Private(anna), anna, question)
	if _, err := s.WaitSent(ctx, before+1); err != nil {
		ts.Fatalf("telegram: no answer to %q: %v", question, err)
	}
	m := s.Sent()[before]
	shown := m.Text
	for _, row := range m.Keyboard {
		for _, b := range row {
			shown += "\n[" + b.Text + "](" + b.URL + ")"
		}
	}
	return shown
}

func askDiscord(ts *testscript.TestScript, s *discordtest.Server, question string, want *regexp.Regexp) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.Wait(ctx, func() bool { return s.Connected() > 0 }); err != nil {
		ts.Fatalf("discord: the bot does not connect: %v", err)
	}
	m, err := s.Slash(discordtest.Use{Person: "8", Channel: s.DM("8")}, "ask", "question", question).Answer(ctx)
	if err != nil {
		ts.Fatalf("discord: no answer to %q: %v", question, err)
	}
	shown := m.Text()
	for _, b := range m.Buttons() {
		shown += "\n[" + b.Label + "](" + b.URL + ")"
	}
	if !want.MatchString(shown) {
		ts.Fatalf("discord: %q is answered with\n%s\nwant %q", question, shown, want)
	}
}
