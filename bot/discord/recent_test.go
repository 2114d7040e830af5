package discord

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestRecent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRecent(time.Minute, 3)
		if !r.add("a") || r.add("a") || !r.has("a") || r.has("b") {
			t.Error("a key is new once, and there afterwards")
		}
		time.Sleep(time.Minute)
		if r.has("a") || !r.add("a") {
			t.Error("a key is still there after its time")
		}
		time.Sleep(time.Minute)
		for n := range 100 {
			r.add(fmt.Sprint(n))
			if len(r.keys) > 3 {
				t.Fatalf("%d keys, want at most 3", len(r.keys))
			}
		}
		if !r.has("99") {
			t.Error("the newest key is forgotten")
		}
	})
}

func TestSuggestionsForgetWhatWasTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &suggestions{known: map[string]suggestion{}}
		s.keep("typed first", nil)
		time.Sleep(suggestionLife)
		s.keep("typed later", nil)
		if _, known := s.recall("typed later"); !known || len(s.known) != 1 {
			t.Errorf("%d lists are remembered, the later one %t, want that one alone", len(s.known), known)
		}
	})
}
