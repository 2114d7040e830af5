package bot

import (
	"sync"
	"time"

	"frontdesk/knowledge"
)

// What a request costs, in quarters of a question: knowledge.Limits count questions.
const (
	aButton   = 1
	aQuestion = 4
)

// span is how long a count runs, from the first request on.
const span = time.Minute

// A meter counts the requests of people and rooms. It is safe for concurrent use.
type meter struct {
	mu     sync.Mutex
	people recent[PersonID, count]
	rooms  recent[RoomID, count]
}

// A count is what was asked since it began.
type count struct {
	began time.Time
	cost  int
	told  bool // that it is too much
}

func newMeter(most int) *meter {
	return &meter{people: newRecent[PersonID, count](most), rooms: newRecent[RoomID, count](most)}
}

// A verdict says what a limit makes of a request.
type verdict int

const (
	fair      verdict = iota
	tooMuch           // and that has to be said
	stillMuch         // and that was said
)

// take counts a request of a person in a room. What is too much for the person does not count against the room. A
// person or room without an id is not counted.
func (m *meter) take(who place, most knowledge.Limits, cost int, now time.Time) (person, room verdict) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if person = spend(&m.people, who.from, most.Person, cost, now); person != fair {
		return person, fair
	}
	return fair, spend(&m.rooms, who.room, most.Room, cost, now)
}

func spend[K ~string](counts *recent[K, count], key K, most, cost int, now time.Time) verdict {
	if key == "" || most <= 0 {
		return fair
	}
	c := counts.get(key)
	if age := now.Sub(c.began); age >= span || age <= -span {
		c = count{began: now}
	}
	v := fair
	switch {
	case c.cost+cost <= most*aQuestion:
		c.cost += cost
	case c.told:
		v = stillMuch
	default:
		v, c.told = tooMuch, true
	}
	counts.put(key, c)
	return v
}

// throttle returns what to reply in the place of an answer, once the person or the room has asked too much: a notice,
// then nothing.
func (t *turn) throttle(cost int) (Reply, bool) {
	person, room := t.meter.take(t.place(), t.base.Settings.Limits, cost, t.now)
	say := t.tongue.say.TooMany
	if person == fair {
		say = t.tongue.say.RoomBusy
	}
	switch max(person, room) {
	case fair:
		return Reply{}, false
	case stillMuch:
		return t.owed(say), true
	}
	return t.limited(say), true
}

// limited says why there is no answer.
func (t *turn) limited(why string) Reply {
	t.detect(clip(t.message.Text))
	return Reply{Outcome: Limited, Text: why, Handoff: t.office()}
}

// owed is silence, unless the platform would show an error.
func (t *turn) owed(why string) Reply {
	if !t.message.Owed {
		return Reply{}
	}
	return t.limited(why)
}
