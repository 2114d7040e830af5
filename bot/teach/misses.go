package teach

import (
	"context"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// missesOf is how far back misses are looked for.
const missesOf = 30 * 24 * time.Hour

// nearest is how many sections are offered for a miss.
const nearest = 3

// misses returns what went unanswered lately.
func (t *Teacher) misses(ctx context.Context) ([]journal.Miss, journal.Hidden, error) {
	return t.config.Journal.Misses(ctx, journal.Period{From: t.config.Now().Add(-missesOf)})
}

// question returns what a button is about. What is not remembered, as after a restart, is looked for in the journal.
func (t *Teacher) question(ctx context.Context, id string) (question, bool) {
	if q, ok := t.asked.get(id); ok || t.config.Journal == nil {
		return q, ok
	}
	all, _, err := t.misses(ctx)
	if err != nil {
		t.log.Error("read the misses", zap.Error(err))
	}
	for _, m := range all {
		if q := (question{m.Text, m.Lang}); q.id() == id {
			return q, true
		}
	}
	return question{}, false
}

// open replies to /misses: with the first one, or the one behind a question that was shown.
func (t *Teacher) open(ctx context.Context, m bot.Message, after string) bot.Reply {
	say := t.say(m)
	if t.config.Journal == nil {
		return said(say.NoJournal)
	}
	all, hidden, err := t.misses(ctx)
	if err != nil {
		t.log.Error("read the misses", zap.Error(err))
		return said(say.Failed)
	}
	at := slices.IndexFunc(all, func(m journal.Miss) bool { return question{text: m.Text}.id() == after }) + 1
	if at >= len(all) { // once round
		at = 0
	}
	if len(all) == 0 {
		return said(say.NoMisses, t.hidden(say, hidden))
	}
	r := t.miss(say, all[at], len(all) > 1)
	if at == 0 {
		r.Note = t.hidden(say, hidden)
	}
	return r
}

func (t *Teacher) hidden(say words, h journal.Hidden) string {
	if h.Times == 0 {
		return ""
	}
	return fill(say.Hidden, "n", number(h.Times), "people", number(journal.Askers))
}

// miss shows a miss with what can be done about it, and remembers it for the buttons.
func (t *Teacher) miss(say words, m journal.Miss, more bool) bot.Reply {
	q := question{m.Text, m.Lang}
	t.asked.put(q.id(), q)
	var why []string
	for _, reason := range []journal.Reason{journal.Expired, journal.NoMatch, journal.NobodyChose, journal.ThumbsDown} {
		if m.Reasons[reason] > 0 {
			why = append(why, say.Reasons[reason])
		}
	}
	alike := ""
	if len(m.Others) > 0 {
		var list []string
		for _, other := range m.Others {
			list = append(list, quote(other))
		}
		alike = fill(say.Alike, "list", strings.Join(list, " · "))
	}
	head := fill(say.Miss, "question", quote(m.Text), "times", number(m.Times), "people", number(m.People),
		"date", t.clock(m.Last).Format(time.DateOnly), "why", strings.Join(why, " "))
	r := t.choices(say, said(head, alike), q, t.sections(m.Nearest))
	if more {
		r.Choices = append(r.Choices, bot.Choice{Label: say.Next, Press: next.press(q.id())})
	}
	return r
}

// choices adds to a reply about a question the buttons by which it can be taught.
func (t *Teacher) choices(say words, r bot.Reply, q question, near []knowledge.Section) bot.Reply {
	near = near[:min(nearest, len(near))]
	titles := map[string]int{}
	for _, s := range near {
		titles[s.Title]++
	}
	today := t.today()
	for _, s := range near {
		label := s.Title
		if label == "" || titles[label] > 1 {
			label = strings.TrimSpace(label + " (" + s.Article + ")")
		}
		if s.Expired(today) {
			label = fill(say.Expired, "title", label)
		}
		r.Choices = append(r.Choices, bot.Choice{Label: label, Press: phrasing.press(q.id(), string(s.ID.Key()))})
	}
	what := say.WhichOne
	if len(near) == 0 {
		what = say.WhichOneOrNew
	}
	r.Text += "\n\n" + what
	r.Choices = append(r.Choices,
		bot.Choice{Label: say.Another, Press: another.press(q.id())},
		bot.Choice{Label: say.NewAnswer, Press: ask.press(q.id())},
		bot.Choice{Label: say.OutOfScope, Press: outside.press(q.id())},
	)
	return r
}

// choose offers the sections that some words are about, for a question that none of the nearest ones answers.
func (t *Teacher) choose(ctx context.Context, say words, q question, words string) bot.Reply {
	near := t.headed(words)
	for _, hit := range t.answer(ctx, question{text: words, lang: q.lang}).Candidates {
		if !slices.ContainsFunc(near, func(s knowledge.Section) bool { return s.ID == hit.Section.ID }) {
			near = append(near, hit.Section)
		}
	}
	nothing := ""
	if len(near) == 0 {
		nothing = fill(say.NoSection, "words", quote(words))
	}
	return t.choices(say, said(fill(say.Taught, "question", quote(q.text)), nothing), q, near)
}

// headed returns the sections whose titles hold all of some words.
func (t *Teacher) headed(text string) (found []knowledge.Section) {
	all := strings.Fields(strings.ToLower(text))
	s, release := t.config.Live.Acquire()
	defer release()
	for _, a := range s.Base().Articles {
		for _, section := range a.Sections {
			title := strings.ToLower(section.Title)
			if len(all) > 0 && !slices.ContainsFunc(all, func(word string) bool { return !strings.Contains(title, word) }) {
				found = append(found, section)
			}
		}
	}
	return found
}

// teach replies to /teach: the same for a question that a member of staff wrote.
func (t *Teacher) teach(ctx context.Context, m bot.Message, text string) bot.Reply {
	say := t.say(m)
	if text == "" && m.Quoted != "" && !m.QuotedOwn {
		text = m.Quoted
	}
	if text = short(text, 500); text == "" {
		return said(say.TeachHow)
	}
	found := t.answer(ctx, question{text: text})
	q := question{text, found.Lang}
	t.asked.put(q.id(), q)
	var near []knowledge.Section
	for _, hit := range found.Candidates {
		near = append(near, hit.Section)
	}
	return t.choices(say, said(fill(say.Taught, "question", quote(text)), t.outcome(say, q, found)), q, near)
}

// outcome says what people get for a question now.
func (t *Teacher) outcome(say words, q question, r bot.Reply) string {
	switch {
	case r.Section != "":
		title := r.Title
		if title == "" {
			title = string(r.Section)
		}
		return fill(say.NowAnswers, "section", quote(title), "sure", percent(r.Confidence))
	case r.Outcome == bot.Unsure:
		return fill(say.NowAsks, "question", quote(q.text))
	case r.Outcome == bot.Unanswered:
		return fill(say.NowSilent, "question", quote(q.text))
	}
	return ""
}
