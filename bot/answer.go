package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/bot/markup"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// question replies to something that the knowledge may answer.
func (t *turn) question(ctx context.Context, text string, r reading) Reply {
	t.query = text
	f, err := t.find(ctx, text, r)
	if err != nil {
		return t.failed()
	}
	if !f.several && (!f.settled() || f.best < t.sureForSeekers()) && t.tongue.grammar.seeks(split(r.question)) {
		return t.wantsPerson(ctx, text, person)
	}
	return t.tell(f)
}

// sureForSeekers is how sure a section must be to stand in for the person whom somebody asked for: a quarter of the usual
// doubt.
func (t *turn) sureForSeekers() float64 { return 1 - (1-t.config.Policy.Sure)/4 }

// tell replies with what was found.
func (t *turn) tell(f finding) Reply {
	var reply Reply
	t.next.left = nil
	switch f.outcome {
	case Answered, HandedOff:
		if t.asked == "" && t.past.lang == "" && t.message.Lang == "" {
			t.speak(lang.Base(f.hits[0].Section.Lang)) // nothing else tells in which language somebody asked
		}
		topic := t.next.topic
		reply = t.show(f.hits[0].Section, f.hits[0].Passage)
		if f.guessed {
			t.next.topic = topic // a guess that was wrong must not lead the next one astray
		}
		t.offerAlso(&reply, f.also)
	case Unsure:
		reply = t.offer(f.hits)
		switch {
		case f.several:
			reply.Text = t.tongue.say.Several
		case !f.guessed:
			t.next.topic = f.hits[0].Section.ID.Key()
		}
	default:
		why := t.tongue.say.Unanswered
		if f.expired != "" && f.best >= t.config.Policy.Sure {
			why = t.tongue.say.Outdated
		}
		t.expired = f.expired
		reply = t.offerToTell(t.unanswered(why))
	}
	return f.report(reply)
}

// report adds to a reply what was found for its question.
func (f finding) report(r Reply) Reply {
	if len(f.hits) > 0 {
		r.Candidates, r.Confidence = f.hits, f.hits[0].Confidence
	}
	return r
}

// show answers with a section: the part that answers best when it is given and not the whole.
func (t *turn) show(s knowledge.Section, part index.Span) Reply {
	part = within(s.Body, part)
	reply := Reply{
		Outcome: Answered,
		Title:   s.Title,
		Text:    strings.Trim(s.Body, "\r\n"),
		Source:  Source{Article: s.Article, URL: s.URL},
		Handoff: s.Handoff,
		Section: s.ID,
	}
	if s.Kind == knowledge.Contact {
		reply.Outcome = HandedOff
		reply.Text = t.contactText(s)
	} else if part != (index.Span{}) {
		reply.Text = headRow(s.Body, part) + s.Body[part.Start:part.End]
		reply.Choices = []Choice{{Label: t.tongue.say.ReadMore, Press: Press{More, s.ID.Key()}}}
	}
	if strings.TrimSpace(reply.Text) == "" {
		reply.Text = markup.Escape(label(s))
	}
	reply.Note = paragraphs(t.languageNote(s), t.reviewNote(s))
	key := s.ID.Key()
	if reply.Outcome == Answered {
		reply.Related = t.related(s)
		reply.Feedback = []Choice{{"👍", Press{Helpful, key}}, {"👎", Press{Useless, key}}}
	}
	t.next.shown, t.next.topic = view{key, part}, key
	t.offered(reply.Choices, nil)
	return reply
}

// rest answers with what a passage left out: what follows it when it stood at the beginning, else the whole section,
// since two loose ends do not read as one text.
func (t *turn) rest(s knowledge.Section) Reply {
	reply := t.show(s, index.Span{})
	reply.Confidence = 1 // the person asked for it
	if seen := t.past.shown; seen.key == s.ID.Key() {
		if after, ok := following(s.Body, seen.part); ok && reply.Outcome == Answered {
			reply.Text = after
		}
	}
	return reply
}

// languageNote says so when a section is in another language than the question.
func (t *turn) languageNote(s knowledge.Section) string {
	asked := t.asked
	if asked == "" {
		asked = t.tongue.lang
	}
	if s.Lang == "" || lang.Base(s.Lang) == asked {
		return ""
	}
	if name, ok := t.tongue.say.Languages[lang.Base(s.Lang)]; ok {
		return fill(t.tongue.say.OtherLanguage, "language", name)
	}
	return t.tongue.say.OtherLanguageUnnamed
}

// related returns the sections before and after one in its article, which people often want next.
func (t *turn) related(s knowledge.Section) []Choice {
	at := slices.IndexFunc(t.base.Articles, func(a knowledge.Article) bool { return a.ID == s.ArticleID })
	if at < 0 {
		return nil
	}
	all := t.base.Articles[at].Sections
	here := slices.IndexFunc(all, func(x knowledge.Section) bool { return x.ID == s.ID })
	var choices []Choice
	for _, i := range []int{here + 1, here - 1} {
		if here >= 0 && i >= 0 && i < len(all) && all[i].Kind == knowledge.Answer && t.serves(all[i]) {
			choices = append(choices, t.choice(all[i]))
		}
	}
	return choices
}
