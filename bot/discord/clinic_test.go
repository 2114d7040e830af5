package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A clinic is a desk of few words whose every reply is known beforehand, for tests of how Discord is spoken.
// TestRealDesk puts the real one in its place.
type clinic struct {
	sections []knowledge.Section
	before   func(bot.Message) // called before every answer; nil for nothing
}

var contact = knowledge.Handoff{Label: "Write to us", URL: "https://clinic.example/contact", Phone: "555 0100", Hours: "9 to 5"}

func newClinic(t testing.TB) *clinic {
	t.Helper()
	d := &clinic{}
	for _, title := range []string{"What are the side effects?", "Who can benefit?", "How does it work?", "What does it cost?"} {
		words := strings.Fields(strings.TrimSuffix(title, "?"))
		id := knowledge.SectionID(words[len(words)-1])
		d.sections = append(d.sections, knowledge.Section{
			ID: id, Article: "The treatment", Title: title, Body: "All about **" + string(id) + "**.",
			URL: "https://clinic.example/treatment", Handoff: contact,
		})
	}
	return d
}

func (d *clinic) show(s knowledge.Section) bot.Reply {
	confidence := .9
	if s.ID == "cost" {
		confidence = .6
	}
	return bot.Reply{
		Outcome: bot.Answered, Title: s.Title, Text: s.Body, Source: bot.Source{Article: s.Article, URL: s.URL},
		Note: "*Not medical advice.*", Handoff: contact, Lang: "en", Section: s.ID, Confidence: confidence,
		Choices: []bot.Choice{
			{Label: "Read more", Press: bot.Press{Verb: bot.More, Key: s.ID.Key()}},
			{Label: "👍", Press: bot.Press{Verb: bot.Helpful, Key: s.ID.Key()}},
		},
	}
}

func (d *clinic) words(o bot.Outcome, text string) bot.Reply {
	return bot.Reply{Outcome: o, Text: text, Handoff: contact, Lang: "en"}
}

func (d *clinic) Answer(_ context.Context, m bot.Message) bot.Reply {
	if d.before != nil {
		d.before(m)
	}
	if strings.Contains(m.Text, "hurt myself") {
		return d.words(bot.Crisis, "Please call or text **988** now.")
	}
	for _, s := range d.sections {
		if strings.Contains(strings.ToLower(m.Text), string(s.ID)) {
			return d.show(s)
		}
	}
	if strings.Contains(m.Text, "unsure") {
		r := d.words(bot.Unsure, "Which of these?")
		for _, s := range d.sections {
			r.Choices = append(r.Choices, bot.Choice{Label: s.Title, Press: bot.Press{Verb: bot.Show, Key: s.ID.Key()}})
		}
		return r
	}
	return d.words(bot.Unanswered, fmt.Sprintf("I do not know about this (%s, private %t).", m.Lang, m.Private))
}

func (d *clinic) Press(_ context.Context, m bot.Message, p bot.Press) bot.Reply {
	switch p.Verb {
	case bot.Helpful:
		return bot.Reply{Outcome: bot.Smalltalk, Text: "Thank you."}
	case bot.Topics:
		return d.Topics(m)
	}
	for _, s := range d.sections {
		if s.ID.Key() == p.Key {
			return d.show(s)
		}
	}
	return d.words(bot.Unanswered, "That button is too old.")
}

func (d *clinic) Welcome(bot.Message) bot.Reply { return d.words(bot.Smalltalk, "Welcome.") }
func (d *clinic) Contact(bot.Message) bot.Reply { return d.words(bot.HandedOff, "Here is a person.") }

func (d *clinic) Privacy(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Privacy.", Lang: "en"}
}

func (d *clinic) Forget(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Forgotten.", Lang: "en"}
}

func (d *clinic) Listens(bot.Message) bool                { return false }
func (d *clinic) Danger(text string) bool                 { return strings.Contains(text, "hurt myself") }
func (d *clinic) Audience(bot.Message) knowledge.Audience { return "" }
func (d *clinic) IsStaff(bot.Message) bool                { return false }
func (d *clinic) Staff() knowledge.Staff                  { return knowledge.Staff{} }

func (d *clinic) Topics(bot.Message) bot.Reply {
	r := d.words(bot.Smalltalk, "What I know:")
	for n := range 30 {
		id := knowledge.SectionID(fmt.Sprint("topic", n))
		r.Choices = append(r.Choices, bot.Choice{Label: fmt.Sprint("Topic ", n), Press: bot.Press{Verb: bot.Show, Key: id.Key()}})
	}
	r.Choices = append(r.Choices, bot.Choice{Label: "Costs", Press: bot.Press{Verb: bot.Show, Key: d.sections[3].ID.Key()}})
	return r
}

func (d *clinic) Suggest(_ context.Context, m bot.Message, n int) []knowledge.Section {
	var found []knowledge.Section
	for _, s := range d.sections {
		if strings.Contains(strings.ToLower(s.Title), m.Text) && len(found) < n {
			found = append(found, s)
		}
	}
	return found
}
