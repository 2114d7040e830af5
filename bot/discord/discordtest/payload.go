package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A payload is the body of a message that a client sends.
type payload struct {
	Content      string           `json:"content"`
	Embeds       []Embed          `json:"embeds"`
	Components   []Component      `json:"components"`
	Flags        int              `json:"flags"`
	Mentions     *allowedMentions `json:"allowed_mentions"`
	Reference    *Reference       `json:"message_reference"`
	Nonce        string           `json:"nonce"`
	EnforceNonce bool             `json:"enforce_nonce"`
	Choices      []suggestion     `json:"choices"` // autocomplete only

	suggests bool     // choices is there
	nulls    []string // fields that are null
}

type allowedMentions struct {
	Parse       json.RawMessage `json:"parse"`
	Users       []string        `json:"users"`
	RepliedUser bool            `json:"replied_user"`
}

type suggestion struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Flags that may be set on a channel's message and on an answer to an interaction.
const (
	messageFlags     = 1<<2 | 1<<12 | 1<<15
	interactionFlags = messageFlags | 1<<6
)

func (p payload) message() Message {
	return Message{Content: p.Content, Embeds: p.Embeds, Rows: p.Components, Flags: p.Flags, Reference: p.Reference,
		Nonce: p.Nonce}
}

// UnmarshalJSON notes which lists are null: Discord takes some and refuses others.
func (p *payload) UnmarshalJSON(data []byte) error {
	type plain payload
	if err := json.Unmarshal(data, (*plain)(p)); err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	_, p.suggests = fields["choices"]
	for name, value := range fields {
		if string(value) == "null" {
			p.nulls = append(p.nulls, name)
		}
	}
	return nil
}

// check returns what Discord would refuse about a message, in plain words.
func (p payload) check(flags int) []string {
	c := &checker{}
	if len(p.nulls) > 0 {
		c.add("null for %v", p.nulls)
	}
	c.length("content", p.Content, 0, 2000)
	if strings.TrimSpace(p.Content) == "" && len(p.Embeds) == 0 && len(p.Components) == 0 {
		c.add("the message is empty")
	}
	if p.Flags&^flags != 0 {
		c.add("flags %b may not be set", p.Flags&^flags)
	}
	if utf8.RuneCountInString(p.Nonce) > 25 {
		c.add("nonce is longer than 25")
	}
	if p.Mentions == nil {
		c.add("allowed_mentions is missing: not Discord's rule, but ours")
	} else if s := string(p.Mentions.Parse); !strings.HasPrefix(s, "[") {
		c.add("allowed_mentions.parse is %s, not a list", s)
	}
	c.embeds(p.Embeds)
	c.rows(p.Components)
	return c.problems
}

// Check returns what Discord would refuse about the JSON body of a message, in plain words.
func Check(body []byte) []string {
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		return []string{err.Error()}
	}
	return p.check(messageFlags)
}

// A checker collects problems.
type checker struct{ problems []string }

func (c *checker) add(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// length counts characters. White space alone is nothing.
func (c *checker) length(what, s string, least, most int) {
	n := utf8.RuneCountInString(s)
	if strings.TrimSpace(s) == "" {
		n = 0
	}
	if n < least || n > most {
		c.add("%s has %d characters, want %d to %d", what, n, least, most)
	}
}

func (c *checker) embeds(embeds []Embed) {
	if len(embeds) > 10 {
		c.add("%d embeds, want at most 10", len(embeds))
	}
	total := 0
	for _, e := range embeds {
		c.length("embed title", e.Title, 0, 256)
		c.length("embed description", e.Description, 0, 4096)
		c.length("embed footer", e.Footer.Text, 0, 2048)
		c.length("embed author", e.Author.Name, 0, 256)
		c.address("embed url", e.URL, "http", "https")
		c.address("embed author url", e.Author.URL, "http", "https")
		if len(e.Fields) > 25 {
			c.add("%d fields, want at most 25", len(e.Fields))
		}
		total += utf8.RuneCountInString(e.Title + e.Description + e.Footer.Text + e.Author.Name)
		for _, f := range e.Fields {
			c.length("field name", f.Name, 1, 256)
			c.length("field value", f.Value, 1, 1024)
			total += utf8.RuneCountInString(f.Name + f.Value)
		}
		if e.Title == "" && e.Description == "" && len(e.Fields) == 0 {
			c.add("embed is empty")
		}
	}
	if total > 6000 {
		c.add("embeds have %d characters in all, want at most 6000", total)
	}
}

func (c *checker) address(what, address string, schemes ...string) {
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme) {
		c.add("%s %q is no address of scheme %v", what, address, schemes)
	}
}

func (c *checker) rows(rows []Component) {
	if len(rows) > 5 {
		c.add("%d rows of components, want at most 5", len(rows))
	}
	ids := map[string]bool{}
	for _, row := range rows {
		if row.Type != 1 {
			c.add("component of type %d where a row (1) belongs", row.Type)
			continue
		}
		if n := len(row.Components); n < 1 || n > 5 {
			c.add("row of %d components, want 1 to 5", n)
		}
		for _, part := range row.Components {
			switch part.Type {
			case 2:
				c.button(part)
			case 3:
				if len(row.Components) > 1 {
					c.add("a menu shares its row")
				}
				c.menu(part)
			default:
				c.add("component of type %d in a row", part.Type)
			}
			if part.CustomID != "" && ids[part.CustomID] {
				c.add("custom_id %q twice", part.CustomID)
			}
			ids[part.CustomID] = true
		}
	}
}

func (c *checker) button(b Component) {
	c.length("button label", b.Label, 1, 80)
	switch {
	case b.Style == 5:
		c.length("button url", b.URL, 1, 512)
		c.address("button url", b.URL, "http", "https", "discord")
		if b.CustomID != "" {
			c.add("a link button has a custom_id")
		}
	case b.Style >= 1 && b.Style <= 4:
		c.length("custom_id", b.CustomID, 1, 100)
		if b.URL != "" {
			c.add("a button of style %d has a url", b.Style)
		}
	default:
		c.add("button style %d", b.Style)
	}
}

func (c *checker) menu(m Component) {
	c.length("custom_id", m.CustomID, 1, 100)
	if n := len(m.Options); n < 1 || n > 25 {
		c.add("menu of %d options, want 1 to 25", n)
	}
	values := map[string]bool{}
	for _, o := range m.Options {
		c.length("option label", o.Label, 1, 100)
		c.length("option value", o.Value, 1, 100)
		if values[o.Value] {
			c.add("option value %q twice", o.Value)
		}
		values[o.Value] = true
	}
}

var mention = regexp.MustCompile(`<@!?(\d+)>|<@&(\d+)>|@(everyone|here)`)

// pings returns who would be notified of a message in a channel. Embeds notify nobody.
func (p payload) pings(ch *channel) []string {
	var allowed []string
	everything := p.Mentions == nil
	users := []string(nil)
	if p.Mentions != nil {
		_ = json.Unmarshal(p.Mentions.Parse, &allowed)
		users = p.Mentions.Users
	}
	var pinged []string
	for _, m := range mention.FindAllStringSubmatch(p.Content, -1) {
		switch {
		case m[1] != "" && (everything || slices.Contains(allowed, "users") || slices.Contains(users, m[1])):
			pinged = append(pinged, m[1])
		case m[2] != "" && (everything || slices.Contains(allowed, "roles")):
			pinged = append(pinged, m[2])
		case m[3] != "" && (everything || slices.Contains(allowed, "everyone")):
			pinged = append(pinged, "everyone")
		}
	}
	if p.Reference != nil && (everything || p.Mentions.RepliedUser) {
		for _, m := range ch.messages {
			if m.ID == p.Reference.MessageID {
				pinged = append(pinged, m.Author.ID)
			}
		}
	}
	return pinged
}
