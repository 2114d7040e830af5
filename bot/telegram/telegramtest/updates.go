package telegramtest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A queue holds the updates that no poll has confirmed yet.
type queue struct {
	next    int // the id of the next update
	waiting []update
	allowed []string      // kinds that the bot wants; nil for the default, which is nearly all
	poller  chan struct{} // closed when another poll takes over; nil when nobody polls
}

type update struct {
	id   int
	kind string
	raw  string // JSON, as it is sent
}

// push queues an update of a kind, such as "message". The caller holds mu.
func (s *Server) push(kind string, body any) int {
	raw, err := json.Marshal(body)
	if err != nil {
		panic("telegramtest: " + err.Error()) // our own types always marshal
	}
	id := s.updates.next
	s.updates.next++
	if s.updates.allowed != nil && !slices.Contains(s.updates.allowed, kind) {
		return id
	}
	text := `{"update_id":` + strconv.Itoa(id) + `,"` + kind + `":` + string(raw) + `}`
	s.updates.waiting = append(s.updates.waiting, update{id: id, kind: kind, raw: text})
	s.notify()
	return id
}

// PushRaw queues an update with this as the rest of its object, as in
//
//	PushRaw(`"message":{"message_id":"not a number"}`)
//
// and returns its id. Nothing is checked.
func (s *Server) PushRaw(rest string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.updates.next
	s.updates.next++
	s.updates.waiting = append(s.updates.waiting, update{id: id, raw: `{"update_id":` + strconv.Itoa(id) + `,` + rest + `}`})
	s.notify()
	return id
}

// Replay queues an update once more under the id that it had, as after a confirmation that was lost.
func (s *Server) Replay(id int, kind string, body any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.updates.next
	s.updates.next = id
	s.push(kind, body)
	s.updates.next = next
}

// SkipIDs moves the ids of coming updates to n, which may be lower than before: Telegram picks a random id after a
// quiet week.
func (s *Server) SkipIDs(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates.next = n
}

// Unconfirmed returns how many updates wait for a poll or delivery that confirms them.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates.waiting)
}

// getUpdates is the real thing: it confirms below offset, waits up to timeout seconds for updates, and lets the
// newest of two pollers win.
func (s *Server) getUpdates(ctx context.Context, p params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return refuse(http.StatusConflict,
			"Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if bad := s.allow(p); bad != "" {
		return refuse(http.StatusBadRequest, bad)
	}
	offset := p.int("offset")
	s.confirm(offset)
	me := make(chan struct{})
	if s.updates.poller != nil {
		close(s.updates.poller)
	}
	s.updates.poller = me
	defer func() {
		if s.updates.poller == me {
			s.updates.poller = nil
		}
	}()
	limit := min(max(p.int("limit"), 0), 100)
	if limit == 0 {
		limit = 100
	}
	timer := time.NewTimer(time.Duration(min(p.int("timeout"), 50)) * time.Second)
	defer timer.Stop()
	expired := false
	for len(s.from(offset)) == 0 && !expired && !s.stopped {
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-changed:
		case <-timer.C:
			expired = true
		case <-me:
		case <-ctx.Done():
			expired = true
		}
		s.mu.Lock()
		if s.updates.poller != me {
			return refuse(http.StatusConflict,
				"Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		}
	}
	var batch rawList
	ready := s.from(offset)
	for _, u := range ready[:min(limit, len(ready))] {
		batch = append(batch, u.raw)
	}
	return result(batch)
}

// from returns the waiting updates that a poll with this offset is given.
func (s *Server) from(offset int) []update {
	var ready []update
	for _, u := range s.updates.waiting {
		if u.id >= offset {
			ready = append(ready, u)
		}
	}
	return ready
}

// A rawList is written as a JSON list of its elements as they are, be they JSON or not.
type rawList []string

// allow remembers the kinds of updates that the bot wants, which hold until they are set again.
func (s *Server) allow(p params) (refusal string) {
	raw, ok := p["allowed_updates"]
	if !ok {
		return ""
	}
	var kinds []string
	if err := json.Unmarshal([]byte(raw), &kinds); err != nil {
		return "Bad Request: can't parse allowed updates"
	}
	s.updates.allowed = kinds
	if len(kinds) == 0 {
		s.updates.allowed = nil
	}
	return ""
}

// confirm forgets the updates below offset. A negative one keeps only the last of the queue.
func (s *Server) confirm(offset int) {
	defer s.notify()
	if offset < 0 {
		keep := min(-offset, len(s.updates.waiting))
		s.updates.waiting = s.updates.waiting[len(s.updates.waiting)-keep:]
		return
	}
	s.updates.waiting = slices.DeleteFunc(s.updates.waiting, func(u update) bool { return u.id < offset })
}

func (p params) int(name string) int {
	n, _ := strconv.Atoi(p[name])
	return n
}

func (p params) int64(name string) int64 {
	n, _ := strconv.ParseInt(p[name], 10, 64)
	return n
}
