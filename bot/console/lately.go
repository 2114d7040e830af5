package console

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
)

// How long what was read of the journal is shown again: putting questions alike together takes a second in a large one.
// What is not fresh any more is shown once more while it is read anew in the background, unless it has become old.
const (
	freshFor = 20 * time.Second
	oldAfter = 2 * time.Minute
	failsFor = 5 * time.Second // that a page says at once why the journal could not be read

	patience = 50 * time.Millisecond // that a page waits for what is read in the background
)

// errWaiting says that the journal is still being read: whoever asks again in a moment learns what it says.
var errWaiting = errors.New("the journal is being read")

// A glance is what staff can learn from the questions of a period.
type glance struct {
	misses      []journal.Miss
	hidden      journal.Hidden
	suggestions []journal.Suggestion
}

// lately is what the journal last said of some periods. The zero value is ready.
type lately[T any] struct {
	mu  sync.Mutex // held while the journal is read, so that it is read once for all who wait
	at  sync.Mutex // guards the two below
	all map[journal.Period]read[T]
	cut int // how often all of it was forgotten
}

// A read is what was read at a time.
type read[T any] struct {
	value     T
	err       error // why it could not be read; then there is no value
	at        time.Time
	deletions int64 // of the journal by then
}

// freshAt reports whether nothing is to be read anew at a time.
func (r read[T]) freshAt(now time.Time, deletions int64) bool {
	age := now.Sub(r.at)
	return r.deletions == deletions && (age < freshFor && r.err == nil || age < failsFor)
}

// glance returns what staff can learn from the questions of a period. It is not to be changed.
func (c *Console) glance(ctx context.Context, p journal.Period) (glance, error) {
	return recall(ctx, c, &c.questions, p, func(ctx context.Context) (g glance, err error) {
		if g.misses, g.hidden, err = c.config.Journal.Misses(ctx, p); err != nil {
			return g, err
		}
		g.suggestions, err = c.config.Journal.Suggestions(ctx, p)
		return g, err
	})
}

// counted returns the numbers of a period. They are not to be changed.
func (c *Console) counted(ctx context.Context, p journal.Period) (journal.Numbers, error) {
	return recall(ctx, c, &c.tallies, p, func(ctx context.Context) (journal.Numbers, error) {
		return c.config.Journal.Numbers(ctx, p)
	})
}

// learnt forgets what was read of questions, since staff have just settled some of it.
func (c *Console) learnt() {
	c.questions.at.Lock()
	defer c.questions.at.Unlock()
	clear(c.questions.all)
	c.questions.cut++ // what is being read is from before
}

// recall returns what is known of a period. Where nothing is, or it is too old, Run reads it; errWaiting when that takes
// longer than a page should. Whoever asks again learns what came of it, an error too.
func recall[T any](ctx context.Context, c *Console, l *lately[T], p journal.Period, ask func(context.Context) (T, error)) (T, error) {
	if known, ok := l.get(p); ok && known.deletions == c.config.Journal.Deletions() {
		age := c.config.Now().Sub(known.at)
		if known.err == nil && age >= freshFor && age < oldAfter {
			c.later(func(ctx context.Context) error {
				_, err := l.read(ctx, c, p, ask)
				return err
			})
		}
		if age < oldAfter && known.err == nil || age < failsFor {
			return known.value, known.err
		}
	}
	var value T
	done := make(chan error, 1)
	c.later(func(ctx context.Context) (err error) {
		value, err = l.read(ctx, c, p, ask)
		done <- err
		return err
	})
	select {
	case err := <-done:
		return value, err
	case <-time.After(c.patience):
	case <-ctx.Done():
	}
	var none T
	return none, errWaiting
}

// loadAgain has the browser load a page again in a moment, when what it shows is not read yet.
func loadAgain(w http.ResponseWriter) { w.Header().Set("Refresh", "1") }

// later has something done by Run, unless that has much to do already.
func (c *Console) later(chore func(context.Context) error) {
	select {
	case c.chores <- chore:
	default:
	}
}

func (l *lately[T]) get(p journal.Period) (read[T], bool) {
	l.at.Lock()
	defer l.at.Unlock()
	known, ok := l.all[p]
	return known, ok
}

// read asks the journal, unless somebody else has just done so.
func (l *lately[T]) read(ctx context.Context, c *Console, p journal.Period, ask func(context.Context) (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := read[T]{at: c.config.Now(), deletions: c.config.Journal.Deletions()}
	known, ok := l.get(p)
	if ok && known.freshAt(now.at, now.deletions) {
		return known.value, known.err
	}
	l.at.Lock()
	cut := l.cut
	l.at.Unlock()
	if now.value, now.err = ask(ctx); now.err != nil {
		now.at = c.config.Now() // what fails may take long
	}
	if stillGood := ok && known.err == nil && now.at.Sub(known.at) < oldAfter; now.err != nil && (stillGood || ctx.Err() != nil) {
		return now.value, now.err
	}
	l.at.Lock()
	defer l.at.Unlock()
	if l.cut != cut {
		return now.value, now.err
	}
	if l.all == nil || len(l.all) >= 8 { // periods are few
		l.all = map[journal.Period]read[T]{}
	}
	l.all[p] = now
	return now.value, now.err
}

// doChores does what was put off, until ctx ends.
func (c *Console) doChores(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case do := <-c.chores:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				c.log.Error("read the journal for the console", zap.Error(err))
			}
		}
	}
}
