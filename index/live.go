package index

import "sync"

// Live is the snapshot that serves now. A swap is seen by the next reader; the old snapshot closes once its last
// reader has let go. That it did not close well is nobody's concern then: what it leaves on disk goes at the next start.
type Live struct {
	mu  sync.Mutex
	now *lease
}

// A lease counts the readers of one snapshot.
type lease struct {
	snapshot *Snapshot
	readers  int
	retired  bool
}

// NewLive serves s, which it owns from here on.
func NewLive(s *Snapshot) *Live { return &Live{now: &lease{snapshot: s}} }

// Acquire returns the serving snapshot and a function that lets go of it, to be called exactly once. One question
// uses one snapshot from start to end.
func (l *Live) Acquire() (s *Snapshot, release func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	held := l.now
	held.readers++
	return held.snapshot, func() { l.release(held) }
}

func (l *Live) release(held *lease) {
	l.mu.Lock()
	held.readers--
	last := held.retired && held.readers == 0
	l.mu.Unlock()
	if last {
		held.snapshot.Close()
	}
}

// Close ends serving: the snapshot closes once its last reader has let go. Nobody may acquire it any more.
func (l *Live) Close() {
	l.mu.Lock()
	last := l.now
	last.retired = true
	idle := last.readers == 0
	l.mu.Unlock()
	if idle {
		last.snapshot.Close()
	}
}

// Swap makes next the serving snapshot.
func (l *Live) Swap(next *Snapshot) {
	l.mu.Lock()
	old := l.now
	old.retired = true
	idle := old.readers == 0
	l.now = &lease{snapshot: next}
	l.mu.Unlock()
	if idle {
		old.snapshot.Close()
	}
}
