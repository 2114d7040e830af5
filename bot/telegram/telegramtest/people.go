package telegramtest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// A User is a person or a bot, as the API shows them.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// A Chat is where messages go.
type Chat struct {
	ID      int64  `json:"id"`
	Type    string `json:"type"` // private, group, supergroup or channel
	Title   string `json:"title,omitempty"`
	IsForum bool   `json:"is_forum,omitempty"`
}

// Private returns the private chat with u, whose id is u's own.
func Private(u User) Chat { return Chat{ID: u.ID, Type: "private"} }

// Supergroup returns a group of the newer kind.
func Supergroup(id int64) Chat { return Chat{ID: id, Type: "supergroup", Title: "Group"} }

// An Entity marks a part of a text, counted in UTF-16 code units.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
	User   *User  `json:"user,omitempty"`
}

// A Message is one that a person writes. Its zero fields are filled by Send: id, date, and the entities that
// Telegram's servers find on their own (commands and mentions).
type Message struct {
	ID           int       `json:"message_id"`
	Thread       int       `json:"message_thread_id,omitempty"`
	IsTopic      bool      `json:"is_topic_message,omitempty"`
	From         *User     `json:"from,omitempty"`
	SenderChat   *Chat     `json:"sender_chat,omitempty"`
	Chat         Chat      `json:"chat"`
	Date         int64     `json:"date"`
	EditDate     int64     `json:"edit_date,omitempty"`
	Text         string    `json:"text,omitempty"`
	Entities     []Entity  `json:"entities,omitempty"`
	Caption      string    `json:"caption,omitempty"`
	ReplyTo      *Message  `json:"reply_to_message,omitempty"`
	ViaBot       *User     `json:"via_bot,omitempty"`
	Automatic    bool      `json:"is_automatic_forward,omitempty"`
	TopicCreated *struct{} `json:"forum_topic_created,omitempty"`
	MigrateTo    int64     `json:"migrate_to_chat_id,omitempty"`
	Markup       *Keyboard `json:"reply_markup,omitempty"`
}

// Say sends a plain message from a person and returns its id.
func (s *Server) Say(where Chat, from User, text string) int {
	return s.Send(Message{Chat: where, From: &from, Text: text})
}

// Send delivers a message to the bot and returns its id. In a group with privacy mode, the bot is sent only some
// messages; Send leaves that to the test.
func (s *Server) Send(m Message) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chat(m.Chat)
	if m.ID == 0 {
		c.last++
		m.ID = c.last
	}
	c.last = max(c.last, m.ID)
	if m.Date == 0 {
		m.Date = time.Now().Unix()
	}
	if m.Entities == nil {
		m.Entities = findEntities(m.Text)
	}
	kind := "message"
	if m.Chat.Type == "channel" {
		kind = "channel_post"
	}
	s.push(kind, m)
	return m.ID
}

// Edit delivers the new version of a message that was sent before.
func (s *Server) Edit(m Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.Date, m.EditDate = time.Now().Unix(), time.Now().Unix()
	if m.Entities == nil {
		m.Entities = findEntities(m.Text)
	}
	s.push("edited_message", m)
}

// Press delivers the press of a callback button under a message of the bot, and returns the query's id.
func (s *Server) Press(from User, under Sent, data string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextCall++
	id := "callback-" + strconv.Itoa(s.nextCall)
	s.open[id] = true
	self := s.Self
	s.push("callback_query", map[string]any{
		"id": id, "from": from, "chat_instance": "1", "data": data,
		"message": Message{
			ID: under.ID, Thread: under.Thread, IsTopic: under.Thread != 0, From: &self, Chat: under.Chat,
			Date: time.Now().Unix(), Text: under.Text, Markup: &Keyboard{Rows: under.Keyboard},
		},
	})
	return id
}

// Inline delivers what somebody typed after the bot's name in some chat, and returns the query's id.
func (s *Server) Inline(from User, query string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextCall++
	id := "inline-" + strconv.Itoa(s.nextCall)
	s.open[id] = true
	s.push("inline_query", map[string]any{"id": id, "from": from, "query": query, "offset": "", "chat_type": "private"})
	return id
}

// Membership tells the bot that its place in a chat changed, such as from "left" to "member".
func (s *Server) Membership(where Chat, by User, from, to string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chat(where)
	c.gone = to == "left" || to == "kicked"
	s.push("my_chat_member", map[string]any{
		"chat": where, "from": by, "date": time.Now().Unix(),
		"old_chat_member": map[string]any{"user": s.Self, "status": from},
		"new_chat_member": map[string]any{"user": s.Self, "status": to},
	})
}

// Block makes the chat refuse the bot's messages with 403, without telling it before.
func (s *Server) Block(where Chat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chat(where).gone = true
}

// Migrate turns a group into the supergroup with the new id. The bot is told by the service message only if tell.
func (s *Server) Migrate(group Chat, to int64, tell bool) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chat(group).movedTo = to
	super := Chat{ID: to, Type: "supergroup", Title: group.Title}
	s.chat(super)
	if tell {
		s.push("message", Message{ID: 1, Chat: group, Date: time.Now().Unix(), MigrateTo: to})
	}
	return super
}

// chat returns what the server knows of a chat, which begins when somebody writes in it. The caller holds mu.
func (s *Server) chat(c Chat) *chat {
	known, ok := s.chats[c.ID]
	if !ok {
		known = &chat{Chat: c, last: 100}
		s.chats[c.ID] = known
	}
	known.IsForum = known.IsForum || c.IsForum
	return known
}

type chat struct {
	Chat
	last    int // the newest message id
	gone    bool
	movedTo int64
	times   []time.Time // of the bot's messages, for flood control
}

var marks = regexp.MustCompile(`(^|\s)([/@][A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?)`)

// findEntities marks commands and mentions, as Telegram's servers do.
func findEntities(text string) []Entity {
	var found []Entity
	for _, at := range marks.FindAllStringSubmatchIndex(text, -1) {
		word := text[at[4]:at[5]]
		kind := "mention"
		if strings.HasPrefix(word, "/") {
			kind = "bot_command"
		}
		found = append(found, Entity{Type: kind, Offset: units(text[:at[4]]), Length: units(word)})
	}
	return found
}

// units counts UTF-16 code units.
func units(s string) int { return len(utf16.Encode([]rune(s))) }
