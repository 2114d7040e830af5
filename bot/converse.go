package bot

import (
	"context"
	"slices"

	"frontdesk/index"
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
	return f.report(t.talk(in))
}

// staffsOwn returns the best section that is about one of the intents itself: its heading or one of its phrasings is
// what people with that intent write.
func (t *turn) staffsOwn(hits []index.Hit, about ...intent) (index.Hit, bool) {
	for _, hit := range hits {
		if !(hit.Confidence >= t.config.Policy.Maybe) {
			break
		}
		for _, phrasing := range append([]string{hit.Section.Title}, hit.Section.Phrasings...) {
			for _, tongue := range t.tongues {
				if slices.Contains(about, tongue.grammar.read(phrasing, split(phrasing)).intent) {
					return hit, true
				}
			}
		}
	}
	return index.Hit{}, false
}

// talk replies in the desk's own words. It leaves what was spoken of before as it was, so that "thanks" does not end
// the conversation.
func (t *turn) talk(in intent) Reply {
	say := t.tongue.say
	reply := Reply{Outcome: Smalltalk}
	switch in {
	case greeting:
		return t.welcome()
	case thanks:
		reply.Text = say.Thanks
	case bye:
		reply.Text = say.Goodbye
	case howAreU:
		reply.Text = say.HowAreYou
	case joke:
		reply.Text = say.Joke
	case identity:
		reply.Text = t.withName(say.WhoAreYou)
		reply.Choices = []Choice{t.topicsChoice()}
		reply.Handoff = t.office()
	case robot:
		reply.Text = say.AreYouHuman
		reply.Note = t.disclaimer()
		reply.Handoff = t.office()
	case helpMe:
		reply.Text = say.Help
		reply.Choices = []Choice{t.topicsChoice()}
		reply.Handoff = t.office()
	case insult:
		reply.Text = say.Insult
		reply.Handoff = t.office()
	case more:
		reply.Text = say.MoreOfWhat
		reply.Choices = []Choice{t.topicsChoice()}
	default: // okay, and yes, no and none where nothing was offered
		reply.Text = say.Okay
	}
	if len(reply.Choices) > 0 {
		t.offered(reply.Choices, nil)
	}
	return reply
}
