package discord

import (
	"cmp"
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
	codeInvalidForm        = 50035
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

// A letter is a reply on its way to a channel.
type letter struct {
	channel string
	asked   string // the message that it answers; empty for none
	reply   bot.Reply
	who     string // whose form it is, if it has one; empty for nobody's
	nonce   string // of what answers no message, or not for the first time; other answers are told by the message
}

// post sends a letter. Errors are logged: there is nobody else to tell.
func (c *Client) post(ctx context.Context, l letter) {
	if c.shut.has(l.channel) {
		return
	}
	err := c.deliver(ctx, l)
	switch {
	case refused(err, codeMissingAccess, codeMissingPermissions, codeClosedToUs):
		c.log.Warn("discord does not let the bot write in a channel; grant it Send Messages, Send Messages in Threads "+
			"and Embed Links there", zap.String("channel", l.channel))
	case err != nil:
		c.log.Error("sending an answer", zap.String("channel", l.channel), zap.Error(err))
	}
}

// deliver sends a letter, without embeds where the channel does not allow them, and remembers channels where the bot may
// not write: too many refusals and Discord bans the address.
func (c *Client) deliver(ctx context.Context, l letter) error {
	look := layout{lang: l.reply.Lang}
	last, err := c.postPages(ctx, l, render(l.reply, look))
	if refused(err, codeEmbedDisabled, codeMissingPermissions) {
		look.plain = true // perhaps only embeds are not allowed
		last, err = c.postPages(ctx, l, render(l.reply, look))
	}
	if refused(err, codeMissingAccess, codeMissingPermissions, codeClosedToUs) {
		c.shut.add(l.channel)
	}
	if err == nil && l.reply.Form != nil && l.who != "" {
		c.forms.ask(last, l.who, l.reply.Form.Press)
	}
	return err
}

// postPages sends a letter's pages and returns the id of the last message.
func (c *Client) postPages(ctx context.Context, l letter, pages []page) (last string, err error) {
	nonce := cmp.Or(l.nonce, l.asked)
	for n, p := range pages {
		err := p.insist(func(p page) (err error) {
			m := p.outgoing(p.flags())
			m.Nonce, m.EnforceNonce = nonce+"-"+strconv.Itoa(n), true
			if l.asked != "" && n == 0 {
				m.Reference = reference(l.channel, l.asked)
			}
			last, err = c.create(ctx, l.channel, m)
			if refused(err, codeNoHistory) {
				m.Reference = nil
				last, err = c.create(ctx, l.channel, m)
			}
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return last, nil
}

// create returns the id of the message that it makes.
func (c *Client) create(ctx context.Context, channelID string, m outgoing) (id string, err error) {
	var made struct {
		ID string `json:"id"`
	}
	err = c.api.call(ctx, "POST", discordgo.EndpointChannelMessages(channelID), m, &made)
	return made.ID, err
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
