package discord

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
)

const (
	maxMissed = 100              // messages read in each channel, the newest; Discord gives no more at once
	freshness = 10 * time.Minute // older questions are not answered: nobody waits for them any more
)

// ready looks for what was asked while there was no session.
//
// Discord sends again what a resumed session missed, but nothing of what happened between a session that it ended, or
// that ended with the program, and the next. What was asked meanwhile is found in the channels where somebody had
// asked before. A first question in a new place is not: Discord lets no bot list the direct messages that it got.
func (c *Client) ready(ctx context.Context) {
	for id, last := range c.rooms.recent() {
		c.talk.submit(ctx, "missed "+id, func(ctx context.Context) { c.readMissed(ctx, id, last) })
	}
}

func (c *Client) readMissed(ctx context.Context, channelID string, last heard) {
	// Asked for what came after the last answer, Discord gives the oldest, which in a busy channel nobody waits for.
	var raw []json.RawMessage
	endpoint := discordgo.EndpointChannelMessages(channelID) + "?limit=" + strconv.Itoa(maxMissed)
	if err := c.api.call(ctx, "GET", endpoint, nil, &raw); err != nil {
		c.log.Info("looking for missed questions", zap.String("channel", channelID), zap.Error(err))
		return
	}
	slices.Reverse(raw) // they come newest first
	for _, one := range raw {
		var m message
		if err := decode(one, &m); err != nil || !older(last.Message, m.ID) || time.Since(sentAt(m.ID)) > freshness {
			continue
		}
		m.GuildID = last.Guild // REST leaves it out
		c.onMessage(ctx, m)
	}
}
