package telegram

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A budget is how many messages may go at once, and how often one more.
type budget struct {
	burst int
	every time.Duration // 0 for no limit
}

func (b budget) limiter() *rate.Limiter { return rate.NewLimiter(rate.Every(b.every), b.burst) }

// limits keep what we send below what Telegram answers with 429: about 30 messages a second in all, one a second in
// a chat with short bursts, and 20 a minute in a group.
//
// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
type limits struct {
	private, group budget
	all            *rate.Limiter

	mu    sync.Mutex
	chats map[int64]*rate.Limiter
}

var (
	privateBudget = budget{burst: 3, every: time.Second}
	groupBudget   = budget{burst: 5, every: 4 * time.Second} // at most 20 in any minute
	wholeBudget   = budget{burst: 30, every: time.Second / 30}
)

// manyChats is when limiters that are not needed any more are looked for.
const manyChats = 1000

func newLimits(p pace) *limits {
	return &limits{private: p.private, group: p.group, all: p.whole.limiter(), chats: map[int64]*rate.Limiter{}}
}

// A ticket is the right to send one message after a delay.
type ticket struct{ chat, all *rate.Reservation }

func (l *limits) take(to place) ticket {
	return ticket{l.chat(to).Reserve(), l.all.Reserve()}
}

func (t ticket) delay() time.Duration { return max(t.chat.Delay(), t.all.Delay()) }

// giveBack returns a ticket that was not used.
func (t ticket) giveBack() {
	t.chat.Cancel()
	t.all.Cancel()
}

func (l *limits) chat(to place) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one, ok := l.chats[to.chat]; ok {
		return one
	}
	l.sweep()
	one := l.group.limiter()
	if to.private {
		one = l.private.limiter()
	}
	l.chats[to.chat] = one
	return one
}

// sweep forgets chats that have been quiet, whose limiters are as good as new.
func (l *limits) sweep() {
	if len(l.chats) < manyChats {
		return
	}
	for id, one := range l.chats {
		if one.Tokens() >= float64(one.Burst()) {
			delete(l.chats, id)
		}
	}
}
