// Package teach lets staff teach the desk from their own chat, on whatever platform that is: see what went unanswered,
// say which section answers it or write a new answer, and have it live a moment later.
//
//	/misses ─► a miss with buttons ─► a change to one of staff's files ─► gate ─► live ─► whoever waited is told
//
// It is a [bot.StaffDesk], to which the desk sends only the staff that desk.yaml names, and a [bot.Waitlist]. Besides
// replying it posts to the staff's rooms what they should know without asking.
package teach

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A Config says what a teacher works with. What is nil cannot be done, and staff who try are told so.
type Config struct {
	Live      *index.Live
	Publisher *publish.Publisher
	Policy    bot.Policy // that questions are answered by

	Book    *edit.Book              // staff's files
	Journal *journal.Journal        // where misses come from
	Link    func(who string) string // makes the address of a one-time link to the console

	Dir   string           // folder for who waits and what was told; empty to keep that in memory
	Now   func() time.Time // nil for time.Now
	Hour  int              // of the day, by the desk's clock, from which on the digest is posted: 9 when 0
	Every time.Duration    // how often Run looks whether something is due: a minute when 0
	Pause time.Duration    // before what could not be posted is posted again, longer each time: 2 s when 0
}

// A Poster sends what nobody asked for. Both return once it was sent, or with the reason why it was not.
type Poster interface {
	Post(context.Context, bot.RoomID, bot.Reply) error     // to a room
	PostTo(context.Context, bot.PersonID, bot.Reply) error // to a person in private
}

// A Teacher is the staff's desk. It is safe for concurrent use.
type Teacher struct {
	config Config
	log    *zap.Logger
	desk   *bot.Desk // answers as people's does, and tells nobody

	lessons *shelf[lesson]   // that the gate holds back, until staff say why they are to go live all the same
	asked   *shelf[question] // that buttons are about
	own     *shelf[bot.RoomID]
	lately  *lately
	waiting *waitlist
	diary   *diary

	events  chan publish.Event
	posters atomic.Pointer[map[string]Poster] // what Run was given; nil while it is not at work
}

var _ interface {
	bot.StaffDesk
	bot.Waitlist
} = (*Teacher)(nil)

// maxEvents is how many events wait until they are posted.
const maxEvents = 64

// Open returns a teacher, with what an earlier run left in Config.Dir. The error says what cannot be read there.
func Open(c Config, log *zap.Logger) (*Teacher, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Hour == 0 {
		c.Hour = 9
	}
	if c.Every == 0 {
		c.Every = time.Minute
	}
	if c.Pause == 0 {
		c.Pause = 2 * time.Second
	}
	t := &Teacher{
		config: c, log: log, desk: bot.NewDesk(c.Live, c.Policy, log),
		lessons: newShelf[lesson](50), asked: newShelf[question](500), own: newShelf[bot.RoomID](50), lately: newLately(c.Now),
		events: make(chan publish.Event, maxEvents),
	}
	var err error
	if t.waiting, err = openWaitlist(c.Dir, c.Now, log); err != nil {
		return nil, err
	}
	if t.diary, err = openDiary(c.Dir); err != nil {
		return nil, err
	}
	return t, nil
}

// Told takes note of what happened to the knowledge. It returns at once: Run tells staff, and whoever waits.
func (t *Teacher) Told(e publish.Event) {
	select {
	case t.events <- e:
	default:
		t.log.Warn("too much happens to the knowledge for staff to be told of all of it", zap.String("event", string(e.Kind)))
	}
}

// Run posts what staff and people who wait should know, through the posters of the platforms ("telegram", "discord"),
// until ctx ends.
func (t *Teacher) Run(ctx context.Context, posters map[string]Poster) error {
	t.posters.Store(&posters)
	defer t.posters.Store(nil)
	tick := time.NewTicker(t.config.Every)
	defer tick.Stop()
	first, news := true, false
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-t.events:
			if e.Kind == publish.Live || e.Kind == publish.Back {
				t.tellWaiting(ctx)
			}
			t.announce(ctx, e)
			news = true
		case <-tick.C:
			if first { // the knowledge may have changed while nobody ran; by now the platforms are at work
				t.tellWaiting(ctx)
				if e, bad := t.state(); bad && !news {
					t.announce(ctx, e)
				}
				first = false
			}
			t.due(ctx)
		}
	}
}

// answer is what people get for a question now.
func (t *Teacher) answer(ctx context.Context, q question) bot.Reply {
	return t.desk.Answer(ctx, bot.Message{Text: q.text, Lang: q.lang, Private: true, At: t.config.Now()})
}

// settings are those of the knowledge that serves.
func (t *Teacher) settings() knowledge.Settings {
	s, release := t.config.Live.Acquire()
	defer release()
	return s.Base().Settings
}

// clock returns an instant as the desk's clock shows it.
func (t *Teacher) clock(at time.Time) time.Time { return t.settings().Zone.Clock(at) }

// today is the day that it is at the desk, as dates of the knowledge are.
func (t *Teacher) today() time.Time { return t.settings().Zone.Day(t.config.Now()) }

// sections returns those of some ids that the knowledge has, in that order.
func (t *Teacher) sections(ids []knowledge.SectionID) []knowledge.Section {
	s, release := t.config.Live.Acquire()
	defer release()
	var all []knowledge.Section
	for _, id := range ids {
		if section, ok := s.Section(id.Key()); ok {
			all = append(all, section)
		}
	}
	return all
}

// section returns the section with a key.
func (t *Teacher) section(k knowledge.Key) (knowledge.Section, bool) {
	s, release := t.config.Live.Acquire()
	defer release()
	return s.Section(k)
}

// say returns the words in the language of a message, else of the desk.
func (t *Teacher) say(m bot.Message) words { return wordsFor(m.Lang, t.settings().Lang) }

// said is a reply of the staff's desk.
func said(paragraphs ...string) bot.Reply {
	var all []string
	for _, p := range paragraphs {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return bot.Reply{Outcome: bot.Smalltalk, Text: strings.Join(all, "\n\n")}
}
