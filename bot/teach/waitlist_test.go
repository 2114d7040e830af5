package teach

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
)

// TestNoLetterAfterForget has somebody ask to be forgotten while those who wait are being told.
func TestNoLetterAfterForget(t *testing.T) {
	o := newOffice(t, nil)
	for _, who := range []string{"telegram:1", "telegram:2"} {
		o.teacher.waiting.join(waiter{Who: bot.PersonID(who), Question: "where can I park", Lang: "en", At: o.clock.now()})
	}
	o.teacher.posters.Store(&map[string]Poster{"telegram": o.mail})
	waiting := o.teacher.waiting.all()
	o.teacher.Forget("telegram:1")
	for _, w := range waiting {
		o.teacher.tell(t.Context(), w)
	}
	if len(o.mail.got) != 1 || o.mail.got[0].to != "telegram:2" {
		t.Errorf("the letters are %+v, want one to telegram:2", o.mail.got)
	}
}

// TestNothingHalfWrittenStays opens the folder of a program that was killed while it wrote who waits.
func TestNothingHalfWrittenStays(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"waiting.json.123.tmp", "waiting.json", "other.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("[]"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := openWaitlist(dir, time.Now, zap.NewNop()); err != nil {
		t.Fatal(err)
	}
	for name, stays := range map[string]bool{"waiting.json.123.tmp": false, "waiting.json": true, "other.tmp": true} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != stays {
			t.Errorf("%s: %v, want that it stays: %v", name, err, stays)
		}
	}
}

// TestTwoProgramsShareWhoWaits has two programs keep who waits in one folder, as in a restart of which the old one is
// not done yet: neither loses what the other notes.
func TestTwoProgramsShareWhoWaits(t *testing.T) {
	dir, now := t.TempDir(), time.Now
	open := func() *waitlist {
		w, err := openWaitlist(dir, now, zap.NewNop())
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	lists := []*waitlist{open(), open()}
	var work sync.WaitGroup
	for i, w := range lists {
		work.Go(func() {
			for n := range 50 {
				if !w.join(waiter{Who: bot.PersonID(fmt.Sprintf("telegram:%d-%d", i, n)), Question: "where", At: now()}) {
					t.Errorf("%d does not join list %d", n, i)
				}
			}
		})
	}
	work.Wait()
	for i, w := range append(lists, open()) {
		if n := len(w.all()); n != 100 {
			t.Errorf("list %d has %d, want 100", i, n)
		}
	}
	lists[0].remove(func(w waiter) bool { return w.Who == "telegram:1-0" })
	if lists[1].waits(waiter{Who: "telegram:1-0", Question: "where"}) {
		t.Error("who was forgotten by one waits in the other")
	}
}
