package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// maxLate bounds the attempts to add to an answer that Discord does not know of yet.
const maxLate = 4

// tokenLife is how long an interaction can be followed up after it was made.
const tokenLife = 15 * time.Minute

// A callback gives Discord the first answer to an interaction, which is due within three seconds: over REST for one
// that came by the gateway, in the response for one that came by HTTP.
type callback func(context.Context, response) error

// A response is the first answer to an interaction. Its data is a message, a promise or an offer; the library's one type
// for them all sends null where a list is empty.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// A promise says that the answer will come.
type promise struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

// An offer completes what is being typed.
type offer struct {
	Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
}

// callback answers over REST.
func (c *Client) callback(i interaction) callback {
	return func(ctx context.Context, r response) error {
		ctx, cancel := context.WithTimeout(ctx, c.timing.due)
		defer cancel()
		err := c.api.call(ctx, "POST", discordgo.EndpointInteractionResponse(i.ID, i.Token), r, nil)
		if refused(err, codeAlreadyAnswered) {
			return nil // an attempt that seemed to fail got through
		}
		return err
	}
}

// converse answers a command or a button: at once when the desk is quick, after an acknowledgement when it is not.
func (c *Client) converse(ctx context.Context, i interaction, m bot.Message, respond callback) {
	ctx, cancel := context.WithTimeout(ctx, tokenLife)
	defer cancel()
	replies := make(chan bot.Reply, 1)
	go func() { replies <- c.spared(m, func() bot.Reply { return c.replyTo(ctx, i, m) }) }()
	flags := discordgo.MessageFlags(0)
	if c.ephemeral(i) {
		flags = discordgo.MessageFlagsEphemeral
	}
	slow := time.NewTimer(c.timing.deferAfter)
	defer slow.Stop()
	var err error
	var rest []page
	select {
	case r := <-replies:
		if r.Form != nil && i.Type != int(discordgo.InteractionModalSubmit) { // Discord opens no form after a form
			err = respond(ctx, response{discordgo.InteractionResponseModal, newModal(*r.Form, i.lang())})
			break
		}
		rest, err = c.direct(ctx, c.pages(i, again(i, r)), flags, respond)
	case <-slow.C:
		rest, err = c.deferred(ctx, i, replies, flags, respond)
	}
	if err == nil {
		err = c.followUp(ctx, i, rest, flags)
	}
	if err != nil {
		c.log.Error("answering an interaction", zap.String("interaction", i.ID), zap.Error(err))
	}
}

// direct answers with the first page and returns the others.
func (c *Client) direct(
	ctx context.Context, pages []page, flags discordgo.MessageFlags, respond callback,
) ([]page, error) {
	return pages[1:], pages[0].insist(func(p page) error {
		data := p.outgoing(flags | p.flags())
		return respond(ctx, response{discordgo.InteractionResponseChannelMessageWithSource, data})
	})
}

// deferred says that an answer will come, waits for it, puts its first page in place and returns the others.
func (c *Client) deferred(
	ctx context.Context, i interaction, replies <-chan bot.Reply, flags discordgo.MessageFlags, respond callback,
) ([]page, error) {
	err := respond(ctx, response{discordgo.InteractionResponseDeferredChannelMessageWithSource, promise{flags}})
	if err != nil {
		return nil, err
	}
	select {
	case r := <-replies:
		pages := c.pages(i, again(i, r))
		return pages[1:], c.edit(ctx, i, pages[0])
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// edit replaces the "thinking" of an acknowledged interaction.
func (c *Client) edit(ctx context.Context, i interaction, p page) error {
	endpoint := discordgo.EndpointWebhookMessage(c.self().app, i.Token, "@original")
	return p.insist(func(p page) error {
		return c.afterwards(ctx, "PATCH", endpoint, p.outgoing(p.flags())) // who sees it was settled by the acknowledgement
	})
}

// followUp sends the rest of a long answer.
func (c *Client) followUp(ctx context.Context, i interaction, rest []page, flags discordgo.MessageFlags) error {
	endpoint := discordgo.EndpointWebhookToken(c.self().app, i.Token)
	for _, p := range rest {
		err := p.insist(func(p page) error {
			return c.afterwards(ctx, "POST", endpoint, p.outgoing(flags|p.flags()))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// afterwards makes a call that follows the first answer. Over HTTP that answer may still be on its way; Discord then
// does not know the interaction yet, and is asked again.
func (c *Client) afterwards(ctx context.Context, method, endpoint string, body any) error {
	for attempt := 1; ; attempt++ {
		err := c.api.call(ctx, method, endpoint, body, nil)
		if !refused(err, codeUnknownWebhook) || attempt == maxLate || !sleep(ctx, c.timing.retry<<attempt) {
			return err
		}
	}
}
