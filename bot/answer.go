package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"frontdesk/bot/markup"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// maxChoices is how many sections an unsure reply offers.
const maxChoices = 3

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
	case Unsure:
		reply = t.offer(f.hits)
		if f.several {
			reply.Text = t.tongue.say.Several
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

// within returns a passage without the blank space around it; the empty span when it is no real part of body.
func within(body string, part index.Span) index.Span {
	if part.Start < 0 || part.End > len(body) || part.Start >= part.End {
		return index.Span{}
	}
	text := body[part.Start:part.End]
	part.Start += len(text) - len(strings.TrimLeft(text, "\r\n"))
	part.End -= len(text) - len(strings.TrimRightFunc(text, unicode.IsSpace))
	if part.Start >= part.End || strings.TrimSpace(body[:part.Start]+body[part.End:]) == "" {
		return index.Span{}
	}
	return part
}

// headRow returns the heading row, with the line of dashes below it, of the table that a passage begins in the middle of;
// empty for any other passage. Rows read as a table only below one.
func headRow(body string, part index.Span) string {
	lines := strings.SplitAfter(body[:part.Start], "\n")
	lines = lines[:len(lines)-1]
	first := len(lines)
	for first > 0 && strings.HasPrefix(strings.TrimSpace(lines[first-1]), "|") {
		first--
	}
	if !strings.HasPrefix(body[part.Start:], "|") || len(lines)-first < 2 {
		return ""
	}
	return lines[first] + lines[first+1]
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

// following returns the text behind a passage with which body begins; false when that does not stand on its own, as
// the rows of a table without its head.
func following(body string, part index.Span) (string, bool) {
	part = within(body, part)
	if part == (index.Span{}) || strings.TrimSpace(body[:part.Start]) != "" {
		return "", false
	}
	after := strings.TrimSpace(body[part.End:])
	inCode := strings.Count(body[:part.End], "```")%2 != 0
	return strings.Trim(body[part.End:], "\r\n"), !inCode && !strings.HasPrefix(after, "|")
}

// Sizes in bytes of a section that somebody picked without a question that would tell the best passage.
const (
	longBody = 1500 // from here on, only its opening is shown at first
	openSize = 500  // which ends with the paragraph that reaches this
)

// opening returns the first paragraphs of a long section, and the empty span for others.
func opening(body string) index.Span {
	if len(body) < longBody {
		return index.Span{}
	}
	for end := 0; end < len(body); {
		next := strings.Index(body[end:], "\n\n")
		if next < 0 {
			break
		}
		end += next + 2
		if end >= openSize && strings.Count(body[:end], "```")%2 == 0 {
			return within(body, index.Span{Start: 0, End: end})
		}
	}
	return index.Span{}
}

// offer asks which of the sections found is meant.
func (t *turn) offer(hits []index.Hit) Reply {
	var sections []knowledge.Section
	var parts []index.Span
	for _, hit := range hits {
		if len(sections) == maxChoices || hit.Confidence < t.config.Policy.Maybe/4 {
			break
		}
		sections = append(sections, hit.Section)
		parts = append(parts, hit.Passage)
	}
	return t.ask(sections, parts)
}

// ask asks which of some sections is meant, and remembers the passages behind them.
func (t *turn) ask(sections []knowledge.Section, parts []index.Span) Reply {
	reply := Reply{Outcome: Unsure, Text: t.tongue.say.UnsureMany}
	if len(sections) == 1 {
		reply.Text = t.tongue.say.UnsureOne
	}
	for _, s := range sections {
		reply.Choices = append(reply.Choices, t.choice(s))
	}
	t.next.shown = view{}
	t.offered(reply.Choices, parts)
	t.next.unsure = true
	return reply
}

// offered remembers buttons and, where they are known, the passages behind them.
func (t *turn) offered(choices []Choice, parts []index.Span) {
	t.next.offers, t.next.unsure = nil, false
	for i, c := range choices {
		o := offer{press: c.Press}
		if i < len(parts) {
			o.part = parts[i]
		}
		t.next.offers = append(t.next.offers, o)
	}
}

// choice is a button that shows a section. Where several sections have the same title, it says whose it is.
func (t *turn) choice(s knowledge.Section) Choice {
	name := label(s)
	if t.facts.repeated[strings.ToLower(s.Title)] {
		above := s.Article
		if n := len(s.Above); n > 0 {
			above = s.Above[n-1]
		}
		if above != "" && above != name {
			name = above + ": " + name
		}
	}
	return Choice{Label: name, Press: Press{Show, s.ID.Key()}}
}

// label names a section, which may have no title, as an introduction.
func label(s knowledge.Section) string {
	for _, name := range []string{s.Title, s.Article} {
		if strings.TrimSpace(name) != "" {
			return name
		}
	}
	return string(s.ID)
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
