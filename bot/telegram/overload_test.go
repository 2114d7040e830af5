package telegram

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
)

// TestOverload asks far more than the client takes in, of a desk that is stuck. The newest questions wait at Telegram,
// for a webhook as for polls; in the end each is answered once, in its chat's order.
func TestOverload(t *testing.T) {
	const people, each, room = 30, 20, 50
	goOn := make(chan struct{})
	s := newStand(t, func(c *Client) { c.most = room })
	s.desk.reply = func(bot.Message) (bot.Reply, bool) {
		<-goOn
		return bot.Reply{}, false
	}
	want := map[int64][]string{}
	for n := range each {
		for id := range int64(people) {
			who := telegramtest.User{ID: 1000 + id, FirstName: "P"}
			s.api.Say(telegramtest.Private(who), who, fmt.Sprint(n))
			want[who.ID] = append(want[who.ID], fmt.Sprint("You asked: ", n))
		}
	}
	inbox := func() int {
		s.client.mu.Lock()
		defer s.client.mu.Unlock()
		if s.client.now == nil {
			return 0
		}
		return s.client.now.inbox.len()
	}
	s.until("the client is full", func() bool { return inbox() > room })
	delivery := httptest.NewRequest("POST", "/", strings.NewReader(`{"update_id":1}`))
	delivery.Header.Set(secretHeader, s.client.webhookSecret())
	answer := httptest.NewRecorder()
	s.client.WebhookHandler().ServeHTTP(answer, delivery)
	if answer.Code != http.StatusServiceUnavailable {
		t.Errorf("a delivery to a full inbox is answered %d, want 503, so that it comes again", answer.Code)
	}
	if n := inbox(); n > room+100 { // a poll brings a hundred at most
		t.Errorf("%d updates are taken in, want about %d", n, room)
	}
	if s.api.Unconfirmed() < people*each-room-2*100 {
		t.Errorf("%d updates wait at Telegram, want nearly all", s.api.Unconfirmed())
	}
	close(goOn)
	s.sent(people * each)
	got := map[int64][]string{}
	for _, m := range s.api.Sent() {
		got[m.Chat.ID] = append(got[m.Chat.ID], m.Text)
	}
	for id, texts := range want {
		if !slices.Equal(got[id], texts) {
			t.Errorf("chat %d was told %q, want %q", id, got[id], texts)
		}
	}
}
