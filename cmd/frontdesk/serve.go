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
	"frontdesk/bot/console"
	"frontdesk/bot/discord"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/bot/teach"
	"frontdesk/bot/telegram"
	"frontdesk/bot/web"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
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

	options, err := p.indexOptions()
	if err != nil {
		return err
	}
	h := &house{data: openData(c.Data, log), counts: newCounts(), news: make(chan struct{}, 1)}
	if h.journal, err = openJournal(ctx, c, log.Named("journal")); err != nil {
		return err
	}
	defer h.closeJournal(log)
	h.files = p.newPublisher(c, options, recentOf(h.journal), h.told, log.Named("knowledge"))
	if h.live, err = startPublisher(ctx, c, h.files); err != nil {
		return err
	}
	h.learn()
	if h.book = openBook(c); h.book != nil {
		defer h.book.Close()
	}
	if err := h.openTeacher(c, log.Named("teach")); err != nil {
		return err
	}
	settings := bot.Config{Policy: bot.DefaultPolicy, Journal: witness{h.journal, h.counts, h.teacher}, Staff: h.teacher}
	if c.TelegramToken != "" || c.DiscordToken != "" {
		settings.Waitlist = h.teacher // whoever asks on the page alone could not be told
	}
	desk := bot.New(h.live, settings, log.Named("desk"))

	var hooks *http.ServeMux
	if h.bots, hooks, err = adapters(c, desk, log); err != nil {
		return err
	}
	if hooks != nil {
		h.doors = append(h.doors, door{"deliveries", "FRONTDESK_HOOKS_ADDR", c.HooksAddr, hooks})
	}
	if c.WebAddr != "" {
		h.doors = append(h.doors, door{webDoor, "FRONTDESK_WEB_ADDR", c.WebAddr, web.New(web.Config{
			Origins: c.WebOrigins, Proxies: c.WebProxies, Settings: h.settings,
		}, desk, log.Named("web"))})
	}
	if err := h.openConsole(c, p.out, log.Named("console")); err != nil {
		return err
	}
	return h.run(ctx, c, log)
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
			Shards: c.DiscordShards, PublicKey: c.DiscordKey, MessageContent: c.DiscordReads,
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
	teach.Poster
	Run(ctx context.Context) error
}

// A house is all that serve runs.
type house struct {
	data    *dataFolder
	live    *index.Live
	files   *publish.Publisher
	journal *journal.Journal // nil for none
	counts  *counts
	news    chan struct{}  // holds something when another version went live
	teacher *teach.Teacher // nil before the first version serves
	bots    map[string]adapter
	doors   []door

	book          *edit.Book       // nil where staff's files cannot be changed
	console       *console.Console // nil for none
	consoleURL    string           // where staff reach it
	openedConsole func(at net.Addr)
}

// told hears of what happens to the knowledge, and returns at once.
func (h *house) told(e publish.Event) {
	if h.teacher != nil { // the first version is nobody's news
		h.teacher.Told(e)
	}
	if e.Kind != publish.Live && e.Kind != publish.Back {
		return
	}
	select {
	case h.news <- struct{}{}:
	default: // the latest version is about to be learnt
	}
}

// follow learns each version of the knowledge until ctx ends.
func (h *house) follow(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-h.news:
			h.learn()
		}
	}
}

// learn tells the journal of the knowledge that is served.
func (h *house) learn() {
	if h.journal == nil {
		return
	}
	s, release := h.live.Acquire()
	defer release()
	h.journal.Learn(s.Base())
}

// closeJournal writes what waits, once nobody asks any more.
func (h *house) closeJournal(log *zap.Logger) {
	if h.journal == nil {
		return
	}
	if err := h.journal.Close(); err != nil {
		log.Error("the journal is not whole", zap.Error(err))
	}
}

// webDoor is the door with the chat page.
const webDoor = "web"

// A door is what answers over HTTP at one address.
type door struct {
	name    string
	setting string // the environment variable that moves it
	addr    string
	handler http.Handler
}

// run runs the bots, answers at the doors and to health checks, and follows staff's files, until ctx ends or one of
// these fails.
func (h *house) run(ctx context.Context, c config, log *zap.Logger) error {
	doors := append(h.doors, door{"health", "FRONTDESK_HEALTH_ADDR", c.HealthAddr, h.healthHandler()})
	var listeners []net.Listener
	for _, d := range doors {
		l, err := net.Listen("tcp", d.addr)
		if err != nil {
			for _, open := range listeners {
				open.Close()
			}
			return fmt.Errorf("listen for %s: %w; %s names another address", d.name, err, d.setting)
		}
		listeners = append(listeners, l)
	}
	for i, d := range doors {
		if d.name == consoleDoor {
			h.openedConsole(listeners[i].Addr())
		}
	}
	all, ctx := errgroup.WithContext(ctx)
	for name, b := range h.bots {
		all.Go(func() error {
			if err := b.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	fields := []zap.Field{zap.Int("bots", len(h.bots)), zap.Int("sections", h.sections())}
	for i, d := range doors {
		all.Go(func() error { return serveHTTP(ctx, listeners[i], d.handler, c.StopTimeout) })
		fields = append(fields, zap.Stringer(d.name, listeners[i].Addr()))
	}
	all.Go(func() error { return h.files.Run(ctx) })
	all.Go(func() error { h.data.watch(ctx, log); return nil })
	all.Go(func() error { return h.teach(ctx) })
	if h.console != nil {
		all.Go(func() error { return h.console.Run(ctx) })
	}
	if h.journal != nil {
		all.Go(func() error { return h.journal.Run(ctx) })
		all.Go(func() error { return h.follow(ctx) })
	}
	log.Info("serving", fields...)
	for i, d := range doors {
		if d.name == webDoor && len(h.bots) == 0 {
			log.Info("no token is set, so only the chat page answers; open it in a browser", zap.String("at", "http://"+listeners[i].Addr().String()))
		}
	}
	err := all.Wait()
	log.Info("stopped")
	return err
}

func (h *house) sections() int {
	s, release := h.live.Acquire()
	defer release()
	return len(s.Base().Sections())
}

func (h *house) settings() knowledge.Settings {
	s, release := h.live.Acquire()
	defer release()
	return s.Base().Settings
}

func (p program) logger(level zapcore.Level) *zap.Logger {
	enc := zap.NewProductionEncoderConfig()
	enc.EncodeTime = zapcore.ISO8601TimeEncoder
	return zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(enc), zapcore.AddSync(p.errs), level))
}
