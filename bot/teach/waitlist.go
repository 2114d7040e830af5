package teach

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
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

// A waitlist keeps who waits in the file waiting.json: a list of waiters, rewritten whole. Offers are in memory alone. It
// is safe for concurrent use.
type waitlist struct {
	path string
	now  func() time.Time
	log  *zap.Logger

	offers *shelf[offer]

	mu      sync.Mutex
	waiting []waiter // the oldest first
}

func openWaitlist(dir string, now func() time.Time, log *zap.Logger) (*waitlist, error) {
	w := &waitlist{path: inDir(dir, "waiting.json"), now: now, log: log, offers: newShelf[offer](maxOffers)}
	if err := readKept(w.path, &w.waiting); err != nil {
		return nil, fmt.Errorf("open who waits for an answer: %w", err)
	}
	return w, nil
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
func (w *waitlist) join(n waiter) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	each := 0
	for _, other := range w.waiting {
		if other.Who == n.Who && strings.EqualFold(other.Question, n.Question) {
			return true
		}
		if other.Who == n.Who {
			each++
		}
	}
	if each >= maxEach || len(w.waiting) >= maxWaiting {
		return false
	}
	w.waiting = append(w.waiting, n)
	w.save()
	return true
}

// remove takes some off the list.
func (w *waitlist) remove(gone func(waiter) bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := len(w.waiting)
	w.waiting = slices.DeleteFunc(w.waiting, gone)
	if len(w.waiting) != before {
		w.save()
	}
}

// save wants mu.
func (w *waitlist) save() {
	if err := keep(w.path, append([]waiter{}, w.waiting...)); err != nil {
		w.log.Error("it cannot be kept who waits for an answer; a restart forgets them", zap.Error(err))
	}
}

// all returns who waits, without those who have waited too long.
func (w *waitlist) all() []waiter {
	w.remove(func(o waiter) bool { return w.now().Sub(o.At) >= waitTime })
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.waiting)
}

// failed notes that somebody could not be written to. After some attempts they are given up.
func (w *waitlist) failed(o waiter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.waiting {
		if w.waiting[i].same(o) {
			w.waiting[i].Tries++
			w.waiting[i].Next = w.now().Add(tryPause)
		}
	}
	w.waiting = slices.DeleteFunc(w.waiting, func(n waiter) bool { return n.Tries >= maxTries })
	w.save()
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
	intro := fill(say.YouAsked, "question", quote(w.Question), "date", w.At.Format(time.DateOnly))
	r.Text = said(intro, bold(r.Title), r.Text).Text
	r.Title = ""
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
