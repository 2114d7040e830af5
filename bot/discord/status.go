package discord

import "time"

// A Status says how the connection to Discord is, for a health endpoint.
type Status struct {
	Up     bool      // every shard is connected
	Shards int       // connections meant to be open; 0 before the first
	Down   int       // those that are not
	Heard  time.Time // when the last event came; zero for never
	Reason string    // why it is not up; empty when unknown
}

// Status returns how the connection is now.
func (c *Client) Status() Status {
	if err := c.halted.Load(); err != nil {
		return Status{Reason: (*err).Error()}
	}
	c.fleet.mu.Lock()
	shards := c.fleet.shards
	c.fleet.mu.Unlock()
	s := Status{Shards: len(shards)}
	for _, shard := range shards {
		if at := time.Unix(shard.heard.Load(), 0); at.Unix() > 0 && at.After(s.Heard) {
			s.Heard = at
		}
		if !shard.up.Load() {
			s.Down++
			if why, ok := shard.reason.Load().(string); ok {
				s.Reason = why
			}
		}
	}
	s.Up = s.Shards > 0 && s.Down == 0
	return s
}
