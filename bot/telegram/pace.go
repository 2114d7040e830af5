package telegram

import (
	"context"
	"math/rand/v2"
	"time"
)

// A pace is every waiting time that does not depend on the installation.
type pace struct {
	call     time.Duration // deadline of one call that is no poll
	answer   time.Duration // deadline of the desk
	farewell time.Duration // deadline of the last calls that tell Telegram of our end
	typing   time.Duration // an answer that takes longer is announced
	floor    time.Duration // between polls that brought nothing
	first    time.Duration // pause after the first failure in a row
	longest  time.Duration // pause after many
	conflict time.Duration // pause while another program polls
	watch    time.Duration // between looks at the webhook
	giveUp   time.Duration // a message that cannot be sent for so long is dropped

	private, group, whole budget // of messages to a private chat, to a group, and in all
}

var defaultPace = pace{
	call:     15 * time.Second,
	answer:   10 * time.Second,
	farewell: 2 * time.Second,
	typing:   300 * time.Millisecond,
	floor:    time.Second,
	first:    500 * time.Millisecond,
	longest:  time.Minute,
	conflict: 30 * time.Second,
	watch:    time.Minute,
	giveUp:   time.Hour,
	private:  privateBudget,
	group:    groupBudget,
	whole:    wholeBudget,
}

// A backoff is the pauses of one run of failures.
type backoff struct {
	first, longest time.Duration
	failures       int
}

func (p pace) backoff() *backoff { return &backoff{first: p.first, longest: p.longest} }

// next returns how long to pause after one more failure: doubled each time.
func (b *backoff) next() time.Duration {
	d := min(b.first<<min(b.failures, 20), b.longest)
	b.failures++
	return jitter(d)
}

// jitter makes half of a pause random, so that many clients do not come back at once.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

func (b *backoff) reset() { b.failures = 0 }

// rest waits for d or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
