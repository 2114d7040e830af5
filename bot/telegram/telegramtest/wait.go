package telegramtest

import (
	"context"
	"fmt"
	"slices"
)

// Sent returns the bot's messages, oldest first, deleted ones too.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// Clear forgets the bot's messages and calls so far, so that what a long run costs can be measured without them.
func (s *Server) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent, s.calls = nil, nil
	clear(s.open)
}

// Calls returns the calls of a method that were answered so far, or of all methods for "".
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.calls), func(c Call) bool { return method != "" && c.Method != method })
}

// WaitSent waits until the bot has sent n messages in all and returns the n-th.
func (s *Server) WaitSent(ctx context.Context, n int) (Sent, error) {
	err := s.await(ctx, func() bool { return len(s.sent) >= n })
	if err != nil {
		return Sent{}, fmt.Errorf("telegramtest: %d messages sent, waiting for %d: %w", len(s.Sent()), n, err)
	}
	return s.Sent()[n-1], nil
}

// WaitCall waits until a method was called n times in all and returns the n-th call.
func (s *Server) WaitCall(ctx context.Context, method string, n int) (Call, error) {
	count := func() int {
		found := 0
		for _, c := range s.calls {
			if c.Method == method {
				found++
			}
		}
		return found
	}
	if err := s.await(ctx, func() bool { return count() >= n }); err != nil {
		return Call{}, fmt.Errorf("telegramtest: %d calls of %s, waiting for %d: %w", len(s.Calls(method)), method, n, err)
	}
	return s.Calls(method)[n-1], nil
}

// WaitEdit waits until the message with this place in Sent was edited n times.
func (s *Server) WaitEdit(ctx context.Context, place, n int) (Sent, error) {
	if err := s.await(ctx, func() bool { return len(s.sent) > place && s.sent[place].Edits >= n }); err != nil {
		return Sent{}, fmt.Errorf("telegramtest: waiting for edit %d of message %d: %w", n, place, err)
	}
	return s.Sent()[place], nil
}

// WaitConfirmed waits until the bot has confirmed every update.
func (s *Server) WaitConfirmed(ctx context.Context) error {
	return s.await(ctx, func() bool { return len(s.updates.waiting) == 0 })
}

// await waits until done returns true. It is called with the server's lock held, after every change.
func (s *Server) await(ctx context.Context, done func() bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !done() {
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			s.mu.Lock()
			return ctx.Err()
		}
		s.mu.Lock()
	}
	return nil
}
