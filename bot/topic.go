package bot

import (
	"context"
	"slices"
	"strings"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// topicOf returns the section that a question goes on from: the last topic; of those that were offered, where that was all,
// the first that has what nothing but question words asks for. False for none.
func (t *turn) topicOf(r reading) (knowledge.Section, bool) {
	if t.past.unsure && r.elliptic {
		for _, o := range t.past.offers {
			s, ok := t.section(o.press.Key)
			if tells, _ := t.tells(s, r.question); ok && tells {
				return s, true
			}
		}
	}
	return t.section(t.past.topic)
}

// goOn takes what a question finds alone together with the section that was spoken of last. Where the last reply only
// offered that section, what comes of it is offered, too.
func (t *turn) goOn(ctx context.Context, topic knowledge.Section, r reading, alone finding) (finding, error) {
	r.further = r.further && !t.opens(strings.TrimLeft(r.question, "¿ ")) // "is parking free too?" asks something else
	unsettled := r.follows && (!alone.settled() || r.leans && alone.best < firm)
	doubtful := unsettled || r.refers && alone.best < plainly || r.further
	if !doubtful && !r.elliptic {
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
			f = guess(joined.hits[0])
		}
	}
	switch {
	case r.elliptic:
		f = t.complete(topic, r.question, f, joined)
	case doubtful && !f.guessed:
		f = t.beside(topic, r, f, joined)
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

// beside offers the last topic along with what a question finds alone that may be of that topic; joined is what it finds
// with the topic's title. Where it finds nothing alone, the topic is offered if it was near or speaks of nearly all that the
// question says.
func (t *turn) beside(topic knowledge.Section, r reading, alone, joined finding) finding {
	isTopic := sameSection(index.Hit{Section: topic})
	at := slices.IndexFunc(joined.hits, isTopic)
	if at < 0 {
		return alone
	}
	of := joined.hits[at]
	first := len(alone.hits) > 0 && isTopic(alone.hits[0])
	speaks := t.speaks(topic, r.question)
	if !alone.found() {
		near := r.refers && first && alone.best >= t.config.Policy.Maybe/2
		if all := at == 0 && joined.found() && speaks >= speaksOfAll; near || all {
			return guess(of)
		}
		return alone
	}
	likely := of.Confidence >= t.config.Policy.Maybe/2 && 2*of.Confidence >= joined.hits[0].Confidence && (r.refers || at == 0)
	goesOn := r.further || speaks >= speaksOfSome || r.object && !alone.settled()
	switch {
	case first, !likely, !goesOn:
		return alone
	case r.further, r.refers && speaks >= speaksOfSome:
		return guess(appendNew([]index.Hit{of}, alone.hits)...)
	}
	return guess(appendNew(alone.hits[:1:1], append([]index.Hit{of}, alone.hits...))...)
}

// guess offers hits, which were found with the help of what was spoken of before.
func guess(hits ...index.Hit) finding {
	f := offering(hits[:min(len(hits), candidates)])
	f.guessed = true
	return f
}

// What share of a question a topic has to speak of to be offered for it: with something that was found alone, or by itself.
const (
	speaksOfSome = .4
	speaksOfAll  = .7
)

// speaks returns how much of what a question says a section speaks of.
func (t *turn) speaks(s knowledge.Section, question string) float64 {
	share, err := t.snapshot.Speaks(t.queryOf(question), s.ID.Key())
	if err != nil {
		t.log.Error("look into the last topic", zap.Error(err))
	}
	return share
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
			return guess(of, first)
		}
		return alone
	}
	switch {
	case !tells:
		return alone
	case joined.settled() && at == 0:
		return finding{hits: joined.hits, outcome: joined.outcome, best: joined.best, guessed: true}
	}
	return guess(of)
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

// How sure an answer must be to stand although the question goes on from the last one: where it says so, and where it
// points back at what may be the topic.
const (
	firm    = .75
	plainly = .97
)

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
