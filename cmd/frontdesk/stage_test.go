package main

import (
	"context"
	"net/http"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/discord"
	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/bot/web"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// A stage is one desk with both bots at work in front of it, against servers on loopback that have no limits, and the
// chat page.
type stage struct {
	desk     *bot.Desk
	snapshot *index.Snapshot
	telegram *telegramtest.Server
	discord  *discordtest.Server
	channel  string // of a server on Discord
	web      http.Handler
	ctx      context.Context // ends when a wait has lasted too long
}

// newStage starts both bots over the base that is made for a Discord, whose ids nobody knows beforehand.
func newStage(t testing.TB, base func(*discordtest.Server) knowledge.Base) *stage {
	t.Helper()
	s := &stage{telegram: telegramtest.NewServer(telegramToken), discord: discordtest.New(discordToken)}
	s.discord.Granted = 1 << 15   // Message Content
	s.discord.Deadline = patience // a busy machine is no failure of the bot's
	s.channel = s.discord.Channel(s.discord.Guild())
	snapshot, err := index.Build(t.Context(), base(s.discord), index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.snapshot = snapshot
	s.desk = bot.NewDesk(index.NewLive(snapshot), bot.DefaultPolicy, zap.NewNop())
	s.web = web.New(web.Config{}, s.desk, zap.NewNop())
	tg, err := telegram.New(telegram.Config{
		Token: telegramToken, BaseURL: s.telegram.URL, Poll: time.Second, PerSecond: 1000,
	}, s.desk, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	dc, err := discord.New(discord.Config{
		Token: discordToken, BaseURL: s.discord.URL, MessageContent: true, PerSecond: 1000,
	}, s.desk, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	for _, run := range []func(context.Context) error{tg.Run, dc.Run} {
		go func() { ended <- run(ctx) }()
	}
	wait, giveUp := context.WithTimeout(context.Background(), 3*patience)
	s.ctx = wait
	t.Cleanup(func() {
		cancel()
		for range 2 {
			if err := <-ended; err != nil && ctx.Err() == nil {
				t.Errorf("Run() = %v", err)
			}
		}
		giveUp()
		s.telegram.Close()
		s.discord.Close()
		snapshot.Close()
	})
	if err := s.discord.Wait(wait, func() bool { return s.discord.Connected() > 0 }); err != nil {
		t.Fatalf("discord: the bot does not connect: %v", err)
	}
	return s
}
