package discord

import (
	"context"
	"sync"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
)

// onThread answers the opening post in a forum where the desk listens: once, when the post is made, and not at all when
// the desk is not sure. Later messages in it are answered like any other, when they mention the bot.
func (c *Client) onThread(ctx context.Context, t channel) {
	ask := bot.Message{
		Room: roomID(t.ID), Parent: roomID(t.ParentID), Server: serverID(t.GuildID), From: personID(t.OwnerID),
		Text: t.Name, At: sentAt(t.ID), Addressed: bot.Overheard,
	}
	if t.ID == "" || !t.NewlyCreated || t.OwnerID == c.self().user || !c.threads.isForum(t.ParentID) || !c.desk.Listens(ask) {
		return
	}
	if !c.seen.add(t.ID) { // the opening message has the thread's id, and may have mentioned the bot
		return
	}
	c.talk.submit(ctx, t.ID, func(ctx context.Context) {
		// The title alone often asks it. The text comes only with the Message Content intent, or to a mention.
		var opening message
		endpoint := discordgo.EndpointChannelMessage(t.ID, t.ID)
		if err := c.api.call(ctx, "GET", endpoint, nil, &opening); err != nil {
			opening = message{}
		}
		if opening.Author.Bot {
			return
		}
		if opening.mentions(c.self().user) {
			ask.Addressed = bot.Mention
		}
		ask.Staff = c.desk.IsStaff(ask)
		for _, text := range readings(t.Name, withoutMention(opening.Content, c.self().user)) {
			ask.Text = text
			if r := c.desk.Answer(ctx, ask); !r.Silent() {
				c.post(ctx, letter{channel: t.ID, asked: t.ID, reply: r, who: t.OwnerID})
				return
			}
		}
	})
}

// readings returns what a post may ask: title and text together, then each alone, since many a title is "Help please" and
// many a text a story.
func readings(title, text string) []string {
	if text == "" {
		return []string{title}
	}
	return []string{title + "\n" + text, title, text}
}

// maxThreads bounds the threads remembered, and the forums.
const maxThreads = 1 << 16

// threads remember which channel each active thread is in, since messages in it do not say, and which channels are
// forums. They are safe for concurrent use.
type threads struct {
	mu     sync.Mutex
	parent map[string]string
	forums map[string]bool
}

// learn notes the threads and forums among channels that Discord tells of.
func (t *threads) learn(list ...channel) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range list {
		if c.isForum() {
			if len(t.forums) >= maxThreads {
				clear(t.forums)
			}
			t.forums[c.ID] = true
		}
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
	delete(t.forums, id)
}

// isForum reports whether a channel is a forum that we know of.
func (t *threads) isForum(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.forums[id]
}

// above returns the channel that a thread is in; empty for what is no thread that we know of.
func (t *threads) above(id string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.parent[id]
}
