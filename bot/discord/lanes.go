package discord

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"
)

const (
	maxPending = 4096 // jobs accepted and not yet done
	maxWorkers = 64   // jobs under way at once
)

// lanes run jobs: those of one lane in the order in which they came, those of different lanes side by side. When too
// many are waiting the next one waits at the door, which holds the gateway's reader back until there is room; Discord
// keeps what it has not delivered. They are safe for concurrent use.
type lanes struct {
	log     *zap.Logger
	alive   context.Context // of the jobs: it outlives the gateway, and ends when draining takes too long
	abandon context.CancelFunc
	slots   chan struct{} // one a job, from submit to its end
	workers chan struct{} // one a job under way
	jobs    sync.WaitGroup

	mu      sync.Mutex
	waiting map[string][]func(context.Context) // lane → jobs behind the one under way; the key exists while one is
}

// newLanes returns lanes that accept so many jobs before the next one waits.
func newLanes(pending int, log *zap.Logger) *lanes {
	alive, abandon := context.WithCancel(context.Background())
	return &lanes{
		log:     log,
		alive:   alive,
		abandon: abandon,
		slots:   make(chan struct{}, pending),
		workers: make(chan struct{}, maxWorkers),
		waiting: map[string][]func(context.Context){},
	}
}

// submit accepts a job, as soon as there is room for it; false means that ctx ended first.
func (l *lanes) submit(ctx context.Context, lane string, job func(context.Context)) bool {
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	l.jobs.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if queue, busy := l.waiting[lane]; busy {
		l.waiting[lane] = append(queue, job)
		return true
	}
	l.waiting[lane] = nil
	go l.run(lane, job)
	return true
}

// run does a lane's jobs until none is left.
func (l *lanes) run(lane string, job func(context.Context)) {
	for more := true; more; {
		l.workers <- struct{}{}
		survives(l.log, func() { job(l.alive) }) // a job that panics ends alone
		<-l.workers
		job, more = l.next(lane)
		<-l.slots
		l.jobs.Done()
	}
}

func (l *lanes) next(lane string) (job func(context.Context), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.waiting[lane]
	if len(queue) == 0 {
		delete(l.waiting, lane)
		return nil, false
	}
	l.waiting[lane] = queue[1:]
	return queue[0], true
}

// survives runs f and reports whether it came to its end.
func survives(log *zap.Logger, f func()) (ended bool) {
	defer func() {
		if recover() != nil { // its value may quote what somebody wrote
			log.Error("answering panicked", zap.Stack("stack"))
		}
	}()
	f()
	return true
}

// drain waits until every accepted job is done. After patience it cuts short what they wait for.
func (l *lanes) drain(patience time.Duration) {
	late := time.AfterFunc(patience, func() {
		l.log.Warn("replies under way took too long at the end; giving up on them")
		l.abandon()
	})
	defer late.Stop()
	l.jobs.Wait()
	l.abandon()
}
