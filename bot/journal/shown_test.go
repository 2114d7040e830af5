package journal

import (
	"testing"
	"time"

	"frontdesk/bot"
)

func TestLastShown(t *testing.T) {
	onBoth(t, Config{Rooms: map[bot.RoomID]Privacy{"x:closed": Full}}, func(d *desk) {
		for i, room := range []bot.RoomID{"x:open", "x:closed"} {
			for range 2 {
				d.Record(bot.Exchange{At: d.config.Now().Add(time.Duration(i) * time.Second), Room: room, From: "x:1", Text: "what is the price", Outcome: bot.Answered, Section: "costs#fee", Confidence: .8, Lang: "en"})
			}
		}
		d.flush()
		for room, want := range map[bot.RoomID]string{"x:open": "", "x:closed": "what is the price"} {
			s, ok, err := d.LastShown(d.Context(), room, "costs#fee")
			if err != nil || !ok || s.Text != want || s.Confidence != .8 || s.Lang != "en" || s.At.IsZero() {
				d.Errorf("LastShown(%q) = %+v, %v, %v, want one with the text %q", room, s, ok, err, want)
			}
		}
		for _, none := range []bot.RoomID{"x:other", ""} {
			if s, ok, err := d.LastShown(d.Context(), none, "costs#fee"); ok || err != nil {
				d.Errorf("LastShown(%q) = %+v, %v, %v, want none", none, s, ok, err)
			}
		}
		if s, ok, err := d.LastShown(d.Context(), "x:open", "costs#other"); ok || err != nil {
			d.Errorf("LastShown of another section = %+v, %v, %v, want none", s, ok, err)
		}
	})
}
