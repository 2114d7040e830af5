package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// A postOffice is a sender over a Telegram that only notes what it is sent, and when. Its clock is the bubble's.
type postOffice struct {
	*sender
	refuse func(to place, p part) error // nil for never

	mu    sync.Mutex
	log   []string
	times []time.Time
	lost  int
}

func newPostOffice() *postOffice {
	o := &postOffice{}
	o.sender = newSender(&Client{pace: defaultPace})
	o.send = func(_ context.Context, to place, p part) (int, error) {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.refuse != nil {
			if err := o.refuse(to, p); err != nil {
				return 0, err
			}
		}
		o.log = append(o.log, fmt.Sprintf("%d %s", to.chat, p.html))
		o.times = append(o.times, time.Now())
		return len(o.log), nil
	}
	return o
}

func (o *postOffice) post(ctx context.Context, chat int64, urgent bool, texts ...string) {
	p := &parcel{place: place{chat: chat, private: chat > 0}, urgent: urgent}
	for _, text := range texts {
		p.parts = append(p.parts, part{html: text})
	}
	p.sent = func(_ int, err error) {
		if err != nil {
			o.mu.Lock()
			o.lost++
			o.mu.Unlock()
		}
	}
	o.put(ctx, p)
}

func (o *postOffice) sent() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.log)
}

func TestQueueKeepsOrderAndLimits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		chat   int64
		window time.Duration
		most   int // messages in any window
	}{
		{"private chat", 7, 10 * time.Second, 13},
		{"group", -7, time.Minute, 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newPostOffice()
				var want []string
				for i := range 50 {
					a, b := fmt.Sprint(i, "a"), fmt.Sprint(i, "b")
					o.post(t.Context(), tt.chat, false, a, b)
					want = append(want, fmt.Sprint(tt.chat, " ", a), fmt.Sprint(tt.chat, " ", b))
				}
				o.wait()
				if !slices.Equal(o.log, want) {
					t.Errorf("sent %v, want %v", o.log, want)
				}
				if got := busiest(o.times, tt.window); got > tt.most {
					t.Errorf("%d messages within %v, want at most %d", got, tt.window, tt.most)
				}
			})
		})
	}
}

// busiest returns the most times that fall into one window.
func busiest(times []time.Time, window time.Duration) int {
	most := 0
	for i, from := range times {
		n := 0
		for _, at := range times[i:] {
			if at.Sub(from) < window {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func TestQueueLimitsAllChatsTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		for chat := range int64(200) {
			o.post(t.Context(), chat+1, false, "x")
		}
		o.wait()
		if got := busiest(o.times, time.Second); got > 60 || len(o.log) != 200 {
			t.Errorf("%d of %d messages within a second, want a burst of 30 and 30 a second", got, len(o.log))
		}
	})
}

func TestUrgentGoesFirstAndWaitsForNoLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		for i := range 30 {
			o.post(t.Context(), -7, false, fmt.Sprint(i))
		}
		time.Sleep(time.Second) // the burst is over; the group may be sent one message in four seconds
		before := time.Now()
		o.post(t.Context(), -7, true, "help", "more help")
		synctest.Wait()
		if got := o.sent(); !slices.Equal(got[len(got)-2:], []string{"-7 help", "-7 more help"}) || time.Since(before) != 0 {
			t.Errorf("after %v the last that was sent is %v, want both urgent messages at once", time.Since(before), got)
		}
		o.wait()
		if len(o.log) != 32 {
			t.Errorf("%d messages sent, want 32", len(o.log))
		}
	})
}

func TestRetryAfterHoldsOneChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		began, told := time.Now(), false
		o.refuse = func(to place, _ part) error {
			if to.chat == 7 && !told {
				told = true
				return fmt.Errorf("sendMessage: %w", &tgbotapi.Error{Code: 429, ResponseParameters: tgbotapi.ResponseParameters{RetryAfter: 35}})
			}
			return nil
		}
		o.post(t.Context(), 7, false, "held")
		o.post(t.Context(), 8, false, "free")
		o.wait()
		if !slices.Equal(o.log, []string{"8 free", "7 held"}) || o.times[0].Sub(began) != 0 || o.times[1].Sub(began) != 35*time.Second {
			t.Errorf("sent %v at %v, want the held one after 35 s", o.log, o.times)
		}
	})
}

func TestOutageIsRetriedAndGivenUpInTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		began := time.Now()
		o.refuse = func(_ place, p part) error {
			if p.html == "never" || time.Since(began) < 10*time.Minute {
				return &troubleError{status: 502}
			}
			return nil
		}
		o.post(t.Context(), 7, false, "late")
		o.post(t.Context(), 8, false, "never")
		o.wait()
		if !slices.Equal(o.log, []string{"7 late"}) || o.lost != 1 {
			t.Errorf("sent %v and lost %d, want the late one sent and the other given up", o.log, o.lost)
		}
		if d := time.Since(began); d < time.Hour || d > time.Hour+2*time.Minute {
			t.Errorf("given up after %v, want an hour", d)
		}
	})
}

func TestUrgentIsTriedAtOnceDuringAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		down := true
		o.refuse = func(place, part) error {
			if down {
				return &troubleError{status: 502}
			}
			return nil
		}
		o.post(t.Context(), 7, false, "normal")
		time.Sleep(10 * time.Minute) // the pauses are long by now
		synctest.Wait()
		o.mu.Lock()
		down = false
		o.mu.Unlock()
		before := time.Now()
		o.post(t.Context(), 7, true, "urgent")
		synctest.Wait()
		if got := o.sent(); len(got) == 0 || got[0] != "7 urgent" || time.Since(before) != 0 {
			t.Errorf("sent %v, want the urgent one at once", got)
		}
		o.wait()
	})
}

func TestQueueEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		ctx, cancel := context.WithCancel(t.Context())
		for range 10 {
			o.post(ctx, -7, false, "x")
		}
		synctest.Wait()
		cancel()
		o.wait()
		if len(o.log)+o.lost != 10 || o.lost == 0 {
			t.Errorf("%d sent and %d given back, want 10 in all", len(o.log), o.lost)
		}
		if len(o.boxes) != 0 {
			t.Errorf("%d boxes left", len(o.boxes))
		}
	})
}

func TestForgetDropsWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		for range 10 {
			o.post(t.Context(), -7, false, "x")
		}
		synctest.Wait()
		o.forget(-7)
		o.wait()
		if len(o.log) != 5 || o.lost != 5 {
			t.Errorf("%d sent, %d dropped, want the burst of 5 sent and the rest dropped", len(o.log), o.lost)
		}
	})
}

// TestMoveWhileAParcelWaits is for the race detector: the parcel's place is read and written at the same time.
func TestMoveWhileAParcelWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		for range 6 {
			o.post(t.Context(), -7, false, "x")
		}
		time.Sleep(time.Second) // the burst is over; no synctest.Wait, which would put read and write in order
		o.move(-7, -8)
		o.wait()
		if got := o.log; len(got) != 6 || got[4] != "-7 x" || got[5] != "-8 x" {
			t.Errorf("sent %v, want the burst of 5 to the group and the last to the supergroup", got)
		}
	})
}

func TestMoveForgetsWhatIsRepliedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newPostOffice()
		o.refuse = func(to place, p part) error {
			if to.chat == -8 && to.replyTo != 0 {
				t.Errorf("%q replies to message %d of the group's", p.html, to.replyTo)
			}
			return nil
		}
		put := func(text string) {
			p := &parcel{place: place{chat: -7, replyTo: 5}, parts: []part{{html: text}}, sent: func(int, error) {}}
			o.put(t.Context(), p)
		}
		for i := range 6 {
			put(fmt.Sprint(i))
		}
		time.Sleep(time.Second)
		o.move(-7, -8)
		put("after the move")
		o.wait()
		if len(o.log) != 7 {
			t.Errorf("sent %v, want 7 messages", o.log)
		}
	})
}

func TestMoveForgetsWhatIsEdited(t *testing.T) {
	for _, when := range []string{"before the move", "during the edit", "after the move"} {
		t.Run(when, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newPostOffice()
				edited := []int64{}
				o.edit = func(_ context.Context, to place, _ int, _ part) error {
					if edited = append(edited, to.chat); to.chat == -8 {
						return nil
					}
					return &tgbotapi.Error{Code: 400, ResponseParameters: tgbotapi.ResponseParameters{MigrateToChatID: -8}}
				}
				put := func() {
					target := func() (int, bool) { return 5, true }
					o.put(t.Context(), &parcel{place: place{chat: -7}, parts: []part{{html: "anew"}}, target: target, sent: func(int, error) {}})
				}
				switch when {
				case "before the move":
					for range 5 { // as many as go at once
						o.post(t.Context(), -7, false, "x")
					}
					put()
					time.Sleep(time.Second)
					o.move(-7, -8)
				case "during the edit":
					put()
				case "after the move":
					o.move(-7, -8)
					put()
				}
				o.wait()
				if !slices.Contains(o.sent(), "-8 anew") || slices.Contains(edited, -8) {
					t.Errorf("sent %v, edited in %v, want it sent anew to the supergroup and nothing edited there", o.sent(), edited)
				}
			})
		})
	}
}

func TestMoveKeepsOrder(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before int64 // chat of what is put in before the move, behind the group's own; 0 for none
		after  int64
	}{
		{"to the group after the move", 0, -7},
		{"to the supergroup after the move", 0, -8},
		{"to the supergroup before the move", -8, -8},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newPostOffice()
				var want []string
				put := func(chat int64, text string) {
					o.post(t.Context(), chat, false, text)
					want = append(want, "-8 "+text)
				}
				for i := range 20 {
					put(-7, fmt.Sprint("old ", i))
				}
				if tt.before != 0 {
					for i := range 5 { // as many as go at once
						o.post(t.Context(), tt.before, false, fmt.Sprint("burst ", i))
					}
					put(tt.before, "new, before")
				}
				time.Sleep(time.Second)
				synctest.Wait()
				o.move(-7, -8)
				put(tt.after, "new, after")
				before, began := len(o.sent()), time.Now()
				o.post(t.Context(), tt.after, true, "help")
				synctest.Wait()
				if !slices.Contains(o.sent()[before:], "-8 help") || time.Since(began) != 0 {
					t.Errorf("sent %v, want the urgent one at once", o.sent()[before:])
				}
				o.wait()
				// Of the group's 20, a burst of 5 went before the move.
				got := slices.DeleteFunc(o.sent()[before:], func(sent string) bool { return sent == "-8 help" })
				if !slices.Equal(got, want[5:]) {
					t.Errorf("sent %v after the move, want %v", got, want[5:])
				}
				if len(o.boxes) != 0 || o.lost != 0 {
					t.Errorf("%d boxes left, %d lost", len(o.boxes), o.lost)
				}
			})
		})
	}
}

func TestQuietChatsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimits(defaultPace)
		for chat := range int64(manyChats) {
			l.take(place{chat: chat, private: true})
		}
		time.Sleep(time.Minute)
		l.take(place{chat: -1})
		if n := len(l.chats); n != 1 {
			t.Errorf("%d limiters kept, want 1", n)
		}
	})
}

func TestBackoffDoublesUpToItsLongest(t *testing.T) {
	b := defaultPace.backoff()
	for i, want := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second} {
		if got := b.next(); got < want/2 || got > want {
			t.Errorf("pause %d = %v, want between %v and %v", i, got, want/2, want)
		}
	}
	for range 100 {
		if got := b.next(); got > defaultPace.longest {
			t.Fatalf("pause = %v, want at most %v", got, defaultPace.longest)
		}
	}
}

func TestHealth(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	h := newHealth(time.Minute)
	check := func(name string, after time.Duration, want error) {
		t.Helper()
		if got := h.err(start.Add(after)); !errors.Is(got, want) {
			t.Errorf("%s: err() = %v, want %v", name, got, want)
		}
	}
	check("at the start", 0, errNotConnected)
	h.good(start)
	check("connected", time.Second, nil)
	if !h.bad(errOutage) || h.bad(errOutage) {
		t.Error("an outage must be news once")
	}
	check("a short outage", time.Second, nil)
	if h.err(start.Add(2*time.Minute)) == nil {
		t.Error("a long outage: err() = nil, want the watchdog's words")
	}
	h.bad(errConflict)
	check("conflict", time.Second, errConflict)
	if was := h.good(start); !errors.Is(was, errConflict) {
		t.Errorf("good() = %v, want what was wrong", was)
	}
	full := errors.New("no space left on device")
	if !h.stored(full) || h.stored(full) {
		t.Error("a full disk must be news once")
	}
	check("full disk", 0, full)
	h.stored(nil)
	check("all well", 0, nil)
}
