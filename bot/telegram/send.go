package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// sendPart sends one message and returns its id.
func (c *Client) sendPart(ctx context.Context, to place, p part) (message int, err error) {
	var m tgbotapi.MessageID
	err = c.insisting(ctx, "sendMessage", to, p, func(tgbotapi.Params) {}, &m)
	return m.MessageID, err
}

// editPart puts a message in the place of one that was sent before.
func (c *Client) editPart(ctx context.Context, to place, message int, p part) error {
	to.replyTo, to.thread = 0, 0 // it stays where it is
	return c.insisting(ctx, "editMessageText", to, p, func(params tgbotapi.Params) {
		params["message_id"] = strconv.Itoa(message)
	}, nil)
}

// insisting makes a call that carries a part. Where Telegram refuses a part's HTML, preview or buttons, it goes
// without them: people get the words in any case.
func (c *Client) insisting(ctx context.Context, method string, to place, p part, add func(tgbotapi.Params), out any) error {
	asPlain := false
	for {
		params := partParams(to, p, asPlain)
		add(params)
		err := c.ask(ctx, method, params, out)
		var refusal *tgbotapi.Error
		switch {
		case !errors.As(err, &refusal) || refusal.Code != http.StatusBadRequest:
			return err
		case strings.Contains(refusal.Message, "message is not modified"):
			return nil
		case to.private && to.thread != 0 && strings.Contains(refusal.Message, "thread not found"):
			to.thread = 0 // the person removed the topic
		case !asPlain && strings.Contains(refusal.Message, "can't parse entities"):
			asPlain = true
		case p.preview != "" && aboutPreview(refusal.Message):
			p.preview = ""
		case p.keyboard != nil && aboutButtons(refusal.Message):
			p.keyboard = nil
			if p.contact != "" && !strings.Contains(p.html, p.contact) {
				p.html += "\n\n" + p.contact
			}
		default:
			return err
		}
	}
}

// aboutButtons reports whether Telegram's words complain of a keyboard, such as "BUTTON_URL_INVALID" or "inline
// keyboard button URL 'https://x' is invalid".
func aboutButtons(complaint string) bool {
	complaint = strings.ToLower(strings.ReplaceAll(complaint, "_", " "))
	return strings.Contains(complaint, "button") || strings.Contains(complaint, "keyboard") ||
		strings.Contains(complaint, "reply markup")
}

// aboutPreview reports whether Telegram's words complain of a link preview, such as "WEBPAGE_URL_INVALID".
func aboutPreview(complaint string) bool {
	complaint = strings.ToLower(complaint)
	return strings.Contains(complaint, "preview") || strings.Contains(complaint, "webpage")
}

func partParams(to place, p part, asPlain bool) tgbotapi.Params {
	params := tgbotapi.Params{"chat_id": strconv.FormatInt(to.chat, 10), "text": p.html, "parse_mode": "HTML"}
	if asPlain {
		params["text"] = plain(p.html)
		delete(params, "parse_mode")
	}
	params.AddNonZero("message_thread_id", to.thread)
	if to.replyTo != 0 {
		params["reply_parameters"] = encode(map[string]any{"message_id": to.replyTo, "allow_sending_without_reply": true})
	}
	if p.preview != "" {
		params["link_preview_options"] = encode(map[string]any{"url": p.preview, "prefer_small_media": true})
	} else {
		params["link_preview_options"] = `{"is_disabled":true}`
	}
	switch {
	case p.form != nil:
		params["reply_markup"] = encode(p.form)
	case p.keyboard != nil:
		params["reply_markup"] = encode(map[string]any{"inline_keyboard": p.keyboard})
	}
	return params
}

// encode returns v as JSON; v is of our own making and always has one.
func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}
