package discord

import (
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
)

// staffCommands are for those who look after the knowledge. The desk itself looks at who uses them.
func staffCommands() []command {
	why := slash(func(w words) string { return w.Why }, func(w words) string { return w.WhyHelp })
	why.Options = []option{question(false)}
	all := []command{
		slash(func(w words) string { return w.Misses }, func(w words) string { return w.MissesHelp }),
		why,
		slash(func(w words) string { return w.Console }, func(w words) string { return w.ConsoleHelp }),
		onMessage(func(w words) string { return w.WhyHere }),
	}
	nobody := "0"
	for i := range all {
		all[i].Permissions = &nobody
		all[i].Contexts = []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
		all[i].Installs = []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	}
	return all
}

// staffed reports whether anybody is staff on Discord.
func (c *Client) staffed() bool {
	staff := c.desk.Staff()
	return slices.ContainsFunc(slices.Concat(staff.People, staff.Rooms), func(name string) bool {
		return strings.HasPrefix(name, "discord:")
	})
}

// forStaff reports whether an interaction is by one of staff's commands, buttons or forms.
func forStaff(i interaction) bool {
	switch i.Data.Name {
	case english().Misses, english().Why, english().WhyHere, english().Console:
		return true
	}
	return verb(i) == bot.Staff
}

// isStaffRoom reports whether staff share the room of a message.
func (c *Client) isStaffRoom(m bot.Message) bool {
	rooms := c.desk.Staff().Rooms
	return slices.Contains(rooms, string(m.Room)) || m.Parent != "" && slices.Contains(rooms, string(m.Parent))
}

// again offers a form once more, which cannot be opened any more: by the button that was pressed for it.
func again(i interaction, r bot.Reply) bot.Reply {
	if r.Form == nil {
		return r
	}
	p := r.Form.Press
	if i.Type == int(discordgo.InteractionMessageComponent) {
		p, _ = bot.ParsePress(pressed(i))
	}
	r.Choices = append(slices.Clone(r.Choices), bot.Choice{Label: oneLine(r.Form.Title, maxLabel), Press: p})
	r.Form = nil
	return r
}
