package console

import (
	"context"
	"errors"
	"testing"
	"time"

	"frontdesk/bot/journal"
)

// TestSlowFailure reads a journal that takes longer to fail than a page waits: whoever asks again is told why, and a
// little later it is tried again.
func TestSlowFailure(t *testing.T) {
	h := newHouse(t, clinic, nil)
	h.patience = time.Millisecond
	away := errors.New("the server is away")
	asked := make(chan error)
	var l lately[int]
	recalled := func() (int, error) {
		return recall(t.Context(), h.Console, &l, journal.Period{}, func(context.Context) (int, error) { return 7, <-asked })
	}
	if _, err := recalled(); !errors.Is(err, errWaiting) {
		t.Fatalf("recall() while it is read = %v, want that it is waited for", err)
	}
	h.clock.forward(time.Minute) // a server that says nothing is waited for
	asked <- away
	waited := func(done func() bool) {
		for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("nothing comes of it")
			}
		}
	}
	waited(func() bool { _, ok := l.get(journal.Period{}); return ok })
	if _, err := recalled(); !errors.Is(err, away) {
		t.Errorf("recall() once it has failed = %v, want why", err)
	}
	h.clock.forward(failsFor)
	if _, err := recalled(); !errors.Is(err, errWaiting) {
		t.Errorf("recall() a little later = %v, want that it is read again", err)
	}
	asked <- nil
	waited(func() bool { _, err := recalled(); return err == nil })
	if n, err := recalled(); n != 7 || err != nil {
		t.Errorf("recall() once it can be read = %d, %v", n, err)
	}
}
