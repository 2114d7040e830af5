package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

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
		return i.Data.Name == english().Console || !c.isStaffRoom(m) // the page's address is a key to it
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
	case english().Contact:
		return c.desk.Contact(m)
	case english().Topics:
		return c.desk.Topics(m)
	case english().Privacy:
		return c.desk.Privacy(m)
	case english().Forget:
		return c.desk.Forget(m)
	case english().FromFAQ:
		target := i.Data.Resolved.Messages[i.Data.TargetID]
		m.Text = withoutMention(target.asks(), c.self().user)
	case english().Misses, english().Console:
		m.Text = "/" + i.Data.Name
	case english().Why:
		m.Text = strings.TrimSpace("/why " + i.Data.option(english().Question))
	case english().WhyHere:
		target := i.Data.Resolved.Messages[i.Data.TargetID]
		m.Text, m.Quoted, m.QuotedOwn = "/why", target.text(), target.Author.ID == c.self().user
	default:
		m.Text = i.Data.option(english().Question)
		if p, err := bot.ParsePress(m.Text); err == nil { // a suggestion was chosen
			return c.desk.Press(ctx, m, p)
		}
	}
	return c.answer(ctx, m)
}
