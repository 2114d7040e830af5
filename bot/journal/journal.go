// Package journal keeps what staff learn from: how questions ended, what found no answer, which words people use. It
// keeps it in SQLite or PostgreSQL, and of people and their words only what a privacy setting allows.
//
//	Desk ─► Record ─► buffer ─► Run: scrub, hash, write in batches ─► database ─► Misses, Suggestions, Numbers, Recent
//
// Record never waits: a database that is slow or dead costs rows at worst, and those are counted.
package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A Privacy says what is kept of questions. Outcome, section, confidence, platform, room, language, latency and feedback
// are kept under all settings but "off"; of messages that speak of danger nothing but their number is. A room can have a
// setting of its own, in desk.yaml.
type Privacy = knowledge.Privacy

// The privacy settings of a journal.
const (
	Counts    = knowledge.KeepCounts    // no text at all
	Clustered = knowledge.KeepClustered // scrubbed text, shown once [Askers] people asked something alike
	Full      = knowledge.KeepFull      // the text as written, shown to staff: for closed rooms of staff
)

// Askers is how many different people must have asked something alike before staff see the words of it.
const Askers = 3

// ParsePrivacy reads a setting. Empty text is Clustered.
func ParsePrivacy(s string) (Privacy, error) {
	switch p := Privacy(s); p {
	case "":
		return Clustered, nil
	case Counts, Clustered, Full:
		return p, nil
	}
	return "", fmt.Errorf("no privacy setting %q: want counts, clustered or full", s)
}

// looseness orders the settings by how much they keep.
func looseness(p Privacy) int {
	return slices.Index([]Privacy{knowledge.KeepNothing, Counts, Clustered, Full}, p)
}

// A Config says what a journal keeps. Zero values stand for the defaults.
type Config struct {
	Privacy   Privacy                // Clustered when empty
	Rooms     map[bot.RoomID]Privacy // rooms with a setting of their own, besides those of desk.yaml, which go first
	Retention time.Duration          // rows that are older are deleted; 90 days when 0
	Buffer    int                    // rows that wait for the database at most; 10,000 when 0
	Every     time.Duration          // between two batches; a second when 0
	Now       func() time.Time       // time.Now when nil
}

// DefaultRetention is how long rows are kept where nothing else is said.
const DefaultRetention = 90 * 24 * time.Hour

// completed returns c with its defaults.
func (c Config) completed() (Config, error) {
	var err error
	if c.Privacy, err = ParsePrivacy(string(c.Privacy)); err != nil {
		return c, err
	}
	for room, p := range c.Rooms {
		if _, err := ParsePrivacy(string(p)); err != nil || p == "" {
			return c, fmt.Errorf("room %q: no privacy setting %q: want counts, clustered or full", room, p)
		}
	}
	if c.Retention < 0 || c.Buffer < 0 || c.Every < 0 {
		return c, errors.New("retention, buffer and pause between batches must not be negative")
	}
	if c.Retention == 0 {
		c.Retention = DefaultRetention
	}
	if c.Buffer == 0 {
		c.Buffer = 10_000
	}
	if c.Every == 0 {
		c.Every = time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, nil
}

// privacy returns a room's setting.
func (c Config) privacy(room bot.RoomID) Privacy {
	if p, ok := c.Rooms[room]; ok {
		return p
	}
	return c.Privacy
}

// A Journal is a [bot.Journal] over a database. It is safe for concurrent use.
type Journal struct {
	config  Config
	store   *store
	buffer  *buffer
	words   atomic.Pointer[vocabulary]
	rooms   atomic.Pointer[map[string]Privacy] // by the keys of desk.yaml; nil before Learn
	writing chan struct{}                      // holds one token, which whoever changes the database or the buffer's head takes
	size    int                                // of the next batch; wants the token
	written atomic.Int64
	reading reading

	changes   atomic.Int64 // how often rows were written or deleted
	deletions atomic.Int64 // how often rows, or words in them, were deleted

	failing atomic.Pointer[string]
	log     *zap.Logger
}

var _ interface {
	bot.Journal
	bot.Keeper
} = (*Journal)(nil)

// Open opens the journal at a path, for SQLite in one file that is made where there is none, or at a postgres:// or
// postgresql:// address. A PostgreSQL server that cannot be reached, or a disk that cannot be written to, is no error: rows
// wait until it can, and Stats say so. A server that refuses the user or has no such database is one, and so is a file that
// is no database.
func Open(ctx context.Context, where string, c Config, log *zap.Logger) (*Journal, error) {
	c, err := c.completed()
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	s, err := openStore(ctx, where, log)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{config: c, store: s, buffer: &buffer{limit: c.Buffer}, writing: make(chan struct{}, 1), size: maxBatch, log: log}
	j.words.Store(&vocabulary{})
	if s.failed != nil {
		j.fails(s.failed)
	}
	return j, nil
}

// Terms are what a journal tells the people whose questions it keeps.
type Terms = bot.Terms

// Terms returns what is kept of a room for which desk.yaml says nothing, for /privacy and the console.
func (j *Journal) Terms(room bot.RoomID) Terms {
	return Terms{Privacy: j.config.privacy(room), Askers: Askers, Retention: j.config.Retention}
}

// Stats say how the journal is.
type Stats struct {
	Waiting int    // rows in the buffer
	Written int64  // rows since the start
	Dropped int64  // rows lost since the start, because the buffer was full or the database refused them
	Failing string // the last write's error; empty when it went well
}

// Stats returns how the journal is, for health checks and metrics.
func (j *Journal) Stats() Stats {
	s := Stats{Written: j.written.Load()}
	s.Waiting, s.Dropped = j.buffer.counts()
	if text := j.failing.Load(); text != nil {
		s.Failing = *text
	}
	return s
}

// closeTime bounds the last write.
const closeTime = 5 * time.Second

// Close writes what waits, for at most five seconds, and closes the database. The error says how many rows were lost.
// Call it after Run has returned and nobody records any more.
func (j *Journal) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	err := j.Flush(ctx)
	if waiting, _ := j.buffer.counts(); waiting > 0 {
		err = fmt.Errorf("close journal: %d rows lost: %w", waiting, err)
	}
	return errors.Join(err, j.store.close())
}
