package discord

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"go.uber.org/zap"
)

// A shard keeps one session with the gateway alive: it connects, resumes where Discord lets it, begins anew where
// not, and gives up only for reasons that waiting does not cure.
//
// The library could do this, but its reader dies of bad input in goroutines where no recover of ours reaches (an
// event whose data is null, a frame "null", op 1 while closing), deadlocks on op 7 before READY, waits for ever for a
// silent peer, and reconnects for ever after a revoked token. So the desk speaks the gateway itself and takes REST,
// intents and the types of what it sends from the library.
type shard struct {
	fleet *fleet
	id    int
	log   *zap.Logger

	session string       // empty before READY and when Discord ended it
	address string       // where to resume
	seq     atomic.Int64 // of the last event received

	lost atomic.Pointer[loss] // nil while READY or RESUMED was the last that happened
}

// run blocks until ctx ends (nil) or Discord refuses for good (the reason, with what to change).
func (s *shard) run(ctx context.Context) error {
	for failures := 0; ; failures++ {
		began := time.Now()
		err := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		s.down(err)
		if fatal := refusal(err, s.fleet.cfg); fatal != nil {
			return fatal
		}
		if time.Since(began) > s.fleet.timing.settled {
			failures = 0
		}
		wait := s.wait(err, failures)
		s.log.Warn("discord connection ended; connecting again",
			zap.Error(err), zap.Bool("resume", s.session != ""), zap.Duration("wait", wait))
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// wait decides whether the session can go on and how long to wait before the next connection: a random time below a
// bound that doubles with every failure, so that many clients do not come back at once.
func (s *shard) wait(err error, failures int) time.Duration {
	t := s.fleet.timing
	var invalid invalidSession
	if errors.As(err, &invalid) {
		if !invalid.resumable {
			s.forget()
		}
		return t.invalid + rand.N(4*t.invalid) // Discord asks for one to five seconds
	}
	if websocket.IsCloseError(err, closeInvalidSeq, closeSessionTimedOut, closeNotAuthenticated) {
		s.forget()
	}
	return rand.N(min(t.backoff<<min(failures, 10), t.backoffMax))
}

// down notes why the connection is gone, and since when it is.
func (s *shard) down(why error) {
	since := time.Now()
	if before := s.lost.Load(); before != nil {
		since = before.at
	}
	s.lost.Store(&loss{since, why})
}

func (s *shard) forget() {
	s.session, s.address = "", ""
	s.seq.Store(0)
}

// connect opens one connection and serves it to its end. The error says why it ended.
func (s *shard) connect(ctx context.Context) error {
	c, err := s.open(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	farewell := context.AfterFunc(ctx, func() { c.close(websocket.CloseNormalClosure) })
	// Answered heartbeats alone must not keep it waiting for READY.
	c.late = time.AfterFunc(2*s.fleet.timing.silence, func() { c.close(closeResumable) })
	defer c.late.Stop()
	beats := make(chan error, 1)
	go func() { beats <- c.beat(ctx, &s.seq) }()

	err = c.serve(&s.seq, func(p packet) { s.accept(ctx, c, p) }, s.log)
	if farewell() {
		c.close(closeResumable)
	}
	cancel()
	missed := <-beats
	if closed := (*websocket.CloseError)(nil); missed == nil || errors.As(err, &closed) {
		return err // what Discord says is the better reason
	}
	return missed
}

// open connects and says who we are: it resumes the session, or begins one when it is the shard's turn.
func (s *shard) open(ctx context.Context) (*conn, error) {
	fresh, address := s.session == "", s.address
	if fresh || address == "" {
		at, done, err := s.fleet.admit(ctx, s.id, fresh)
		if err != nil {
			return nil, err
		}
		defer done()
		address = at
	}
	c, err := dial(ctx, address, s.fleet.timing.silence)
	if err != nil {
		s.address = "" // a resume address may have gone away; the session may still be good elsewhere
		return nil, err
	}
	if err := s.greet(c, fresh); err != nil {
		c.close(closeResumable)
		return nil, err
	}
	return c, nil
}

// greet identifies, or resumes where the last connection stopped.
func (s *shard) greet(c *conn, fresh bool) error {
	if !fresh {
		return c.write(opResume, resume{s.fleet.cfg.Token, s.session, s.seq.Load()})
	}
	return c.write(opIdentify, identify{
		Token:      s.fleet.cfg.Token,
		Intents:    int(s.fleet.cfg.intents()),
		Properties: map[string]string{"os": runtime.GOOS, "browser": "frontdesk", "device": "frontdesk"},
		Shard:      [2]int{s.id, s.fleet.count},
	})
}

// accept takes one event. The session's own are handled here; the rest goes to the fleet's receiver.
func (s *shard) accept(ctx context.Context, c *conn, p packet) {
	switch p.Type {
	case "READY":
		var r ready
		if err := decode(p.Data, &r); err != nil || r.SessionID == "" {
			s.log.Warn("discord's READY names no session; a lost connection will begin a new one")
		}
		s.session, s.address = r.SessionID, r.ResumeURL
		s.alive(c)
		s.fleet.receiver.ready(ctx)
	case "RESUMED":
		s.alive(c)
	default:
		s.fleet.receiver.receive(ctx, p.Type, p.Data)
	}
}

// alive marks the session as serving. From here on something must arrive with every heartbeat.
func (s *shard) alive(c *conn) {
	c.late.Stop()
	c.quiet = 2*c.every + s.fleet.timing.grace
	s.lost.Store(nil)
	s.log.Info("discord connection is up")
}

// intents returns what to ask for: servers and threads, messages in servers and direct ones. None is privileged but
// the content of messages, on request.
func (c Config) intents() discordgo.Intent {
	intents := discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if c.MessageContent {
		intents |= discordgo.IntentMessageContent
	}
	return intents
}

// sleep waits; it reports false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
