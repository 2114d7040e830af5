package teach

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/markup"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// A lesson is a change to staff's files that answers a question, or says that none is to answer it.
type lesson struct {
	question question
	change   edit.Change
	verdict  journal.Verdict
	says     string // what it comes to, in Markdown
	version  string // that the gate held back
}

// addPhrasing teaches that a section answers a question.
func (t *Teacher) addPhrasing(ctx context.Context, m bot.Message, q question, s knowledge.Section) bot.Reply {
	c, err := t.config.Book.AddPhrasing(s, q.plain())
	title := s.Title
	if title == "" {
		title = s.Article
	}
	says := fill(t.say(m).PhrasingFor, "question", quote(q.text), "section", quote(title))
	return t.learn(ctx, m, lesson{question: q, change: c, verdict: journal.Taught, says: says}, err)
}

// answered teaches a new answer, as staff wrote it.
func (t *Teacher) answered(ctx context.Context, m bot.Message, q question, text string) bot.Reply {
	say := t.say(m)
	title, body := titled(text)
	n := edit.NewSection{Title: title, Body: body, Author: string(m.From), At: t.clock(t.config.Now()), Lang: q.lang}
	if title == "" {
		n.Title = asTitle(q)
	} else if !strings.EqualFold(title, q.plain()) {
		n.Phrasings = []string{q.plain()}
	}
	own := wordsFor(q.lang, t.settings().Lang) // the article is for people, in their language
	n.File, n.Heading = own.AnswersFile, own.MoreAnswers
	if q.lang != "" && q.lang != own.Lang { // a language that there are no words in
		n.File = strings.TrimSuffix(own.AnswersFile, ".md") + "-" + strings.ToLower(q.lang) + ".md"
	}
	c, err := t.config.Book.NewSection(n)
	says := fill(say.AnswerTo, "question", quote(q.text), "file", quote(c.File))
	return t.learn(ctx, m, lesson{question: q, change: c, verdict: journal.Taught, says: says}, err)
}

// outOfScope teaches that the desk is not there for a question.
func (t *Teacher) outOfScope(ctx context.Context, m bot.Message, q question) bot.Reply {
	c, err := t.config.Book.OutOfScope(q.plain(), q.lang)
	says := fill(t.say(m).NotInScope, "question", quote(q.text))
	return t.learn(ctx, m, lesson{question: q, change: c, verdict: journal.OutOfScope, says: says}, err)
}

// titled takes a first line such as "# How to get here" off an answer.
func titled(text string) (title, body string) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, "\n")
	marks := strings.TrimLeft(first, "#")
	if n := len(first) - len(marks); n == 0 || n > 6 || strings.TrimLeft(marks, " \t") == marks || strings.TrimSpace(rest) == "" {
		return "", text
	}
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(marks), "#")), rest
}

// asTitle makes a heading of a question.
func asTitle(q question) string {
	s := strings.Trim(q.plain(), "¿¡?!.: ")
	if s == "" {
		return q.plain()
	}
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	return fill(wordsFor(q.lang).Heading, "question", s)
}

// learn takes a lesson through the gate, and where that does not hold it back, writes it and has it published. err is
// that of proposing the change.
func (t *Teacher) learn(ctx context.Context, m bot.Message, l lesson, err error) bot.Reply {
	say := t.say(m)
	if errors.Is(err, edit.ErrSame) {
		t.settle(ctx, m, l)
		return said(say.ThereAlready, l.says, t.outcome(say, l.question, t.answer(ctx, l.question)))
	}
	if err != nil {
		return t.sorry(say, err)
	}
	report, err := t.config.Publisher.Try(ctx, t.config.Book.Try(l.change))
	if err != nil {
		t.log.Error("try a change", zap.Error(err))
		return said(say.NotNow)
	}
	if faults := publish.Errors(report.Problems); len(faults) > 0 {
		return said(fill(say.FilesBroken, "n", number(len(faults))), problems(say, faults))
	}
	if report.Blocks {
		return t.hold(say, l, report)
	}
	t.own.put(report.Version, m.Room)
	return t.apply(ctx, m, l, report, "")
}

// hold keeps a lesson until somebody says why it is to go live all the same.
func (t *Teacher) hold(say words, l lesson, report publish.Report) bot.Reply {
	id := rand.Text()[:11]
	l.version = report.Version
	t.lessons.put(id, l)
	r := said(say.Held, reportText(say, report, question{}))
	r.Choices = []bot.Choice{{Label: say.AllTheSame, Press: reason.press(id)}}
	return r
}

// forced writes and publishes a lesson that the gate held back. The message's text is the reason.
func (t *Teacher) forced(ctx context.Context, m bot.Message, id string) bot.Reply {
	say := t.say(m)
	l, ok := t.lessons.get(id)
	if !ok {
		return said(say.DraftGone)
	}
	report, err := t.config.Publisher.Try(ctx, t.config.Book.Try(l.change))
	if err != nil {
		t.log.Error("try a change", zap.Error(err))
		return said(say.NotNow)
	}
	if report.Blocks && report.Version != l.version { // the files have changed: they have not seen what it breaks by now
		return t.hold(say, l, report)
	}
	t.own.put(report.Version, m.Room)
	return t.apply(ctx, m, l, report, short(m.Text, 300))
}

// apply writes a lesson and has it published: with a reason, also against the gate.
func (t *Teacher) apply(ctx context.Context, m bot.Message, l lesson, report publish.Report, reason string) bot.Reply {
	say, who := t.say(m), string(m.From)
	if err := t.config.Book.Apply(ctx, who, l.change); err != nil {
		return t.sorry(say, err)
	}
	why := reason
	if why == "" {
		why = l.change.Summary
	}
	status := t.config.Publisher.Saved(ctx, who, why)
	var err error
	if status.Blocked != nil && reason != "" {
		if status, err = t.config.Publisher.Publish(ctx, report.Version, who, reason); err != nil {
			t.log.Warn("a change is written and not published", zap.Error(err))
		}
	}
	t.settle(ctx, m, l)
	switch faults := publish.Errors(status.Problems); {
	case ctx.Err() != nil && status.Serving.ID != report.Version, err != nil && status.Blocked == nil && len(faults) == 0:
		t.own.take(report.Version) // nobody waits any more, so the status may be that of before: the room is told with the others
		return said(l.says, say.NotYet)
	case len(faults) > 0:
		return said(l.says, fill(say.NotLive, "n", number(len(faults))), problems(say, faults))
	case status.Blocked != nil:
		return t.heldBack(say, said(l.says, say.HeldBySomething), *status.Blocked)
	}
	outcome := ""
	if l.verdict == journal.Taught {
		outcome = t.outcome(say, l.question, t.answer(ctx, l.question))
	}
	return said(say.Live+l.says, outcome, reportText(say, report, l.question))
}

// settle takes a miss off the list. That it could not is only logged: the change is made.
func (t *Teacher) settle(ctx context.Context, m bot.Message, l lesson) {
	if t.config.Journal == nil {
		return
	}
	if err := t.config.Journal.Settle(ctx, journal.Miss{Text: l.question.text}, l.verdict, string(m.From)); err != nil {
		t.log.Error("a miss is taught and stays on the list", zap.Error(err))
	}
}

// sorry says why a change was not made.
func (t *Teacher) sorry(say words, err error) bot.Reply {
	var conflict *edit.ConflictError
	var refused *edit.RefusedError
	switch {
	case errors.As(err, &conflict):
		return said(say.Conflict)
	case errors.Is(err, edit.ErrGone):
		return said(say.SectionGone)
	case edit.IsReadOnly(err):
		t.log.Error("the folder of the knowledge cannot be written to", zap.Error(err))
		return said(say.ReadOnly)
	case errors.As(err, &refused):
		return said(fill(say.Refused, "why", markup.Escape(short(refused.Error(), 500))))
	case errors.Is(err, edit.ErrFormat), errors.Is(err, edit.ErrName):
		return said(fill(say.Refused, "why", markup.Escape(short(err.Error(), 500))))
	}
	t.log.Error("change a file of the knowledge", zap.Error(err))
	return said(say.Failed)
}

// heldBack adds to a reply what the gate holds back, and the button that overrides it.
func (t *Teacher) heldBack(say words, r bot.Reply, report publish.Report) bot.Reply {
	r.Text += "\n\n" + reportText(say, report, question{})
	r.Choices = append(r.Choices, bot.Choice{Label: say.AllTheSame, Press: appeal.press(publish.Short(report.Version))})
	return r
}

// override publishes the files as they are although the gate holds them back, if they are the version that the button
// was about. The message's text is the reason.
func (t *Teacher) override(ctx context.Context, m bot.Message, version string) bot.Reply {
	say, who := t.say(m), string(m.From)
	blocked := t.config.Publisher.Status().Blocked
	if version == "" || blocked == nil || !strings.HasPrefix(blocked.Version, version) {
		return said(say.DraftGone)
	}
	t.own.put(blocked.Version, m.Room)
	ctx, cancel := context.WithTimeout(ctx, publishTime)
	defer cancel()
	if _, err := t.config.Publisher.Publish(ctx, blocked.Version, who, short(m.Text, 300)); err != nil {
		return said(fill(say.Refused, "why", markup.Escape(short(err.Error(), 500))))
	}
	return said(say.Live, reportText(say, *blocked, question{}))
}

// publishTime bounds how long a button waits for a version to go live.
const publishTime = 5 * time.Minute
