package discord

import (
	"context"
	"strconv"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// Discord's error codes that we act on.
const (
	codeUnknownWebhook     = 10015
	codeMissingAccess      = 50001
	codeEmbedDisabled      = 50004
	codeClosedToUs         = 50007 // the person takes no direct messages
	codeMissingPermissions = 50013
	codeNoHistory          = 160002 // replying needs the permission to read the channel's history
	codeAlreadyAnswered    = 40060
)

// An outgoing is a message on its way, to a channel or as an answer to an interaction. The library's types for these
// send null for some of what is empty, and know no nonce.
type outgoing struct {
	Content    string                            `json:"content"`
	Embeds     []*discordgo.MessageEmbed         `json:"embeds"`
	Components []discordgo.MessageComponent      `json:"components"`
	Flags      discordgo.MessageFlags            `json:"flags,omitempty"`
	Mentions   *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Reference  *discordgo.MessageReference       `json:"message_reference,omitempty"`

	// Discord drops the second of two messages with the same nonce.
	Nonce        string `json:"nonce,omitempty"`
	EnforceNonce bool   `json:"enforce_nonce,omitempty"`
}

// outgoing addresses a page. The message mentions nobody, whatever its text says, and does not ping the person replied
// to: the list of whom it may mention is empty, and not nil, which Discord would read as everybody.
func (p page) outgoing(flags discordgo.MessageFlags) outgoing {
	return outgoing{
		Content: p.Content, Embeds: notNil(p.Embeds), Components: notNil(p.Components), Flags: flags,
		Mentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
	}
}

// post sends a reply to a channel as an answer to the message asked; asked may be empty. Errors are logged: there is
// nobody else to tell.
func (c *Client) post(ctx context.Context, channelID, asked string, r bot.Reply, l layout) {
	if c.shut.has(channelID) {
		return
	}
	err := c.postPages(ctx, channelID, asked, render(r, l))
	if refused(err, codeEmbedDisabled, codeMissingPermissions) && !l.plain {
		l.plain = true // perhaps only embeds are not allowed
		err = c.postPages(ctx, channelID, asked, render(r, l))
	}
	if refused(err, codeMissingAccess, codeMissingPermissions, codeClosedToUs) {
		c.shut.add(channelID)
		c.log.Warn("discord does not let the bot write in a channel; grant it Send Messages, Send Messages in Threads "+
			"and Embed Links there", zap.String("channel", channelID))
		return
	}
	if err != nil {
		c.log.Error("sending an answer", zap.String("channel", channelID), zap.Error(err))
	}
}

func (c *Client) postPages(ctx context.Context, channelID, asked string, pages []page) error {
	for n, p := range pages {
		m := p.outgoing(p.flags())
		if asked != "" {
			m.Nonce, m.EnforceNonce = asked+"-"+strconv.Itoa(n), true
			if n == 0 {
				m.Reference = reference(channelID, asked)
			}
		}
		err := c.create(ctx, channelID, m)
		if refused(err, codeNoHistory) {
			m.Reference = nil
			err = c.create(ctx, channelID, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) create(ctx context.Context, channelID string, m outgoing) error {
	return c.api.call(ctx, "POST", discordgo.EndpointChannelMessages(channelID), m, nil)
}

// reference points at the message asked; the answer is sent even if that was deleted meanwhile.
func reference(channelID, asked string) *discordgo.MessageReference {
	never := false
	return &discordgo.MessageReference{MessageID: asked, ChannelID: channelID, FailIfNotExists: &never}
}

// notNil returns an empty slice for nil, which would be sent as null.
func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
