package console

import (
	"context"
	"sync"
	"time"

	"frontdesk/bot/journal"
)

// freshFor is how long what was read of the journal is shown again: putting questions alike together takes a second in
// a large one.
const freshFor = 20 * time.Second

// lately is what the journal last said of questions. The zero value is ready.
type lately struct {
	mu  sync.Mutex // held while the journal is read, so that it is read once for all who wait
	all map[journal.Period]glance
}

// A glance is what staff can learn from a period.
type glance struct {
	read        time.Time
	misses      []journal.Miss
	hidden      journal.Hidden
	suggestions []journal.Suggestion
}

// glance returns what staff can learn from a period, a few seconds old at most. It is not to be changed.
func (c *Console) glance(ctx context.Context, p journal.Period) (g glance, err error) {
	c.lately.mu.Lock()
	defer c.lately.mu.Unlock()
	now := c.config.Now()
	if known, ok := c.lately.all[p]; ok && now.Sub(known.read) < freshFor {
		return known, nil
	}
	g.read = now
	if g.misses, g.hidden, err = c.config.Journal.Misses(ctx, p); err != nil {
		return g, err
	}
	if g.suggestions, err = c.config.Journal.Suggestions(ctx, p); err != nil {
		return g, err
	}
	if c.lately.all == nil || len(c.lately.all) >= 8 { // periods are few
		c.lately.all = map[journal.Period]glance{}
	}
	c.lately.all[p] = g
	return g, nil
}

// learnt forgets what was read, since staff have just settled some of it.
func (c *Console) learnt() {
	c.lately.mu.Lock()
	defer c.lately.mu.Unlock()
	clear(c.lately.all)
}
