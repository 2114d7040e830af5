package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"frontdesk/index"
)

func serveCommand() command {
	var s strings.Builder
	s.WriteString("\nServes the chat page and runs the bots whose tokens are set, until it is told to stop; replies under way are sent first. Settings come from the\nenvironment:\n\n")
	for _, set := range settings() {
		fmt.Fprintf(&s, "  %-26s %s", set.name, set.help)
		if set.fallback != "" {
			fmt.Fprintf(&s, " (%s)", set.fallback)
		}
		s.WriteByte('\n')
	}
	s.WriteString("\nExample:\n  FRONTDESK_KNOWLEDGE=./articles FRONTDESK_TELEGRAM_TOKEN=./telegram.token frontdesk serve")
	return command{name: "serve", summary: "run the chat page and the Telegram and Discord bots", text: s.String(), run: program.serve}
}

const noToken = `no token, so there is nobody to answer.
  Telegram: talk to @BotFather, /newbot, then set FRONTDESK_TELEGRAM_TOKEN
  Discord:  make an application on discord.com/developers, add a bot, then set FRONTDESK_DISCORD_TOKEN
To try the desk without a token: frontdesk chat`

const noContact = `no contact link: people must always be able to reach a human.
  Set "contact:" in the knowledge folder's desk.yaml, for example
    contact:
      label: Write to us
      url: https://example.org/contact
  or set FRONTDESK_CONTACT_URL`

func (p program) serve(ctx context.Context, args []string) error {
	f := p.flags(serveCommand())
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return misuse("unexpected %q; settings come from the environment", f.Arg(0))
	}
	c, err := readConfig(p.env)
	if err != nil {
		return err
	}
	if c.TelegramToken == "" && c.DiscordToken == "" && c.WebAddr == "" {
		return errors.New(noToken)
	}
	log := p.logger(c.LogLevel)
	defer log.Sync()

	h := &house{data: openData(c.Data, log), counts: newCounts(), news: make(chan struct{}, 1)}
	options, err := p.indexOptions(ctx, func(err error) { tellEmbeddings(log.Named("embeddings"), err) })
	if err != nil {
		return err
	}
	defer closeVectors(options)
	if c.Index != "" {
		if err := index.ClearFolder(c.Index); err != nil {
			return fmt.Errorf("FRONTDESK_INDEX: %w", err)
		}
		options.Dir = c.Index
	}
	if h.journal, err = openJournal(ctx, c, log.Named("journal")); err != nil {
		return err
	}
	defer h.closeJournal(log)
	h.files = p.newPublisher(c, options, recentOf(h.journal), h.told, log.Named("knowledge"))
	if h.live, err = startPublisher(ctx, c, h.files); err != nil {
		return err
	}
	defer h.live.Close()
	h.learn()
	if h.book = openBook(c); h.book != nil {
		defer h.book.Close()
	}
	if err := h.openTeacher(c, log.Named("teach")); err != nil {
		return err
	}
	desk := h.newDesk(c, log.Named("desk"))
	if err := h.openBots(c, desk, log); err != nil {
		return err
	}
	h.openWeb(c, desk, log.Named("web"))
	if err := h.openConsole(c, p.out, log.Named("console")); err != nil {
		return err
	}
	return h.run(ctx, c, log)
}

func (p program) logger(level zapcore.Level) *zap.Logger {
	enc := zap.NewProductionEncoderConfig()
	enc.EncodeTime = zapcore.ISO8601TimeEncoder
	return zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(enc), zapcore.AddSync(p.errs), level))
}
