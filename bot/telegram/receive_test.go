package telegram

import (
	"bytes"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

func FuzzReceive(f *testing.F) {
	for _, seed := range []string{
		`{"update_id":1,"message":{"message_id":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"hi"}}`,
		`{"update_id":2,"message":{"message_id":1,"from":{"id":7},"chat":{"id":-7,"type":"group"},"text":"/ask@frontdesk_test_bot x","entities":[{"type":"bot_command","offset":0,"length":23}]}}`,
		`{"update_id":3,"message":{"message_id":1,"from":{"id":7},"chat":{"id":-7,"type":"group"},"text":"a @frontdesk_test_bot","entities":[{"type":"mention","offset":2,"length":99}]}}`,
		`{"update_id":4,"callback_query":{"id":"1","from":{"id":7},"data":"1s:abcdefghijk","message":{"message_id":1,"chat":{"id":-7},"date":0}}}`,
		`{"update_id":5,"my_chat_member":{}}`, `{"update_id":6,"inline_query":{"from":{}}}`, `{"update_id":7,"edited_message":{"chat":{}}}`,
	} {
		f.Add([]byte(seed))
	}
	self := tgbotapi.User{ID: 4242, IsBot: true, UserName: "frontdesk_test_bot"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := decode(bytes.Clone(raw))
		if err != nil {
			return
		}
		e, ok := receive(self, u)
		if !ok {
			return
		}
		if e.act == question && (e.message.Text == "" || e.message.Room == "" || e.message.From == "") {
			t.Errorf("receive(%s) = %+v, want a question with text, room and person", raw, e)
		}
		if e.place.private && e.place.replyTo != 0 {
			t.Errorf("receive(%s) replies to a message in a private chat", raw)
		}
	})
}
