package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"frontdesk/bot/safety"
	"frontdesk/knowledge"
)

// Audience returns who should read the replies in a message's room; empty where staff leave it to the platform.
func (d *Desk) Audience(m Message) knowledge.Audience { return d.rulesOf(m).replies }

// Listens reports whether messages that are not for the desk should be given to it as Overheard, since it may answer
// them or has to know when staff speak. Elsewhere it stays silent to them all.
func (d *Desk) Listens(m Message) bool {
	r := d.rulesOf(m)
	return r.answer == knowledge.ModeAuto || r.quiet > 0 && r.answer != knowledge.ModeOff
}

func (d *Desk) rulesOf(m Message) roomRules {
	snapshot, release := d.live.Acquire()
	defer release()
	return rulesFor(snapshot.Base().Settings.Rooms, m)
}

// fairly replies if the room's rules and limits let it.
func (t *turn) fairly(cost int, reply func() Reply) Reply {
	o := t.occasion(Reply{})
	overheard := o.addressed == Overheard
	if t.room.hopeless(o) {
		return t.unheard()
	}
	if !overheard {
		if notice, over := t.throttle(cost); over {
			return notice
		}
	}
	r := reply()
	if !t.room.speaks(t.occasion(r)) {
		return Reply{}
	}
	if overheard {
		if _, over := t.throttle(cost); over {
			return Reply{}
		}
	}
	return r
}

// rescue replies to somebody who may be in danger, however much was asked before.
func (t *turn) rescue(ctx context.Context, found safety.Finding) Reply {
	if !t.room.speaks(t.occasion(Reply{Outcome: Crisis})) {
		return Reply{}
	}
	return t.crisis(ctx, found)
}

// unheard is the reply to what the room's rules leave unanswered: silence, but for a person who is alone with the desk.
func (t *turn) unheard() Reply {
	if t.message.Private && t.message.Addressed != Overheard {
		return t.limited(t.tongue.say.NotHere)
	}
	return t.owed(t.tongue.say.NotHere)
}

// occasion returns what it hangs on whether the message gets a reply.
func (t *turn) occasion(r Reply) occasion {
	staff, shown := t.scene.since(t.message.Room, r.Section.Key(), t.now)
	return occasion{
		addressed: t.message.Addressed, fromStaff: t.fromStaff(), hushed: t.message.Hushed, afterStaff: staff,
		outcome: r.Outcome, confidence: r.Confidence, afterShown: shown,
	}
}

func (t *turn) fromStaff() bool {
	return t.message.Staff || slices.Contains(t.room.staff, string(t.message.From))
}

// watch notes what everybody in the room has seen, as far as the room's rules need it.
func (t *turn) watch(r Reply) {
	m := t.message
	if m.Room == "" {
		return
	}
	if m.Addressed == Overheard && t.room.quiet > 0 && t.fromStaff() {
		t.scene.staffSpoke(m.Room, t.now)
	}
	if t.room.answer == knowledge.ModeAuto && r.Section != "" && !m.Private {
		t.scene.shown(m.Room, r.Section.Key(), t.now)
	}
}

// privateTag, among a section's tags, marks what people may not want others to read that they asked about.
const privateTag = "private"

// hides reports whether the room should not read of a section: because none of its answers are for all, or, where staff
// leave that open for the room, because the section is marked.
func (t *turn) hides(s knowledge.Section) bool {
	switch {
	case t.message.Private || t.room.replies == knowledge.ToAll:
		return false
	case t.room.replies == knowledge.ToAsker:
		return true
	}
	return slices.Contains(s.Tags, privateTag)
}

// reveals reports whether a reply shows or names a section that the room should not read of.
func (t *turn) reveals(r Reply) bool {
	shown, _ := t.snapshot.Section(r.Section.Key())
	return t.hides(shown) || slices.ContainsFunc(r.Choices, func(c Choice) bool {
		s, ok := t.snapshot.Section(c.Press.Key)
		return ok && t.hides(s)
	})
}

// veil puts an offer in the place of an answer that the room should not read, and of a question back: a heading would
// tell what was asked.
func (t *turn) veil(r Reply) Reply {
	if r.Outcome == Crisis || !t.reveals(r) { // helplines need no index, and hide nothing
		return r
	}
	offer := Choice{Label: t.tongue.say.ShowPrivate}
	text := t.tongue.say.PrivateOffer
	switch {
	case r.Outcome == Answered && r.Section != "":
		offer.Press = Press{Show, r.Section.Key()}
	case r.Outcome == Unsure:
		text, offer.Press = t.tongue.say.PrivateUnsure, Press{Verb: Pick}
		for _, c := range r.Choices[:min(maxChoices, len(r.Choices))] {
			offer.Press.Key += c.Press.Key
		}
	case r.Outcome == HandedOff:
		r.Choices, r.Related = slices.DeleteFunc(slices.Clone(r.Choices), shows), nil
		return r
	default:
		return r
	}
	return Reply{
		Outcome: r.Outcome, Text: text, Note: r.Note, Choices: []Choice{offer}, Handoff: r.Handoff, Lang: r.Lang, Veiled: true,
	}
}

// shows reports whether a button bears a section's heading.
func shows(c Choice) bool { return c.Press.Verb == Show }

// maxShown bounds how many sections a scene holds of a room.
const maxShown = 32

// A scene remembers what everybody in a room has seen. It is safe for concurrent use.
type scene struct {
	mu    sync.Mutex
	rooms recent[RoomID, seen]
}

// A seen is what happened in a room. Its slice is never changed once put.
type seen struct {
	staff    time.Time  // when staff spoke last; zero for never
	sections []sighting // shown, each once, the latest last
}

type sighting struct {
	key knowledge.Key
	at  time.Time
}

func newScene(most int) *scene { return &scene{rooms: newRecent[RoomID, seen](most)} }

func (s *scene) staffSpoke(room RoomID, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	what := s.rooms.get(room)
	what.staff = now
	s.rooms.put(room, what)
}

func (s *scene) shown(room RoomID, key knowledge.Key, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	what := s.rooms.get(room)
	others := slices.DeleteFunc(slices.Clone(what.sections), func(x sighting) bool { return x.key == key })
	what.sections = append(others, sighting{key, now})
	if n := len(what.sections); n > maxShown {
		what.sections = what.sections[n-maxShown:]
	}
	s.rooms.put(room, what)
}

// since returns how long ago staff spoke in a room and a section was shown there; negative for never.
func (s *scene) since(room RoomID, key knowledge.Key, now time.Time) (staff, shown time.Duration) {
	s.mu.Lock()
	what := s.rooms.get(room)
	s.mu.Unlock()
	staff, shown = -1, -1
	if !what.staff.IsZero() {
		staff = max(0, now.Sub(what.staff))
	}
	for _, x := range what.sections {
		if x.key == key {
			shown = max(0, now.Sub(x.at))
		}
	}
	return staff, shown
}
