package telegram

import (
	"context"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// handle answers an event. Whatever goes wrong with one leaves the others alone, and the person gets the way to a
// human.
func (s *session) handle(ctx context.Context, e event) {
	if s.survives(e, func() { s.act(ctx, e) }) {
		return
	}
	if e.place.chat != 0 && s.survives(e, func() { s.send(ctx, e, s.desk.Contact(e.message)) }) {
		return
	}
	s.done(e.update)
}

// survives runs f and reports whether it came to its end.
func (s *session) survives(e event, f func()) (ended bool) {
	defer func() {
		if recover() != nil { // with a value that may hold what somebody wrote
			s.log.Error("answering an update panicked", zap.Int("update", e.update), zap.Stack("stack"))
		}
	}()
	f()
	return true
}

// act does what an event asks.
func (s *session) act(ctx context.Context, e event) {
	if e.message.At.IsZero() {
		e.message.At = time.Now()
	}
	switch e.act {
	case moved:
		s.log.Info("a group became a supergroup", zap.Int64("from", e.place.chat), zap.Int64("to", e.movedTo))
		s.sender.move(e.place.chat, e.movedTo)
		s.done(e.update)
	case gone:
		s.sender.forget(e.place.chat)
		s.done(e.update)
	case inline:
		s.answerInline(ctx, e)
	case press:
		s.handlePress(ctx, e)
	case edited:
		s.handleEdit(ctx, e)
	default:
		s.send(ctx, e, s.reply(ctx, e))
	}
}

// reply asks the desk, and lets the person see that something happens when that takes long.
func (s *session) reply(ctx context.Context, e event) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, s.pace.answer)
	defer cancel()
	if e.place.chat != 0 && e.message.Addressed != bot.Overheard {
		s.aside.Go(func() { s.typing(ctx, e.place) })
	}
	switch e.act {
	case welcome:
		return s.desk.Welcome(e.message)
	case topics:
		return s.desk.Topics(e.message)
	case contact:
		return s.desk.Contact(e.message)
	case privacy:
		return s.desk.Privacy(e.message)
	case forget:
		return s.desk.Forget(e.message)
	case press:
		return s.desk.Press(ctx, e.message, e.press)
	}
	return s.desk.Answer(ctx, e.message)
}

// handlePress answers a button. The button stops spinning at once, and what only acknowledges it is said there and
// then rather than as a message.
func (s *session) handlePress(ctx context.Context, e event) {
	acknowledges := e.query != "" && e.press.Verb == bot.Helpful
	if e.query != "" && !acknowledges {
		s.answerCallback(ctx, e, "")
	}
	if e.place.chat == 0 {
		s.done(e.update) // the message is in no chat that the bot can write to
		return
	}
	if isFeedback(e.press.Verb) {
		s.takeFeedbackAway(ctx, e)
	}
	r := s.reply(ctx, e)
	if !acknowledges {
		s.send(ctx, e, r)
		return
	}
	s.answerCallback(ctx, e, shorten(plainText(r.Text), maxToast))
	s.done(e.update)
}

const maxToast = 200 // characters of the text that answers a callback

func (s *session) answerCallback(ctx context.Context, e event, text string) {
	s.besides(ctx, func(ctx context.Context) {
		params := tgbotapi.Params{"callback_query_id": e.query}
		params.AddNonEmpty("text", text)
		if err := s.ask(ctx, "answerCallbackQuery", params, nil); err != nil {
			s.log.Debug("a button was not answered in time", zap.Error(err))
		}
	})
}

// handleEdit answers a question anew that was changed after it was answered, in the place of the first answer, as long
// as nothing was written since; else the desk does not hear of it, or it would go on from a reply that nobody saw. To
// somebody in danger it always writes, and a new message, which rings.
func (s *session) handleEdit(ctx context.Context, e event) {
	if !s.answers.isNewest(e.place.room(), e.asked) && !s.desk.Danger(e.message.Text) {
		s.done(e.update)
		return
	}
	r := s.reply(ctx, e)
	if r.Outcome == bot.Crisis {
		s.send(ctx, e, r)
		return
	}
	s.deliver(ctx, e, r, func() (int, bool) { return s.answers.of(e.place.room(), e.asked) })
}

func (s *session) send(ctx context.Context, e event, r bot.Reply) { s.deliver(ctx, e, r, nil) }

// deliver queues a reply; target is that of its parcel.
func (s *session) deliver(ctx context.Context, e event, r bot.Reply, target func() (int, bool)) {
	if r.Silent() {
		s.done(e.update)
		return
	}
	parts := s.layout(r)
	if len(parts) == 0 { // text that shows nothing, such as a picture alone
		s.log.Error("the desk gave an empty reply; the way to a person is shown instead", zap.String("outcome", string(r.Outcome)))
		if parts = render(s.desk.Contact(e.message)); len(parts) == 0 {
			s.done(e.update)
			return
		}
	}
	if form := parts[len(parts)-1].form; form != nil {
		form.Selective = e.asked != 0 // else it would be for the bot itself, whose button was pressed
	}
	p := &parcel{place: e.place, parts: parts, urgent: r.Outcome == bot.Crisis, target: target}
	p.sent = func(message int, err error) {
		if ctx.Err() != nil && err != nil {
			return // waits in the inbox for the next Run
		}
		s.sent(e, r, p, len(parts), message, err)
	}
	s.sender.put(ctx, p)
}

// sent notes what became of a reply: message is its first.
func (s *session) sent(e event, r bot.Reply, p *parcel, messages, message int, err error) {
	switch {
	case err != nil:
		s.log.Warn("a reply could not be sent", zap.Int("update", e.update), zap.Error(err))
	case message != 0:
		s.answers.note(e.place.room(), e.asked, message, messages)
		if r.Form != nil {
			s.forms.ask(e.place.chat, p.last, e.message.From, r.Form.Press)
		}
	}
	if e.form != 0 {
		s.forms.close(e.place.chat, e.form)
	}
	s.done(e.update)
}

// typing shows that the bot is typing once an answer takes long, until ctx ends. Telegram shows it for five seconds.
func (s *session) typing(ctx context.Context, to place) {
	params := tgbotapi.Params{"action": "typing", "chat_id": strconv.FormatInt(to.chat, 10)}
	params.AddNonZero("message_thread_id", to.thread)
	for rest(ctx, s.pace.typing); ctx.Err() == nil; rest(ctx, 4*time.Second) {
		if err := s.ask(ctx, "sendChatAction", params, nil); err != nil {
			return
		}
	}
}
