package bot

import (
	"context"
	"slices"

	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// converse replies to what asks nothing of the knowledge. The knowledge is looked into all the same: staff may have
// their own words for a thank-you.
func (t *turn) converse(ctx context.Context, text string, in intent) Reply {
	if in == person || in == details {
		return t.wantsPerson(ctx, text, in)
	}
	f, _ := t.search(ctx, text) // small talk needs nothing of it
	if own, ok := t.staffsOwn(text, f, in); ok {
		reply := own.report(t.show(own.hits[0].Section, own.hits[0].Passage))
		if in == readers {
			reply.Note = paragraphs(reply.Note, t.disclaimer())
		}
		return reply
	}
	reply := t.talk(in)
	if in == errand && f.outcome == Answered { // "is it raining?" may be meant for the section on bad weather
		t.offerBelow(&reply, f.hits[0])
	}
	return f.report(reply)
}

// staffsOwn finds the best section in the person's language that is about an intent itself. One phrasing of it among many
// says little: "can I see a woman?" stands under who treats people, and is no reason to show that to everybody who wants a
// human. Of errands, and of who reads this, one is enough where the section is sure: nobody writes of the weather by the
// way. What is plain has no other answer than staff's own section, whatever the index makes of its words.
func (t *turn) staffsOwn(text string, f finding, about intent) (finding, bool) {
	for i, hit := range f.hits {
		if !(hit.Confidence >= t.config.Policy.Maybe) && !slices.Contains(plain, about) {
			break
		}
		if len(t.facts.langs) > 1 && lang.Base(hit.Section.Lang) != t.tongue.lang {
			continue
		}
		own, some := t.isAbout(hit.Section, about)
		if own {
			hit.Confidence = 1 // the person said just that
		} else if !t.answersAlso(text, about, f.hits[i:], some) {
			continue
		}
		f.hits = append([]index.Hit{hit}, slices.Delete(slices.Clone(f.hits), i, i+1)...)
		return f, true
	}
	return f, false
}

// answersAlso reports whether the first of hits, a section on more than an intent, answers it all the same: it is sure, and
// has a phrasing of it, or of who reads what people write, speaks of that, as one on privacy does.
func (t *turn) answersAlso(text string, about intent, hits []index.Hit, some bool) bool {
	if about != errand && about != readers || hits[0].Confidence < t.config.Policy.SureOf(hits) {
		return false
	}
	return some || about == readers && t.speaks(hits[0].Section, text) >= speaksOfSome
}

// manyPhrasings is how many of a section's phrasings tell what it is about.
const manyPhrasings = 20

// isAbout reports whether a section is about an intent: its heading is a message of it, or most of its phrasings are; and
// whether any of them is.
func (t *turn) isAbout(s knowledge.Section, about intent) (own, some bool) {
	if t.says(s.Title, about) {
		return true, true
	}
	phrasings := s.Phrasings[:min(len(s.Phrasings), manyPhrasings)]
	said := 0
	for _, phrasing := range phrasings {
		if t.says(phrasing, about) {
			said++
		}
	}
	return 2*said > len(phrasings), said > 0
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
		if t.past.lang != t.tongue.lang { // else they have read the whole within minutes
			return t.welcome()
		}
		reply.Text = say.Hello
		reply.Choices = []Choice{t.topicsChoice()}
		reply.Handoff = t.office()
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
	case robot, readers:
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
