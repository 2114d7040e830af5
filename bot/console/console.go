// Package console is the staff's page: try a question, see what went unanswered, change an answer, look at the numbers.
//
//	GET  /            the first page              GET  /knowledge, /section/KEY   articles, and one section to edit
//	GET  /ask         try a question              GET  /misses                    what found no answer
//	GET  /numbers     what happened               GET  /versions                  what was published, and back
//	GET  /rooms       where the desk answers      GET  /health                    how it is
//	GET  /sign-in     with a token                GET  /door/CODE                 with a one-time link from the bot
//
// Pages are whole HTML made here; what changes something is a form. Everything but signing in needs a session. The
// little script only saves loading a page anew.
package console

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge/edit"
	"frontdesk/knowledge/versions"
)

// A Config says what a console works with. Token or Link signs people in; what is nil is left out of the pages, and
// they say so.
type Config struct {
	Token string // that staff sign in with; empty for one-time links alone

	Live      *index.Live
	Publisher *publish.Publisher
	Versions  *versions.Store
	Book      *edit.Book       // nil where staff's files cannot be changed
	Journal   *journal.Journal // nil where none is kept
	Previews  []Preview        // how each platform shows an answer

	Health func(context.Context) []Check // how the parts of the program are
	Policy bot.Policy                    // that questions are answered by
	Now    func() time.Time              // nil for time.Now
}

// A Preview shows an answer as a platform will, in plain text.
type Preview struct {
	Platform string // such as "Telegram"
	Show     func(bot.Reply) string
}

// A Check says how a part of the program is.
type Check struct {
	Name  string
	Fault string // empty when it is well
}

// A Console serves the staff's pages. It is safe for concurrent use. What takes long is done by Run.
type Console struct {
	config    Config
	log       *zap.Logger
	guests    *guests
	known     atomic.Pointer[catalogue] // of the version that was last looked at
	questions lately[glance]
	tallies   lately[journal.Numbers]
	chores    chan func(context.Context) error // that Run does
	patience  time.Duration                    // that a page waits for what Run reads
	adviser   adviser
	golden    atomic.Pointer[tested]
	trying    chan struct{} // holds the one draft that is tried
	desk      *bot.Desk     // answers what staff try on what serves, and remembers nothing
	mirror    mirror
	handler   http.Handler
}

// New returns a console. It panics when an embedded file is broken, which the tests rule out.
func New(c Config, log *zap.Logger) *Console {
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Console{
		config: c, log: log, guests: newGuests(c.Token, c.Now), trying: make(chan struct{}, 1),
		chores: make(chan func(context.Context) error, 8), patience: patience, adviser: adviser{wanted: make(chan struct{}, 1)},
	}
	s.desk = bot.New(c.Live, bot.Config{Policy: c.Policy, Now: c.Now}, log)
	s.handler = s.guard(s.routes())
	return s
}

// ServeHTTP answers a request.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.handler.ServeHTTP(w, r) }

// Link returns the path of a one-time link that signs a member of staff in: it works once, for ten minutes. who is
// noted as the author of what they change; whoever has a link for "" is asked for their name.
func (c *Console) Link(who string) string { return "/door/" + c.guests.invite(who) }
