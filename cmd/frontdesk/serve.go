package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"golang.org/x/sync/errgroup"

	"frontdesk/bot"
	"frontdesk/bot/discord"
	"frontdesk/bot/telegram"
	"frontdesk/index"
)

func serveCommand() command {
	var s strings.Builder
	s.WriteString("\nRuns the bots whose tokens are set, until it is told to stop; replies under way are sent first. Settings come from the\nenvironment:\n\n")
	for _, set := range settings() {
		fmt.Fprintf(&s, "  %-26s %s", set.name, set.help)
		if set.fallback != "" {
			fmt.Fprintf(&s, " (%s)", set.fallback)
		}
		s.WriteByte('\n')
	}
	s.WriteString("\nExample:\n  FRONTDESK_KNOWLEDGE=./articles FRONTDESK_TELEGRAM_TOKEN=./telegram.token frontdesk serve")
	return command{name: "serve", summary: "run the Telegram and Discord bots", text: s.String(), run: program.serve}
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
	if c.TelegramToken == "" && c.DiscordToken == "" {
		return errors.New(noToken)
	}
	base, err := p.load(c.Knowledge)
	if err != nil {
		return err
	}
	if base.Settings.Contact.IsZero() {
		return errors.New(noContact)
	}
	log := p.logger(c.LogLevel)
	defer log.Sync()

	snapshot, err := index.Build(ctx, base, index.Options{})
	if err != nil {
		return fmt.Errorf("index the knowledge: %w", err)
	}
	live := index.NewLive(snapshot)
	desk := bot.NewDesk(live, bot.DefaultPolicy, log.Named("desk"))

	bots, hooks, err := adapters(c, desk, log)
	if err != nil {
		return err
	}
	return runAll(ctx, c, live, bots, hooks, log)
}

// adapters returns the bots whose tokens are set, and what answers the platforms' deliveries; nil when all is fetched.
func adapters(c config, desk *bot.Desk, log *zap.Logger) (bots map[string]adapter, hooks *http.ServeMux, err error) {
	bots = map[string]adapter{}
	mux := http.NewServeMux()
	if c.TelegramToken != "" {
		client, err := telegram.New(telegram.Config{
			Token: c.TelegramToken, BaseURL: c.TelegramAPI, StateDir: c.Data, Grace: c.StopTimeout,
			Webhook: telegram.Webhook{URL: c.TelegramHook},
		}, desk, log.Named("telegram"))
		if err != nil {
			return nil, nil, err
		}
		if c.TelegramHook != "" {
			u, err := url.Parse(c.TelegramHook)
			if err != nil {
				return nil, nil, err
			}
			mux.Handle("POST "+cmp.Or(u.Path, "/"), client.WebhookHandler())
			hooks = mux
		}
		bots["telegram"] = client
	}
	if c.DiscordToken != "" {
		client, err := discord.New(discord.Config{
			Token: c.DiscordToken, BaseURL: c.DiscordAPI, StateDir: c.Data, Grace: c.StopTimeout,
			Shards: c.DiscordShards, PublicKey: c.DiscordKey,
		}, desk, log.Named("discord"))
		if err != nil {
			return nil, nil, err
		}
		if c.DiscordKey != "" {
			mux.Handle("POST /discord", client.InteractionsHandler())
			hooks = mux
		}
		bots["discord"] = client
	}
	return bots, hooks, nil
}

// An adapter is a platform's client. Run blocks until ctx ends and the replies under way are sent.
type adapter interface {
	patient
	Run(ctx context.Context) error
}

// runAll runs the bots and the health endpoint until ctx ends or one of them fails.
func runAll(ctx context.Context, c config, live *index.Live, bots map[string]adapter, hooks *http.ServeMux, log *zap.Logger) error {
	listener, err := net.Listen("tcp", c.HealthAddr)
	if err != nil {
		return fmt.Errorf("listen for health checks: %w", err)
	}
	var deliveries net.Listener
	if hooks != nil {
		if deliveries, err = net.Listen("tcp", c.HooksAddr); err != nil {
			return fmt.Errorf("listen for deliveries: %w", err)
		}
	}
	patients := map[string]patient{}
	all, ctx := errgroup.WithContext(ctx)
	for name, b := range bots {
		patients[name] = b
		all.Go(func() error {
			if err := b.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	sections := func() int {
		s, release := live.Acquire()
		defer release()
		return len(s.Base().Sections())
	}
	if deliveries != nil {
		all.Go(func() error { return serveHTTP(ctx, deliveries, hooks) })
	}
	all.Go(func() error { return serveHTTP(ctx, listener, healthHandler(sections, patients)) })
	log.Info("serving", zap.Int("bots", len(bots)), zap.Int("sections", sections()), zap.Stringer("health", listener.Addr()))
	err = all.Wait()
	log.Info("stopped")
	return err
}

func (p program) logger(level zapcore.Level) *zap.Logger {
	enc := zap.NewProductionEncoderConfig()
	enc.EncodeTime = zapcore.ISO8601TimeEncoder
	return zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(enc), zapcore.AddSync(p.errs), level))
}
