package discord

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
)

var errNotRunning = errors.New("the bot is not running")

// Post sends a reply that nobody asked for to a room, such as "discord:82" for a channel or a thread. It goes behind what
// waits for that channel and keeps Discord's limits, and Post returns once it was sent. The error says that room is no
// room of Discord's, that Run is not at work, or why Discord refuses; after an error of ctx the message may still be
// sent. Post is safe for concurrent use.
func (c *Client) Post(ctx context.Context, room bot.RoomID, r bot.Reply) error {
	channel, ok := strings.CutPrefix(string(room), "discord:")
	if !ok || !isID(channel) {
		return fmt.Errorf("post to Discord: no room %q", room)
	}
	return c.postSoon(ctx, letter{channel: channel, reply: r})
}

// PostTo is Post to a person's direct messages. Discord refuses it where the person takes none from the bot.
func (c *Client) PostTo(ctx context.Context, who bot.PersonID, r bot.Reply) error {
	user, ok := strings.CutPrefix(string(who), "discord:")
	if !ok || !isID(user) {
		return fmt.Errorf("post to Discord: no person %q", who)
	}
	if !c.isOpen() {
		return fmt.Errorf("post to Discord: %w", errNotRunning)
	}
	var dm struct {
		ID string `json:"id"`
	}
	body := map[string]string{"recipient_id": user}
	if err := c.api.call(ctx, "POST", discordgo.EndpointUserChannels("@me"), body, &dm); err != nil {
		return fmt.Errorf("open a direct channel on Discord: %w", err)
	}
	return c.postSoon(ctx, letter{channel: dm.ID, reply: r, who: user})
}

// postSoon queues a letter and waits until it was sent.
func (c *Client) postSoon(ctx context.Context, l letter) error {
	if l.reply.Silent() {
		return errors.New("post to Discord: the reply is empty")
	}
	l.nonce = newNonce()
	sent := make(chan error, 1)
	accepted := c.whileOpen(func() bool {
		return c.talk.submit(ctx, l.channel, func(alive context.Context) { sent <- c.deliver(alive, l) })
	})
	if !accepted {
		return fmt.Errorf("post to Discord: %w", errors.Join(ctx.Err(), errNotRunning))
	}
	select {
	case err := <-sent:
		if err != nil {
			return fmt.Errorf("post to Discord: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("post to Discord: %w", ctx.Err())
	}
}

// newNonce returns one that is no other letter's. Discord takes 25 characters, and pages are numbered behind it.
func newNonce() string { return strings.ToLower(rand.Text())[:20] }

// opened says whether Run is at work.
func (c *Client) opened(open bool) {
	c.gate.Lock()
	defer c.gate.Unlock()
	c.open = open
}

func (c *Client) isOpen() bool { return c.whileOpen(func() bool { return true }) }

// whileOpen runs do unless Run is not at work, and keeps Run from ending meanwhile.
func (c *Client) whileOpen(do func() bool) bool {
	c.gate.RLock()
	defer c.gate.RUnlock()
	return c.open && do()
}
