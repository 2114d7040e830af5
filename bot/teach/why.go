package teach

import (
	"context"
	"fmt"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// How much of an explanation a chat has room for.
const (
	whyHits    = 3
	whyMatches = 3
	whySafety  = 4 // lines of why the safety check finds what it does

	worthNaming = .005 // a confidence that is no 0 %
)

// why replies to /why: how a question is read, what is found for it, and what is decided. The question is the text
// behind the command, or what the message replies to: a question, or an answer that the desk gave lately.
func (t *Teacher) why(ctx context.Context, m bot.Message, text string) bot.Reply {
	say := t.say(m)
	q := question{text: text}
	switch {
	case text != "":
	case m.Quoted == "":
		return said(say.WhyHow)
	case !m.QuotedOwn:
		q.text = m.Quoted
	default:
		found, instead := t.askedFor(ctx, m)
		if found.text == "" {
			return instead
		}
		q = found
	}
	s, release := t.config.Live.Acquire()
	defer release()
	e, err := s.Explain(ctx, index.Query{Text: q.text, Lang: q.lang}, whyHits)
	if err != nil {
		t.log.Error("explain an answer", zap.Error(err))
		return said(say.Failed)
	}
	r := t.answer(ctx, q)
	p := t.config.Policy
	return said(
		fill(say.Why, "question", quote(q.text)),
		fill(say.Decision, "outcome", say.Outcomes[string(r.Outcome)], "sure", percent(p.SureOf(r.Candidates)), "margin", percent(p.Margin), "maybe", percent(p.Maybe)),
		t.safety(say, q.text), reading(say, e), candidates(say, e, r),
	)
}

// safety says what the safety check makes of a question, and why.
func (t *Teacher) safety(say words, text string) string {
	lines := t.desk.WhyDanger(text)
	if len(lines) == 0 {
		return ""
	}
	phrase := say.Safe
	if t.desk.Danger(text) {
		phrase = say.Danger
	}
	for i, line := range lines {
		lines[i] = quote(line)
	}
	return fill(phrase, "why", strings.Join(lines[:min(whySafety, len(lines))], "; "))
}

// title returns the title of a section that serves; empty for none.
func (t *Teacher) title(id knowledge.SectionID) string {
	s, ok := t.section(id.Key())
	if !ok {
		return ""
	}
	return s.Title
}

// reading says how a question was read.
func reading(say words, e index.Explanation) string {
	if len(e.Words) == 0 {
		return ""
	}
	read := fill(say.ReadAs, "lang", quote(e.Lang), "words", quote(strings.Join(e.Words, " ")))
	for _, c := range e.Corrections {
		read += "; " + fill(say.Spelling, "from", quote(c.From), "to", quote(c.To))
	}
	return read
}

// candidates lists what was found and which words speak for it. The confidences are those of the reply, where what has
// expired does not count.
func candidates(say words, e index.Explanation, r bot.Reply) string {
	if len(e.Candidates) == 0 {
		return say.NothingFound
	}
	var lines []string
	for i, c := range e.Candidates {
		title := c.Section.Title
		if title == "" {
			title = c.Section.Article
		}
		sure := c.Confidence
		for _, hit := range r.Candidates {
			if hit.Section.ID == c.Section.ID {
				sure = hit.Confidence
			}
		}
		if i > 0 && sure < worthNaming {
			break
		}
		line := fill(say.Found, "n", number(i+1), "title", quote(title), "sure", percent(sure), "at", quote(fmt.Sprintf("%s, %s", c.Section.ID, c.Section.Source)))
		var matches []string
		for _, m := range c.Matches[:min(whyMatches, len(c.Matches))] {
			where, ok := say.Where[m.Where]
			if !ok {
				where = m.Where
			}
			matches = append(matches, fill(say.Match, "word", quote(m.Unit), "by", quote(m.By), "where", where))
		}
		if len(matches) > 0 {
			line += "\n   " + strings.Join(matches, "; ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
