package main

import (
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

const (
	asksPerSecond = 200
	crowd         = 1000 // people; each asks seldom enough that no limit of a platform binds
)

// BenchmarkLoad asks 200 questions a second, mixed from Telegram's private chats and groups and Discord's direct messages
// and /ask. It reports the time from an event to the call that sends the answer, and how many goroutines and how much
// memory are left more than before. A minute of it is
//
//	go test -run '^$' -bench BenchmarkLoad -benchtime 12000x ./cmd/frontdesk
func BenchmarkLoad(b *testing.B) {
	c := newCrowd(b)
	c.ask(crowd, 4*asksPerSecond) // everybody is known from here on
	before := c.cost()
	b.ResetTimer()
	took := c.ask(b.N, asksPerSecond)
	b.StopTimer()
	after := c.cost()
	b.ReportMetric(milliseconds(took[len(took)/2]), "p50-ms")
	b.ReportMetric(milliseconds(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(took[len(took)-1]), "max-ms")
	b.ReportMetric(float64(after.goroutines-before.goroutines), "goroutines-more")
	b.ReportMetric(float64(after.heap-before.heap)/1024, "heap-KiB-more")
}

// TestLoad is its short form: every question is answered, and nothing is left over from it but what a busy moment costs.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("asks for seconds")
	}
	const n = 400
	c := newCrowd(t)
	c.ask(n, 4*asksPerSecond)
	before := c.cost()
	c.ask(n, 4*asksPerSecond)
	after := c.cost()
	if more := after.goroutines - before.goroutines; more > 50 {
		t.Errorf("%d goroutines more after %d questions", more, n)
	}
	if more := after.heap - before.heap; more > 2<<20 {
		t.Errorf("%d bytes more after %d questions", more, n)
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// people ask questions whose answers are one message each.
type people struct {
	testing.TB
	*stage
	questions []string
}

func newCrowd(tb testing.TB) *people {
	tb.Helper()
	base, _ := knowledge.Load(sample(), knowledge.Handoff{})
	base.Settings.Limits = knowledge.Limits{}
	c := &people{tb, newStage(tb, func(*discordtest.Server) knowledge.Base { return base }), nil}
	for _, s := range base.Sections() {
		r := c.desk.Answer(tb.Context(), bot.Message{Text: s.Title, Private: true})
		if r.Outcome == bot.Answered && len(r.Text) < 1500 {
			c.questions = append(c.questions, s.Title)
		}
	}
	c.questions = append(c.questions, "hello", "do you sell bicycles", "something else entirely")
	return c
}

// An ask is one question on its way.
type ask struct {
	at   time.Time
	chat int64                    // on Telegram
	nth  int                      // of the chat's answers
	room string                   // on Discord, with
	id   string                   // of the message, or
	by   *discordtest.Interaction // a command
}

// ask asks n questions at a pace, waits for all answers and returns how long each took, sorted. The servers forget them.
func (c *people) ask(n, perSecond int) []time.Duration {
	c.Helper()
	asked := make([]ask, n)
	answers := map[int64]int{}
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for i := range asked {
		<-tick.C
		asked[i] = c.put(i, answers)
	}
	sent := c.sent(answers)
	took := make([]time.Duration, n)
	for i, q := range asked {
		took[i] = c.answered(q, sent).Sub(q.at)
	}
	c.telegram.Clear()
	c.discord.Clear()
	slices.Sort(took)
	return took
}

// sent returns when Telegram's answers came in, by chat, once each has as many as were asked for. More are a mistake.
func (c *people) sent(answers map[int64]int) map[int64][]time.Time {
	c.Helper()
	total := 0
	for _, count := range answers {
		total += count
	}
	if _, err := c.telegram.WaitSent(c.ctx, total); err != nil {
		c.Fatal(err)
	}
	sent := map[int64][]time.Time{}
	for _, m := range c.telegram.Sent() {
		sent[m.Chat.ID] = append(sent[m.Chat.ID], m.At)
		if len(sent[m.Chat.ID]) > answers[m.Chat.ID] {
			c.Fatalf("chat %d is told %q beyond its %d answers", m.Chat.ID, m.Text, answers[m.Chat.ID])
		}
	}
	return sent
}

// put asks the i-th question, by each way in turn.
func (c *people) put(i int, answers map[int64]int) ask {
	person := 10_000 + i%crowd
	text := c.questions[i%len(c.questions)]
	q := ask{at: time.Now()}
	if way := i % 4; way < 2 {
		who := telegramtest.User{ID: int64(person), FirstName: "P"}
		chat := telegramtest.Private(who)
		if way == 1 {
			chat, text = telegramtest.Supergroup(-who.ID), "/ask "+text
		}
		q.chat, q.nth = chat.ID, answers[chat.ID]
		answers[chat.ID]++
		c.telegram.Say(chat, who, text)
		return q
	}
	who := strconv.Itoa(person)
	if i%4 == 2 {
		q.room = c.discord.DM(who)
		q.id = c.discord.Say(q.room, who, text)
	} else {
		q.by = c.discord.Slash(discordtest.Use{Channel: c.channel, Person: who}, "ask", "question", text)
	}
	return q
}

// answered returns when the call that answers a question came in.
func (c *people) answered(q ask, sent map[int64][]time.Time) time.Time {
	c.Helper()
	var m discordtest.Message
	var err error
	switch {
	case q.chat != 0:
		return sent[q.chat][q.nth]
	case q.by != nil:
		m, err = q.by.Answer(c.ctx)
	default:
		m, err = c.discord.Reply(c.ctx, q.room, q.id)
	}
	if err != nil {
		c.Fatalf("a question was not answered: %v", err)
	}
	return m.At
}

// A cost is what a run has taken up.
type cost struct {
	goroutines int
	heap       int64 // bytes in use
}

// cost measures once what is on its way has ended.
func (c *people) cost() cost {
	c.telegram.DropIdle()
	var now cost
	for before := -1; now.goroutines != before; { // until they are the same for a while
		before = now.goroutines
		rest := time.NewTimer(200 * time.Millisecond)
		<-rest.C
		now.goroutines = runtime.NumGoroutine()
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	now.heap = int64(m.HeapAlloc)
	return now
}
