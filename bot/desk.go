package bot

import (
	"context"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/safety"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// A Config says how a desk works. Its zero value offers nothing and answers everything: begin with DefaultPolicy.
type Config struct {
	Policy   Policy
	Rules    *safety.Rules    // nil for safety.Default()
	Journal  Journal          // nil for none
	Staff    StaffDesk        // nil for none
	Waitlist Waitlist         // nil for none
	Now      func() time.Time // for messages that do not say when they were sent; nil for time.Now
}

// A Desk answers messages from the live knowledge. It is safe for concurrent use.
type Desk struct {
	live    *index.Live
	config  Config
	rules   *safety.Rules // the built-in ones; a snapshot's facts have staff's as well
	tongues []tongue
	memory  *memory
	meter   *meter
	scene   *scene
	facts   atomic.Pointer[facts] // of the snapshot last used
	log     *zap.Logger
}

// NewDesk returns a desk over live with the usual configuration.
func NewDesk(live *index.Live, policy Policy, log *zap.Logger) *Desk {
	return New(live, Config{Policy: policy}, log)
}

// New returns a desk over live. It panics when a language's embedded files are broken, which the tests rule out.
func New(live *index.Live, c Config, log *zap.Logger) *Desk {
	tongues, err := loadTongues()
	if err != nil {
		panic("bot: " + err.Error())
	}
	if c.Rules == nil {
		c.Rules = safety.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Desk{
		live: live, config: c, rules: c.Rules, tongues: tongues, log: log,
		memory: newMemory(memoryPlaces), meter: newMeter(memoryPlaces), scene: newScene(memoryPlaces),
	}
}

// Answer replies to what a person wrote. There is no error: what fails inside becomes a reply that hands off. The
// reply is silent where staff's rules for the room, or its limits, say so; never to somebody in danger who turned to
// the desk.
//
// A message without a room stands for itself: nothing of it is remembered, and no disclaimer is added to its reply.
func (d *Desk) Answer(ctx context.Context, m Message) Reply {
	return d.serve(m, Press{}, func(t *turn) Reply {
		if finding, found := t.facts.rules.Check(m.Text); found {
			return t.rescue(ctx, finding)
		}
		if reply, ok := t.staffMessage(ctx); ok {
			return reply
		}
		return t.fairly(aQuestion, func() Reply { return t.answer(ctx) })
	})
}

// Press replies to a button. m carries the room, person and language; its text is ignored, unless it was typed into a
// Form, whose Press p then is.
func (d *Desk) Press(ctx context.Context, m Message, p Press) Reply {
	if p.Verb == Staff {
		return d.serve(m, p, func(t *turn) Reply { return t.staffPress(ctx, p) })
	}
	return d.button(m, p, func(t *turn) Reply { return t.press(p) })
}

// Welcome greets and says what the desk is: for /start, /help and the first sight of a room.
func (d *Desk) Welcome(m Message) Reply { return d.button(m, Press{}, (*turn).welcome) }

// Topics lists what the desk knows, with choices for the articles' sections.
func (d *Desk) Topics(m Message) Reply { return d.button(m, Press{}, (*turn).topics) }

// Contact hands off.
func (d *Desk) Contact(m Message) Reply { return d.button(m, Press{}, (*turn).contact) }

// Privacy says what is kept of people, and for how long.
func (d *Desk) Privacy(m Message) Reply { return d.button(m, Press{}, (*turn).privacy) }

// Forget drops what is remembered of the person in the room, and says so.
func (d *Desk) Forget(m Message) Reply { return d.button(m, Press{}, (*turn).forget) }

// Suggest returns questions that continue what was typed so far, for autocompletion: at most n. It remembers and
// logs nothing. To words that speak of danger there are none: they need an answer, not a list. None of them has expired
// at the message's time.
func (d *Desk) Suggest(ctx context.Context, m Message, n int) []knowledge.Section {
	snapshot, release := d.live.Acquire()
	defer release()
	t := d.begin(snapshot, m)
	if _, danger := t.facts.rules.Check(m.Text); danger || t.room.answer == knowledge.ModeOff {
		return nil
	}
	var sections []knowledge.Section
	d.guard("suggestions", func() {
		q := index.Query{Text: clip(m.Text), Lang: lang.Base(m.Lang), Tags: t.room.tags}
		sections = snapshot.Suggest(ctx, q, n+min(maxExpiredSuggested, t.facts.expiredBy(t.today)))
	})
	sections = slices.DeleteFunc(sections, func(s knowledge.Section) bool { return !t.serves(s) })
	return sections[:min(n, len(sections))]
}

// button serves what is asked by a command or a button.
func (d *Desk) button(m Message, p Press, reply func(*turn) Reply) Reply {
	return d.serve(m, p, func(t *turn) Reply { return t.fairly(aButton, func() Reply { return reply(t) }) })
}

// serve runs one turn of the conversation from the snapshot to the journal. What says how to reply may panic.
func (d *Desk) serve(m Message, p Press, reply func(*turn) Reply) Reply {
	began := time.Now()
	snapshot, release := d.live.Acquire()
	defer release()
	t := d.begin(snapshot, m)
	r := t.failed()
	if m.Addressed == Overheard {
		r = Reply{} // nobody waits for it
	}
	d.guard("reply", func() { r = reply(t) })
	if t.backstage {
		return t.asIs(r)
	}
	t.watch(r)
	if r.Silent() {
		return r
	}
	r = t.finish(r)
	if d.config.Journal != nil {
		d.guard("journal", func() {
			d.config.Journal.Record(t.exchange(p, r, time.Since(began)))
		})
	}
	if p.Verb == Share {
		return r // the person wants everybody to read it
	}
	return t.veil(r)
}

// guard runs f and survives its panic. The log says where it happened, and nothing that people wrote: a panic's value
// may quote them.
func (d *Desk) guard(what string, f func()) {
	defer func() {
		if recover() != nil {
			d.log.Error("panic while replying", zap.String("in", what), zap.ByteString("stack", debug.Stack()))
		}
	}()
	f()
}
