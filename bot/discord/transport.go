package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"
)

const (
	maxResponse = 8 << 20 // bytes of a REST response that are read
	maxAttempts = 8       // at one request, which is about a minute of failures
	usualRate   = 45      // requests a second; Discord allows 50 to a bot
)

// A transport carries the library's REST requests. It sends them to another base address, keeps Discord's limits
// before they are hit, and repeats what failed for a moment, a bounded number of times, for as long as the request's
// context lasts. The library's own limiter sleeps without regard to contexts, repeats without bound and forgets
// nothing, so the headers that would set it in motion are taken out on the way back.
type transport struct {
	base    string // without trailing slash
	next    *http.Transport
	retry   time.Duration // bound of the first wait after a failure
	global  *rate.Limiter
	buckets *buckets
	brake   brake
	revoked atomic.Bool // Discord said 401: nothing more is sent, since ten thousand such requests ban the address
	told    chan error  // gets errUnauthorized then, once
}

func newTransport(base string, perSecond int, timing timing) *transport {
	next := http.DefaultTransport.(*http.Transport).Clone()
	next.ResponseHeaderTimeout = timing.response
	return &transport{
		base: base, retry: timing.retry,
		next:    next,
		global:  rate.NewLimiter(rate.Limit(perSecond), perSecond),
		buckets: newBuckets(),
		told:    make(chan error, 1),
	}
}

// A statusError is an answer that no further attempt would better.
type statusError struct {
	Status  int
	Code    int    // Discord's own, such as 50013; 0 when it gave none
	Message string // Discord's words
}

func (e *statusError) Error() string {
	if e.Code == 0 {
		return fmt.Sprintf("discord answered %d %s", e.Status, http.StatusText(e.Status))
	}
	return fmt.Sprintf("discord answered %d: %s (code %d)", e.Status, e.Message, e.Code)
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	req, err := t.redirect(req)
	if err != nil {
		return nil, err
	}
	call := newRoute(req.Method, strings.TrimPrefix(req.URL.Path, "/"))
	for attempt := 1; ; attempt++ {
		if t.revoked.Load() && !call.interaction {
			return nil, errUnauthorized
		}
		if err := t.admit(req.Context(), call); err != nil {
			return nil, err
		}
		resp, err := t.once(req, call)
		wait, again := t.verdict(req, err, attempt)
		if !again {
			return resp, err
		}
		if deadline, ok := req.Context().Deadline(); ok && time.Until(deadline) < wait {
			return resp, err
		}
		if !sleep(req.Context(), wait) {
			return nil, req.Context().Err()
		}
	}
}

// CloseIdleConnections is called by [http.Client.CloseIdleConnections].
func (t *transport) CloseIdleConnections() { t.next.CloseIdleConnections() }

// redirect points the library's address at ours.
func (t *transport) redirect(req *http.Request) (*http.Request, error) {
	rest, ok := strings.CutPrefix(req.URL.String(), discordgo.EndpointAPI)
	if !ok {
		return nil, fmt.Errorf("request to a foreign host %q", req.URL.Host)
	}
	moved, err := http.NewRequestWithContext(req.Context(), req.Method, t.base+"/"+rest, nil)
	if err != nil {
		return nil, err
	}
	moved.Header = req.Header.Clone()
	moved.Body, moved.GetBody, moved.ContentLength = req.Body, req.GetBody, req.ContentLength
	return moved, nil
}

// admit waits until Discord's limits let the request through.
func (t *transport) admit(ctx context.Context, call route) error {
	if !call.interaction {
		if err := t.global.Wait(ctx); err != nil {
			return err
		}
	}
	return t.buckets.wait(ctx, call.key)
}

// once makes one attempt and reads the answer whole.
func (t *transport) once(req *http.Request, call route) (*http.Response, error) {
	attempt := req.Clone(req.Context())
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		attempt.Body = body
	}
	resp, err := t.next.RoundTrip(attempt)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	resp.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("read discord's answer: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	t.buckets.learn(call.key, resp.Header)
	for name := range resp.Header {
		if strings.HasPrefix(name, "X-Ratelimit-") {
			resp.Header.Del(name)
		}
	}
	return t.read(resp, body, call)
}

// read turns answers that the library handles badly into errors of our own.
func (t *transport) read(resp *http.Response, body []byte, call route) (*http.Response, error) {
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		t.buckets.pause(t.brake.note(time.Now()))
	}
	switch code := resp.StatusCode; {
	case code == http.StatusUnauthorized && !call.interaction:
		if !t.revoked.Swap(true) {
			t.told <- errUnauthorized
		}
		return nil, errUnauthorized
	case code == http.StatusTooManyRequests:
		return nil, &tooMany{after: retryAfter(resp.Header, body), global: isGlobal(resp.Header, body)}
	case code >= 300:
		e := &statusError{Status: code}
		_ = json.Unmarshal(body, e) // an answer that is not Discord's JSON leaves code and message empty
		e.Status = code
		return nil, e
	}
	return resp, nil
}

// verdict decides whether to try again, and after how long. All that the desk asks of Discord may be asked twice:
// messages carry a nonce that Discord keeps unique, an interaction has one first answer, and the rest of a long answer
// is better read twice than missed.
func (t *transport) verdict(req *http.Request, err error, attempt int) (time.Duration, bool) {
	if err == nil || attempt == maxAttempts || req.Context().Err() != nil {
		return 0, false
	}
	backoff := t.retry<<(attempt-1) + rand.N(t.retry<<(attempt-1))
	var many *tooMany
	var status *statusError
	switch {
	case errors.Is(err, errUnauthorized):
		return 0, false
	case errors.As(err, &many):
		if many.global {
			t.buckets.pause(many.after)
		}
		return many.after, true
	case errors.As(err, &status):
		return backoff, status.Status >= 500
	}
	return backoff, true
}

// tooMany is a 429.
type tooMany struct {
	after  time.Duration
	global bool
}

func (e *tooMany) Error() string { return "discord asks for a pause of " + e.after.String() }

// retryAfter reads the pause that a 429 asks for: Discord's JSON says it, Cloudflare's HTML does not and has a header.
func retryAfter(h http.Header, body []byte) time.Duration {
	var said struct {
		RetryAfter float64 `json:"retry_after"`
	}
	_ = json.Unmarshal(body, &said)
	if said.RetryAfter <= 0 {
		said.RetryAfter, _ = strconv.ParseFloat(h.Get("Retry-After"), 64)
	}
	if said.RetryAfter <= 0 {
		said.RetryAfter = 1
	}
	return time.Duration(min(said.RetryAfter, 24*3600) * float64(time.Second))
}

func isGlobal(h http.Header, body []byte) bool {
	var said struct {
		Global bool `json:"global"`
	}
	_ = json.Unmarshal(body, &said)
	return said.Global || h.Get("X-Ratelimit-Global") != ""
}
