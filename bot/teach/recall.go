package teach

import (
	"context"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// askedFor returns the question that an answer of the desk was given to, as far as it is remembered or kept. For an empty
// one, instead says what is known without it.
func (t *Teacher) askedFor(ctx context.Context, m bot.Message) (q question, instead bot.Reply) {
	if q, ok := t.lately.about(m, t.title); ok {
		return q, bot.Reply{}
	}
	say := t.say(m)
	section, ok := t.quoted(m.Quoted)
	if !ok || t.config.Journal == nil {
		return q, said(say.NotKept)
	}
	shown, ok, err := t.config.Journal.LastShown(ctx, m.Room, section.ID)
	if err != nil {
		t.log.Error("look for a reply in the journal", zap.Error(err))
	}
	if !ok {
		return q, said(say.NotKept)
	}
	if shown.Text != "" { // a closed room of staff
		return question{text: shown.Text, lang: shown.Lang}, bot.Reply{}
	}
	return q, said(say.NotKept, t.onlyKept(say, section, shown))
}

// onlyKept says what the journal keeps of a reply without words.
func (t *Teacher) onlyKept(say words, section knowledge.Section, shown journal.Shown) string {
	var near []string
	for _, s := range t.sections(shown.Nearest) {
		near = append(near, quote(s.Title))
	}
	if len(near) == 0 {
		near = []string{say.NoAnswer}
	}
	return fill(say.OnlyKept, "section", quote(section.Title), "date", t.clock(shown.At).Format("2006-01-02 15:04"),
		"sure", percent(shown.Confidence), "nearest", strings.Join(near, ", "))
}

// quoted returns the section whose title stands in an answer: the longest one, since a title may hold another.
func (t *Teacher) quoted(answer string) (found knowledge.Section, ok bool) {
	answer = fold(answer)
	s, release := t.config.Live.Acquire()
	defer release()
	longest := 0
	for _, section := range s.Base().Sections() {
		if title := fold(section.Title); len(title) > longest && strings.Contains(answer, title) {
			found, longest = section, len(title)
		}
	}
	return found, longest > 0
}
