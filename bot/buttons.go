package bot

import (
	"slices"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// press replies to a button.
func (t *turn) press(p Press) Reply {
	switch p.Verb {
	case Topics:
		return t.topics()
	case Contact:
		return t.contact()
	case Pick:
		return t.which(p)
	case Tell:
		return t.tellLater(p.Key)
	}
	s, ok := t.section(p.Key)
	switch {
	case !ok:
		return t.gone(p.Key)
	case p.Verb == Show:
		return t.picked(s, t.offeredPart(p))
	case p.Verb == More:
		return t.rest(s)
	case p.Verb == Helpful:
		return Reply{Outcome: Smalltalk, Text: t.tongue.say.Helpful, Section: s.ID}
	case p.Verb == Useless:
		return Reply{Outcome: Smalltalk, Text: t.tongue.say.Useless, Section: s.ID, Handoff: t.office()}
	case p.Verb == Share:
		return t.share(s)
	}
	return t.oldButton()
}

// which asks, where only the person reads, which section is meant.
func (t *turn) which(p Press) Reply {
	var sections []knowledge.Section
	var parts []index.Span
	for key := range slices.Chunk([]byte(p.Key), 11) {
		if s, ok := t.section(knowledge.Key(key)); ok {
			sections = append(sections, s)
			parts = append(parts, t.offeredPart(Press{Show, s.ID.Key()}))
		}
	}
	if len(sections) == 0 {
		return t.oldButton()
	}
	return t.ask(sections, parts)
}

// gone replies to a button of a section that may not be served.
func (t *turn) gone(k knowledge.Key) Reply {
	if s, ok := t.snapshot.Section(k); ok && t.room.allows(s) {
		return t.outdated(s.ID)
	}
	return t.oldButton()
}

// oldButton says that a button means nothing to this version of the program or of the knowledge.
func (t *turn) oldButton() Reply {
	reply := Reply{Outcome: Unanswered, Text: t.tongue.say.OldButton, Choices: []Choice{t.topicsChoice()}}
	t.offered(reply.Choices, nil)
	return reply
}

// picked answers with a section that somebody chose: its passage if it is known, else its opening.
func (t *turn) picked(s knowledge.Section, part index.Span) Reply {
	if part == (index.Span{}) {
		part = opening(s.Body)
	}
	reply := t.show(s, part)
	reply.Confidence = 1 // the person said so
	t.chosen = t.past.unsure && slices.ContainsFunc(t.past.offers, func(o offer) bool { return o.press.Key == s.ID.Key() })
	if t.chosen {
		t.next.left = t.past.offers
	}
	return reply
}

// offeredPart returns the passage behind a button of the last reply.
func (t *turn) offeredPart(p Press) index.Span {
	for _, o := range t.past.offers {
		if o.press == p {
			return o.part
		}
	}
	return index.Span{}
}

// share answers with what the person was shown, for the whole room to read.
func (t *turn) share(s knowledge.Section) Reply {
	if seen := t.past.shown; seen.key == s.ID.Key() {
		return t.picked(s, seen.part)
	}
	return t.picked(s, index.Span{})
}
