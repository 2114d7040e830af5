package bot

import (
	"context"
	"slices"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// resume replies to what only the last exchange makes sense of: "2", "the second one", "yes", "more". It returns false
// when there was none that it could mean.
func (t *turn) resume(r reading) (Reply, bool) {
	offers := t.past.offers
	switch {
	case r.number == -1 && len(offers) > 0:
		return t.take(offers[len(offers)-1]), true
	case r.number > 0 && r.number <= len(offers):
		return t.take(offers[r.number-1]), true
	case r.number != 0 && t.past.unsure:
		return t.offerAgain()
	case r.intent == yes && len(offers) == 1 && offers[0].press.Verb != Topics:
		return t.take(offers[0]), true
	case r.intent == yes && t.past.unsure:
		return t.offerAgain()
	case (r.intent == no || r.intent == none) && t.past.unsure:
		return t.unanswered(t.tongue.say.NoneOfThese), true
	case r.intent == more:
		return t.more()
	}
	return Reply{}, false
}

// take does what an offered button does.
func (t *turn) take(o offer) Reply {
	if s, ok := t.section(o.press.Key); ok && o.press.Verb == Show {
		return t.picked(s, o.part)
	}
	return t.press(o.press)
}

// more gives the rest of what was shown, or asks again what was meant.
func (t *turn) more() (Reply, bool) {
	if t.past.unsure {
		return t.offerAgain()
	}
	s, ok := t.section(t.past.shown.key)
	if !ok {
		return Reply{}, false
	}
	if t.past.shown.part != (index.Span{}) {
		return t.rest(s), true
	}
	return Reply{Outcome: Smalltalk, Text: t.tongue.say.EverythingShown, Handoff: t.office()}, true
}

// offerAgain asks once more which of the sections was meant.
func (t *turn) offerAgain() (Reply, bool) {
	reply := Reply{Outcome: Unsure, Text: t.tongue.say.UnsureMany}
	for _, o := range t.past.offers {
		if s, ok := t.section(o.press.Key); ok {
			reply.Choices = append(reply.Choices, t.choice(s))
		}
	}
	if len(reply.Choices) == 1 {
		reply.Text = t.tongue.say.UnsureOne
	}
	return reply, len(reply.Choices) > 0
}

// A finding is what the knowledge has for a question.
type finding struct {
	hits    []index.Hit // that may be served
	outcome Outcome
	best    float64             // the confidence of whatever comes first, be it served or not
	expired knowledge.SectionID // what comes first and may no longer be served; empty for nothing
	guessed bool                // with the help of what was spoken of before
}

// find searches for a question: as written; without its courtesies where that is not enough; and where it may go on
// from the last question, together with the title of the section that answered that one.
func (t *turn) find(ctx context.Context, text string, r reading) (finding, error) {
	f, err := t.findAlone(ctx, text, r)
	if err != nil || f.outcome == Answered || f.outcome == HandedOff || !r.follows {
		return f, err
	}
	topic, ok := t.section(t.past.topic)
	if !ok {
		return f, nil
	}
	joined, err := t.search(ctx, topic.Title+" "+r.question)
	if err != nil {
		return f, err
	}
	return resolve(t.config.Policy, f, joined), nil
}

func (t *turn) findAlone(ctx context.Context, text string, r reading) (finding, error) {
	f, err := t.search(ctx, text)
	if err != nil || !r.stripped || f.outcome == Answered || f.outcome == HandedOff {
		return f, err
	}
	bare, err := t.search(ctx, r.question)
	if err != nil {
		return f, err
	}
	if bare.best > 0 && bare.best >= f.best {
		f = bare
	}
	return f, nil
}

// resolve lets the last topic choose among the sections that the question alone points at. It adds none to them: what
// the knowledge does not answer stays unanswered, whatever was spoken of before.
func resolve(p Policy, alone, joined finding) finding {
	if alone.outcome != Unsure || joined.outcome != Answered && joined.outcome != HandedOff {
		return alone
	}
	at := slices.IndexFunc(alone.hits, func(h index.Hit) bool { return h.Section.ID == joined.hits[0].Section.ID })
	if at < 0 || alone.hits[at].Confidence < p.Maybe {
		return alone
	}
	chosen := alone.hits[at]
	rest := slices.Delete(slices.Clone(alone.hits), at, at+1)
	return finding{hits: append([]index.Hit{chosen}, rest...), outcome: joined.outcome, guessed: true}
}
