package discord

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A route is what Discord's limits go by: the method and the path, with the ids that count left in and the others
// taken out.
type route struct {
	key        string
	tokenless  bool // authorised by an interaction's token in the path; a 401 says nothing of the bot's
	unlimited  bool // not counted by the limits
	repeatable bool // a second attempt does no harm where the first got through unnoticed
}

// newRoute reads a path such as "api/v10/channels/1/messages". Messages carry a nonce that Discord keeps unique, and
// an interaction can be answered only once, so both may be repeated.
func newRoute(method, path string) route {
	r := route{repeatable: method != http.MethodPost}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if i == 0 || !isID(part) {
			continue
		}
		switch parts[i-1] {
		case "channels", "guilds", "applications":
		case "interactions":
			r.tokenless, r.unlimited, r.repeatable = true, true, true
			r.key = "interactions"
			return r
		case "webhooks":
			r.tokenless = true
			r.key = method + " webhooks" // one bucket for all: their tokens are as many as there are interactions
			return r
		default:
			parts[i] = ":id"
		}
	}
	if strings.HasSuffix(path, "/messages") {
		r.repeatable = true
	}
	r.key = method + " " + strings.Join(parts, "/")
	return r
}

func isID(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// buckets remember what Discord said about the limits of each route. They are safe for concurrent use.
type buckets struct {
	mu     sync.Mutex
	routes map[string]bucket
	paused time.Time // every route waits until then
}

type bucket struct {
	remaining int
	reset     time.Time
}

// maxBuckets bounds the routes remembered at once; those whose time has passed are forgotten first.
const maxBuckets = 1024

func newBuckets() *buckets { return &buckets{routes: map[string]bucket{}} }

// wait returns once a request may go out on the route, which it then counts.
func (b *buckets) wait(ctx context.Context, key string) error {
	for {
		d := b.take(key, time.Now())
		if d <= 0 {
			return ctx.Err()
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
			return &tooMany{after: d}
		}
		if !sleep(ctx, d) {
			return ctx.Err()
		}
	}
}

// take counts a request, or returns how long it has to wait.
func (b *buckets) take(key string, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if d := b.paused.Sub(now); d > 0 {
		return d
	}
	limit, known := b.routes[key]
	if !known || !limit.reset.After(now) {
		return 0
	}
	if limit.remaining <= 0 {
		return limit.reset.Sub(now)
	}
	limit.remaining--
	b.routes[key] = limit
	return 0
}

// learn reads the limits from an answer's headers.
func (b *buckets) learn(key string, h http.Header) {
	remaining, err := strconv.Atoi(h.Get("X-Ratelimit-Remaining"))
	if err != nil {
		return
	}
	after, err := strconv.ParseFloat(h.Get("X-Ratelimit-Reset-After"), 64)
	if err != nil || after < 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if len(b.routes) >= maxBuckets {
		b.forget(now)
	}
	reset := now.Add(time.Duration(min(after, 24*3600) * float64(time.Second)))
	if old, known := b.routes[key]; known && old.reset.After(now) {
		remaining = min(remaining, old.remaining) // answers may come back out of order
	}
	b.routes[key] = bucket{remaining, reset}
}

func (b *buckets) forget(now time.Time) {
	for key, limit := range b.routes {
		if !limit.reset.After(now) {
			delete(b.routes, key)
		}
	}
}

// pause holds every route back.
func (b *buckets) pause(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if until := time.Now().Add(d); until.After(b.paused) {
		b.paused = until
	}
}
