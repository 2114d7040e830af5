// Package discord puts the desk on Discord: slash commands, mentions, direct messages, buttons and forum posts come
// in, embeds and buttons go out. It needs no privileged intent.
//
//	gateway ─► shard ─┐
//	                  ├─► event ─► bot.Message ─► lane ─► Desk ─► bot.Reply ─► page ─► REST
//	HTTP endpoint ────┘
package discord

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// DefaultBaseURL is where Discord's REST API is.
const DefaultBaseURL = "https://discord.com/api/v10"

// A Config says how to reach Discord and where to answer. Only the token is needed.
type Config struct {
	Token   string // the bot's, without "Bot " before it
	BaseURL string // of the REST API; empty for DefaultBaseURL
	Shards  int    // connections to the gateway; 0 for as many as Discord recommends

	// PublicKey is the application's, 64 hexadecimal digits, for interactions that Discord posts to
	// [Client.InteractionsHandler]. Empty where they come by the gateway, as they do by default.
	PublicKey string

	// StateDir is a folder for the ids of the channels where people asked, and of the messages answered there. With it
	// what is asked while the program restarts is answered afterwards; empty keeps them in memory.
	StateDir string

	PerSecond int // requests to the REST API; 45 by default. Discord allows 50, and more to the largest bots

	Grace time.Duration // how long replies under way may take after Run's context ends; 8 s by default

	// MessageContent says that the privileged intent of that name is granted in the developer portal. Without it what
	// is not said to the bot has no words for it.
	MessageContent bool
}

// A Desk answers. [bot.Desk] is one.
type Desk interface {
	Answer(context.Context, bot.Message) bot.Reply
	Press(context.Context, bot.Message, bot.Press) bot.Reply
	Welcome(bot.Message) bot.Reply
	Topics(bot.Message) bot.Reply
	Contact(bot.Message) bot.Reply
	Suggest(ctx context.Context, m bot.Message, n int) []knowledge.Section
	Privacy(bot.Message) bot.Reply
	Forget(bot.Message) bot.Reply
	Listens(bot.Message) bool
	Danger(text string) bool
	Audience(bot.Message) knowledge.Audience
	IsStaff(bot.Message) bool
	Staff() knowledge.Staff
}

// A Client is one bot on Discord.
type Client struct {
	cfg         Config
	desk        Desk
	log         *zap.Logger
	timing      timing
	api         *api
	fleet       *fleet
	talk        *lanes // messages, by channel
	quick       *lanes // interactions, one each: they are due in seconds and wait behind no message
	suggestions *suggestions
	seen        *recent // messages accepted
	shut        *recent // channels where the bot may not write
	rooms       *rooms
	threads     *threads
	forms       *forms

	gate sync.RWMutex // read-held by whoever brings work from outside the gateway
	open bool         // Run is at work

	me     atomic.Pointer[self]
	halted atomic.Pointer[error]
}

// A self is who the bot is.
type self struct{ user, app string }

// New returns a client for the bot whose token cfg holds. It does no I/O. The error says what is wrong with cfg.
func New(cfg Config, desk Desk, log *zap.Logger) (*Client, error) {
	return newClient(cfg, desk, log, defaultTiming())
}

func newClient(cfg Config, desk Desk, log *zap.Logger, t timing) (*Client, error) {
	cfg, err := cfg.checked()
	if err != nil {
		return nil, err
	}
	a, err := newAPI(cfg, t, log)
	if err != nil {
		return nil, err
	}
	c := &Client{
		cfg: cfg, desk: desk, log: log, timing: t, api: a,
		talk:        newLanes(maxPending, log),
		quick:       newLanes(maxPending, log),
		suggestions: &suggestions{known: map[string]suggestion{}},
		seen:        newRecent(time.Hour, 8192),
		shut:        newRecent(10*time.Minute, 1024),
		rooms:       newRooms(),
		threads:     &threads{parent: map[string]string{}, forums: map[string]bool{}},
		forms:       &forms{open: map[string]asking{}},
	}
	c.fleet = &fleet{cfg: cfg, api: a, timing: t, receiver: c, log: log}
	c.me.Store(&self{})
	return c, nil
}

// checked returns the configuration with its defaults filled in.
func (c Config) checked() (Config, error) {
	c.Token = strings.TrimPrefix(strings.TrimSpace(c.Token), "Bot ")
	if c.Token == "" || strings.ContainsAny(c.Token, " \t\r\n") {
		return c, errors.New("discord settings: the token is empty or holds white space; it is one word from the " +
			"developer portal")
	}
	if c.BaseURL == "" {
		c.BaseURL = DefaultBaseURL
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if u, err := url.Parse(c.BaseURL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return c, fmt.Errorf("discord settings: base address %q is no http address", c.BaseURL)
	}
	if c.PerSecond < 0 {
		return c, fmt.Errorf("discord settings: %d requests a second", c.PerSecond)
	}
	if c.Shards < 0 {
		return c, fmt.Errorf("discord settings: %d shards", c.Shards)
	}
	if _, err := c.publicKey(); err != nil {
		return c, err
	}
	if c.PerSecond == 0 {
		c.PerSecond = usualRate
	}
	if c.Grace == 0 {
		c.Grace = 8 * time.Second
	}
	return c, nil
}

// Run serves until ctx ends, and returns nil once the replies under way are sent; or until Discord refuses for good,
// and returns why and what to change. It can be called once.
func (c *Client) Run(ctx context.Context) error {
	err := c.serve(ctx)
	c.opened(false)
	var drains sync.WaitGroup
	drains.Go(func() { c.talk.drain(c.cfg.Grace) })
	drains.Go(func() { c.quick.drain(c.cfg.Grace) })
	drains.Wait()
	if path := c.statePath(); path != "" {
		if err := c.rooms.save(path); err != nil {
			c.log.Warn("what is asked during a restart may be missed", zap.Error(err))
		}
	}
	c.api.session.Client.CloseIdleConnections()
	if ctx.Err() != nil {
		return nil
	}
	c.halted.Store(&err)
	return err
}

func (c *Client) serve(ctx context.Context) error {
	if err := c.introduce(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	if path := c.statePath(); path != "" {
		if err := c.rooms.load(path); err != nil {
			c.log.Warn("what was asked before the restart is not known", zap.Error(err))
		}
		group.Go(func() error { c.rooms.keep(ctx, path, c.log); return nil })
	}
	c.opened(true)
	group.Go(func() error { return c.fleet.run(ctx) })
	group.Go(func() error { c.keepCommands(ctx); return nil })
	group.Go(func() error {
		select {
		case err := <-c.api.refused:
			return err
		case <-ctx.Done():
			return nil
		}
	})
	return group.Wait()
}

// introduce learns who the bot is.
func (c *Client) introduce(ctx context.Context) error {
	var user, app struct {
		ID string `json:"id"`
	}
	err := c.api.persist(ctx, func(ctx context.Context) error {
		if err := c.api.call(ctx, "GET", discordgo.EndpointUser("@me"), nil, &user); err != nil {
			return err
		}
		return c.api.call(ctx, "GET", discordgo.EndpointApplications+"/@me", nil, &app)
	})
	if err == nil {
		c.me.Store(&self{user.ID, app.ID})
	}
	return err
}

// statePath returns the file for the rooms of this application; empty for none.
func (c *Client) statePath() string {
	if c.cfg.StateDir == "" || c.self().app == "" {
		return ""
	}
	return filepath.Join(c.cfg.StateDir, "discord-"+c.self().app+".json")
}

func (c *Client) self() self { return *c.me.Load() }
