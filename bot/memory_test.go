package bot

import (
	"strconv"
	"testing"
	"time"
)

func TestMemoryExpires(t *testing.T) {
	m := newMemory(10)
	here := place{"test:1", "ann"}
	start := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	m.remember(here, past{at: start, lang: "es", topic: "k"})
	for _, test := range []struct {
		after time.Duration
		topic bool // the exchange is remembered
		known bool // the person is
	}{
		{-time.Minute, true, true}, // a clock that went back
		{0, true, true},
		{14 * time.Minute, true, true},
		{15 * time.Minute, false, true},
		{6 * 24 * time.Hour, false, true},
		{7 * 24 * time.Hour, false, false},
	} {
		got := m.recall(here, start.Add(test.after))
		if (got.topic != "") != test.topic || !got.at.IsZero() != test.known {
			t.Errorf("recall after %v = %+v, want the topic %v, the person known %v", test.after, got, test.topic, test.known)
		}
	}
	if got := m.recall(place{"test:1", "bob"}, start); !got.at.IsZero() {
		t.Errorf("recall of another person in the room = %+v, want nothing", got)
	}
	m.forget(here)
	if got := m.recall(here, start); !got.at.IsZero() {
		t.Errorf("recall after forget = %+v, want nothing", got)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	const places = 100
	m := newMemory(places)
	now := time.Now()
	at := func(i int) place { return place{RoomID("test:" + strconv.Itoa(i)), "ann"} }
	for i := range 10 * places {
		m.remember(at(i), past{at: now})
		m.remember(at(0), past{at: now}) // who keeps talking is not forgotten
	}
	if len(m.at) != places || m.order.Len() != places {
		t.Errorf("memory holds %d places in a list of %d, want %d", len(m.at), m.order.Len(), places)
	}
	if m.recall(at(0), now).at.IsZero() {
		t.Error("whoever spoke last is forgotten")
	}
	if !m.recall(at(1), now).at.IsZero() {
		t.Error("whoever was silent longest is remembered")
	}
}
