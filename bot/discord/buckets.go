package discord

import (
	"context"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A route is what Discord's limits go by: the method and the path, with the ids that count left in and the others
// taken out.
type route struct {
	key         string
	interaction bool // authorised by an interaction's token, which is part of the path, and not counted with the rest
}

// newRoute reads a path such as "api/v10/channels/1/messages".
func newRoute(method, path string) route {
	parts := strings.Split(path, "/")
	for i := 1; i < len(parts); i++ {
		if !isID(parts[i]) {
			continue
		}
		switch parts[i-1] {
		case "channels", "guilds", "applications":
		case "interactions", "webhooks":
			return route{key: method + " " + path, interaction: true}
		default:
			parts[i] = ":id"
		}
	}
	return route{key: method + " " + strings.Join(parts, "/")}
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

// rounding is what Discord's figures, which are rounded to a thousandth of a second, may fall short.
const rounding = time.Millisecond

// maxBuckets bounds the routes remembered at once.
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
		maps.DeleteFunc(b.routes, func(_ string, limit bucket) bool { return !limit.reset.After(now) })
	}
	if len(b.routes) >= maxBuckets {
		return // a 429 will tell
	}
	reset := now.Add(time.Duration(min(after, 24*3600)*float64(time.Second)) + rounding)
	if old, known := b.routes[key]; known && old.reset.After(now) {
		remaining = min(remaining, old.remaining) // answers may come back out of order
	}
	b.routes[key] = bucket{remaining, reset}
}

// pause holds every route back.
func (b *buckets) pause(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if until := time.Now().Add(d); until.After(b.paused) {
		b.paused = until
	}
}
