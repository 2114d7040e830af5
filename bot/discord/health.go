package discord

import (
	"errors"
	"fmt"
	"time"
)

// patienceLost is how long a connection may be gone before it counts as wrong: Discord restarts its gateways, and a
// resume takes seconds.
const patienceLost = time.Minute

var errNotConnected = errors.New("not connected yet")

// Health returns nil while every shard is connected, or was a moment ago; otherwise what is wrong.
func (c *Client) Health() error {
	if err := c.halted.Load(); err != nil {
		return *err
	}
	c.fleet.mu.Lock()
	shards := c.fleet.shards
	c.fleet.mu.Unlock()
	if len(shards) == 0 {
		return errNotConnected
	}
	down, why := 0, errNotConnected
	for _, s := range shards {
		if lost := s.lost.Load(); lost != nil && (lost.at.IsZero() || time.Since(lost.at) > patienceLost) {
			down, why = down+1, lost.why
		}
	}
	switch {
	case down == 0:
		return nil
	case len(shards) == 1:
		return why
	}
	return fmt.Errorf("%d of %d shards are not connected: %w", down, len(shards), why)
}

// A loss is why a shard is not connected, and since when; zero for never.
type loss struct {
	at  time.Time
	why error
}
