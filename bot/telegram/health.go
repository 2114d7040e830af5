package telegram

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// A health is what the watchdog sees: when Telegram last answered, and what is wrong.
type health struct {
	patience time.Duration // silence for longer than this is wrong

	mu      sync.Mutex
	last    time.Time // zero before the first answer
	trouble error     // of receiving; nil for none
	storage error     // of the inbox; nil for none
	dead    error     // Run ended with it
}

func newHealth(patience time.Duration) *health { return &health{patience: patience} }

// good notes that Telegram answered and returns what was wrong until then.
func (h *health) good(now time.Time) (was error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	was, h.last, h.trouble = h.trouble, now, nil
	return was
}

// bad notes what is wrong and reports whether that is news.
func (h *health) bad(trouble error) (news bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	news = h.trouble == nil || h.trouble.Error() != trouble.Error()
	h.trouble = trouble
	return news
}

// stored notes whether the inbox works and reports whether that is news.
func (h *health) stored(err error) (news bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	news = (err == nil) != (h.storage == nil)
	h.storage = err
	return news
}

// fatal notes and returns what Run ends with.
func (h *health) fatal(err error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dead = err
	return err
}

var (
	errNotConnected = errors.New("not connected yet")
	errOutage       = errors.New("the Bot API cannot be reached")
	errConflict     = errors.New("another program receives this bot's updates; stop it, or give each its own bot")
	errWebhookSet   = errors.New("a webhook was set for this bot by another program; stop it, or give each its own bot")
	errToken        = errors.New("the token is refused; copy it from @BotFather again")
)

// err returns what is wrong at this time. A short outage is nothing: Telegram keeps updates for a day.
func (h *health) err(now time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch silent := now.Sub(h.last); {
	case h.dead != nil:
		return h.dead
	case h.trouble != nil && !errors.Is(h.trouble, errOutage):
		return h.trouble
	case h.last.IsZero():
		return errNotConnected
	case silent > h.patience:
		return fmt.Errorf("nothing could be received from the Bot API for %s", silent.Round(time.Second))
	}
	return h.storage
}
