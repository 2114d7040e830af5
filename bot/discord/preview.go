package discord

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
)

// Preview writes a reply out as Discord shows it, in Discord's Markdown, for staff to look at: a card has its title,
// its fields and its small print marked, and buttons stand in brackets. A reply of several messages has a line of
// dashes between them.
func Preview(r bot.Reply) string {
	var shown []string
	for _, p := range render(r, layout{lang: r.Lang}) {
		shown = append(shown, preview(p))
	}
	return strings.Join(shown, "\n"+strings.Repeat("-", 20)+"\n") + "\n"
}

func preview(p page) string {
	var lines []string
	if p.Content != "" {
		lines = append(lines, p.Content)
	}
	for _, e := range p.Embeds {
		if title := strings.TrimSpace(e.Title + led(e.URL)); title != "" {
			lines = append(lines, "# "+title)
		}
		lines = append(lines, e.Description)
		for _, f := range e.Fields {
			lines = append(lines, "| "+f.Value)
		}
		if e.Footer != nil {
			lines = append(lines, "_ "+e.Footer.Text)
		}
	}
	for _, row := range p.Components {
		lines = append(lines, previewRow(row))
	}
	return strings.Join(lines, "\n")
}

// led writes out where something leads.
func led(address string) string {
	if address == "" {
		return ""
	}
	return " → " + address
}

func previewRow(row discordgo.MessageComponent) string {
	var parts []string
	buttons, _ := row.(discordgo.ActionsRow)
	for _, b := range buttons.Components {
		switch b := b.(type) {
		case discordgo.Button:
			parts = append(parts, "[ "+b.Label+led(b.URL)+" ]")
		case discordgo.SelectMenu:
			var options []string
			for _, o := range b.Options {
				options = append(options, o.Label)
			}
			parts = append(parts, fmt.Sprintf("[ %s ▾ %s ]", b.Placeholder, strings.Join(options, " / ")))
		}
	}
	return strings.Join(parts, " ")
}
