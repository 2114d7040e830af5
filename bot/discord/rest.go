package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
)

// errUnauthorized means that the token is not, or no longer, a bot's.
var errUnauthorized = errors.New("the bot's token is refused; copy it again from the developer portal under Bot, Reset Token")

// An api makes REST calls. It is safe for concurrent use. No error that it returns holds a token.
type api struct {
	session *discordgo.Session
	refused <-chan error // gets errUnauthorized when Discord refuses the token
	timing  timing
	log     *zap.Logger
}

func newAPI(cfg Config, t timing, log *zap.Logger) (*api, error) {
	session, err := discordgo.New("Bot " + cfg.Token)
	if err != nil {
		return nil, err
	}
	carrier := newTransport(cfg.BaseURL, cfg.PerSecond, t)
	session.Client = &http.Client{
		Transport:     carrier,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	session.StateEnabled = false
	session.ShouldRetryOnRateLimit = false
	session.MaxRestRetries = 0
	session.LogLevel = -1 // it would log addresses with tokens in them, through a logger that all sessions share
	return &api{session, carrier.told, t, log}, nil
}

// call makes one REST call. in is sent as JSON unless nil; the answer is read into out unless nil.
func (a *api) call(ctx context.Context, method, endpoint string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, a.timing.request)
	defer cancel()
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("encode a request: %w", err)
		}
	}
	// The library remembers a bucket for every address for ever; a fresh one each time is remembered by nobody.
	bucket := a.session.Ratelimiter.LockBucketObject(&discordgo.Bucket{})
	answer, err := a.session.RequestWithLockedBucket(method, endpoint, "application/json", body, bucket, 0,
		discordgo.WithContext(ctx))
	if err != nil {
		return redact(err)
	}
	if out == nil || len(bytes.TrimSpace(answer)) == 0 {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("read discord's answer: %w", err)
	}
	return nil
}

// redact takes the address, which may hold an interaction's token, out of an error. The library's own error, which
// would hold the bot's, never comes: the transport turns every refusal into one of ours.
func redact(err error) error {
	if wrapped := (*url.Error)(nil); errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// persist repeats what must succeed before anything else can, until it does, ctx ends or the token is refused.
func (a *api) persist(ctx context.Context, what func(context.Context) error) error {
	for failures := 0; ; failures++ {
		err := a.soon(ctx, what)
		if err == nil || errors.Is(err, errUnauthorized) || ctx.Err() != nil {
			return err
		}
		wait := rand.N(min(a.timing.backoff<<min(failures, 10), a.timing.backoffMax))
		a.log.Warn("discord is out of reach; trying again", zap.Error(err), zap.Duration("wait", wait))
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}

// soon gives a few attempts their time, so that whoever watches the log hears of an outage before long.
func (a *api) soon(ctx context.Context, what func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, a.timing.response)
	defer cancel()
	return what(ctx)
}

// refused reports whether Discord refused with one of its own codes.
func refused(err error, codes ...int) bool {
	var e *statusError
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}
