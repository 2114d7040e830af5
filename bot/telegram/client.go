// Package telegram puts a desk into Telegram: updates become messages, replies become calls of the Bot API.
//
//	getUpdates ─┐
//	            ├─► inbox (on disk) ─► receive ─► Desk ─► render ─► a queue per chat ─► sendMessage
//	webhook   ──┘
//
// An update is confirmed to Telegram only once it is in the inbox, and leaves the inbox only once it is answered.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A Desk is what the adapter asks for replies: a *bot.Desk.
type Desk interface {
	Answer(ctx context.Context, m bot.Message) bot.Reply
	// Press is called with the zero Press for a button that no version of the program can read any more.
	Press(ctx context.Context, m bot.Message, p bot.Press) bot.Reply
	Welcome(m bot.Message) bot.Reply
	Topics(m bot.Message) bot.Reply
	Contact(m bot.Message) bot.Reply
	Suggest(ctx context.Context, m bot.Message, n int) []knowledge.Section
	Privacy(m bot.Message) bot.Reply
	Forget(m bot.Message) bot.Reply
	Listens(m bot.Message) bool
	Danger(text string) bool // whether a text speaks of danger
	IsStaff(m bot.Message) bool
	Staff() knowledge.Staff
}

// A Config says which bot to be and how to reach Telegram. Only Token must be set.
type Config struct {
	Token   string // from @BotFather
	BaseURL string // of the Bot API; empty for OfficialAPI. A self-hosted server's own address serves

	// StateDir is a folder for updates that wait for their answer. Empty keeps them in memory, so that a crash loses
	// questions that were received and not yet answered.
	StateDir string

	Poll  time.Duration // how long one poll waits for updates; 50 s by default, whole seconds
	Grace time.Duration // how long replies under way may take after Run's context ends; 8 s by default

	Webhook Webhook // zero polls instead

	PerSecond int // messages to all chats together; 30 by default, as Telegram allows. It sells more
}

// A Client is the bot in Telegram.
type Client struct {
	cfg    Config
	desk   Desk
	log    *zap.Logger
	polls  *api // apart from calls, so that a poll that hangs cannot hold up a reply
	calls  *api
	health *health
	pace   pace
	most   int // updates in the inbox; beyond, they wait at Telegram

	mu  sync.Mutex
	now *session // of the Run under way; nil for none
}

// New returns a client. It does no I/O; the error names a setting that is wrong.
func New(cfg Config, desk Desk, log *zap.Logger) (*Client, error) {
	if cfg.BaseURL == "" {
		cfg.BaseURL = OfficialAPI
	}
	if cfg.Poll == 0 {
		cfg.Poll = 50 * time.Second
	}
	if cfg.Grace == 0 {
		cfg.Grace = 8 * time.Second
	}
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("telegram settings: %w", err)
	}
	p := defaultPace
	if n := cfg.PerSecond; n > 0 {
		p.whole = budget{burst: n, every: time.Second / time.Duration(n)}
	}
	return &Client{
		cfg: cfg, desk: desk, log: log, pace: p, most: maxWaiting,
		polls: newAPI(cfg.Token, cfg.BaseURL), calls: newAPI(cfg.Token, cfg.BaseURL),
		health: newHealth(2*cfg.Poll + 30*time.Second),
	}, nil
}

func (cfg Config) check() error {
	if cfg.Token == "" || strings.ContainsAny(cfg.Token, " \t\r\n/?#%") {
		return errors.New("the token is empty or has characters that no token has; copy it from @BotFather again")
	}
	if u, err := url.Parse(cfg.BaseURL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return errors.New("the base address must start with https:// or http:// and name a host")
	}
	if cfg.PerSecond < 0 || cfg.PerSecond > 1000 {
		return errors.New("messages a second must be 1 to 1000")
	}
	if cfg.Poll < time.Second {
		return errors.New("one poll must wait for a second at least")
	}
	return cfg.Webhook.check(cfg.BaseURL == OfficialAPI)
}

// botID returns the public part of the token, so that bots can share a state folder.
func (cfg Config) botID() string {
	id, _, _ := strings.Cut(cfg.Token, ":")
	if _, err := strconv.ParseInt(id, 10, 64); err != nil {
		return "bot" // no token of Telegram's, but perhaps one of a server for tests
	}
	return id
}

// Health returns nil while updates come in, and otherwise what is wrong, in words for whoever runs the program. It
// never contains the token.
func (c *Client) Health() error { return c.health.err(time.Now()) }

// Run receives and answers until ctx ends, and returns once the replies under way are sent or Config.Grace is over.
// What is then not answered waits in StateDir for the next Run. The error is nil after ctx ended, and otherwise one
// that no retry can heal, such as a token that Telegram refuses. Call it once at a time.
func (c *Client) Run(ctx context.Context) error {
	defer c.polls.close()
	defer c.calls.close()
	box, err := openInbox(c.cfg.StateDir, c.cfg.botID())
	if err != nil { // what waits there is for the next Run: it could not be noted as answered now
		c.log.Error("questions under way are kept in memory only until the next start; a crash would lose them", zap.Error(err))
		box, _ = openInbox("", c.cfg.botID())
	}
	defer box.close()
	self, err := c.introduce(ctx)
	if err != nil || ctx.Err() != nil {
		return c.health.fatal(err)
	}
	c.log.Info("connected to Telegram", zap.String("bot", self.UserName),
		zap.Bool("privacy_mode", !self.CanReadAllGroupMessages), zap.Bool("inline_mode", self.SupportsInlineQueries))
	if c.cfg.StateDir == "" {
		c.log.Warn("questions under way are kept in memory only; a crash would lose them", zap.String("advice", "set a state folder"))
	}
	return c.health.fatal(c.serve(ctx, self, box))
}

// serve runs one session to its end.
func (c *Client) serve(ctx context.Context, self tgbotapi.User, box *inbox) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	s := newSession(c, self, box)
	s.start(work)
	receiving, leave := context.WithCancel(ctx)
	defer leave()
	s.besides(receiving, s.present)
	s.besides(receiving, s.keepStaffMenus)
	s.resume()
	c.setSession(s)

	var err error
	if c.cfg.Webhook.URL != "" {
		err = c.keepWebhook(ctx)
	} else {
		err = c.poll(ctx, s)
	}

	c.setSession(nil)
	leave()
	overdue := time.AfterFunc(c.cfg.Grace, cancel)
	defer overdue.Stop()
	s.finish()
	if left := box.len(); left > 0 {
		c.log.Warn("stopped with questions not yet answered", zap.Int("waiting", left), zap.Bool("kept", c.cfg.StateDir != ""))
	}
	return err
}

func (c *Client) setSession(s *session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = s
}

// introduce asks Telegram who the bot is, until it says. The error is one that no retry can heal.
func (c *Client) introduce(ctx context.Context) (tgbotapi.User, error) {
	wait := c.pace.backoff()
	for ctx.Err() == nil {
		var self tgbotapi.User
		err := c.ask(ctx, "getMe", nil, &self)
		if err == nil {
			c.health.good(time.Now())
			return self, nil
		}
		pause, fatal := c.judge(ctx, c.calls, err, wait)
		if fatal != nil {
			return self, fatal
		}
		rest(ctx, pause)
	}
	return tgbotapi.User{}, nil
}

// ask makes a call that has to come back within seconds.
func (c *Client) ask(ctx context.Context, method string, params tgbotapi.Params, out any) error {
	ctx, cancel := context.WithTimeout(ctx, c.pace.call)
	defer cancel()
	return c.calls.call(ctx, method, params, out)
}
