package discord

import (
	"sync"
	"time"
)

// Discord shuts out an address that makes ten thousand requests within ten minutes which it answers with 401, 403 or 429.
// Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans.
const (
	invalidSpan = 10 * time.Minute
	maxInvalid  = 5000 // half of what bans, since others may share the address
)

// A brake counts refusals. It is safe for concurrent use.
type brake struct {
	mu    sync.Mutex
	began time.Time
	count int
}

// note counts one more and returns how long nothing should be sent; 0 while there are few.
func (b *brake) note(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Sub(b.began) >= invalidSpan {
		b.began, b.count = now, 0
	}
	if b.count++; b.count < maxInvalid {
		return 0
	}
	return invalidSpan - now.Sub(b.began)
}
