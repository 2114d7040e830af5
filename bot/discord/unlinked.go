package discord

import (
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot/markup"
)

// insist sends a page, and where Discord refuses it, once more without the addresses: only of them we cannot tell
// beforehand what it takes. People get the words in any case.
func (p page) insist(send func(page) error) error {
	err := send(p)
	if refused(err, codeInvalidForm) {
		return send(p.unlinked())
	}
	return err
}

// unlinked returns the page without its cards' addresses and with those of its buttons written out.
func (p page) unlinked() page {
	bare := page{Content: p.Content}
	for _, e := range p.Embeds {
		card := *e
		card.URL = ""
		bare.Embeds = append(bare.Embeds, &card)
	}
	var links []string
	for _, row := range p.Components {
		row, ok := row.(discordgo.ActionsRow)
		if !ok {
			continue
		}
		var kept []discordgo.MessageComponent
		for _, part := range row.Components {
			if b, ok := part.(discordgo.Button); ok && b.URL != "" {
				links = append(links, markup.Escape(b.Label)+": "+b.URL)
				continue
			}
			kept = append(kept, part)
		}
		if len(kept) > 0 {
			row.Components = kept
			bare.Components = append(bare.Components, row)
		}
	}
	return bare.with(strings.Join(links, "\n"))
}

// with adds a line of Markdown below what there is to read, in a card where a message's text has no room for it.
func (p page) with(markdown string) page {
	line := first1(markup.Parse(markdown).Discord(maxField))
	if both := joined([]string{p.Content, line}); utf8.RuneCountInString(both) <= maxContent {
		p.Content = both
	} else {
		p.Embeds = append(p.Embeds, &discordgo.MessageEmbed{Description: line})
	}
	return p
}
