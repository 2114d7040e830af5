package teach

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// Bounds of who waits.
const (
	waitTime   = 30 * 24 * time.Hour
	maxWaiting = 1000
	maxEach    = 10  // questions that one person waits for
	maxText    = 500 // bytes of a question
	offerTime  = latelyTime
	maxOffers  = 2000
	maxTries   = 5 // to write to somebody
	tryPause   = time.Hour
)

// A waiter waits for an answer to a question.
type waiter struct {
	Who      bot.PersonID `json:"who"`
	Question string       `json:"question"`
	Lang     string       `json:"lang,omitempty"` // that the platform says the person uses
	At       time.Time    `json:"at"`             // since when
	Tries    int          `json:"tries,omitempty"`
	Next     time.Time    `json:"next,omitzero"` // not to be tried again before
}

// An offer is a button that was shown to somebody and not pressed yet.
type offer struct {
	waiter
	made time.Time
}

// A waitlist keeps who waits in the file waiting.json: a list of waiters, rewritten whole. Another program may share it,
// as when a new one starts while the old one ends: each reads it anew, under a lock, before changing it. Offers are in
// memory alone. It is safe for concurrent use.
type waitlist struct {
	path string
	now  func() time.Time
	log  *zap.Logger

	offers *shelf[offer]

	mu      sync.Mutex
	waiting []waiter // the oldest first, as the file was last seen
	ahead   bool     // the file could not be written, so what is in memory counts
}

func openWaitlist(dir string, now func() time.Time, log *zap.Logger) (*waitlist, error) {
	w := &waitlist{path: inDir(dir, "waiting.json"), now: now, log: log, offers: newShelf[offer](maxOffers)}
	if err := readKept(w.path, &w.waiting); err != nil {
		return nil, fmt.Errorf("open who waits for an answer: %w", err)
	}
	w.sweep()
	return w, nil
}

// sweep removes what a program that was killed had half written: who has asked to be forgotten since may stand in it.
func (w *waitlist) sweep() {
	if w.path == "" {
		return
	}
	unlock, err := lock(w.path + ".lock") // so that nobody writes now
	if err != nil {
		return // as where the folder cannot be written to, which others say
	}
	defer unlock()
	dir, name := filepath.Split(w.path)
	entries, _ := os.ReadDir(dir) // it was read from a moment ago
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), name+".") && strings.HasSuffix(e.Name(), ".tmp") {
			_ = os.Remove(filepath.Join(dir, e.Name())) // else the next start tries again
		}
	}
}

// platforms are those whose people can be written to.
var platforms = []string{"telegram", "discord"}

// Offer implements bot.Waitlist. The question is kept in memory, until the button is pressed or for a quarter of an hour.
func (t *Teacher) Offer(m bot.Message, question string) (knowledge.Key, bool) {
	platform, _, _ := strings.Cut(string(m.From), ":")
	question = strings.Join(strings.Fields(question), " ")
	if !slices.Contains(platforms, platform) || question == "" || len(question) > maxText {
		return "", false
	}
	var b [8]byte
	rand.Read(b[:]) // never fails
	key := base64.RawURLEncoding.EncodeToString(b[:])
	now := t.config.Now()
	t.waiting.offers.put(key, offer{waiter{Who: m.From, Question: question, Lang: m.Lang, At: now}, now})
	return knowledge.Key(key), true
}

// Join implements bot.Waitlist.
func (t *Teacher) Join(m bot.Message, k knowledge.Key) bool {
	o, ok := t.waiting.offers.get(string(k))
	if !ok || o.Who != m.From || t.config.Now().Sub(o.made) > offerTime {
		return false
	}
	return t.waiting.join(o.waiter)
}

// Forget implements bot.Waitlist: it drops all that is known of a person.
func (t *Teacher) Forget(who bot.PersonID) {
	t.lately.forget(who)
	t.waiting.offers.drop(func(o offer) bool { return o.Who == who })
	t.waiting.remove(func(w waiter) bool { return w.Who == who })
}

// join lets somebody wait; false when too many do.
func (w *waitlist) join(n waiter) (joined bool) {
	w.change(func(all []waiter) []waiter {
		if joined = slices.ContainsFunc(all, func(o waiter) bool { return o.Who == n.Who && strings.EqualFold(o.Question, n.Question) }); joined {
			return all
		}
		each := 0
		for _, o := range all {
			if o.Who == n.Who {
				each++
			}
		}
		if joined = each < maxEach && len(all) < maxWaiting; joined {
			all = append(all, n)
		}
		return all
	})
	return joined
}

// remove takes some off the list.
func (w *waitlist) remove(gone func(waiter) bool) {
	w.change(func(all []waiter) []waiter { return slices.DeleteFunc(all, gone) })
}

// change changes the list, which f may overwrite, and keeps it if it is another then.
func (w *waitlist) change(f func([]waiter) []waiter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.path != "" {
		unlock, err := lock(w.path + ".lock")
		if err != nil {
			w.log.Warn("who waits for an answer cannot be shared with another program", zap.Error(err))
		} else {
			defer unlock()
		}
		w.look()
	}
	before := slices.Clone(w.waiting)
	if w.waiting = f(w.waiting); slices.Equal(w.waiting, before) {
		return
	}
	err := keep(w.path, append([]waiter{}, w.waiting...))
	if err != nil {
		w.log.Error("it cannot be kept who waits for an answer; a restart forgets them", zap.Error(err))
	}
	w.ahead = err != nil
}

// look reads the file again. It wants mu.
func (w *waitlist) look() {
	if w.ahead {
		return
	}
	var all []waiter
	if err := readKept(w.path, &all); err != nil {
		w.log.Error("it cannot be read who waits for an answer; going on with what is known", zap.Error(err))
		return
	}
	w.waiting = all
}

// all returns who waits, without those who have waited too long.
func (w *waitlist) all() (all []waiter) {
	w.change(func(now []waiter) []waiter {
		now = slices.DeleteFunc(now, func(o waiter) bool { return w.now().Sub(o.At) >= waitTime })
		all = slices.Clone(now)
		return now
	})
	return all
}

// waits reports whether somebody is on the list still.
func (w *waitlist) waits(o waiter) bool { return slices.ContainsFunc(w.all(), o.same) }

// failed notes that somebody could not be written to. After some attempts they are given up.
func (w *waitlist) failed(o waiter) {
	w.change(func(all []waiter) []waiter {
		for i := range all {
			if all[i].same(o) {
				all[i].Tries++
				all[i].Next = w.now().Add(tryPause)
			}
		}
		return slices.DeleteFunc(all, func(n waiter) bool { return n.Tries >= maxTries })
	})
}

func (w waiter) same(o waiter) bool { return w.Who == o.Who && w.Question == o.Question }

// tellWaiting tells those who wait for an answer that there is now.
func (t *Teacher) tellWaiting(ctx context.Context) {
	for _, w := range t.waiting.all() {
		if ctx.Err() == nil {
			t.tell(ctx, w)
		}
	}
}

// tellAgain tells those who could not be written to before.
func (t *Teacher) tellAgain(ctx context.Context) {
	for _, w := range t.waiting.all() {
		if w.Tries > 0 && ctx.Err() == nil {
			t.tell(ctx, w)
		}
	}
}

// tell tells somebody the answer, if there is one.
func (t *Teacher) tell(ctx context.Context, w waiter) {
	if t.config.Now().Before(w.Next) {
		return
	}
	r := t.desk.Answer(ctx, bot.Message{Text: w.Question, Lang: w.Lang, Private: true, At: t.config.Now()})
	if r.Outcome != bot.Answered {
		return
	}
	say := wordsFor(r.Lang)
	intro := fill(say.YouAsked, "question", quote(w.Question), "date", t.clock(w.At).Format(time.DateOnly))
	r.Text = said(intro, bold(r.Title), r.Text).Text
	r.Title = ""
	if !t.waiting.waits(w) { // they have asked to be forgotten while others were told
		return
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	if err := t.postTo(ctx, w.Who, r); err != nil {
		t.log.Info("somebody who waits for an answer cannot be told", zap.Int("tries", w.Tries+1), zap.Error(err))
		t.waiting.failed(w)
		return
	}
	t.waiting.remove(w.same)
}

func bold(s string) string {
	if s == "" {
		return ""
	}
	return "**" + quote(s) + "**"
}
