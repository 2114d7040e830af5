package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// receive takes one event of the gateway and returns once it is accepted. An event that cannot be read, or that
// panics while it is, ends alone.
func (c *Client) receive(ctx context.Context, event string, data []byte) {
	defer func() {
		if recover() != nil { // its value may quote what somebody wrote
			c.log.Error("receiving panicked", zap.String("event", event), zap.Stack("stack"))
		}
	}()
	if err := c.dispatch(ctx, event, data); err != nil {
		c.log.Warn("discord sent an event that cannot be read", zap.String("event", event))
	}
}

// dispatch reads the events that matter here; there are many others.
func (c *Client) dispatch(ctx context.Context, event string, data []byte) error {
	switch event {
	case "MESSAGE_CREATE":
		m, err := read[message](data)
		if err == nil {
			c.onMessage(ctx, m)
		}
		return err
	case "MESSAGE_UPDATE":
		m, err := read[message](data)
		if err == nil {
			c.onEdit(ctx, m)
		}
		return err
	case "INTERACTION_CREATE":
		i, err := read[interaction](data)
		if err == nil {
			c.onInteraction(ctx, i, c.callback(i))
		}
		return err
	case "CHANNEL_CREATE", "CHANNEL_UPDATE":
		ch, err := read[channel](data)
		c.threads.learn(ch)
		return err
	case "THREAD_CREATE", "THREAD_UPDATE":
		t, err := read[channel](data)
		c.threads.learn(t)
		if event == "THREAD_CREATE" {
			c.onThread(ctx, t)
		}
		return err
	case "THREAD_DELETE", "CHANNEL_DELETE":
		t, err := read[channel](data)
		c.threads.forget(t.ID)
		return err
	case "GUILD_CREATE", "THREAD_LIST_SYNC":
		g, err := read[guild](data)
		c.threads.learn(g.Channels...)
		c.threads.learn(g.Threads...)
		return err
	case "GUILD_DELETE":
		g, err := read[guild](data)
		if err == nil && !g.Unavailable {
			c.rooms.leave(g.ID) // the bot was removed, and keeps nothing of the server
		}
		return err
	}
	return nil
}

// read decodes an event.
func read[T any](data []byte) (event T, err error) {
	err = decode(data, &event)
	return event, err
}

// onMessage queues an answer if the message asks for one: a direct message, a mention, a reply to the bot, or anything
// where the desk listens.
func (c *Client) onMessage(ctx context.Context, m message) {
	if !fromPerson(m) || m.Author.ID == c.self().user {
		return
	}
	ask := c.question(m)
	overheard := ask.Addressed == bot.Overheard
	// A forum's opening post is answered as a thread; see onThread.
	if overheard && (m.ID == m.ChannelID || !c.desk.Listens(ask)) || !c.seen.add(m.ID) {
		return
	}
	filled, isForm := c.forms.fill(m)
	if !overheard {
		c.rooms.asked(m)
	}
	c.talk.submit(ctx, m.ChannelID, func(ctx context.Context) {
		r := c.spared(ask, func() bot.Reply {
			if isForm {
				return c.desk.Press(ctx, ask, filled)
			}
			return c.answer(ctx, ask)
		})
		if !r.Silent() {
			c.post(ctx, letter{channel: m.ChannelID, asked: m.ID, reply: r, who: m.Author.ID})
		}
		if ctx.Err() == nil { // else the program is ending, and the next one answers
			c.rooms.answered(m)
		}
	})
}

// onEdit answers a message that was changed into a cry for help. Other changes are left alone, as is what Discord itself
// adds to a message, such as the preview of a link.
func (c *Client) onEdit(ctx context.Context, m message) {
	if !fromPerson(m) || m.Edited == "" || m.Author.ID == c.self().user {
		return
	}
	ask := c.question(m)
	if ask.Addressed == bot.Overheard && !c.desk.Listens(ask) || !c.desk.Danger(ask.Text) || !c.seen.add(m.ID+" "+m.Edited) {
		return
	}
	c.talk.submit(ctx, m.ChannelID, func(ctx context.Context) {
		r := c.spared(ask, func() bot.Reply { return c.desk.Answer(ctx, ask) })
		if !r.Silent() {
			c.post(ctx, letter{channel: m.ChannelID, asked: m.ID, reply: r, nonce: newNonce()})
		}
	})
}

// question returns a message as the desk sees it.
func (c *Client) question(m message) bot.Message {
	me := c.self().user
	above := c.threads.above(m.ChannelID)
	ask := bot.Message{
		Room: roomID(m.ChannelID), Parent: roomID(above), Server: serverID(m.GuildID),
		From: personID(m.Author.ID), Roles: m.Member.roles(), Text: withoutMention(m.asks(), me),
		Private: m.GuildID == "", At: sentAt(m.ID), Hushed: c.threads.isForum(above),
	}
	if q := m.Referenced; q != nil {
		ask.Quoted, ask.QuotedOwn = q.text(), q.Author.ID == me
	}
	switch {
	case ask.Private:
		ask.Addressed = bot.Direct
	case m.mentions(me):
		ask.Addressed = bot.Mention
	case ask.QuotedOwn && ask.Text != "":
		ask.Addressed = bot.ReplyTo
	default:
		ask.Addressed = bot.Overheard
	}
	ask.Staff = c.desk.IsStaff(ask)
	return ask
}

// fromPerson reports whether somebody wrote the message: not a bot, a webhook or Discord itself.
func fromPerson(m message) bool {
	if m.ID == "" || m.ChannelID == "" || m.Author.ID == "" || m.Author.Bot || m.WebhookID != "" {
		return false
	}
	return m.Type == int(discordgo.MessageTypeDefault) || m.Type == int(discordgo.MessageTypeReply)
}

// answer asks the desk. Nothing but a mention is a greeting.
func (c *Client) answer(ctx context.Context, m bot.Message) bot.Reply {
	if m.Text == "" && m.Addressed != bot.Overheard {
		return c.desk.Welcome(m)
	}
	return c.desk.Answer(ctx, m)
}

// spared returns what reply says. Should that panic, whoever waits for it hears how to reach somebody.
func (c *Client) spared(m bot.Message, reply func() bot.Reply) (r bot.Reply) {
	if !survives(c.log, func() { r = reply() }) && m.Addressed != bot.Overheard {
		survives(c.log, func() { r = c.desk.Contact(m) })
	}
	return r
}

// withoutMention takes the bot's mention out of a message, and the white space around it.
func withoutMention(content, me string) string {
	for _, mention := range []string{"<@" + me + ">", "<@!" + me + ">"} {
		content = strings.ReplaceAll(content, mention, " ")
	}
	return strings.TrimSpace(content)
}

// roomID returns the room of a channel; empty for none.
func roomID(channelID string) bot.RoomID {
	if channelID == "" {
		return ""
	}
	return bot.RoomID("discord:" + channelID)
}

// serverID returns the room that stands for a server; empty for none.
func serverID(guildID string) bot.RoomID {
	if guildID == "" {
		return ""
	}
	return bot.RoomID("discord:server:" + guildID)
}

func personID(userID string) bot.PersonID { return bot.PersonID("discord:" + userID) }
