package discord

import (
	"context"
	"slices"
	"sync"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
)

// onThread answers the opening post in a forum that staff named: once, when the post is made, and not at all when
// the desk has nothing to say. Later messages in it are answered like any other, when they mention the bot.
func (c *Client) onThread(ctx context.Context, t channel) {
	if t.ID == "" || !t.NewlyCreated || t.OwnerID == c.self().user || !slices.Contains(c.cfg.ForumChannels, t.ParentID) {
		return
	}
	if !c.seen.add(t.ID) { // the opening message has the thread's id, and may have mentioned the bot
		return
	}
	c.talk.submit(ctx, t.ID, func(ctx context.Context) {
		ask := bot.Message{
			Room: roomID(t.ID), Parent: roomID(t.ParentID), Server: serverID(t.GuildID),
			From: personID(t.OwnerID), Text: t.Name, At: sentAt(t.ID),
		}
		// The title alone often asks it. The text comes only with the Message Content intent.
		var opening message
		endpoint := discordgo.EndpointChannelMessage(t.ID, t.ID)
		if err := c.api.call(ctx, "GET", endpoint, nil, &opening); err == nil && opening.Content != "" {
			ask.Text += "\n" + withoutMention(opening.Content, c.self().user)
		}
		if opening.Author.Bot {
			return
		}
		r := c.desk.Answer(ctx, ask)
		if r.Silent() || r.Outcome == bot.Unanswered || r.Outcome == bot.Smalltalk {
			return
		}
		c.post(ctx, t.ID, t.ID, r, layout{lang: r.Lang})
	})
}

// maxThreads bounds the threads remembered.
const maxThreads = 1 << 16

// threads remember which channel each active thread is in, since messages in it do not say. They are safe for
// concurrent use.
type threads struct {
	mu     sync.Mutex
	parent map[string]string
}

// learn notes the threads among channels that Discord tells of.
func (t *threads) learn(list ...channel) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range list {
		if !c.isThread() {
			continue
		}
		if len(t.parent) >= maxThreads {
			clear(t.parent)
		}
		t.parent[c.ID] = c.ParentID
	}
}

func (t *threads) forget(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.parent, id)
}

// above returns the channel that a thread is in; empty for what is no thread that we know of.
func (t *threads) above(id string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.parent[id]
}
