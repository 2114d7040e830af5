package discord

import (
	"sync"
	"time"
)

// A recent remembers keys for a while. When it is full it forgets what is out of date, or else everything: it serves
// to avoid doing things twice, never to decide what is right. It is safe for concurrent use.
type recent struct {
	life time.Duration
	max  int

	mu   sync.Mutex
	keys map[string]time.Time // → when it is forgotten
}

func newRecent(life time.Duration, max int) *recent {
	return &recent{life: life, max: max, keys: map[string]time.Time{}}
}

// add remembers key; false means that it was there already.
func (r *recent) add(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if r.keys[key].After(now) {
		return false
	}
	if len(r.keys) >= r.max {
		for k, until := range r.keys {
			if !until.After(now) {
				delete(r.keys, k)
			}
		}
	}
	if len(r.keys) >= r.max {
		clear(r.keys)
	}
	r.keys[key] = now.Add(r.life)
	return true
}

func (r *recent) has(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.keys[key].After(time.Now())
}
