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
	"io"
	"io/fs"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// A Config says what a publisher works with.
type Config struct {
	// Path is staff's folder, or their one file. Files is what is published in its place when it is empty: such
	// knowledge, as the sample, does not change.
	Path  string
	Files fs.FS

	// Load reads a folder; nil for knowledge.Load without a contact of last resort.
	Load func(fs.FS) (knowledge.Base, []knowledge.Problem)

	// Live is what the publisher swaps; nil to let Start make it.
	Live    *index.Live
	Options index.Options
	Policy  bot.Policy // that questions are answered by; zero for bot.DefaultPolicy

	Versions *versions.Store                               // nil to keep none: then nothing can be brought back
	Recent   func(ctx context.Context) ([]Question, error) // questions asked lately whose words staff may see; nil for none
	Now      func() time.Time                              // nil for time.Now
	Told     func(Event)                                   // hears of everything that staff should; must return at once; nil for nobody
}

// A Question is something that people asked.
type Question struct {
	Text string
	Lang string // BCP 47 base language; empty when unknown
}

// A Status says what is served and what is not.
type Status struct {
	Serving  versions.Version    `json:"serving"`  // what answers now
	Problems []knowledge.Problem `json:"problems"` // of the files as they are, errors and warnings; errors keep them from being served
	Blocked  *Report             `json:"blocked"`  // why the gate keeps the files from being served; nil when it does not
	Pinned   bool                `json:"pinned"`   // an earlier version serves until the files change
	Fallback string              `json:"fallback"` // why what is served is not what the files say, for people; empty when it is
}

// An EventKind says what happened to the knowledge.
type EventKind string

// The kinds of events.
const (
	Live    EventKind = "live"    // the files are served: Version says what changed
	Refused EventKind = "refused" // the files have errors: Problems
	Blocked EventKind = "blocked" // the gate blocks the files: Report
	Back    EventKind = "back"    // an earlier version serves again: Version
)

// An Event is what staff are told.
type Event struct {
	Kind     EventKind
	At       time.Time
	Version  versions.Version    // what serves from now on; of Refused and Blocked, what goes on serving
	Report   *Report             // what changes for people, of Live, Blocked and Back; nil when nothing was compared
	Problems []knowledge.Problem // errors, of Refused
	Pinned   bool                // of Back: the folder cannot be written to, so the version serves until the files change
}

// Publisher brings what staff save to the desk. It is safe for concurrent use; one change is published at a time.
type Publisher struct {
	config Config
	log    *zap.Logger
}

// New returns a publisher. It reads nothing: see Start and Reload.
func New(c Config, log *zap.Logger) *Publisher { return &Publisher{config: c, log: log} }

// ReadOnly reports whether nothing can be published, since the knowledge is the sample.
func (p *Publisher) ReadOnly() bool { return p.config.Path == "" }

// Start publishes the first version and returns what serves it: the files, or the last good version that was kept
// where they have errors or the gate blocks them.
func (p *Publisher) Start(ctx context.Context) (*index.Live, error) { panic("soon") }

// Run follows the files until ctx ends.
func (p *Publisher) Run(ctx context.Context) error { panic("soon") }

// Reload looks at the files now, and publishes what is new and good in them.
func (p *Publisher) Reload(ctx context.Context) Status { panic("soon") }

// Publish lets the files go live as they are although the gate blocks them. Errors in them are not overridden.
func (p *Publisher) Publish(ctx context.Context, author, reason string) (Status, error) {
	panic("soon")
}

// Rollback brings a kept version back: its files are written to the folder, after what is there was kept.
func (p *Publisher) Rollback(ctx context.Context, id, author string) (Status, error) { panic("soon") }

// Try takes a draft through check and gate, compared with what serves. Nothing goes live.
func (p *Publisher) Try(ctx context.Context, fsys fs.FS) (Report, error) { panic("soon") }

// Draft is Try that also returns the draft's snapshot, to ask it questions; nil when errors keep it from being built.
// The caller closes it.
func (p *Publisher) Draft(ctx context.Context, fsys fs.FS) (*index.Snapshot, Report, error) {
	panic("soon")
}

// Status says what is served now.
func (p *Publisher) Status() Status { panic("soon") }

// Faults returns how many errors keep staff's last change from being served; none when it is.
func (p *Publisher) Faults() int { panic("soon") }

var _ io.Closer
