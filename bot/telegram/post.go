package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"frontdesk/bot"
)

var errNotRunning = errors.New("the bot is not running")

// Post sends a reply that nobody asked for to a room, such as "telegram:-100123", or "telegram:-100123:45" for a topic.
// It goes behind what waits for that chat and keeps Telegram's limits, and Post returns once it was sent. The error says
// that room is no room of Telegram's, that Run is not at work, or why Telegram refuses; after an error of ctx the
// message may still be sent. Post is safe for concurrent use.
func (c *Client) Post(ctx context.Context, room bot.RoomID, r bot.Reply) error {
	to, ok := placeOf(room)
	if !ok {
		return fmt.Errorf("post to Telegram: no room %q", room)
	}
	if err := c.post(ctx, to, r); err != nil {
		return fmt.Errorf("post to Telegram: %w", err)
	}
	return nil
}

// PostTo is Post to a person's private chat. Telegram refuses it where the person never started the bot, or blocked it.
func (c *Client) PostTo(ctx context.Context, who bot.PersonID, r bot.Reply) error {
	return c.Post(ctx, bot.RoomID(who), r) // a private chat has its person's id
}

func (c *Client) post(ctx context.Context, to place, r bot.Reply) error {
	parts := render(r)
	if len(parts) == 0 {
		return errors.New("the reply is empty")
	}
	c.mu.Lock()
	s := c.now
	c.mu.Unlock()
	if s == nil {
		return errNotRunning
	}
	sent := make(chan error, 1)
	p := &parcel{place: to, parts: parts}
	p.sent = func(_ int, err error) {
		if err == nil && r.Form != nil && to.private {
			s.forms.ask(to.chat, p.last, person(to.chat), r.Form.Press)
		}
		sent <- err
	}
	if !s.post(ctx, p) {
		return errors.Join(ctx.Err(), errNotRunning)
	}
	select {
	case err := <-sent:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// post queues a parcel that belongs to no update; false when nothing is sent any more, or ctx ended.
func (s *session) post(ctx context.Context, p *parcel) bool {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return false
	}
	select {
	case s.posts <- p:
		return true
	case <-ctx.Done():
		return false
	}
}

// placeOf reads a room; false when it is not one of Telegram's.
func placeOf(room bot.RoomID) (place, bool) {
	ids, ok := strings.CutPrefix(string(room), "telegram:")
	chat, topic, hasTopic := strings.Cut(ids, ":")
	var p place
	var err error
	if p.chat, err = strconv.ParseInt(chat, 10, 64); !ok || err != nil || p.chat == 0 {
		return place{}, false
	}
	if p.thread, err = strconv.Atoi(topic); hasTopic && (err != nil || p.thread <= 0) {
		return place{}, false
	}
	p.private = p.chat > 0 // groups have negative ids
	return p, true
}
