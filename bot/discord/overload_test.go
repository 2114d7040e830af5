package discord

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
)

// TestOverload asks far more than the client takes in, of a desk that is stuck, for longer than Discord waits for
// heartbeats. The newest questions wait at Discord; in the end each is answered once, in its channel's order.
func TestOverload(t *testing.T) {
	const people, each, room = 12, 6, 10
	goOn := make(chan struct{})
	desk := newClinic(t)
	desk.before = func(bot.Message) { <-goOn }
	w := run(t, options{
		desk: desk, config: unlimited,
		server: func(s *discordtest.Server) { s.Heartbeat = 20 * time.Millisecond },
		client: func(c *Client) { c.talk = newLanes(room, c.log) },
	})
	asked := map[string][]string{}
	for range each {
		for n := range people {
			channel := w.DM(fmt.Sprint(9000 + n))
			asked[channel] = append(asked[channel], w.Say(channel, fmt.Sprint(9000+n), "effects"))
		}
	}
	w.until("the client is full", func() bool { return len(w.client.talk.slots) == room })
	w.until("Discord has waited for heartbeats in vain", func() bool { return w.Connected() == 0 })
	if n := len(w.AllSent()); n != 0 {
		t.Fatalf("%d answers from a desk that is stuck", n)
	}
	close(goOn)
	for channel, questions := range asked {
		w.reply(channel, questions[each-1])
		var got []string
		for _, m := range w.Sent(channel) {
			got = append(got, m.Reference.MessageID)
		}
		if fmt.Sprint(got) != fmt.Sprint(questions) {
			t.Errorf("answered were %v, want %v", got, questions)
		}
	}
}
