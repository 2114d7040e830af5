package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A channel is a text channel (type 0), a direct one (1), a thread (11) or a forum (15), with its messages.
type channel struct {
	id, guild, parent string
	name              string
	kind              int
	recipient         string // of a direct one
	messages          []*Message
	sent              []time.Time // by the bot, within the limit's window
}

func (s *Server) getChannel(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[r.PathValue("channel")]
	if ch == nil {
		refuse(w, 404, 10003, "Unknown Channel")
		return
	}
	reply(w, 200, ch.described())
}

func (ch *channel) described() map[string]any {
	return map[string]any{"id": ch.id, "type": ch.kind, "guild_id": ch.guild, "parent_id": ch.parent, "name": ch.name}
}

// message returns a message of the channel; nil for none.
func (ch *channel) message(id string) *Message {
	if i := slices.IndexFunc(ch.messages, func(m *Message) bool { return m.ID == id }); i >= 0 {
		return ch.messages[i]
	}
	return nil
}

// getMessages returns the first messages after an id, or the last of all, newest first, as Discord does.
func (s *Server) getMessages(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 50
	}
	if limit < 1 || limit > 100 {
		s.invalid(w, r, []string{"limit must be 1 to 100"})
		return
	}
	after, err := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	isAfter := err == nil
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[r.PathValue("channel")]
	if ch == nil {
		refuse(w, 404, 10003, "Unknown Channel")
		return
	}
	found := []any{}
	for _, m := range ch.messages {
		if id, _ := strconv.ParseInt(m.ID, 10, 64); id > after {
			found = append(found, s.visible(m, s.Granted))
		}
	}
	if extra := len(found) - limit; extra > 0 && isAfter {
		found = found[:limit]
	} else if extra > 0 {
		found = found[extra:]
	}
	slices.Reverse(found)
	reply(w, 200, found)
}

func (s *Server) getMessage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.channels[r.PathValue("channel")]; ch != nil {
		if m := ch.message(r.PathValue("message")); m != nil {
			reply(w, 200, s.visible(m, s.Granted))
			return
		}
	}
	refuse(w, 404, 10008, "Unknown Message")
}

func (s *Server) postMessage(w http.ResponseWriter, r *http.Request) {
	var body payload
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		s.invalid(w, r, []string{err.Error()})
		return
	}
	if problems := body.check(messageFlags); len(problems) > 0 {
		s.invalid(w, r, problems)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[r.PathValue("channel")]
	switch {
	case ch == nil:
		refuse(w, 404, 10003, "Unknown Channel")
		return
	case ch.id == s.DeniedChannel || s.DeniedEmbeds && len(body.Embeds) > 0:
		refuse(w, 403, 50013, "Missing Permissions")
		return
	case ch.kind == 15:
		refuse(w, 400, 50008, "Cannot send messages in a non-text channel")
		return
	}
	if known := ch.byNonce(body); known != nil {
		reply(w, 200, known)
		return
	}
	if s.limited(w, ch) {
		return
	}
	m := body.message()
	m.ID, m.ChannelID, m.GuildID = s.newID(), ch.id, ch.guild
	m.Author = Author{ID: s.UserID, Bot: true, Username: "frontdesk"}
	m.Pings, m.At = body.pings(ch), time.Now()
	ch.messages = append(ch.messages, &m)
	s.note()
	reply(w, 200, m)
}

// byNonce returns the message that was sent with the same nonce, if the sender wants it to be unique.
func (ch *channel) byNonce(p payload) *Message {
	if !p.EnforceNonce || p.Nonce == "" {
		return nil
	}
	for _, m := range ch.messages {
		if m.Nonce == p.Nonce {
			return m
		}
	}
	return nil
}

// limited keeps the channel's limit and tells of it in the headers. It wants s.mu.
func (s *Server) limited(w http.ResponseWriter, ch *channel) bool {
	if s.MessageLimit == 0 {
		return false
	}
	now := time.Now()
	ch.sent = slices.DeleteFunc(ch.sent, func(at time.Time) bool { return now.Sub(at) > s.LimitWindow })
	reset := s.LimitWindow
	if len(ch.sent) > 0 {
		reset = s.LimitWindow - now.Sub(ch.sent[0])
	}
	seconds := strconv.FormatFloat(reset.Seconds(), 'f', 3, 64)
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(s.MessageLimit))
	h.Set("X-RateLimit-Reset-After", seconds)
	h.Set("X-RateLimit-Bucket", "messages")
	if len(ch.sent) >= s.MessageLimit {
		s.violations = append(s.violations, "sent into a channel beyond its limit")
		h.Set("X-RateLimit-Remaining", "0")
		h.Set("Retry-After", seconds)
		reply(w, 429, map[string]any{"message": "You are being rate limited.", "retry_after": reset.Seconds(), "global": false})
		return true
	}
	ch.sent = append(ch.sent, now)
	h.Set("X-RateLimit-Remaining", strconv.Itoa(s.MessageLimit-len(ch.sent)))
	return false
}

// visible returns a message as a bot with these intents sees it: without the intent for content, what was not said
// to it is empty. It wants s.mu.
func (s *Server) visible(m *Message, intents int) *Message {
	mine := slices.ContainsFunc(m.Mentions, func(a Author) bool { return a.ID == s.UserID })
	if m.GuildID == "" || mine || m.Author.ID == s.UserID || intents&(1<<15) != 0 {
		return m
	}
	hidden := *m
	hidden.Content, hidden.Embeds, hidden.Rows, hidden.Forwarded = "", nil, nil, nil
	return &hidden
}
