package discord

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"frontdesk/knowledge/lang"
)

// These are the parts of Discord's events that the desk reads. The library has types for all of it, but its decoders
// give up on a whole event when something nested in it is of a kind they do not know, and then a question is lost.
// These skip what they cannot use: a field that is missing or of another type is simply empty.

// A message is a MESSAGE_CREATE or MESSAGE_UPDATE, or the target of a message command.
type message struct {
	ID        string  `json:"id"`
	ChannelID string  `json:"channel_id"`
	GuildID   string  `json:"guild_id"` // empty in direct messages
	Type      int     `json:"type"`
	Content   string  `json:"content"` // empty in servers unless the bot is mentioned or the intent is granted
	WebhookID string  `json:"webhook_id"`
	Edited    string  `json:"edited_timestamp"` // empty while its author has not changed it
	Author    user    `json:"author"`
	Mentions  []*user `json:"mentions"`
	Member    member  `json:"member"` // of the author, in servers

	Embeds []struct {
		Title       string `json:"title"`
		Description string `json:"description"`
	} `json:"embeds"`

	Referenced *message `json:"referenced_message"` // that this one replies to; nil for none

	Forwarded []struct { // what the person passes on from elsewhere; content is empty then
		Message struct {
			Content string `json:"content"`
		} `json:"message"`
	} `json:"message_snapshots"`
}

// asks returns the words that the message brings, the person's own or those that they pass on.
func (m *message) asks() string {
	if m.Content != "" || len(m.Forwarded) == 0 {
		return m.Content
	}
	return m.Forwarded[0].Message.Content
}

// text returns what can be read in a message, its cards' too.
func (m *message) text() string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

// A member is a person in a server.
type member struct {
	User  user     `json:"user"` // not in messages, which have an author
	Roles []string `json:"roles"`
}

// roles returns a member's roles as the desk names them.
func (m member) roles() []string {
	var all []string
	for _, id := range m.Roles {
		all = append(all, "discord:role:"+id)
	}
	return all
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

// mentions reports whether the message names the person, rather than everyone or a role.
func (m *message) mentions(id string) bool {
	for _, u := range m.Mentions {
		if u != nil && u.ID == id {
			return true
		}
	}
	return false
}

// An interaction is an INTERACTION_CREATE, or the body of a request to the interactions endpoint.
type interaction struct {
	ID        string  `json:"id"`
	Token     string  `json:"token"`
	Type      int     `json:"type"`
	GuildID   string  `json:"guild_id"`
	ChannelID string  `json:"channel_id"`
	Channel   channel `json:"channel"`
	Context   *int    `json:"context"` // absent from old payloads
	Locale    string  `json:"locale"`
	Member    member  `json:"member"` // in servers
	User      user    `json:"user"`   // elsewhere

	Data interactionData `json:"data"`
	// Owners has the key "0" when the app is installed in the server, not only by the person.
	Owners map[string]json.RawMessage `json:"authorizing_integration_owners"`
}

type interactionData struct {
	Name     string   `json:"name"` // of a command
	Type     int      `json:"type"`
	TargetID string   `json:"target_id"`
	CustomID string   `json:"custom_id"` // of a component
	Values   []string `json:"values"`
	Options  []struct {
		Name  string          `json:"name"`
		Value json.RawMessage `json:"value"`
	} `json:"options"`
	Resolved struct {
		Messages map[string]message `json:"messages"`
	} `json:"resolved"`

	Components []struct { // rows of a form
		Components []struct {
			Value string `json:"value"`
		} `json:"components"`
	} `json:"components"`
}

// typed returns what was typed into a form.
func (d *interactionData) typed() string {
	for _, row := range d.Components {
		for _, field := range row.Components {
			return field.Value
		}
	}
	return ""
}

// option returns the text that was typed for a command's option.
func (d *interactionData) option(name string) string {
	var text string
	for _, o := range d.Options {
		if o.Name == name {
			_ = json.Unmarshal(o.Value, &text) // a number or nothing at all leaves it empty
		}
	}
	return text
}

// person returns who did it; empty when the event does not say.
func (i *interaction) person() string {
	if i.Member.User.ID != "" {
		return i.Member.User.ID
	}
	return i.User.ID
}

// lang returns the base language of the person's Discord, such as "es" for es-419.
func (i *interaction) lang() string { return lang.Base(i.Locale) }

// inBotDM reports whether it happened in the person's own channel with the bot, where no one else reads.
func (i *interaction) inBotDM() bool {
	if i.Context != nil {
		return *i.Context == int(discordgo.InteractionContextBotDM)
	}
	return i.GuildID == ""
}

// A channel is what the events about channels and threads tell of, or where an interaction is. A forum's post is a
// thread whose id is also that of its opening message.
type channel struct {
	ID           string `json:"id"`
	Type         int    `json:"type"`
	ParentID     string `json:"parent_id"` // of a thread, the channel; of a channel, its category
	GuildID      string `json:"guild_id"`
	OwnerID      string `json:"owner_id"`
	Name         string `json:"name"`
	NewlyCreated bool   `json:"newly_created"`
}

// isThread tells threads from the channels that they are in.
func (c channel) isThread() bool {
	switch discordgo.ChannelType(c.Type) {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return c.ID != "" && c.ParentID != ""
	}
	return false
}

// isForum reports whether people open posts in it, each a thread.
func (c channel) isForum() bool {
	kind := discordgo.ChannelType(c.Type)
	return c.ID != "" && (kind == discordgo.ChannelTypeGuildForum || kind == discordgo.ChannelTypeGuildMedia)
}

// A guild is a GUILD_CREATE or THREAD_LIST_SYNC, which tell of threads, or a GUILD_DELETE: the bot was removed, or the
// server is out of order for a while.
type guild struct {
	ID          string    `json:"id"`
	Unavailable bool      `json:"unavailable"`
	Channels    []channel `json:"channels"`
	Threads     []channel `json:"threads"`
}

// decode reads an event and forgives fields of an unexpected type. The error means that it is no such object at all.
func decode(raw []byte, into any) error {
	err := json.Unmarshal(raw, into)
	if odd := (*json.UnmarshalTypeError)(nil); errors.As(err, &odd) && odd.Field != "" {
		return nil
	}
	return err
}

// sentAt returns the time that a snowflake id carries, or now for an id that carries none.
func sentAt(id string) time.Time {
	at, err := discordgo.SnowflakeTimestamp(id)
	if err != nil {
		return time.Now()
	}
	return at
}
