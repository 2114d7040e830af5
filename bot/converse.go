package bot

import (
	"context"
	"slices"

	"frontdesk/index"
	"frontdesk/knowledge/lang"
)

// converse replies to what asks nothing of the knowledge. The knowledge is looked into all the same: staff may have
// their own words for a thank-you.
func (t *turn) converse(ctx context.Context, text string, in intent) Reply {
	if in == person || in == details {
		return t.wantsPerson(ctx, text, in)
	}
	f, _ := t.search(ctx, text) // small talk needs nothing of it
	if own, ok := t.staffsOwn(f.hits, in); ok {
		return f.report(t.show(own.Section, own.Passage))
	}
	reply := t.talk(in)
	if in == errand && f.outcome == Answered { // "is it raining?" may be meant for the section on bad weather
		t.offerBelow(&reply, f.hits[0])
	}
	return f.report(reply)
}

// staffsOwn returns the best section in the person's language that is about an intent itself: its heading is a message
// of that intent, or most of its phrasings are. One among many says little: "can I see a woman?" stands under who
// treats people, and is no reason to show that to everybody who wants a human. Of errands one is enough where the section
// is sure: nobody writes of the weather by the way.
func (t *turn) staffsOwn(hits []index.Hit, about intent) (index.Hit, bool) {
	for i, hit := range hits {
		if !(hit.Confidence >= t.config.Policy.Maybe) {
			break
		}
		if len(t.facts.langs) > 1 && lang.Base(hit.Section.Lang) != t.tongue.lang {
			continue
		}
		said := 0
		for _, phrasing := range hit.Section.Phrasings {
			if t.says(phrasing, about) {
				said++
			}
		}
		errands := about == errand && said > 0 && hit.Confidence >= t.config.Policy.SureOf(hits[i:])
		if errands || t.says(hit.Section.Title, about) || 2*said > len(hit.Section.Phrasings) {
			return hit, true
		}
	}
	return index.Hit{}, false
}

// says reports whether a text is nothing but a message of an intent, in a language of the knowledge.
func (t *turn) says(text string, about intent) bool {
	return slices.ContainsFunc(t.tongues, func(in tongue) bool {
		return in.grammar.read(text, split(text)).intent == about
	})
}

// talk replies in the desk's own words. It leaves what was spoken of before as it was, so that "thanks" does not end
// the conversation.
func (t *turn) talk(in intent) Reply {
	say := t.tongue.say
	reply := Reply{Outcome: Smalltalk}
	switch in {
	case greeting:
		return t.welcome()
	case contents:
		return t.topics()
	case thanks:
		reply.Text = say.Thanks
	case bye:
		reply.Text = say.Goodbye
	case howAreU:
		reply.Text = say.HowAreYou
	case joke:
		reply.Text = say.Joke
	case errand:
		reply.Text = say.Errand
		reply.Handoff = t.office()
	case identity:
		reply.Text = t.withName(say.WhoAreYou)
		reply.Choices = []Choice{t.topicsChoice()}
		reply.Handoff = t.office()
	case robot:
		reply.Text = say.AreYouHuman
		reply.Note = t.disclaimer()
		reply.Handoff = t.office()
	case helpMe, none: // none where nothing was offered: something else, then
		reply.Text = say.Help
		reply.Choices = []Choice{t.topicsChoice()}
		reply.Handoff = t.office()
	case insult:
		reply.Text = say.Insult
		reply.Handoff = t.office()
	case more, again:
		reply.Text = say.MoreOfWhat
		reply.Choices = []Choice{t.topicsChoice()}
	default: // okay, and yes and no where nothing was offered
		reply.Text = say.Okay
	}
	if len(reply.Choices) > 0 {
		t.offered(reply.Choices, nil)
	}
	return reply
}
