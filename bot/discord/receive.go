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
	case "INTERACTION_CREATE":
		i, err := read[interaction](data)
		if err == nil {
			c.onInteraction(ctx, i, c.callback(i))
		}
		return err
	case "THREAD_CREATE", "THREAD_UPDATE":
		t, err := read[channel](data)
		c.threads.learn(t)
		if event == "THREAD_CREATE" {
			c.onThread(ctx, t)
		}
		return err
	case "THREAD_DELETE":
		t, err := read[channel](data)
		c.threads.forget(t.ID)
		return err
	case "GUILD_CREATE", "THREAD_LIST_SYNC":
		g, err := read[guild](data)
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

// onMessage queues an answer if the message asks for one: a direct message, a mention, or anything in a channel that
// staff named for it.
func (c *Client) onMessage(ctx context.Context, m message) {
	me := c.self()
	if !fromPerson(m) || m.Author.ID == me.user {
		return
	}
	direct, mentioned := m.GuildID == "", m.mentions(me.user)
	auto := !direct && !mentioned && c.among(c.cfg.AutoChannels, m.ChannelID)
	ask := bot.Message{
		Room: roomID(m.ChannelID), Parent: roomID(c.threads.above(m.ChannelID)), Server: serverID(m.GuildID),
		From: personID(m.Author.ID), Text: withoutMention(m.Content, me.user), Private: direct, At: sentAt(m.ID),
		Addressed: addressed(direct, mentioned, auto),
	}
	overheard := ask.Addressed == bot.Overheard
	if overheard && !c.desk.Listens(ask) || !c.seen.add(m.ID) {
		return
	}
	if auto && ask.Text == "" {
		return
	}
	if !overheard {
		c.rooms.asked(m)
	}
	c.talk.submit(ctx, m.ChannelID, func(ctx context.Context) {
		r := c.answer(ctx, ask)
		if r.Silent() {
			c.rooms.answered(m)
			return
		}
		if !direct && c.cfg.PrivateMentions {
			r = veiled(r)
		}
		if !auto || c.sure(r) {
			c.post(ctx, m.ChannelID, m.ID, r, layout{lang: r.Lang})
		}
		if ctx.Err() == nil { // else the program is ending, and the next one answers
			c.rooms.answered(m)
		}
	})
}

// fromPerson reports whether somebody wrote the message: not a bot, a webhook or Discord itself.
func fromPerson(m message) bool {
	if m.ID == "" || m.ChannelID == "" || m.Author.ID == "" || m.Author.Bot || m.WebhookID != "" {
		return false
	}
	return m.Type == int(discordgo.MessageTypeDefault) || m.Type == int(discordgo.MessageTypeReply)
}

// addressed says how a message reached the bot. In a channel of AutoChannels the operator has said that all are for it.
func addressed(direct, mentioned, auto bool) bot.Addressed {
	switch {
	case direct:
		return bot.Direct
	case mentioned:
		return bot.Mention
	case auto:
		return bot.Unspecified
	}
	return bot.Overheard
}

// answer asks the desk. Nothing but a mention is a greeting.
func (c *Client) answer(ctx context.Context, m bot.Message) bot.Reply {
	if m.Text == "" && m.Addressed != bot.Overheard {
		return c.desk.Welcome(m)
	}
	return c.desk.Answer(ctx, m)
}

// sure reports whether a reply that nobody asked for is worth sending.
func (c *Client) sure(r bot.Reply) bool {
	return r.Outcome == bot.Crisis || r.Outcome == bot.Answered && r.Confidence >= c.cfg.AutoConfidence
}

// veiled replaces a section by a button that shows it to whoever presses it and to nobody else. Only words of the
// desk itself are shown in public.
func veiled(r bot.Reply) bot.Reply {
	if !quotes(r) {
		return r
	}
	w := wordsFor(r.Lang)
	show := bot.Choice{Label: w.show, Press: bot.Press{Verb: bot.Show, Key: r.Section.Key()}}
	return bot.Reply{
		Outcome: r.Outcome, Text: w.private, Choices: []bot.Choice{show}, Handoff: r.Handoff, Lang: r.Lang,
	}
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
