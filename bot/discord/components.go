package discord

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
)

// menuID is the custom_id of a reply's menus, before their number. What is chosen comes back as the value.
const menuID = "1menu"

// maxStacked is how many questions are shown as a button each on a line of its own, where their labels have room.
const maxStacked = 3

// maxButtons is how many questions are buttons at all; more become a menu.
const maxButtons = 5

// maxOthers leaves two rows room for sharing and for the link to a person.
const maxOthers = 2*maxRow - 2

// components returns a reply's rows: the questions to choose from, then the other buttons with the link to a person.
func components(r bot.Reply, l layout) []discordgo.MessageComponent {
	questions, others := sorted(slices.Concat(r.Choices, r.Related, r.Feedback))
	if l.share && quotes(r) {
		share := bot.Press{Verb: bot.Share, Key: r.Section.Key()}
		others = append(others, button(wordsFor(l.lang).Share, share, discordgo.SecondaryButton))
	}
	if h := r.Handoff; linkable(h.URL) {
		label := cut(cmp.Or(strings.TrimSpace(h.Label), h.URL), maxLabel)
		others = append(others, discordgo.Button{Label: label, Style: discordgo.LinkButton, URL: h.URL})
	}
	last := packed(others)
	if len(questions) > maxButtons {
		return append(menus(questions, l, maxRows-len(last)), last...)
	}
	style := discordgo.SecondaryButton // related questions
	if r.Outcome == bot.Unsure {
		style = discordgo.PrimaryButton // what the reply asks for
	}
	return append(questionRows(questions, style, maxRows-len(last)), last...)
}

// sorted parts the choices into questions and everything else, each once: Discord refuses two with the same id.
func sorted(choices []bot.Choice) (questions []bot.Choice, others []discordgo.MessageComponent) {
	seen := map[string]bool{}
	for _, c := range choices {
		id := c.Press.String()
		if strings.TrimSpace(c.Label) == "" || seen[id] || c.Press.Verb == bot.Share {
			continue
		}
		seen[id] = true
		if c.Press.Verb == bot.Show {
			questions = append(questions, c)
			continue
		}
		if len(others) == maxOthers {
			continue
		}
		style := discordgo.SecondaryButton
		if c.Press.Verb == bot.More {
			style = discordgo.PrimaryButton
		}
		others = append(others, button(c.Label, c.Press, style))
	}
	return questions, others
}

func button(label string, p bot.Press, style discordgo.ButtonStyle) discordgo.MessageComponent {
	return discordgo.Button{Label: cut(label, maxLabel), Style: style, CustomID: p.String()}
}

// questionRows lays a few questions out in at most rows rows.
func questionRows(questions []bot.Choice, style discordgo.ButtonStyle, rows int) []discordgo.MessageComponent {
	var buttons, stacked []discordgo.MessageComponent
	for _, q := range questions {
		b := button(q.Label, q.Press, style)
		buttons = append(buttons, b)
		stacked = append(stacked, discordgo.ActionsRow{Components: []discordgo.MessageComponent{b}})
	}
	if len(stacked) <= min(maxStacked, rows) {
		return stacked
	}
	return packed(buttons)
}

// menus holds as many questions as Discord has room for, twenty-five a menu.
func menus(questions []bot.Choice, l layout, rows int) []discordgo.MessageComponent {
	var all []discordgo.MessageComponent
	for len(questions) > 0 && len(all) < rows {
		n := min(len(questions), maxMenu)
		menu := discordgo.SelectMenu{
			CustomID:    menuID + strconv.Itoa(len(all)),
			Placeholder: wordsFor(l.lang).Pick,
		}
		for _, q := range questions[:n] {
			menu.Options = append(menu.Options, discordgo.SelectMenuOption{
				Label: cut(q.Label, maxOption), Value: q.Press.String(),
			})
		}
		all = append(all, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
		questions = questions[n:]
	}
	return all
}

// packed fills rows with buttons.
func packed(buttons []discordgo.MessageComponent) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	for len(buttons) > 0 {
		n := min(len(buttons), maxRow)
		rows = append(rows, discordgo.ActionsRow{Components: buttons[:n:n]})
		buttons = buttons[n:]
	}
	return rows
}
