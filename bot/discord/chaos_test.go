package discord

import (
	"math/rand/v2"
	"testing"
	"time"

	"frontdesk/bot/discord/discordtest"
)

// TestChaos asks while connections break, sessions end and calls fail, all at random. Every question is answered,
// and once.
func TestChaos(t *testing.T) {
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 0))
		w := run(t, options{config: unlimited})
		trouble := []func(){
			w.Drop,
			w.Drop,
			func() { w.Push(opReconnect, nil) },
			func() { w.Push(opInvalidSession, true) },
			func() { w.Push(opHeartbeat, nil) },
			func() { w.CloseAll(4000) },
			func() { w.Forget(); w.Drop() },
			func() { w.Raw("null") },
			func() { w.Event("MESSAGE_CREATE", nil) },
			func() { w.Fail(discordtest.Fault{Status: 502, Times: 1 + random.IntN(2)}) },
			func() { w.Fail(discordtest.Fault{Status: 429, RetryAfter: .01}) },
			func() { w.Fail(discordtest.Fault{Status: 0}) },
			func() { w.Fail(discordtest.Fault{Status: 500, Done: true, Path: "/messages", Method: "POST"}) },
			func() { w.Next(discordtest.Behaviour{Frame: `{"op":7}`}) },
			func() { w.Next(discordtest.Behaviour{Close: 4000}) },
		}
		var rooms []string
		for _, person := range []string{alice, bob, "8003"} {
			dm := w.DM(person)
			rooms = append(rooms, dm)
			w.reply(dm, w.Say(dm, person, "effects"))
		}
		asked := map[string]string{}
		for range 120 {
			if random.IntN(4) == 0 {
				trouble[random.IntN(len(trouble))]()
			}
			if random.IntN(3) == 0 { // let things happen in between
				time.Sleep(time.Duration(random.IntN(5)) * time.Millisecond)
			}
			dm := rooms[random.IntN(len(rooms))]
			asked[w.Say(dm, alice, "effects")] = dm
		}
		for question, dm := range asked {
			w.reply(dm, question)
		}
		answers := map[string]int{}
		for _, dm := range rooms {
			for _, m := range w.Sent(dm) {
				if m.Reference != nil {
					answers[m.Reference.MessageID]++
				}
			}
		}
		for question, n := range answers {
			if n != 1 {
				t.Errorf("seed %d: question %s was answered %d times", seed, question, n)
			}
		}
		if err := w.stop(); err != nil {
			t.Fatal(err)
		}
	}
}
