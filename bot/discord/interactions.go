package discord

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
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

// onInteraction queues the answer to an interaction; false means that none will come. Each is answered for itself, as
// Discord shows it: behind no other, since it is due within seconds.
func (c *Client) onInteraction(ctx context.Context, i interaction, respond callback) bool {
	person := i.person()
	if i.ID == "" || i.Token == "" || person == "" {
		c.log.Warn("discord sent an interaction without id, token or person")
		return false
	}
	c.threads.learn(i.Channel)
	m := c.asked(i)
	m.Staff = c.desk.IsStaff(m)
	m.Private = i.inBotDM() || c.ephemeral(i)
	return c.quick.submit(ctx, i.ID, func(ctx context.Context) {
		if i.Type == int(discordgo.InteractionApplicationCommandAutocomplete) {
			c.suggest(ctx, i, m, respond)
			return
		}
		c.converse(ctx, i, m, respond)
	})
}

// asked returns an interaction as the desk sees it, as if everybody read the answer.
func (c *Client) asked(i interaction) bot.Message {
	return bot.Message{
		Room: roomID(i.ChannelID), Parent: roomID(c.threads.above(i.ChannelID)), Server: serverID(i.GuildID),
		From: personID(i.person()), Roles: i.Member.roles(), Lang: i.lang(), At: sentAt(i.ID),
		Addressed: bot.Command, Owed: true,
	}
}

// ephemeral reports whether the answer is for the person's eyes only: everywhere but in their own channel with the
// bot, and where staff want everybody to read. What staff are told is for the rooms that they share.
func (c *Client) ephemeral(i interaction) bool {
	switch verb(i) {
	case bot.Share:
		return false
	case bot.Helpful, bot.Useless, bot.Tell:
		return true // thanks for feedback need not stay anywhere
	}
	m := c.asked(i)
	switch {
	case i.inBotDM():
		return false
	case forStaff(i):
		return i.Data.Name == english.console || !c.isStaffRoom(m) // the page's address is a key to it
	}
	return c.desk.Audience(m) != knowledge.ToAll
}

// verb returns what a pressed button or a form does; empty for anything that is none of ours.
func verb(i interaction) bot.Verb {
	if i.Type != int(discordgo.InteractionMessageComponent) && i.Type != int(discordgo.InteractionModalSubmit) {
		return ""
	}
	p, _ := bot.ParsePress(pressed(i))
	return p.Verb
}

// pressed returns what a component stands for: the chosen entry of a menu, or the button.
func pressed(i interaction) string {
	if len(i.Data.Values) > 0 {
		return i.Data.Values[0]
	}
	return i.Data.CustomID
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
	first := pages[0]
	data := first.outgoing(flags | first.flags())
	return pages[1:], respond(ctx, response{discordgo.InteractionResponseChannelMessageWithSource, data})
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
	return c.afterwards(ctx, "PATCH", endpoint, p.outgoing(0)) // its flags are those of the acknowledgement
}

// followUp sends the rest of a long answer.
func (c *Client) followUp(ctx context.Context, i interaction, rest []page, flags discordgo.MessageFlags) error {
	endpoint := discordgo.EndpointWebhookToken(c.self().app, i.Token)
	for _, p := range rest {
		if err := c.afterwards(ctx, "POST", endpoint, p.outgoing(flags|p.flags())); err != nil {
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

// pages lays out the reply to an interaction. What only the person sees can be shared in the channel, if the app is
// at home there.
func (c *Client) pages(i interaction, r bot.Reply) []page {
	lang := i.lang()
	if lang == "" {
		lang = r.Lang
	}
	_, installed := i.Owners["0"]
	share := i.GuildID != "" && c.ephemeral(i) && (installed || len(i.Owners) == 0)
	return render(r, layout{lang: lang, share: share})
}

// replyTo asks the desk.
func (c *Client) replyTo(ctx context.Context, i interaction, m bot.Message) bot.Reply {
	switch i.Type {
	case int(discordgo.InteractionApplicationCommand):
		return c.command(ctx, i, m)
	case int(discordgo.InteractionMessageComponent):
		p, _ := bot.ParsePress(pressed(i))
		return c.desk.Press(ctx, m, p) // the zero press of a button that nobody can read any more says so
	case int(discordgo.InteractionModalSubmit):
		p, _ := bot.ParsePress(i.Data.CustomID)
		m.Text = i.Data.typed()
		return c.desk.Press(ctx, m, p)
	}
	return c.desk.Press(ctx, m, bot.Press{})
}

// command answers a slash command or the message command.
func (c *Client) command(ctx context.Context, i interaction, m bot.Message) bot.Reply {
	switch i.Data.Name {
	case english.contact:
		return c.desk.Contact(m)
	case english.topics:
		return c.desk.Topics(m)
	case english.privacy:
		return c.desk.Privacy(m)
	case english.forget:
		return c.desk.Forget(m)
	case english.fromFAQ:
		m.Text = withoutMention(i.Data.Resolved.Messages[i.Data.TargetID].Content, c.self().user)
	case english.misses, english.console:
		m.Text = "/" + i.Data.Name
	case english.why:
		m.Text = strings.TrimSpace("/why " + i.Data.option(english.question))
	case english.whyHere:
		target := i.Data.Resolved.Messages[i.Data.TargetID]
		m.Text, m.Quoted, m.QuotedOwn = "/why", target.text(), target.Author.ID == c.self().user
	default:
		m.Text = i.Data.option(english.question)
		if p, err := bot.ParsePress(m.Text); err == nil { // a suggestion was chosen
			return c.desk.Press(ctx, m, p)
		}
	}
	return c.answer(ctx, m)
}
