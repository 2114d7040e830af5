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

// A command is what people find under "/" or in a message's menu of apps. Sent and read back it is the same, which
// the library's type is not: that sends null for what does not apply.
type command struct {
	Type         discordgo.ApplicationCommandType       `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[discordgo.Locale]string            `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description,omitempty"`
	Descriptions map[discordgo.Locale]string            `json:"description_localizations,omitempty"`
	Contexts     []discordgo.InteractionContextType     `json:"contexts,omitempty"`
	Installs     []discordgo.ApplicationIntegrationType `json:"integration_types,omitempty"`
	Options      []option                               `json:"options,omitempty"`
	Permissions  *string                                `json:"default_member_permissions,omitempty"` // whom it shows to; nil for everybody
}

// An option is what a command asks for.
type option struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[discordgo.Locale]string            `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[discordgo.Locale]string            `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
}

// commands are there in servers, in direct messages with the bot, and anywhere else for those who installed it for
// themselves. Staff's are there only where somebody is staff on Discord: in servers, and until its administrators say
// otherwise for them alone.
func commands(staffed bool) []command {
	ask := slash(func(w words) string { return w.Ask }, func(w words) string { return w.AskHelp })
	ask.Options = []option{question(true)}
	all := []command{
		ask,
		slash(func(w words) string { return w.Contact }, func(w words) string { return w.ContactHelp }),
		slash(func(w words) string { return w.Topics }, func(w words) string { return w.TopicsHelp }),
		slash(func(w words) string { return w.Privacy }, func(w words) string { return w.PrivacyHelp }),
		slash(func(w words) string { return w.Forget }, func(w words) string { return w.ForgetHelp }),
		onMessage(func(w words) string { return w.FromFAQ }),
	}
	for i := range all {
		all[i].Contexts = []discordgo.InteractionContextType{
			discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
		}
		all[i].Installs = []discordgo.ApplicationIntegrationType{
			discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
		}
	}
	if staffed {
		all = append(all, staffCommands()...)
	}
	return all
}

func slash(name, help func(words) string) command {
	return command{
		Type: discordgo.ChatApplicationCommand, Name: name(english()), Names: localized(name),
		Description: help(english()), Descriptions: localized(help),
	}
}

func onMessage(name func(words) string) command {
	return command{Type: discordgo.MessageApplicationCommand, Name: name(english()), Names: localized(name)}
}

func question(completed bool) option {
	return option{
		Type: discordgo.ApplicationCommandOptionString, Required: completed, Autocomplete: completed,
		Name: english().Question, Names: localized(func(w words) string { return w.Question }),
		Description: english().QuestionHelp, Descriptions: localized(func(w words) string { return w.QuestionHelp }),
	}
}

// keepCommands registers the commands, anew whenever desk.yaml begins or ceases to name staff on Discord, until ctx ends.
func (c *Client) keepCommands(ctx context.Context) {
	was := c.staffed()
	c.register(ctx, commands(was))
	for sleep(ctx, c.timing.look) {
		if is := c.staffed(); is != was {
			c.register(ctx, commands(is))
			was = is
		}
	}
}

// register makes the commands known, if they differ from those that Discord has: it allows two hundred new ones a
// day. It tries until it succeeds or ctx ends; the desk answers meanwhile.
func (c *Client) register(ctx context.Context, want []command) {
	endpoint := discordgo.EndpointApplicationGlobalCommands(c.self().app)
	err := c.api.persist(ctx, func(ctx context.Context) error {
		var have []command
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

// same reports whether two lists of commands mean the same, in whatever order.
func same(a, b []command) bool {
	return bytes.Equal(ordered(a), ordered(b))
}

// ordered writes commands out in one order.
func ordered(list []command) []byte {
	list = slices.Clone(list)
	for i := range list {
		list[i].Contexts = slices.Sorted(slices.Values(list[i].Contexts))
		list[i].Installs = slices.Sorted(slices.Values(list[i].Installs))
	}
	slices.SortFunc(list, func(a, b command) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name))
	})
	out, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings, numbers and maps of strings always can be
	}
	return out
}
