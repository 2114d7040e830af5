package discord

import (
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"frontdesk/bot"
	"frontdesk/bot/markup"
)

// Limits of a modal, from https://discord.com/developers/docs/components/reference#text-input.
const (
	maxModalTitle = 45
	maxTyped      = 4000 // characters of the text that can be typed, or stands in the field at first
)

// A modal is a form with one field for a text.
type modal struct {
	ID    string     `json:"custom_id"`
	Title string     `json:"title"`
	Rows  []modalRow `json:"components"`
}

type modalRow struct {
	Type   discordgo.ComponentType `json:"type"`
	Fields []modalField            `json:"components"`
}

type modalField struct {
	Type        discordgo.ComponentType  `json:"type"`
	ID          string                   `json:"custom_id"`
	Style       discordgo.TextInputStyle `json:"style"`
	Label       string                   `json:"label"`
	Value       string                   `json:"value,omitempty"`
	Placeholder string                   `json:"placeholder,omitempty"`
	Most        int                      `json:"max_length"`
	Required    bool                     `json:"required"`
}

// newModal lays a form out. A value that is too long for the field is left out, for cut it would be saved cut.
func newModal(f bot.Form, lang string) modal {
	field := modalField{
		Type: discordgo.TextInputComponent, ID: "text", Style: discordgo.TextInputParagraph,
		Label: oneLine(f.Label, maxModalTitle), Value: f.Value, Most: maxTyped, Required: true,
	}
	if utf8.RuneCountInString(f.Value) > maxTyped {
		field.Value, field.Placeholder = "", wordsFor(lang).TooLong
	}
	row := modalRow{discordgo.ActionsRowComponent, []modalField{field}}
	return modal{ID: f.Press.String(), Title: oneLine(f.Title, maxModalTitle), Rows: []modalRow{row}}
}

// oneLine returns plain text on one line; Discord wants at least one character.
func oneLine(s string, limit int) string {
	if s = cut(strings.Join(strings.Fields(s), " "), limit); s == "" {
		return "…"
	}
	return s
}

// asked returns Markdown that asks for a form's text where no modal can be shown.
func asked(f *bot.Form) string {
	if f == nil {
		return ""
	}
	text := joined([]string{"**" + oneLine(f.Title, maxTitle) + "**", oneLine(f.Label, maxTitle)})
	if f.Value == "" {
		return text
	}
	return joined([]string{text, markup.Fenced(f.Value)})
}
