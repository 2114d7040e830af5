package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/bot/markup"
	"frontdesk/bot/safety"
	"frontdesk/knowledge"
)

// emergencyLine marks the emergency number among the kinds that a helpline is for.
const emergencyLine = "emergency"

// crisis replies to a message that speaks of danger: calm words, the helplines, the way to us. Only then, and only
// if all goes well, comes what the knowledge says to it: "does ketamine help with suicidal thoughts?" is a question too.
func (t *turn) crisis(ctx context.Context, found safety.Finding) Reply {
	t.speak(found.Lang)
	if len(t.message.Text) <= maxText { // else the danger may stand behind what would be read
		t.guard("language of a crisis", func() { t.detect(t.message.Text) })
	}
	reply := Reply{Outcome: Crisis, Text: t.comfort(found.Kind), Handoff: t.office()}
	t.guard("answer in a crisis", func() { reply = t.withAnswer(ctx, reply) })
	return reply
}

// comfort is the reply's own text, made of nothing but the phrases and the settings.
func (t *turn) comfort(kind safety.Kind) string {
	say := t.tongue.say
	words, ok := say.Crisis[string(kind)]
	if !ok {
		words = say.Crisis["other"]
	}
	var lines []string
	for _, h := range fitting(t.base.Settings.Helplines, kind) {
		lines = append(lines, "- "+t.helpline(h))
	}
	if len(lines) == 0 {
		lines = []string{say.CrisisNobodyListed}
	}
	return paragraphs(words, say.CrisisLimits, strings.Join(lines, "\n"), t.crisisContact())
}

// fitting returns the helplines for a kind of danger, all of them when none is for it: first those that are for this very
// kind, then those for every kind, each in staff's order. The emergency number stands among the latter, but comes first
// where a life hangs on minutes.
func fitting(lines []knowledge.Helpline, kind safety.Kind) []knowledge.Helpline {
	isEmergency := func(h knowledge.Helpline) bool { return slices.Contains(h.For, emergencyLine) }
	fit := slices.DeleteFunc(slices.Clone(lines), func(h knowledge.Helpline) bool {
		return len(h.For) > 0 && !slices.Contains(h.For, string(kind)) && !isEmergency(h)
	})
	if len(fit) == 0 {
		return slices.Clone(lines)
	}
	rank := func(h knowledge.Helpline) int {
		switch {
		case isEmergency(h) && (kind == safety.Emergency || kind == safety.Overdose):
			return 0
		case slices.Contains(h.For, string(kind)):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(fit, func(a, b knowledge.Helpline) int { return rank(a) - rank(b) })
	return fit
}

// helpline writes a helpline on one line.
func (t *turn) helpline(h knowledge.Helpline) string {
	say := t.tongue.say
	name := "**" + markup.Escape(h.Name) + "**"
	if h.Region != "" {
		name += " (" + markup.Escape(h.Region) + ")"
	}
	var ways []string
	if h.Call != "" {
		ways = append(ways, fill(say.Call, "number", markup.Escape(h.Call)))
	}
	if h.Text != "" {
		ways = append(ways, fill(say.Text, "number", markup.Escape(h.Text)))
	}
	if h.Chat != "" {
		ways = append(ways, link(say.Chat, h.Chat))
	}
	if h.Hours != "" {
		ways = append(ways, markup.Escape(h.Hours))
	}
	if len(ways) == 0 {
		return name
	}
	return name + ": " + strings.Join(ways, ", ")
}

// crisisContact says how to reach the organisation; empty when nobody named a way.
func (t *turn) crisisContact() string {
	contact := t.office()
	name := contact.Label
	if name == "" {
		name = contact.URL
	}
	switch {
	case !contact.IsZero():
		return t.tongue.say.CrisisContact + " " + link(name, contact.URL)
	case contact.Phone != "":
		return t.tongue.say.CrisisContact + " " + markup.Escape(contact.Phone)
	}
	return ""
}

// link writes a Markdown link that nothing in the address can break out of.
func link(label, url string) string {
	safe := strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "", "\r", "", `\`, "%5C").Replace(url)
	return "[" + markup.Escape(label) + "](<" + safe + ">)"
}

// withAnswer adds below what the knowledge says to the questions that the message puts, when it is as sure as where nobody
// asked the desk, and the room may read it. Somebody who only tells of their distress asks for no section, and the nearest
// one would hurt: each question is searched by itself, and what is told beside it not at all.
func (t *turn) withAnswer(ctx context.Context, reply Reply) Reply {
	whole, err := t.search(ctx, clip(t.message.Text))
	if err != nil {
		return reply
	}
	reply = whole.report(reply)
	said := sentences(clip(t.message.Text))
	for _, s := range said[:min(len(said), maxSentences)] {
		r := t.tongue.grammar.read(s, split(s))
		if !t.asks(r.question) {
			continue
		}
		f, err := t.findAlone(ctx, s, r)
		if err != nil {
			return reply
		}
		if f.outcome != Answered || f.best < autoConfidence || t.hides(f.hits[0].Section) {
			continue
		}
		shown := t.show(f.hits[0].Section, f.hits[0].Passage)
		heading := "**" + markup.Escape(label(f.hits[0].Section)) + "**"
		reply = f.report(reply)
		reply.Text = paragraphs(reply.Text, "---", t.tongue.say.CrisisAnswer, heading, shown.Text)
		reply.Source, reply.Section, reply.Note, reply.Choices = shown.Source, shown.Section, shown.Note, shown.Choices
		return reply
	}
	return reply
}
