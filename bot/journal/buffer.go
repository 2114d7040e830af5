package journal

import (
	"slices"
	"sync"

	"frontdesk/bot"
)

// A buffer holds the rows that wait for the database, oldest first. When it is full, new rows are dropped and counted.
type buffer struct {
	limit   int
	mu      sync.Mutex
	rows    []row
	dropped int64
}

// put adds a row, unless the buffer is full.
func (b *buffer) put(r row) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.rows) >= b.limit {
		b.dropped++
		return
	}
	b.rows = append(b.rows, r)
}

// head returns a copy of the first rows, n at most. They stay until they are taken.
func (b *buffer) head(n int) []row {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.rows[:min(n, len(b.rows))])
}

// take removes the first n rows, which are written or, when lost, have to be counted as dropped.
func (b *buffer) take(n int, lost bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows = slices.Delete(b.rows, 0, n)
	if lost {
		b.dropped += int64(n)
	}
}

// forget removes the rows of a person and returns how many there were.
func (b *buffer) forget(p bot.PersonID) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := len(b.rows)
	b.rows = slices.DeleteFunc(b.rows, func(r row) bool { return r.person == p })
	return before - len(b.rows)
}

func (b *buffer) counts() (waiting int, dropped int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rows), b.dropped
}
