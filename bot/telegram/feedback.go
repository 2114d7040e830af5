package telegram

import (
	"context"
	"slices"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
)

func isFeedback(v bot.Verb) bool { return v == bot.Helpful || v == bot.Useless }

// withoutFeedback returns a message's buttons but for those that ask whether it helped, and whether it had any.
func withoutFeedback(m *tgbotapi.InlineKeyboardMarkup) (rows [][]button, had bool) {
	if m == nil {
		return nil, false
	}
	rows = [][]button{}
	for _, keys := range m.InlineKeyboard {
		var row []button
		for _, k := range keys {
			b := button{Text: k.Text}
			if k.URL != nil {
				b.URL = *k.URL
			}
			if k.CallbackData != nil {
				b.Data = *k.CallbackData
			}
			if p, err := bot.ParsePress(b.Data); err == nil && isFeedback(p.Verb) {
				had = true
				continue
			}
			row = append(row, b)
		}
		rows = append(rows, row)
	}
	return slices.DeleteFunc(rows, func(row []button) bool { return len(row) == 0 }), had
}

// takeFeedbackAway removes the buttons that ask whether an answer helped, once one was pressed in a private chat.
// In a group others may want to press them too.
func (s *session) takeFeedbackAway(ctx context.Context, e event) {
	rows, had := withoutFeedback(e.markup)
	if !had || !e.place.private {
		return
	}
	s.besides(ctx, func(ctx context.Context) {
		err := s.ask(ctx, "editMessageReplyMarkup", tgbotapi.Params{
			"chat_id": strconv.FormatInt(e.place.chat, 10), "message_id": strconv.Itoa(e.under),
			"reply_markup": encode(map[string]any{"inline_keyboard": rows}),
		}, nil)
		if err != nil {
			s.log.Debug("buttons could not be taken away", zap.Error(err))
		}
	})
}
