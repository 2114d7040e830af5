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
	if topic, ok := t.section(t.past.topic); ok {
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

// goOn takes what a question finds alone together with the section that was spoken of last. Where the last reply only
// offered that section, what comes of it is offered, too.
func (t *turn) goOn(ctx context.Context, topic knowledge.Section, r reading, alone finding) (finding, error) {
	unsettled := r.follows && (!alone.settled() || r.leans && alone.best < firm)
	if !unsettled && !r.elliptic {
		return alone, nil
	}
	joined, err := t.search(ctx, topic.Title+" "+r.question)
	if err != nil {
		return alone, err
	}
	f := alone
	if unsettled {
		f = resolve(t.config.Policy, alone, joined)
		if r.leans && t.nearly(alone, joined) {
			f = finding{hits: joined.hits[:1], outcome: Unsure, best: joined.best, guessed: true}
		}
	}
	if r.elliptic {
		f = t.complete(topic, r.question, f, joined)
	}
	if f.guessed && f.settled() && t.past.unsure {
		f.outcome = Unsure
	}
	return f, nil
}

// nearly reports whether a question that points back is almost answered alone by the section that it finds with the topic.
func (t *turn) nearly(alone, joined finding) bool {
	return !alone.found() && joined.settled() && len(alone.hits) > 0 && alone.hits[0].Confidence >= t.config.Policy.Maybe/2 &&
		sameSection(joined.hits[0])(alone.hits[0])
}

// complete makes a question of "how much?": of the topic, if that tells it and nothing is found alone, else either of the
// topic or of what it comes to alone, if that speaks of something else. joined is what is found with the topic.
func (t *turn) complete(topic knowledge.Section, question string, alone, joined finding) finding {
	tells, known := t.tells(topic, question)
	of := index.Hit{Section: topic}
	at := slices.IndexFunc(joined.hits, sameSection(of))
	if at >= 0 {
		of = joined.hits[at]
	}
	if alone.found() {
		may := tells || !known && joined.settled() && at >= 0
		if first := alone.hits[0]; may && !sameSection(of)(first) && t.elsewhere(first.Section, topic) {
			return finding{hits: []index.Hit{of, first}, outcome: Unsure, best: of.Confidence, guessed: true}
		}
		return alone
	}
	switch {
	case !tells:
		return alone
	case joined.settled() && at == 0:
		return finding{hits: joined.hits, outcome: joined.outcome, best: joined.best, guessed: true}
	}
	return finding{hits: []index.Hit{of}, outcome: Unsure, best: of.Confidence, guessed: true}
}

// elsewhere reports whether a section speaks of something else than the last topic: it stands in another article, or all
// there is is one.
func (t *turn) elsewhere(s, topic knowledge.Section) bool {
	return s.ArticleID != topic.ArticleID || len(t.base.Articles) == 1
}

// tells reports whether a section has what a question is after, such as a price for "how much?"; known is false where only
// a reader can tell.
func (t *turn) tells(s knowledge.Section, question string) (tells, known bool) {
	tells, known, err := index.Tells(t.tongue.lang, question, s.Body)
	return tells && err == nil, known
}

// firm is how sure an answer must be to stand although the question says that it goes on from the last one.
const firm = .75

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

// resolve lets the last topic choose among the sections that the question alone points at. It adds none to them: what
// the knowledge does not answer stays unanswered, whatever was spoken of before.
func resolve(p Policy, alone, joined finding) finding {
	if !alone.found() || !joined.settled() {
		return alone
	}
	at := slices.IndexFunc(alone.hits, sameSection(joined.hits[0]))
	if at < 0 || alone.hits[at].Confidence < p.Maybe || at == 0 && alone.settled() {
		return alone
	}
	chosen := alone.hits[at]
	rest := slices.Delete(slices.Clone(alone.hits), at, at+1)
	return finding{hits: append([]index.Hit{chosen}, rest...), outcome: joined.outcome, best: joined.best, guessed: true}
}
