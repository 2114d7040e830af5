package journal

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// readingTime is how long questions that were put together are used again although other programs may write to the same
// database: a minute. What this journal writes or deletes itself counts at once.
const readingTime = time.Minute

// A reading holds the questions as they were last put together by likeness, which takes long when there are many. Nothing in
// them is ever changed. They are dropped when rows are, since they hold words.
type reading struct {
	mu  sync.Mutex // held while the journal is read, so that it is read once for all who wait
	now atomic.Pointer[grouped]
}

// A grouped is questions by likeness.
type grouped struct {
	changes  int64 // of the journal when it was read
	at       time.Time
	oldest   time.Time // of the questions
	alike    []group
	textless []question
}

// grouped returns the questions by likeness, and those without text. They are not to be changed.
func (j *Journal) grouped(ctx context.Context) (grouped, error) {
	r := &j.reading
	r.mu.Lock()
	defer r.mu.Unlock()
	now := j.config.Now()
	g := grouped{changes: j.changes.Load(), at: now, oldest: now}
	if known := r.now.Load(); known != nil && known.changes == g.changes && j.fresh(*known, now) {
		return *known, nil
	}
	all, err := j.questions(ctx)
	if err != nil {
		return grouped{}, err
	}
	if len(all) > 0 {
		g.oldest = all[0].at
	}
	g.alike, g.textless = groups(all)
	r.now.Store(&g)
	if j.changes.Load() != g.changes {
		r.now.Store(nil) // words in it may have been deleted
	}
	return g, nil
}

// fresh reports whether what was read may be used again: nothing in it has become too old to be shown.
func (j *Journal) fresh(g grouped, now time.Time) bool {
	age := now.Sub(g.at)
	return age >= 0 && age < readingTime && now.Sub(g.oldest) <= j.config.Retention
}

// deleted notes that words were deleted: what is held of them in memory goes, too.
func (j *Journal) deleted() {
	j.changes.Add(1)
	j.deletions.Add(1)
	j.reading.now.Store(nil)
}

// Deletions counts how often words were deleted since the start: what was read before may show some that are gone.
func (j *Journal) Deletions() int64 { return j.deletions.Load() }
