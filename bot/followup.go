package bot

import (
	"context"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// resume replies to what only the last exchange makes sense of: "2", "the second one", "yes", "more". It returns false
// when there was none that it could mean.
func (t *turn) resume(r reading) (Reply, bool) {
	offers, left := t.past.offers, t.past.left
	switch {
	case !t.past.unsure && r.number > len(offers) && r.number <= len(left):
		return t.take(left[r.number-1]), true
	case !t.past.unsure && r.number == -1 && len(left) > 0:
		return t.take(left[len(left)-1]), true
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
	case r.intent == again:
		return t.again()
	}
	return Reply{}, false
}

// unoffered replies to "2" or "the last one" where nothing was offered, and to words that say as little. It may be a
// question, as 429 is to those who know the error, but one that is too short to guess at: else it is small talk.
func (t *turn) unoffered(ctx context.Context, text string, in intent) Reply {
	f, err := t.search(ctx, text)
	switch {
	case err != nil:
		return t.failed()
	case !f.settled():
		return f.report(t.talk(in))
	}
	t.query = text
	return t.tell(f)
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

// again shows what was shown last, or asks again what was meant.
func (t *turn) again() (Reply, bool) {
	if t.past.unsure {
		return t.offerAgain()
	}
	s, ok := t.section(t.past.shown.key)
	if !ok {
		return Reply{}, false
	}
	reply := t.show(s, t.past.shown.part)
	reply.Confidence = 1 // the person asked for it
	return reply, true
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
	several bool                // the message puts several questions, and the first hits answer one each
	also    []index.Hit         // what may answer other questions of the message than the first hit does
}

// find searches for a question: as written; without its courtesies where that is not enough; where it may go on from
// the last question, together with the title of the section that answered that one; and question by question, sentence by sentence.
func (t *turn) find(ctx context.Context, text string, r reading) (finding, error) {
	f, err := t.findAlone(ctx, text, r)
	if err != nil {
		return f, err
	}
	if topic, ok := t.topicOf(r); ok {
		if f, err = t.goOn(ctx, topic, r, f); err != nil {
			return f, err
		}
	}
	f, err = t.several(ctx, text, f)
	if err != nil || f.several || f.settled() || f.guessed {
		return f, err
	}
	return t.apart(ctx, text, f)
}

// offering is a finding of sections of which none is an answer by itself.
func offering(hits []index.Hit) finding {
	f := finding{hits: hits, outcome: Unsure}
	for _, hit := range hits {
		f.best = max(f.best, hit.Confidence)
	}
	return f
}

// settled reports whether a finding is an answer.
func (f finding) settled() bool { return f.outcome == Answered || f.outcome == HandedOff }

// found reports whether a finding is an answer or has choices.
func (f finding) found() bool { return f.settled() || f.outcome == Unsure }

func (t *turn) findAlone(ctx context.Context, text string, r reading) (finding, error) {
	f, err := t.search(ctx, text)
	if err != nil || !r.stripped || f.settled() {
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

// sameSection tells the hits of one section from others.
func sameSection(as index.Hit) func(index.Hit) bool {
	return func(h index.Hit) bool { return h.Section.ID == as.Section.ID }
}
