package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"frontdesk/bot/markup"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// contact hands off because somebody asked for it.
func (t *turn) contact() Reply {
	return t.handOff(t.contactSection(nil))
}

// handOff hands off with the text of a contact section; without one when s is nil.
func (t *turn) handOff(s *knowledge.Section) Reply {
	if s != nil {
		return t.show(*s, index.Span{})
	}
	t.offered(nil, nil)
	return Reply{Outcome: HandedOff, Text: t.wayToPerson(t.office())}
}

// contactSection returns the section that a person who wants a human should see: one found for what they wrote, else
// the only one that the knowledge has in their language; nil for none.
func (t *turn) contactSection(hits []index.Hit) *knowledge.Section {
	for _, hit := range hits {
		if hit.Section.Kind == knowledge.Contact && hit.Confidence >= t.config.Policy.Maybe {
			return &hit.Section
		}
	}
	var only *knowledge.Section
	for i, s := range t.facts.contacts {
		if lang.Base(s.Lang) != t.tongue.lang && len(t.facts.langs) > 1 || !t.serves(s) {
			continue
		}
		if only != nil {
			return nil
		}
		only = &t.facts.contacts[i]
	}
	return only
}

// contactText is what a contact section is answered with: its own text, where that says something.
func (t *turn) contactText(s knowledge.Section) string {
	letters := 0
	for _, r := range s.Body {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			letters++
		}
	}
	const substance = 10 // "Click here" says nothing
	if letters >= substance {
		return strings.Trim(s.Body, "\r\n")
	}
	if s.Handoff.IsZero() {
		return t.wayToPerson(t.office())
	}
	return t.wayToPerson(s.Handoff)
}

// unanswered says plainly that there is no answer, and hands off.
func (t *turn) unanswered(why string) Reply {
	reply := Reply{Outcome: Unanswered, Text: paragraphs(why, t.wayToPerson(t.office()))}
	if len(t.base.Articles) > 0 {
		reply.Choices = []Choice{t.topicsChoice()}
	}
	t.next.shown = view{}
	t.offered(reply.Choices, nil)
	return reply
}

// failed stands in for a reply that something broke.
func (t *turn) failed() Reply {
	return Reply{Outcome: Unanswered, Text: paragraphs(t.tongue.say.Failed, t.wayToPerson(t.office()))}
}

// office is where a person takes over who has asked about no section in particular: the desk's contact; for somebody
// who reads another language, that of the articles in it. It names nobody only when staff name nobody at all.
func (t *turn) office() knowledge.Handoff {
	desk := t.base.Settings.Contact
	nobody := desk.IsZero() && desk.Phone == ""
	own, ok := t.facts.contact[t.tongue.lang]
	switch {
	case ok && (nobody || !t.staffsLanguage()):
		return own
	case nobody:
		return t.facts.contact[""]
	}
	return desk
}

// wayToPerson says in words that a person can help. The link itself, with the phone number and the hours, is the
// reply's handoff, which every platform shows; only a phone number without a link has to be in the words.
func (t *turn) wayToPerson(contact knowledge.Handoff) string {
	say := t.tongue.say
	switch {
	case strings.HasPrefix(contact.URL, "tel:"):
		return say.UsePhone
	case !contact.IsZero():
		return say.UseLink
	case contact.Phone == "":
		return say.NoLink
	}
	lines := []string{fill(say.Phone, "phone", markup.Escape(contact.Phone))}
	if contact.Hours != "" {
		lines = append(lines, fill(say.Hours, "hours", markup.Escape(contact.Hours)))
	}
	return strings.Join(lines, "\\\n")
}

// wantsPerson replies to somebody who wants a human, or to know how to reach one. Staff's own words come first, where
// they have some for just that: how to book is no answer to somebody who wants a human. What else they wrote about
// appointments is offered.
func (t *turn) wantsPerson(ctx context.Context, text string, in intent) Reply {
	f, _ := t.search(ctx, text) // without it, the contact is all there is to say anyway
	if own, ok := t.staffsOwn(text, f, in); ok {
		return own.report(t.show(own.hits[0].Section, own.hits[0].Passage))
	}
	reply := t.handOff(t.contactSection(f.hits))
	if in == details && f.outcome == Answered {
		t.offerBelow(&reply, f.hits[0])
	}
	return f.report(reply)
}

// offerBelow makes what was found the choice below a reply that is not about it, unless the room should not read its
// heading.
func (t *turn) offerBelow(reply *Reply, hit index.Hit) {
	if t.hides(hit.Section) {
		return
	}
	reply.Choices = []Choice{t.choice(hit.Section)}
	t.offered(reply.Choices, []index.Span{hit.Passage})
}

// offerAlso adds what may answer a message's other questions to the choices below an answer, unless the room should not
// read of any of it.
func (t *turn) offerAlso(reply *Reply, hits []index.Hit) {
	if len(hits) == 0 || t.reveals(*reply) || slices.ContainsFunc(hits, func(h index.Hit) bool { return t.hides(h.Section) }) {
		return
	}
	parts := make([]index.Span, len(reply.Choices), maxChoices)
	for _, hit := range hits[:min(len(hits), maxChoices-len(reply.Choices))] {
		reply.Choices, parts = append(reply.Choices, t.choice(hit.Section)), append(parts, hit.Passage)
	}
	reply.Note = paragraphs(reply.Note, t.tongue.say.Also)
	t.offered(reply.Choices, parts)
}
