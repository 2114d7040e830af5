package telegram

import (
	"encoding/json"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// An update is one of Telegram's, with what the library does not know of it.
type update struct {
	tgbotapi.Update
	more extra
	raw  json.RawMessage
}

// An extra holds the fields of an update that are younger than the library.
type extra struct {
	Message       extraMessage `json:"message"`
	EditedMessage extraMessage `json:"edited_message"`
	CallbackQuery struct {
		Message extraMessage `json:"message"`
	} `json:"callback_query"`
}

type extraMessage struct {
	Thread  int  `json:"message_thread_id"`
	IsTopic bool `json:"is_topic_message"`
	ReplyTo struct {
		TopicCreated json.RawMessage `json:"forum_topic_created"`
	} `json:"reply_to_message"`
}

// decode reads one update.
func decode(raw json.RawMessage) (update, error) {
	u := update{raw: raw}
	if err := json.Unmarshal(raw, &u.Update); err != nil {
		return u, err
	}
	return u, json.Unmarshal(raw, &u.more)
}
