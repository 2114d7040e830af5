package telegram

import (
	"context"
	"slices"
	"time"
)

// An outbox is what waits for one chat. Its fields are guarded by the sender's mu.
type outbox struct {
	parcels []*parcel
	wake    chan struct{} // has a token when an urgent parcel came or all were dropped
	told    time.Time     // Telegram said to wait until then
	again   time.Time     // our own pause after a failure ends then
	failing time.Time     // since when the first parcel cannot be sent; zero when it was not tried
	backoff *backoff
}

func (b *outbox) add(p *parcel) {
	if !p.urgent {
		b.parcels = append(b.parcels, p)
		return
	}
	at := 0
	for at < len(b.parcels) && b.parcels[at].urgent {
		at++
	}
	b.parcels = slices.Insert(b.parcels, at, p)
	b.again = time.Time{}
	b.backoff.reset()
	b.stir()
}

// stir ends a rest.
func (b *outbox) stir() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// rest waits and reports whether nothing came in between.
func (b *outbox) rest(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-b.wake:
	case <-ctx.Done():
	}
	return false
}
