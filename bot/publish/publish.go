// Package publish is the one way from staff's files to the desk:
//
//	read ─► check ─► build ─► gate ─► keep ─► swap
//	          │                 └─► blocked: an answer that staff count on would be lost
//	          └─► refused: a file cannot be read as meant
//
// What is refused or blocked leaves the last good version serving, and staff are told why. Every version that goes
// live is kept, and can be brought back.
package publish

import (
	"context"
	"io/fs"
	"sync"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
	"frontdesk/knowledge/watch"
)

// A Config says what a publisher works with.
type Config struct {
	// Path is staff's folder, or their one file. Files is what is published in its place when it is empty: such
	// knowledge, as the sample, does not change.
	Path  string
	Files fs.FS

	Load    Loader        // nil for knowledge.Load without a contact of last resort
	Live    *index.Live   // what the publisher swaps; nil to let Start make it
	Options index.Options // of every snapshot
	Gate    Gate          // its zero value is the usual one

	Versions *versions.Store                               // nil to keep none: then nothing can be brought back
	Recent   func(ctx context.Context) ([]Question, error) // questions asked lately whose words staff may see; nil for none
	Told     func(Event)                                   // hears of everything that staff should; must return at once; nil for nobody
}

// A Question is something that people asked.
type Question struct {
	Text string
	Lang string // BCP 47 base language; empty when unknown
}

// A Status says what is served and what is not.
type Status struct {
	Serving  versions.Version    // what answers now
	Problems []knowledge.Problem // of the files as they are, errors and warnings; errors keep them from being served
	Blocked  *Report             // why the gate keeps the files from being served; nil when it does not
	Pinned   bool                // an earlier version serves until the files change
	Fallback string              // why what is served is not what the files say, for people to read; empty when it is
}

// Publisher brings what staff save to the desk. It is safe for concurrent use; one change is published at a time.
type Publisher struct {
	config Config
	log    *zap.Logger
	flight chan struct{} // holds the one who is publishing

	// What only that one touches.
	seen     string                       // what the files last came to, so that it is told once
	approved map[string]versions.Approval // where there is no store

	mu     sync.Mutex
	live   *index.Live
	golden []GoldenQuestion // of the version that serves
	known  memo             // of its answers
	status Status
}

// New returns a publisher. It reads nothing: see Start and Reload. With Config.Live given, what that serves counts as a
// version that is unknown until the first Reload.
func New(c Config, log *zap.Logger) *Publisher {
	if c.Load == nil {
		var memory knowledge.Memory
		c.Load = func(fsys fs.FS) (knowledge.Base, []knowledge.Problem) {
			return memory.Load(fsys, knowledge.Handoff{})
		}
	}
	if c.Gate.Policy == (bot.Policy{}) {
		c.Gate.Policy = bot.DefaultPolicy
	}
	if c.Gate.Now == nil {
		c.Gate.Now = time.Now
	}
	return &Publisher{config: c, log: log, live: c.Live, flight: make(chan struct{}, 1), approved: map[string]versions.Approval{}}
}

// ReadOnly reports whether nothing can be published, since the knowledge is the program's own.
func (p *Publisher) ReadOnly() bool { return p.config.Path == "" }

// Versions returns where versions are kept; nil for nowhere.
func (p *Publisher) Versions() *versions.Store { return p.config.Versions }

// Status says what is served now.
func (p *Publisher) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Faults returns how many errors and broken golden questions keep staff's last change from being served; none when it
// is.
func (p *Publisher) Faults() int {
	s := p.Status()
	n := len(Errors(s.Problems))
	if s.Blocked != nil {
		n += s.Blocked.Breaking()
	}
	return n
}

// orderSettle is how long the orders must stay the same before they are looked at.
const orderSettle = 20 * time.Millisecond

// Run follows the files, and staff's orders, until ctx ends. Knowledge that does not change needs no following.
func (p *Publisher) Run(ctx context.Context) error {
	if p.ReadOnly() {
		return nil
	}
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return p.follow(ctx) })
	if s := p.config.Versions; s != nil {
		// An order is one small file that appears whole: there is nothing to wait for.
		ordered := func(ctx context.Context) {
			if pinned := p.Status().Pinned; s.Waiting(pinned) {
				p.Reload(ctx)
			}
		}
		work.Go(func() error { return watch.Run(ctx, s.Orders(), watch.Options{Settle: orderSettle}, ordered, p.log) })
	}
	return work.Wait()
}

// again is how long to wait before looking for the files once more where there are none.
const again = time.Second

// follow publishes what staff save. A folder that is not there, as one that is mounted late, is waited for: meanwhile
// the last good version answers.
func (p *Publisher) follow(ctx context.Context) error {
	tick := time.NewTicker(again)
	defer tick.Stop()
	for told := false; ; {
		err := watch.Run(ctx, p.config.Path, watch.Options{}, func(ctx context.Context) { p.Reload(ctx) }, p.log)
		if err == nil {
			return nil
		}
		if !told {
			p.log.Error("the knowledge cannot be followed yet; trying again", zap.Error(err))
			told = true
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// begin waits until nobody else publishes, or ctx ends.
func (p *Publisher) begin(ctx context.Context) (end func(), err error) {
	select {
	case p.flight <- struct{}{}:
		return func() { <-p.flight }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *Publisher) change(f func(*Status)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(&p.status)
}

func (p *Publisher) tell(e Event) {
	if p.config.Told == nil {
		return
	}
	e.At = p.config.Gate.Now()
	if e.Version.ID == "" {
		e.Version = p.Status().Serving
	}
	p.config.Told(e)
}
