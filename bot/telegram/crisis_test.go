package telegram

import (
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
)

func TestCrisisWithARealDesk(t *testing.T) {
	s := newRealStand(t)
	s.api.Say(telegramtest.Private(anna), anna, "I want to kill myself")
	if m := s.sent(1); !strings.Contains(m.Text, "988") || m.Preview != "" {
		t.Errorf("the crisis reply is %q with preview %q, want the helpline and no preview", m.Text, m.Preview)
	}
	s.api.Inline(anna, "i want to kill myself")
	if c := s.call("answerInlineQuery", 1); c.Params["results"] != "[]" || !strings.Contains(c.Params["button"], "contact") {
		t.Errorf("crisis words were answered %v in inline mode, want no results and the contact", c.Params)
	}
}
