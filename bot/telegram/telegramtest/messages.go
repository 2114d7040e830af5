package telegramtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Sent is a message of the bot as it stands now.
type Sent struct {
	ID       int
	Chat     Chat
	Thread   int    // 0 for none
	ReplyTo  int    // 0 for none
	Text     string // as people see it
	Raw      string // as it was sent
	Entities []Entity
	Keyboard [][]Button
	Prompt   *Prompt // nil for none
	Preview  string  // the address whose preview is shown; empty for none
	Edits    int
	Deleted  bool
	At       time.Time
}

const (
	maxText     = 4096 // UTF-16 code units, after parsing
	maxEntities = 100  // the rest is ignored
)

func (s *Server) sendMessage(p params) answer {
	c, a := s.reach(p)
	if c == nil {
		return a
	}
	m := Sent{Chat: c.Chat, Thread: p.int("message_thread_id"), At: time.Now()}
	if m.Thread != 0 && !c.IsForum {
		return refuse(400, "Bad Request: message thread not found")
	}
	if refusal := m.fill(p); refusal != "" {
		return refuse(400, refusal)
	}
	if refusal := m.answerTo(p, c); refusal != "" {
		return refuse(400, refusal)
	}
	if wait := s.floodWait(c, m.At); wait > 0 {
		a := refuse(429, "Too Many Requests: retry after "+strconv.Itoa(wait))
		a.Parameters = map[string]any{"retry_after": wait}
		return a
	}
	c.last++
	m.ID = c.last
	s.sent = append(s.sent, m)
	return result(m.wire(s.Self))
}

// fill sets text, entities, preview and keyboard, as both sending and editing do.
func (m *Sent) fill(p params) (refusal string) {
	m.Raw, m.Text, m.Entities = p["text"], p["text"], nil
	switch p["parse_mode"] {
	case "":
	case "HTML":
		text, entities, wrong := ParseHTML(p["text"])
		if wrong != "" {
			return "Bad Request: can't parse entities: " + wrong
		}
		m.Text, m.Entities = text, entities[:min(len(entities), maxEntities)]
	default:
		return "Bad Request: unsupported parse_mode"
	}
	if strings.TrimSpace(m.Text) == "" {
		return "Bad Request: message text is empty"
	}
	if units(m.Text) > maxText {
		return "Bad Request: message is too long"
	}
	if m.Prompt, refusal = parsePrompt(p["reply_markup"]); refusal != "" {
		return refusal
	}
	if m.Prompt == nil {
		if m.Keyboard, refusal = parseKeyboard(p["reply_markup"]); refusal != "" {
			return refusal
		}
	}
	m.Preview, refusal = preview(p["link_preview_options"], m)
	return refusal
}

// preview returns the address whose preview the message would show.
func preview(raw string, m *Sent) (address, refusal string) {
	var o struct {
		Disabled bool   `json:"is_disabled"`
		URL      string `json:"url"`
	}
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), &o); err != nil {
			return "", "Bad Request: can't parse link preview options JSON object"
		}
	}
	if o.Disabled {
		return "", ""
	}
	if o.URL != "" {
		return o.URL, ""
	}
	for _, e := range m.Entities {
		if e.URL != "" {
			return e.URL, ""
		}
	}
	for _, word := range strings.Fields(m.Text) {
		if strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://") {
			return word, ""
		}
	}
	return "", ""
}

// answerTo sets the message that this one replies to.
func (m *Sent) answerTo(p params, c *chat) (refusal string) {
	var o struct {
		ID      int  `json:"message_id"`
		Without bool `json:"allow_sending_without_reply"`
	}
	raw := p["reply_parameters"]
	if raw == "" {
		return ""
	}
	if err := json.Unmarshal([]byte(raw), &o); err != nil || o.ID == 0 {
		return "Bad Request: can't parse reply parameters JSON object"
	}
	if o.ID > c.last {
		if !o.Without {
			return "Bad Request: message to be replied not found"
		}
		return ""
	}
	m.ReplyTo = o.ID
	return ""
}

// reach returns the chat that a call is for; nil and a refusal when the bot cannot write there.
func (s *Server) reach(p params) (*chat, answer) {
	c, ok := s.chats[p.int64("chat_id")]
	switch {
	case !ok:
		return nil, refuse(400, "Bad Request: chat not found")
	case c.movedTo != 0:
		a := refuse(400, "Bad Request: group chat was upgraded to a supergroup chat")
		a.Parameters = map[string]any{"migrate_to_chat_id": c.movedTo}
		return nil, a
	case c.gone && c.Type == "private":
		return nil, refuse(403, "Forbidden: bot was blocked by the user")
	case c.gone:
		return nil, refuse(403, "Forbidden: bot was kicked from the "+c.Type+" chat")
	}
	return c, answer{}
}

func (m *Sent) wire(self User) Message {
	return Message{ID: m.ID, Thread: m.Thread, IsTopic: m.Thread != 0, From: &self, Chat: m.Chat, Date: m.At.Unix(), Text: m.Text}
}

// own finds the bot's message that a call names.
func (s *Server) own(p params) *Sent {
	i := slices.IndexFunc(s.sent, func(m Sent) bool {
		return m.Chat.ID == p.int64("chat_id") && m.ID == p.int("message_id") && !m.Deleted
	})
	if i < 0 {
		return nil
	}
	return &s.sent[i]
}

func (s *Server) editMessageText(p params) answer {
	m := s.own(p)
	if m == nil {
		return refuse(400, "Bad Request: message to edit not found")
	}
	next := *m
	if refusal := next.fill(p); refusal != "" {
		return refuse(400, refusal)
	}
	if next.Text == m.Text && slices.EqualFunc(next.Keyboard, m.Keyboard, slices.Equal) {
		return refuse(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	next.Edits++
	*m = next
	return result(m.wire(s.Self))
}

func (s *Server) editMessageReplyMarkup(p params) answer {
	m := s.own(p)
	if m == nil {
		return refuse(400, "Bad Request: message to edit not found")
	}
	rows, refusal := parseKeyboard(p["reply_markup"])
	if refusal != "" {
		return refuse(400, refusal)
	}
	if slices.EqualFunc(rows, m.Keyboard, slices.Equal) {
		return refuse(400, "Bad Request: message is not modified")
	}
	m.Keyboard = rows
	m.Edits++
	return result(m.wire(s.Self))
}

func (s *Server) deleteMessage(p params) answer {
	m := s.own(p)
	if m == nil {
		return refuse(400, "Bad Request: message to delete not found")
	}
	m.Deleted = true
	return result(true)
}

// floodWait returns the seconds that the bot must wait, when EnforceLimits was called and the chat has had too many
// messages: twenty a minute in a group, and more than a burst of one a second elsewhere.
func (s *Server) floodWait(c *chat, now time.Time) int {
	if !s.flood {
		return 0
	}
	window, most := 10*time.Second, 13
	if c.Type != "private" {
		window, most = time.Minute, 20
	}
	c.times = slices.DeleteFunc(c.times, func(t time.Time) bool { return now.Sub(t) >= window })
	if len(c.times) >= most {
		return int(window.Seconds()-now.Sub(c.times[0]).Seconds()) + 1
	}
	c.times = append(c.times, now)
	return 0
}

// EnforceLimits makes the server refuse what exceeds Telegram's limits for a chat with 429.
func (s *Server) EnforceLimits() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flood = true
}
