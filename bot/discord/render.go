package discord

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
	"frontdesk/bot/markup"
)

// Discord's limits, in characters unless another unit is named.
// Source: https://discord.com/developers/docs/resources/message (embed limits) and /components/reference.
const (
	maxContent     = 2000
	maxEmbeds      = 6000 // in all text of a message's embeds
	maxTitle       = 256
	maxDescription = 4096
	maxField       = 1024
	maxFooter      = 2048
	maxLabel       = 80
	maxOption      = 100 // label and value of an entry in a menu, name and value of a suggestion
	maxMenu        = 25  // entries
	maxRows        = 5   // rows of components
	maxRow         = 5   // buttons
	maxURL         = 512 // of a link button
)

// room is left of maxEmbeds for the description once title, fields and footer have had theirs.
const room = maxEmbeds - maxTitle - 2*maxField - 1

// A page is one message, laid out but not yet addressed.
type page struct {
	Content    string
	Embeds     []*discordgo.MessageEmbed
	Components []discordgo.MessageComponent
}

// flags keep Discord from adding previews of the pages that a plain text links to.
func (p page) flags() discordgo.MessageFlags {
	if len(p.Embeds) == 0 {
		return discordgo.MessageFlagsSuppressEmbeds
	}
	return 0
}

// layout says what a reply's surroundings ask for.
type layout struct {
	lang  string
	share bool // offer to post the answer in the channel
	plain bool // no embeds: the channel does not allow them
}

// render lays a reply out as one or more pages. A section is an embed; the desk's own words, and above all a reply to
// somebody in danger, are plain text, which shows even where people have switched embeds off.
func render(r bot.Reply, l layout) []page {
	var pages []page
	if quotes(r) && !l.plain {
		pages = embedded(r)
	} else {
		pages = written(r, l)
	}
	pages[len(pages)-1].Components = components(r, l)
	return pages
}

// quotes reports whether a reply is a section in staff's words.
func quotes(r bot.Reply) bool {
	return r.Section != "" && (r.Outcome == bot.Answered || r.Outcome == bot.HandedOff)
}

// embedded shows a section: title, passage, source and how to reach a person, small print at the foot.
func embedded(r bot.Reply) []page {
	footer := cut(plain(r.Note), maxFooter)
	limit := min(maxDescription, room-utf8.RuneCountInString(footer))
	texts := orSpace(markup.Parse(r.Text).Discord(limit))
	pages := make([]page, len(texts))
	for i, text := range texts {
		pages[i].Embeds = []*discordgo.MessageEmbed{{Description: text}}
	}
	first, last := pages[0].Embeds[0], pages[len(pages)-1].Embeds[0]
	first.Title = inline(r.Title, maxTitle)
	if web(r.Source.URL) {
		first.URL = r.Source.URL
	}
	for _, line := range []string{sourceLine(r.Source), handoffLine(r)} {
		if line = first1(markup.Parse(line).Discord(maxField)); line != "" {
			// A field needs a name; one that shows nothing is how Discord's own apps leave it out.
			last.Fields = append(last.Fields, &discordgo.MessageEmbedField{Name: "\u200b", Value: line})
		}
	}
	if footer != "" {
		last.Footer = &discordgo.MessageEmbedFooter{Text: footer}
	}
	return pages
}

// written shows a reply as plain messages.
func written(r bot.Reply, l layout) []page {
	parts := []string{r.Text, asked(r.Form), sourceLine(r.Source), handoffLine(r), r.Note}
	if r.Title != "" {
		parts = append([]string{"**" + markup.Escape(r.Title) + "**"}, parts...)
	}
	var pages []page
	for _, text := range orSpace(markup.Parse(joined(parts)).Discord(maxContent)) {
		pages = append(pages, page{Content: text})
	}
	return pages
}

// joined returns Markdown with each part as paragraphs of its own.
func joined(parts []string) string {
	var filled []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, "\n\n")
}

// sourceLine is Markdown that names the article, as a link where it has an address.
func sourceLine(s bot.Source) string {
	name := markup.Escape(strings.Join(strings.Fields(s.Article), " "))
	switch {
	case name == "":
		return ""
	case web(s.URL):
		return "[" + name + "](<" + s.URL + ">)"
	}
	return name
}

// handoffLine is Markdown for what of the handoff no button can show: a link that is no web address, the phone and
// the hours. It leaves out what the reply's text says already.
func handoffLine(r bot.Reply) string {
	h := r.Handoff
	var parts []string
	add := func(label, s string) {
		if s != "" && !strings.Contains(r.Text, s) {
			parts = append(parts, label+markup.Escape(s))
		}
	}
	label := markup.Escape(h.Label) + ": "
	scheme, address, _ := strings.Cut(h.URL, ":")
	switch {
	case linkable(h.URL): // is a button
		label = ""
	case scheme == "tel" && h.Phone != "": // is the phone below
	case scheme == "tel", scheme == "mailto":
		add(label, address)
		label = ""
	default:
		add(label, h.URL)
		label = ""
	}
	add(label, h.Phone)
	add("", h.Hours)
	return strings.Join(parts, " · ")
}

// web reports whether Discord accepts an address as the link of an embed.
func web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// linkable reports whether Discord accepts an address for a link button.
func linkable(address string) bool {
	return utf8.RuneCountInString(address) <= maxURL && (web(address) || strings.HasPrefix(address, "discord://"))
}

// inline returns plain text as one line of Discord's Markdown.
func inline(s string, limit int) string {
	escaped := first1(markup.Parse(markup.Escape(strings.Join(strings.Fields(s), " "))).Discord(4 * limit))
	if utf8.RuneCountInString(escaped) <= limit {
		return escaped
	}
	return cut(strings.Join(strings.Fields(s), " "), limit)
}

// plain returns Markdown as text without markup.
func plain(markdown string) string { return strings.TrimSpace(markup.Parse(markdown).Plain()) }

// cut returns s in at most limit characters, with an ellipsis where it was shortened.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:limit-1])) + "…"
}

func first1(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

// orSpace makes sure that there is something to send: Discord refuses an empty message.
func orSpace(texts []string) []string {
	if len(texts) == 0 {
		return []string{"\u200b"}
	}
	return texts
}
