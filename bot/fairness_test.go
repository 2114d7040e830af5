package bot

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"frontdesk/knowledge"
)

func TestSpend(t *testing.T) {
	counts := newRecent[PersonID, count](10)
	start := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for i, test := range []struct {
		after time.Duration
		cost  int
		want  verdict
	}{
		{0, aQuestion, fair},
		{time.Second, aQuestion, fair},
		{2 * time.Second, aQuestion, tooMuch},
		{3 * time.Second, aQuestion, stillMuch},
		{3 * time.Second, aButton, stillMuch},
		{2 * time.Second, aQuestion, stillMuch}, // a clock that went back a little
		{59 * time.Second, aQuestion, stillMuch},
		{60 * time.Second, aQuestion, fair}, // however often they tried meanwhile
		{61 * time.Second, aButton, fair},
		{61 * time.Second, aQuestion, tooMuch},
		{61 * time.Second, aButton, fair}, // what is left suffices for that
		{-time.Hour, aQuestion, fair},     // a clock that was set right
	} {
		if got := spend(&counts, "ann", 2, test.cost, start.Add(test.after)); got != test.want {
			t.Errorf("%d: spend(%d) after %v = %v, want %v", i, test.cost, test.after, got, test.want)
		}
	}
	for range 100 {
		if spend(&counts, "ann", 0, aQuestion, start) != fair || spend(&counts, "", 1, aQuestion, start) != fair {
			t.Fatal("spend without a limit, or of nobody, is too much")
		}
	}
}

func TestPersonLimit(t *testing.T) {
	h := openHall(t, knowledge.Room{Answer: knowledge.ModeAuto}, knowledge.Limits{Person: 2, Room: 100})
	for _, want := range []Outcome{Answered, Answered, Limited, "", ""} {
		if r := h.hear("test:ann", Mention, effects); r.Outcome != want || want == Limited && (r.Text == "" || r.Handoff.IsZero()) {
			t.Errorf("Answer = %+v, want %q", r, want)
		}
	}
	if r := h.hear("test:ann", Mention, danger); r.Outcome != Crisis {
		t.Errorf("Answer(%q) beyond the limit = %q, want the helplines", danger, r.Outcome)
	}
	if r := h.hear("test:ann", Overheard, cost); !r.Silent() {
		t.Errorf("Answer(overheard) beyond the limit = %q, want silence", r.Outcome)
	}
	if r := h.hear("test:bob", Mention, effects); r.Outcome != Answered {
		t.Errorf("Answer to somebody else = %q, want answered", r.Outcome)
	}
	owed := h.message(effects)
	owed.Owed, owed.From, owed.At = true, "test:ann", h.now.Add(-time.Minute)
	if r := h.desk.Press(t.Context(), owed, Press{Verb: Topics}); r.Outcome != Limited {
		t.Errorf("Press that is owed a reply, beyond the limit = %q, want %q", r.Outcome, Limited)
	}
	h.now = h.now.Add(time.Minute)
	if r := h.hear("test:ann", Mention, effects); r.Outcome != Answered {
		t.Errorf("Answer a minute later = %q, want answered", r.Outcome)
	}
}

func TestRoomLimit(t *testing.T) {
	h := openHall(t, knowledge.Room{}, knowledge.Limits{Person: 8, Room: 3})
	var got []Outcome
	for i := range 6 {
		got = append(got, h.hear(PersonID("test:"+strconv.Itoa(i)), Mention, cost).Outcome)
	}
	for i, want := range []Outcome{Answered, Answered, Answered, Limited, "", ""} {
		if got[i] != want {
			t.Errorf("question %d = %q, want %q", i, got[i], want)
		}
	}
}

func TestMeterIsBounded(t *testing.T) {
	m := newMeter(50)
	now := time.Now()
	var people sync.WaitGroup
	for person := range 4 {
		people.Go(func() {
			for i := range 200 {
				id := strconv.Itoa(person*200 + i)
				m.take(place{RoomID("r" + id), PersonID("p" + id)}, knowledge.Limits{Person: 1, Room: 1}, aQuestion, now)
			}
		})
	}
	people.Wait()
	if len(m.people.at) != 50 || len(m.rooms.at) != 50 || m.people.order.Len() != 50 {
		t.Errorf("%d people and %d rooms are counted, want 50 each", len(m.people.at), len(m.rooms.at))
	}
}
