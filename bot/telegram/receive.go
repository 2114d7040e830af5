package telegram

import (
	"strings"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"frontdesk/bot"
)

// receive reads what an update asks of the bot; false when it asks nothing.
func receive(self tgbotapi.User, u update) (event, bool) {
	var e event
	ok := false
	switch {
	case u.Message != nil:
		e, ok = receiveMessage(self, u.Message, u.more.Message)
	case u.EditedMessage != nil:
		e, ok = receiveMessage(self, u.EditedMessage, u.more.EditedMessage)
	case u.CallbackQuery != nil:
		e, ok = receivePress(u.CallbackQuery, u.more.CallbackQuery.Message)
	case u.InlineQuery != nil:
		e, ok = receiveInline(u.InlineQuery)
	case u.MyChatMember != nil:
		e, ok = receiveMembership(u.MyChatMember)
	}
	e.update = u.UpdateID
	return e, ok
}

func receiveMessage(self tgbotapi.User, m *tgbotapi.Message, more extraMessage) (event, bool) {
	if m.Chat == nil || m.Chat.IsChannel() {
		return event{}, false
	}
	if m.MigrateToChatID != 0 {
		return event{act: moved, place: place{chat: m.Chat.ID}, movedTo: m.MigrateToChatID}, true
	}
	from, ok := author(m)
	if !ok || m.ViaBot != nil {
		return event{}, false
	}
	where := place{chat: m.Chat.ID, private: m.Chat.IsPrivate()}
	// In a group without topics the thread is a chain of replies, which messages cannot be sent to.
	if more.IsTopic || where.private {
		where.thread = more.Thread
	}
	if !where.private {
		where.replyTo = m.MessageID
	}
	e := event{act: question, place: where, asked: m.MessageID, message: bot.Message{
		Room: where.room(), Parent: where.parent(), From: from, Private: where.private, At: m.Time(),
		Staff: !where.private && m.SenderChat != nil, // only administrators write as the group
	}}
	if m.From != nil {
		e.message.Lang = m.From.LanguageCode
	}
	// In a topic every message replies to the one that made it, which nobody quotes.
	if r := m.ReplyToMessage; r != nil && more.ReplyTo.TopicCreated == nil {
		e.message.Quoted, e.message.QuotedOwn = r.Text+r.Caption, r.From != nil && r.From.ID == self.ID
	}
	return e, e.read(self, m, more)
}

// author returns who wrote a message; false for channels and other bots. An administrator who writes as the group
// itself counts as one person.
func author(m *tgbotapi.Message) (bot.PersonID, bool) {
	switch {
	case m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID:
		return person(m.SenderChat.ID), true
	case m.SenderChat != nil || m.From == nil || m.From.IsBot || m.IsAutomaticForward:
		return "", false
	}
	return person(m.From.ID), true
}

// read sets what the message asks; false when it is not for the bot.
func (e *event) read(self tgbotapi.User, m *tgbotapi.Message, more extraMessage) bool {
	text, entities := m.Text, m.Entities
	if text == "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	body := utf16.Encode([]rune(text))
	if c, ok := commandIn(body, entities); ok {
		e.message.Addressed = bot.Command
		return e.readCommand(self, c, m)
	}
	stripped, mentioned := withoutMentions(self, body, entities)
	e.message.Text = stripped
	switch {
	case e.place.private:
		e.message.Addressed = bot.Direct
	case mentioned:
		e.message.Addressed = bot.Mention
	case e.message.QuotedOwn:
		e.message.Addressed = bot.ReplyTo
	default:
		e.message.Addressed = bot.Overheard
		return stripped != ""
	}
	if mentioned {
		e.setText(stripped, m)
	}
	if e.message.Text == "" {
		e.act = welcome // a picture or voice, or nothing but the bot's name
		return mentioned || hasContent(m)
	}
	return true
}

// setText takes what was written after the bot's name or /ask; where that is nothing, the message it replies to, which
// is how people point the bot at somebody's question.
func (e *event) setText(text string, m *tgbotapi.Message) {
	e.message.Text = text
	if r := m.ReplyToMessage; text == "" && r != nil && r.From != nil && !r.From.IsBot {
		e.message.Text = strings.TrimSpace(r.Text + r.Caption)
	}
}

// hasContent reports whether a person sent something that is no text, rather than the group changing its title.
func hasContent(m *tgbotapi.Message) bool {
	return m.MediaGroupID == "" && (m.Photo != nil || m.Voice != nil || m.Sticker != nil || m.Video != nil ||
		m.Document != nil || m.Audio != nil || m.VideoNote != nil || m.Animation != nil || m.Location != nil ||
		m.Contact != nil || m.Dice != nil || m.Poll != nil)
}

// receivePress reads a callback query. One from a message that Telegram no longer shows still names its chat.
func receivePress(q *tgbotapi.CallbackQuery, more extraMessage) (event, bool) {
	if q.From == nil {
		return event{}, false
	}
	e := event{act: press, query: q.ID, message: bot.Message{From: person(q.From.ID), Lang: q.From.LanguageCode}}
	if p, err := bot.ParsePress(q.Data); err == nil {
		e.press = p
	}
	if q.Message == nil || q.Message.Chat == nil {
		return e, true // answered all the same, or the button would spin
	}
	e.place = place{chat: q.Message.Chat.ID, private: q.Message.Chat.IsPrivate()}
	e.under, e.markup = q.Message.MessageID, q.Message.ReplyMarkup
	if more.IsTopic || e.place.private {
		e.place.thread = more.Thread
	}
	if !e.place.private {
		e.place.replyTo = q.Message.MessageID
	}
	e.message.Room, e.message.Parent = e.place.room(), e.place.parent()
	e.message.Private, e.message.Addressed = e.place.private, bot.Command
	return e, true
}

func receiveInline(q *tgbotapi.InlineQuery) (event, bool) {
	if q.From == nil {
		return event{}, false
	}
	from := person(q.From.ID)
	return event{act: inline, query: q.ID, message: bot.Message{
		Room: bot.RoomID(from), From: from, Text: strings.TrimSpace(q.Query), Lang: q.From.LanguageCode,
	}}, true
}

// receiveMembership reads the bot's own comings and goings: it greets a group that it is new in, and forgets a chat
// that it may no longer write to.
func receiveMembership(m *tgbotapi.ChatMemberUpdated) (event, bool) {
	if m.Chat.IsChannel() {
		return event{}, false
	}
	e := event{place: place{chat: m.Chat.ID, private: m.Chat.IsPrivate()}}
	e.message = bot.Message{Room: e.place.room(), From: person(m.From.ID), Lang: m.From.LanguageCode, Private: e.place.private}
	was, is := m.OldChatMember, m.NewChatMember
	switch {
	case is.HasLeft() || is.WasKicked():
		e.act = gone
	case !e.place.private && (was.HasLeft() || was.WasKicked()):
		e.act = welcome
	default:
		return event{}, false
	}
	return e, true
}
