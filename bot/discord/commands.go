package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
)

// commands are what people find under "/" and in a message's menu of apps: in servers, in direct messages with the
// bot, and anywhere else for those who installed it for themselves.
func commands() []*discordgo.ApplicationCommand {
	contexts := []discordgo.InteractionContextType{
		discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
	}
	installs := []discordgo.ApplicationIntegrationType{
		discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
	}
	slash := func(name, help func(words) string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
		names, helps := localized(name), localized(help)
		return &discordgo.ApplicationCommand{
			Type: discordgo.ChatApplicationCommand, Contexts: &contexts, IntegrationTypes: &installs,
			Name: name(english), NameLocalizations: &names,
			Description: help(english), DescriptionLocalizations: &helps,
			Options: notNil(options),
		}
	}
	faq := localized(func(w words) string { return w.fromFAQ })
	question := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString, Required: true, Autocomplete: true,
		Name: english.question, NameLocalizations: localized(func(w words) string { return w.question }),
		Description:              english.questionHelp,
		DescriptionLocalizations: localized(func(w words) string { return w.questionHelp }),
		ChannelTypes:             []discordgo.ChannelType{},
		Options:                  []*discordgo.ApplicationCommandOption{},
		Choices:                  []*discordgo.ApplicationCommandOptionChoice{},
	}
	return []*discordgo.ApplicationCommand{
		slash(func(w words) string { return w.ask }, func(w words) string { return w.askHelp }, question),
		slash(func(w words) string { return w.contact }, func(w words) string { return w.contactHelp }),
		slash(func(w words) string { return w.topics }, func(w words) string { return w.topicsHelp }),
		{
			Type: discordgo.MessageApplicationCommand, Contexts: &contexts, IntegrationTypes: &installs,
			Name: english.fromFAQ, NameLocalizations: &faq,
			Options: []*discordgo.ApplicationCommandOption{},
		},
	}
}

// register makes the commands known, if they differ from those that Discord has: it allows two hundred new ones a
// day. It tries until it succeeds or ctx ends; the desk answers meanwhile.
func (c *Client) register(ctx context.Context) {
	endpoint := discordgo.EndpointApplicationGlobalCommands(c.self().app)
	want := commands()
	err := c.api.persist(ctx, func(ctx context.Context) error {
		var have []*discordgo.ApplicationCommand
		err := c.api.call(ctx, "GET", endpoint+"?with_localizations=true", nil, &have)
		if err != nil || same(want, have) {
			return err
		}
		if err := c.api.call(ctx, "PUT", endpoint, want, nil); err != nil {
			return err
		}
		c.log.Info("discord commands registered", zap.Int("commands", len(want)))
		return nil
	})
	if err != nil && ctx.Err() == nil {
		c.log.Error("registering commands", zap.Error(err))
	}
}

// same reports whether two lists of commands mean the same, whatever their order and whatever Discord added.
func same(a, b []*discordgo.ApplicationCommand) bool {
	return bytes.Equal(essence(a), essence(b))
}

// essence writes out what matters of commands.
func essence(list []*discordgo.ApplicationCommand) []byte {
	type option struct {
		Type                   discordgo.ApplicationCommandOptionType
		Name, Description      string
		Names, Descriptions    map[discordgo.Locale]string
		Required, Autocomplete bool
		Choices                int
	}
	type command struct {
		Type                discordgo.ApplicationCommandType
		Name, Description   string
		Names, Descriptions map[discordgo.Locale]string
		Contexts            []discordgo.InteractionContextType
		Installs            []discordgo.ApplicationIntegrationType
		Options             []option
	}
	var all []command
	for _, c := range list {
		if c == nil {
			continue
		}
		e := command{
			Type: cmp.Or(c.Type, discordgo.ChatApplicationCommand), Name: c.Name, Description: c.Description,
			Names: value(c.NameLocalizations), Descriptions: value(c.DescriptionLocalizations),
			Contexts: slices.Sorted(slices.Values(value(c.Contexts))),
			Installs: slices.Sorted(slices.Values(value(c.IntegrationTypes))),
		}
		for _, o := range c.Options {
			if o != nil {
				e.Options = append(e.Options, option{
					o.Type, o.Name, o.Description, filled(o.NameLocalizations), filled(o.DescriptionLocalizations),
					o.Required, o.Autocomplete, len(o.Choices),
				})
			}
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b command) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name))
	})
	out, err := json.Marshal(all)
	if err != nil {
		panic(err) // plain structs of strings and numbers
	}
	return out
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// filled returns nil for an empty map, so that both are written out alike.
func filled(m map[discordgo.Locale]string) map[discordgo.Locale]string {
	if len(m) == 0 {
		return nil
	}
	return m
}
