package discordtest

import (
	"context"
	"slices"
	"strings"
	"time"
)

// A Message is in a channel, or an answer to an interaction.
type Message struct {
	ID        string      `json:"id"`
	ChannelID string      `json:"channel_id"`
	GuildID   string      `json:"guild_id,omitempty"`
	Content   string      `json:"content"`
	Embeds    []Embed     `json:"embeds"`
	Rows      []Component `json:"components"`
	Flags     int         `json:"flags"`
	Author    Author      `json:"author"`
	Mentions  []Author    `json:"mentions"`
	Type      int         `json:"type"`
	Reference *Reference  `json:"message_reference,omitempty"`
	Nonce     string      `json:"nonce,omitempty"`

	Member     *Member  `json:"member,omitempty"`             // of the author, in servers
	Referenced *Message `json:"referenced_message,omitempty"` // filled in by Send
	Quiet      bool     `json:"-"`                            // a reply that does not ping whom it replies to

	Forwarded []Forwarded `json:"message_snapshots,omitempty"`
	Edited    *string     `json:"edited_timestamp"`

	Pings []string  `json:"-"` // who is notified: ids, "everyone"
	At    time.Time `json:"-"` // when the bot sent it
}

// A Forwarded is a message from elsewhere that somebody passes on.
type Forwarded struct {
	Message struct {
		Content string `json:"content"`
	} `json:"message"`
}

// A Member is what a message tells of its author's place in the server.
type Member struct {
	Roles []string `json:"roles"`
}

// An Author wrote a message.
type Author struct {
	ID       string `json:"id"`
	Bot      bool   `json:"bot,omitempty"`
	Username string `json:"username"`
}

// A Reference points at the message that another replies to.
type Reference struct {
	MessageID string `json:"message_id"`
}

// An Embed is a card in a message.
type Embed struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Author      struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"author"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Fields []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// A Component is a row, a button or a menu.
type Component struct {
	Type       int         `json:"type"`
	Style      int         `json:"style"`
	Label      string      `json:"label"`
	CustomID   string      `json:"custom_id"`
	URL        string      `json:"url"`
	Options    []Option    `json:"options"`
	Components []Component `json:"components"`
}

// An Option is an entry of a menu.
type Option struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Ephemeral reports whether only one person sees the message.
func (m Message) Ephemeral() bool { return m.Flags&(1<<6) != 0 }

// Text returns all that can be read in the message, without its buttons.
func (m Message) Text() string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
		for _, f := range e.Fields {
			parts = append(parts, f.Value)
		}
		parts = append(parts, e.Footer.Text)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

// Buttons returns the buttons and menus of all rows.
func (m Message) Buttons() []Component {
	var all []Component
	for _, row := range m.Rows {
		all = append(all, row.Components...)
	}
	return all
}

// Button returns the button whose label contains text.
func (m Message) Button(text string) (Component, bool) {
	for _, c := range m.Buttons() {
		if strings.Contains(c.Label, text) {
			return c, true
		}
	}
	return Component{}, false
}

// Sent returns what the bot posted in a channel, oldest first.
func (s *Server) Sent(channelID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	if ch := s.channels[channelID]; ch != nil {
		for _, m := range ch.messages {
			if m.Author.ID == s.UserID {
				all = append(all, *m)
			}
		}
	}
	return all
}

// Reply waits for the bot's reply to a message.
func (s *Server) Reply(ctx context.Context, channelID, messageID string) (Message, error) {
	var found Message
	err := s.Wait(ctx, func() bool {
		for _, m := range s.Sent(channelID) {
			if m.Reference != nil && m.Reference.MessageID == messageID {
				found = m
				return true
			}
		}
		return false
	})
	return found, err
}

// AllSent returns what the bot posted anywhere, and its answers to interactions.
func (s *Server) AllSent() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, ch := range s.channels {
		for _, m := range ch.messages {
			if m.Author.ID == s.UserID {
				all = append(all, *m)
			}
		}
	}
	for _, i := range s.pending {
		all = append(all, i.messages...)
	}
	return all
}
