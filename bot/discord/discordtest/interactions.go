package discordtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// An Interaction is a command, a pressed button or something being typed, with what the bot answered.
type Interaction struct {
	ID, Token string

	server   *Server
	kind     int
	made     time.Time
	answered int // type of the first answer; 0 for none yet
	flags    int // of the first answer
	messages []Message
	thinking bool // acknowledged, and the message is still to come
	choices  []suggestion
	modal    Modal
}

// A Use says who does what, and where.
type Use struct {
	Channel string
	Person  string
	Locale  string // empty for en-US
	Context *int   // empty for what the channel says
	Guest   bool   // the app is not at home in the server: the person brought it along
}

// Slash lets a person use a command with an option.
func (s *Server) Slash(u Use, name, option, text string) *Interaction {
	data := map[string]any{"id": "1", "type": 1, "name": name}
	if option != "" {
		data["options"] = []any{map[string]any{"type": 3, "name": option, "value": text}}
	}
	return s.interact(u, 2, data, nil)
}

// Type lets a person type in a command's option.
func (s *Server) Type(u Use, name, option, text string) *Interaction {
	return s.interact(u, 4, map[string]any{"id": "1", "type": 1, "name": name, "options": []any{
		map[string]any{"type": 3, "name": option, "value": text, "focused": true},
	}}, nil)
}

// OnMessage lets a person use a message command on somebody's message.
func (s *Server) OnMessage(u Use, name, messageID string) *Interaction {
	s.mu.Lock()
	target := s.channels[u.Channel].message(messageID)
	s.mu.Unlock()
	return s.interact(u, 2, map[string]any{
		"id": "1", "type": 3, "name": name, "target_id": messageID,
		"resolved": map[string]any{"messages": map[string]any{messageID: target}},
	}, nil)
}

// Press lets a person press a button of a message.
func (s *Server) Press(u Use, on Message, button Component) *Interaction {
	return s.interact(u, 3, map[string]any{"custom_id": button.CustomID, "component_type": 2}, &on)
}

// Pick lets a person choose an entry of a menu.
func (s *Server) Pick(u Use, on Message, menu Component, value string) *Interaction {
	return s.interact(u, 3, map[string]any{"custom_id": menu.CustomID, "component_type": 3, "values": []string{value}}, &on)
}

// Interact sends an interaction with any data.
func (s *Server) Interact(u Use, kind int, data any) *Interaction {
	return s.interact(u, kind, data, nil)
}

func (s *Server) interact(u Use, kind int, data any, on *Message) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	guild, parent, where := "", "", 1
	if ch := s.channels[u.Channel]; ch != nil {
		guild, parent, where = ch.guild, ch.parent, ch.kind
	}
	i := &Interaction{ID: s.newID(), server: s, kind: kind, made: time.Now()}
	i.Token = "interaction-token-" + i.ID
	s.pending[i.Token] = i
	body := s.body(i, u, guild, data, on)
	body["channel"] = map[string]any{"id": u.Channel, "parent_id": parent, "type": where}
	if s.Interactions != "" {
		go s.knock(i, encode(body))
		return i
	}
	s.deliver(guild, "INTERACTION_CREATE", func(int) any { return body })
	return i
}

// body wants s.mu.
func (s *Server) body(i *Interaction, u Use, guild string, data any, on *Message) map[string]any {
	locale := u.Locale
	if locale == "" {
		locale = "en-US"
	}
	owners := map[string]string{"0": guild}
	if u.Guest {
		owners = map[string]string{"1": u.Person}
	}
	body := map[string]any{
		"id": i.ID, "application_id": s.AppID, "type": i.kind, "token": i.Token, "version": 1, "data": data,
		"channel_id": u.Channel, "locale": locale, "app_permissions": "2147483647",
		"authorizing_integration_owners": owners, "entitlements": []any{},
	}
	who := map[string]any{"id": u.Person, "username": "someone"}
	if guild != "" {
		body["guild_id"], body["context"] = guild, 0
		body["member"] = map[string]any{"user": who, "permissions": "0", "roles": s.roles(u.Person)}
	} else {
		body["context"], body["user"] = 1, who
	}
	if u.Context != nil {
		body["context"] = *u.Context
	}
	if on != nil {
		body["message"] = on
	}
	return body
}

// Signed returns a request to the interactions endpoint as Discord signs it.
func (s *Server) Signed(body []byte, at time.Time) *http.Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	r, err := http.NewRequest("POST", s.Interactions, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(s.key, append([]byte(stamp), body...))))
	return r
}

// knock posts an interaction to the endpoint and takes its answer.
func (s *Server) knock(i *Interaction, body []byte) {
	resp, err := s.http.Client().Do(s.Signed(body, time.Now()))
	if err != nil {
		s.violate("interactions endpoint: %v", err)
		return
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	if resp.StatusCode == http.StatusAccepted {
		return // the answer comes over REST
	}
	if resp.StatusCode != http.StatusOK {
		s.violate("interactions endpoint answered %d: %s", resp.StatusCode, answer)
		return
	}
	if code, message := s.take(i, answer); code != 0 {
		s.violate("interactions endpoint: %s", message)
	}
}

// Answer waits for the message that answers the interaction, after the acknowledgement if there is one.
func (i *Interaction) Answer(ctx context.Context) (Message, error) {
	all, err := i.Answers(ctx, 1)
	if err != nil {
		return Message{}, err
	}
	return all[0], nil
}

// Answers waits for at least n messages.
func (i *Interaction) Answers(ctx context.Context, n int) (all []Message, err error) {
	err = i.server.Wait(ctx, func() bool {
		i.server.mu.Lock()
		defer i.server.mu.Unlock()
		all = append([]Message(nil), i.messages...)
		return len(all) >= n
	})
	return all, err
}

// Suggestions waits for what is suggested: names and values.
func (i *Interaction) Suggestions(ctx context.Context) (names, values []string, err error) {
	err = i.server.Wait(ctx, func() bool {
		i.server.mu.Lock()
		defer i.server.mu.Unlock()
		return i.answered == 8
	})
	for _, c := range i.choices {
		names, values = append(names, c.Name), append(values, fmt.Sprint(c.Value))
	}
	return names, values, err
}

// First returns the type of the first answer; 0 when there is none yet.
func (i *Interaction) First() int {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	return i.answered
}
