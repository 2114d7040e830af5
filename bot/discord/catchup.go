package discord

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
)

const (
	maxRooms   = 50               // channels looked through after a lost session
	maxMissed  = 50               // messages read in each
	freshness  = 10 * time.Minute // older questions are not answered: nobody waits for them any more
	roomMemory = 24 * time.Hour   // since somebody asked in a channel
)

// rooms remember where people asked last. They are safe for concurrent use.
//
// Discord sends again what a resumed session missed, but nothing of what happened between a session that it ended and
// the next. What was asked meanwhile is found in the channels where somebody had asked before; a first question in a
// new place is not, since Discord lets no bot list the direct messages that it got.
type rooms struct {
	mu   sync.Mutex
	last map[string]heard // by channel
}

type heard struct {
	message string // id of the last message taken
	guild   string // empty for direct messages
	at      time.Time
}

// remember notes a message that was accepted.
func (c *Client) remember(m message) {
	c.rooms.mu.Lock()
	defer c.rooms.mu.Unlock()
	if len(c.rooms.last) >= 4*maxRooms {
		c.rooms.forget()
	}
	if older(c.rooms.last[m.ChannelID].message, m.ID) {
		c.rooms.last[m.ChannelID] = heard{m.ID, m.GuildID, time.Now()}
	}
}

// forget keeps the channels heard of last. It wants mu.
func (r *rooms) forget() {
	for _, id := range r.newest()[maxRooms:] {
		delete(r.last, id)
	}
}

// leave forgets the channels of a server.
func (r *rooms) leave(guild string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.last, func(_ string, h heard) bool { return h.guild == guild })
}

// newest returns the channels, last heard of first. It wants mu.
func (r *rooms) newest() []string {
	return slices.SortedFunc(maps.Keys(r.last), func(a, b string) int { return r.last[b].at.Compare(r.last[a].at) })
}

// recent returns the channels to look through.
func (r *rooms) recent() map[string]heard {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := map[string]heard{}
	for _, id := range r.newest() {
		if h := r.last[id]; len(found) < maxRooms && time.Since(h.at) < roomMemory {
			found[id] = h
		}
	}
	return found
}

// ready looks for what was asked while there was no session.
func (c *Client) ready(ctx context.Context) {
	for id, last := range c.rooms.recent() {
		c.talk.submit(ctx, "missed "+id, func(ctx context.Context) { c.readMissed(ctx, id, last) })
	}
}

func (c *Client) readMissed(ctx context.Context, channelID string, last heard) {
	endpoint := discordgo.EndpointChannelMessages(channelID) + "?limit=" + strconv.Itoa(maxMissed) + "&after=" + last.message
	var raw []json.RawMessage
	if err := c.api.call(ctx, "GET", endpoint, nil, &raw); err != nil {
		c.log.Info("looking for missed questions", zap.String("channel", channelID), zap.Error(err))
		return
	}
	slices.Reverse(raw) // they come newest first
	for _, one := range raw {
		var m message
		if err := decode(one, &m); err != nil || time.Since(sentAt(m.ID)) > freshness {
			continue
		}
		m.GuildID = last.guild // REST leaves it out
		c.onMessage(ctx, m)
	}
}

// older reports whether snowflake a was made before b. An empty one is older than all.
func older(a, b string) bool {
	return len(a) < len(b) || len(a) == len(b) && a < b
}
