package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// A sender delivers parcels: in order within a chat, many chats at once, and no faster than Telegram allows. A chat's
// goroutine lives while there is something to send.
type sender struct {
	send   func(context.Context, place, part) (message int, err error)
	edit   func(ctx context.Context, to place, message int, p part) error
	pace   pace
	limits *limits

	mu    sync.Mutex
	boxes map[int64]*outbox
	moved map[int64]int64 // groups that became supergroups
	was   map[int64]int64 // the other way round: a supergroup's messages go once its group's box is empty
	wg    sync.WaitGroup
}

func newSender(c *Client) *sender {
	return &sender{
		send: c.sendPart, edit: c.editPart, pace: c.pace, limits: newLimits(c.pace),
		boxes: map[int64]*outbox{}, moved: map[int64]int64{}, was: map[int64]int64{},
	}
}

// put queues a parcel. What cannot be sent before ctx ends is given up.
func (s *sender) put(ctx context.Context, p *parcel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if to, ok := s.moved[p.place.chat]; ok {
		p.move(to)
	}
	chat := p.place.chat
	box, running := s.boxes[chat]
	if !running {
		box = &outbox{wake: make(chan struct{}, 1), backoff: s.pace.backoff()}
		s.boxes[chat] = box
	}
	box.add(p)
	if !running {
		s.wg.Go(func() { s.drain(ctx, chat, box) })
	}
}

// drain sends what is in a box until it is empty.
func (s *sender) drain(ctx context.Context, chat int64, box *outbox) {
	for {
		p := s.await(ctx, chat, box)
		if p == nil {
			return
		}
		s.attempt(ctx, chat, box, p)
	}
}

// await returns the next parcel once a message of it may be sent; nil when the box is empty, and closed with it.
func (s *sender) await(ctx context.Context, chat int64, box *outbox) *parcel {
	for {
		s.mu.Lock()
		if len(box.parcels) == 0 {
			delete(s.boxes, chat)
			if next := s.boxes[s.moved[chat]]; next != nil {
				next.stir() // it waited for this one
			}
			s.mu.Unlock()
			return nil
		}
		p := box.parcels[0]
		to := p.place // as in deliver
		pause := max(time.Until(box.told), time.Until(box.again))
		if !s.mayGo(chat, p) {
			pause = max(pause, s.pace.longest) // the end of the group's box ends it
		}
		s.mu.Unlock()
		if ctx.Err() != nil {
			s.finish(box, p, ctx.Err())
			continue
		}
		if pause > 0 {
			box.rest(ctx, pause)
			continue
		}
		ticket := s.limits.take(to)
		if (p.urgent || box.rest(ctx, ticket.delay())) && s.isNext(chat, box, p) {
			return p
		}
		ticket.giveBack()
	}
}

// isNext reports whether a parcel still heads its box, and may go: it may have been dropped meanwhile.
func (s *sender) isNext(chat int64, box *outbox, p *parcel) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(box.parcels) > 0 && box.parcels[0] == p && s.mayGo(chat, p)
}

// mayGo reports whether nothing that was put in before the chat became a supergroup is still to be sent; what is urgent
// does not wait for that. The caller holds mu.
func (s *sender) mayGo(chat int64, p *parcel) bool { return p.urgent || s.boxes[s.was[chat]] == nil }

// attempt sends one message of a parcel and decides what becomes of it.
func (s *sender) attempt(ctx context.Context, chat int64, box *outbox, p *parcel) {
	if p.target != nil {
		message, ok := p.target()
		if !ok {
			s.finish(box, p, nil)
			return
		}
		p.edits, p.target = message, nil
	}
	message, err := s.deliver(ctx, p)
	var refusal *tgbotapi.Error
	errors.As(err, &refusal)
	switch {
	case err == nil:
		s.progress(box, p, message)
	case ctx.Err() != nil:
		s.finish(box, p, ctx.Err())
	case refusal == nil:
		s.retry(box, p, err)
	case refusal.RetryAfter > 0:
		s.mu.Lock()
		box.told = time.Now().Add(seconds(refusal.RetryAfter))
		s.mu.Unlock()
	case refusal.MigrateToChatID != 0:
		s.move(chat, refusal.MigrateToChatID)
	case refusal.Code == http.StatusForbidden:
		s.drop(box, err)
	case refusal.Code == http.StatusBadRequest && p.edits != 0:
		p.edits = 0 // the message cannot be edited any more: send it anew
	case refusal.Code >= 500 || refusal.Code == http.StatusUnauthorized:
		s.retry(box, p, err)
	default:
		s.finish(box, p, err)
	}
}

func (s *sender) deliver(ctx context.Context, p *parcel) (message int, err error) {
	s.mu.Lock()
	to, moved := p.place, p.moved // the group may become a supergroup meanwhile
	s.mu.Unlock()
	if p.edits != 0 && !moved {
		return p.edits, s.edit(ctx, to, p.edits, p.parts[0])
	}
	return s.send(ctx, to, p.parts[0])
}

// progress notes that the first of the parcel's remaining messages was sent.
func (s *sender) progress(box *outbox, p *parcel, message int) {
	s.mu.Lock()
	box.failing = time.Time{}
	box.backoff.reset()
	s.mu.Unlock()
	if p.first == 0 {
		p.first = message
	}
	p.last, p.edits = message, 0
	p.parts = p.parts[1:]
	if len(p.parts) == 0 {
		s.finish(box, p, nil)
	}
}

// retry leaves the parcel in its place for later, until it has been too long.
func (s *sender) retry(box *outbox, p *parcel, err error) {
	s.mu.Lock()
	now := time.Now()
	if box.failing.IsZero() {
		box.failing = now
	}
	tooLong := now.Sub(box.failing) > s.pace.giveUp
	if !tooLong {
		box.again = now.Add(box.backoff.next())
	}
	s.mu.Unlock()
	if tooLong {
		s.finish(box, p, err)
	}
}

// finish takes a parcel out of its box, if it is still there.
func (s *sender) finish(box *outbox, p *parcel, err error) {
	s.mu.Lock()
	at := slices.Index(box.parcels, p)
	if at >= 0 {
		box.parcels = slices.Delete(box.parcels, at, at+1)
	}
	box.failing = time.Time{}
	s.mu.Unlock()
	if at >= 0 {
		p.sent(p.first, err)
	}
}

// drop empties a box whose chat the bot may not write to any more.
func (s *sender) drop(box *outbox, err error) {
	s.mu.Lock()
	dropped := box.parcels
	box.parcels = nil
	box.stir()
	s.mu.Unlock()
	for _, p := range dropped {
		p.sent(0, err)
	}
}

// forget drops what waits for a chat, because the bot was removed from it.
func (s *sender) forget(chat int64) {
	s.mu.Lock()
	box := s.boxes[chat]
	s.mu.Unlock()
	if box != nil {
		s.drop(box, errGone)
	}
}

var errGone = errors.New("the bot was removed from the chat")

// move sends what waits for a group, and what is still to come, to the supergroup that it became.
func (s *sender) move(from, to int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved[from], s.was[to] = to, from
	if box := s.boxes[from]; box != nil {
		for _, p := range box.parcels {
			p.move(to)
		}
	}
}

// wait returns once everything was sent or given up. Nothing may be put in meanwhile.
func (s *sender) wait() { s.wg.Wait() }
