package discordtest

import (
	"slices"
	"strings"
	"time"
)

// Guild makes a server that the bot is in.
func (s *Server) Guild() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.newID()
	s.guilds = append(s.guilds, id)
	return id
}

// DM returns the direct channel between a person and the bot, made at need.
func (s *Server) DM(person string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, ch := range s.channels {
		if ch.recipient == person {
			return id
		}
	}
	return s.open(&channel{kind: 1, recipient: person})
}

// Channel makes a text channel in a server.
func (s *Server) Channel(guild string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open(&channel{kind: 0, guild: guild})
}

// Forum makes a forum in a server. The bot is told of one that is made while it is connected.
func (s *Server) Forum(guild string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := &channel{kind: 15, guild: guild}
	id := s.open(ch)
	s.deliver(guild, "CHANNEL_CREATE", func(int) any { return ch.described() })
	return id
}

// open wants s.mu.
func (s *Server) open(ch *channel) string {
	ch.id = s.newID()
	s.channels[ch.id] = ch
	return ch.id
}

// Mention returns the text that mentions the bot.
func (s *Server) Mention() string { return "<@" + s.UserID + ">" }

// Say lets a person write in a channel and returns the message's id. The bot gets the event of it if it is connected
// or resumes later; in servers the content is empty unless the bot is mentioned or may read all.
func (s *Server) Say(channelID, person, text string) string {
	return s.Send(Message{ChannelID: channelID, Author: Author{ID: person, Username: "someone"}, Content: text})
}

// Send puts a message of any kind in a channel and returns its id.
func (s *Server) Send(m Message) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.send(m)
}

// send wants s.mu.
func (s *Server) send(m Message) string {
	ch := s.channels[m.ChannelID]
	if m.ID == "" {
		m.ID = s.newID()
	}
	m.GuildID = ch.guild
	for _, part := range mention.FindAllStringSubmatch(m.Content, -1) {
		if part[1] != "" {
			m.Mentions = append(m.Mentions, Author{ID: part[1]})
		}
	}
	if ch.guild != "" {
		m.Member = &Member{s.roles(m.Author.ID)}
	}
	if m.Reference != nil {
		m.Referenced = ch.message(m.Reference.MessageID)
		if to := m.Referenced; to != nil && !m.Quiet {
			m.Mentions = append(m.Mentions, to.Author) // who is replied to is pinged, unless one switches that off
		}
	}
	ch.messages = append(ch.messages, &m)
	s.deliver(ch.guild, "MESSAGE_CREATE", func(intents int) any { return s.visible(&m, intents) })
	return m.ID
}

// Edit lets a person change a message of a channel.
func (s *Server) Edit(channelID, messageID, text string) {
	now := time.Now().Format(time.RFC3339Nano)
	s.update(channelID, messageID, func(m *Message) { m.Content, m.Edited = text, &now })
}

// Unfurl has Discord add the preview of a link to a message of a channel, which it tells as it does an edit.
func (s *Server) Unfurl(channelID, messageID string) {
	s.update(channelID, messageID, func(m *Message) { m.Embeds = []Embed{{Title: "A page"}} })
}

func (s *Server) update(channelID, messageID string, change func(*Message)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channelID]
	at := slices.IndexFunc(ch.messages, func(m *Message) bool { return m.ID == messageID })
	m := *ch.messages[at]
	change(&m)
	ch.messages[at] = &m
	s.deliver(ch.guild, "MESSAGE_UPDATE", func(intents int) any { return s.visible(&m, intents) })
}

// ReplyTo lets a person reply to a message of a channel, and returns the reply's id.
func (s *Server) ReplyTo(channelID, person, messageID, text string) string {
	return s.Send(Message{
		ChannelID: channelID, Author: Author{ID: person, Username: "someone"}, Content: text, Reference: &Reference{MessageID: messageID},
	})
}

// roles wants s.mu.
func (s *Server) roles(person string) []string { return append([]string{}, s.Roles[person]...) }

// Post lets a person open a thread in a forum, and returns the thread's id, which is also its first message's.
func (s *Server) Post(forum, person, title, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent := s.channels[forum]
	id := s.open(&channel{kind: 11, guild: parent.guild, parent: forum, name: title, recipient: ""})
	s.deliver(parent.guild, "THREAD_CREATE", func(int) any {
		return map[string]any{
			"id": id, "guild_id": parent.guild, "parent_id": forum, "owner_id": person, "name": title, "type": 11,
			"newly_created": true, "message_count": 0,
			"thread_metadata": map[string]any{"archived": false, "locked": false},
		}
	})
	return s.send(Message{ID: id, ChannelID: id, Author: Author{ID: person}, Content: strings.TrimSpace(text)})
}
