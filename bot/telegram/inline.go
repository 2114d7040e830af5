package telegram

import (
	"cmp"
	"context"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// Limits of an inline answer, from https://core.telegram.org/bots/api#answerinlinequery.
const (
	maxResults = 50
	maxHint    = 120 // characters of the text below a result's title; ours
	inlineLife = time.Minute
)

// answerInline answers what somebody types after the bot's name in any chat with sections to share. It remembers and
// logs nothing. Where nothing fits, and where the desk keeps silent because somebody may be in danger, it offers the
// way to a person in a private chat.
func (s *session) answerInline(ctx context.Context, e event) {
	results := []tgbotapi.InlineQueryResultArticle{}
	seen := map[knowledge.Key]bool{}
	within, cancel := context.WithTimeout(ctx, s.pace.answer)
	defer cancel()
	for _, section := range s.desk.Suggest(within, e.message, maxResults) {
		key := section.ID.Key()
		if r, ok := s.inlineResult(section); ok && !seen[key] && len(results) < maxResults {
			seen[key] = true
			results = append(results, r)
		}
	}
	params := tgbotapi.Params{
		"inline_query_id": e.query, "results": encode(results),
		"cache_time": encode(int(inlineLife.Seconds())), "is_personal": "true",
	}
	if len(results) == 0 {
		if label := s.contactLabel(e.message.Lang); label != "" {
			params["button"] = encode(map[string]string{"text": label, "start_parameter": "contact"})
		}
	}
	s.besides(ctx, func(ctx context.Context) {
		if err := s.ask(ctx, "answerInlineQuery", params, nil); err != nil {
			s.log.Debug("an inline query was not answered in time", zap.Error(err))
		}
	})
}

// contactLabel returns what the way to a person is called in a language, as the desk said it first.
func (s *session) contactLabel(tag string) string {
	code := lang.Base(tag)
	if _, spoken := wording.In(code); spoken != code {
		code = "" // the desk's own
	}
	label, known := s.labels.Load(code)
	if !known {
		h := s.desk.Contact(bot.Message{Lang: code, Private: true}).Handoff // in no room: nothing is remembered
		label, _ = s.labels.LoadOrStore(code, shorten(h.Label, maxLabel))
	}
	return label.(string)
}

// inlineResult is a section as it is shared: as much of it as fits into one message. It is false for one that shows
// nothing.
func (s *session) inlineResult(section knowledge.Section) (tgbotapi.InlineQueryResultArticle, bool) {
	title := shorten(cmp.Or(section.Title, section.Article), maxTitle)
	parts := render(bot.Reply{
		Title: section.Title, Text: section.Body, Source: bot.Source{Article: section.Article, URL: section.URL},
	})
	if title == "" || len(parts) == 0 {
		return tgbotapi.InlineQueryResultArticle{}, false
	}
	var rows [][]button
	if len(parts) > 1 { // the rest is in the private chat
		rows = append(rows, []button{{Text: shorten(title, maxLabel), URL: s.sectionLink(section.ID.Key())}})
	}
	rows = append(rows, keyboard(bot.Reply{Handoff: section.Handoff})...)
	result := tgbotapi.InlineQueryResultArticle{
		Type: "article", ID: string(section.ID.Key()), Title: title, Description: shorten(plainText(section.Body), maxHint),
		InputMessageContent: map[string]any{
			"message_text": parts[0].html, "parse_mode": "HTML", "link_preview_options": map[string]bool{"is_disabled": true},
		},
	}
	if len(rows) > 0 {
		result.ReplyMarkup = inlineMarkup(rows)
	}
	return result, true
}

// sectionLink returns the address that opens the bot and shows a section; readLink reads it.
func (s *session) sectionLink(key knowledge.Key) string {
	return "https://t.me/" + s.self.UserName + "?start=s-" + string(key)
}

// pickLink returns the address that opens the bot and asks which of some sections is meant; readLink reads it.
func (s *session) pickLink(keys knowledge.Key) string {
	return "https://t.me/" + s.self.UserName + "?start=q-" + string(keys)
}

// inlineMarkup returns link buttons in the library's form.
func inlineMarkup(rows [][]button) *tgbotapi.InlineKeyboardMarkup {
	var markup tgbotapi.InlineKeyboardMarkup
	for _, row := range rows {
		var keys []tgbotapi.InlineKeyboardButton
		for _, b := range row {
			keys = append(keys, tgbotapi.NewInlineKeyboardButtonURL(b.Text, b.URL))
		}
		markup.InlineKeyboard = append(markup.InlineKeyboard, keys)
	}
	return &markup
}
