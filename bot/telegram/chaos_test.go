package telegram

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// everyFault is every failure that the local server can make, quoting the token wherever one can quote.
var everyFault = []telegramtest.Fault{
	{Drop: true},
	{Drop: true, After: true},
	telegramtest.BadGateway,
	{Body: "not JSON, but with " + token},
	{Body: `{"ok":true`},
	{Body: `{"ok":false,"error_code":500,"description":"` + token + `"}`},
	{Body: `["` + token + `"]`},
	{Code: http.StatusInternalServerError, Description: "Internal Server Error: " + token},
	{Code: http.StatusBadRequest, Description: "Bad Request: can't parse entities: " + token},
	{Code: http.StatusBadRequest, Description: "Bad Request: BUTTON_DATA_INVALID " + token},
	{RetryAfter: 1},
}

// TestEveryFailureOfEveryMethod runs one exchange of each kind through every failure of the methods it calls. What
// must come through are the answers; that the token stays secret is what every stand checks when it ends.
func TestEveryFailureOfEveryMethod(t *testing.T) {
	for n, fault := range everyFault {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			s := newStand(t, func(c *Client) { c.cfg.Poll, c.pace.typing = time.Second, time.Nanosecond })
			for _, method := range []string{
				"getMe", "deleteWebhook", "getUpdates", "setMyCommands", "setMyDescription", "setMyShortDescription",
				"sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery", "answerInlineQuery", "sendChatAction",
			} {
				s.api.Fail(method, fault)
			}
			private := telegramtest.Private(anna)
			id := s.api.Say(private, anna, "first")
			first := s.sent(1)
			s.api.Inline(anna, "first")
			s.api.Press(anna, first, "1s:abcdefghijk")
			s.api.Press(anna, first, "1y:abcdefghijk")
			s.api.Edit(telegramtest.Message{ID: id, From: &anna, Chat: private, Text: "edited"})
			s.api.Say(group, anna, "/ask last")
			for n := 2; ; n++ {
				if s.sent(n).Text == "You asked: last" {
					break
				}
			}
			if err := s.stop(); err != nil {
				t.Errorf("Run() = %v", err)
			}
		})
	}
}
