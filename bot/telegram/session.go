package telegram

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"sync"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// A session is one Run: what was received goes to one of a few workers, and what they reply to the sender. A room
// always has the same worker, so that its messages are answered in order.
type session struct {
	*Client
	self    tgbotapi.User
	inbox   *inbox
	sender  *sender
	answers *answers
	forms   *forms
	posts   chan *parcel // what belongs to no update
	workers []chan event
	seed    maphash.Seed
	working sync.WaitGroup
	aside   sync.WaitGroup // calls that nobody waits for, such as callback answers
	asides  chan struct{}  // bounds them
	freed   chan struct{}  // has a token when an update left the inbox
	labels  sync.Map       // of the contact by language, for inline answers

	gate   sync.RWMutex // read-held by whoever takes in
	closed bool         // nothing is taken in any more
}

const (
	workerCount = 8
	workerQueue = 128
	maxAsides   = 32
	maxWaiting  = 5000 // updates in the inbox
)

func newSession(c *Client, self tgbotapi.User, box *inbox) *session {
	s := &session{
		Client: c, self: self, inbox: box, sender: newSender(c), answers: newAnswers(), forms: openForms(c.formsPath()), posts: make(chan *parcel),
		seed: maphash.MakeSeed(), asides: make(chan struct{}, maxAsides), freed: make(chan struct{}, 1),
	}
	for range workerCount {
		s.workers = append(s.workers, make(chan event, workerQueue))
	}
	return s
}

// start begins to work on what is taken in. ctx ends the work, finished or not.
func (s *session) start(ctx context.Context) {
	for _, events := range s.workers {
		s.working.Go(func() {
			for e := range events {
				s.handle(ctx, e)
			}
		})
	}
	s.working.Go(func() {
		for p := range s.posts {
			s.sender.put(ctx, p)
		}
	})
}

// finish returns once everything taken in is answered, or the work was ended.
func (s *session) finish() {
	s.gate.Lock()
	s.closed = true
	s.gate.Unlock()
	for _, events := range s.workers {
		close(events)
	}
	close(s.posts)
	s.working.Wait()
	s.sender.wait()
	s.aside.Wait()
}

// resume takes up what an earlier Run received and did not answer.
func (s *session) resume() {
	waiting := s.inbox.pending()
	if len(waiting) > 0 {
		s.log.Info("answering what was received before the restart", zap.Int("updates", len(waiting)))
	}
	for _, raw := range waiting {
		id, _ := updateID(raw)
		u, ok := s.decode(raw)
		if !ok {
			s.done(id) // an earlier version could read it
			continue
		}
		if e, ok := s.receive(u); ok {
			s.dispatch(e)
		} else {
			s.done(id)
		}
	}
}

// take accepts a batch of updates for good and hands them to the workers. It returns the highest id of the batch, 0
// for none, and how many updates are taken care of, as against those that cannot be confirmed or were known. After
// finish it takes nothing.
func (s *session) take(batch []json.RawMessage) (highest, taken int) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return 0, 0
	}
	var lasting []update
	events := map[int]event{}
	for _, raw := range batch {
		id, ok := updateID(raw)
		if !ok {
			s.log.Error("an update has no id; it cannot be confirmed and will come again")
			continue
		}
		highest = max(highest, id)
		u, ok := s.decode(raw)
		if !ok {
			taken++
			continue
		}
		s.answers.see(u)
		e, asks := s.receive(u)
		switch {
		case !asks, e.message.Addressed == bot.Overheard && !s.desk.Listens(e.message): // and so is none of our business, nor the disk's
			taken++
		case e.act == inline: // one for every key that is typed, and worthless in a few seconds
			taken++
			s.dispatch(e)
		default:
			lasting = append(lasting, u)
			events[id] = e
		}
	}
	accepted, err := s.inbox.accept(lasting)
	if len(accepted) > 0 {
		s.stored(err)
	}
	for _, u := range accepted {
		s.dispatch(events[u.UpdateID])
	}
	return highest, taken + len(accepted)
}

// decode decodes an update; one that cannot be is logged by its id and set aside.
func (s *session) decode(raw json.RawMessage) (update, bool) {
	u, err := decode(raw)
	if err != nil {
		id, _ := updateID(raw)
		s.log.Error("an update cannot be decoded and is left out", zap.Int("update", id))
		return update{}, false
	}
	return u, true
}

// dispatch gives an event to the worker of its room.
func (s *session) dispatch(e event) {
	room := e.message.Room
	if room == "" {
		room = e.place.room()
	}
	s.workers[maphash.String(s.seed, string(room))%workerCount] <- e
}

// hasRoom waits until the inbox has room for another batch; false when ctx ended first.
func (s *session) hasRoom(ctx context.Context) bool {
	for s.inbox.len() > s.most {
		select {
		case <-s.freed:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// done takes an update out of the inbox.
func (s *session) done(update int) {
	if err := s.inbox.done(update); err != nil {
		s.stored(err)
	}
	select {
	case s.freed <- struct{}{}:
	default:
	}
}

// stored notes whether the inbox works. People are answered in any case.
func (s *session) stored(err error) {
	if news := s.health.stored(err); !news {
		return
	}
	if err != nil {
		s.log.Error("the state folder cannot be written; a crash would lose questions", zap.Error(err))
		return
	}
	s.log.Info("the state folder can be written again")
}

// besides makes a call that no reply waits for.
func (s *session) besides(ctx context.Context, call func(context.Context)) {
	select {
	case s.asides <- struct{}{}:
	case <-ctx.Done():
		return
	}
	s.aside.Go(func() {
		defer func() { <-s.asides }()
		s.survives(event{}, func() { call(ctx) })
	})
}
