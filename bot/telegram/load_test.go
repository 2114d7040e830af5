package telegram

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/telegram/telegramtest"
)

// BenchmarkQuestions sends questions at 200 a second from many chats and reports the time from an update's arrival
// to the send call, with no limits of Telegram's in the way.
func BenchmarkQuestions(b *testing.B) {
	for _, mode := range []string{"memory", "disk"} {
		b.Run(mode, func(b *testing.B) { benchmarkQuestions(b, mode == "disk") })
	}
}

var benchQuestions = []string{"what is ketamine?", "how much does it cost?", "side effects?", "hello", "something else entirely"}

func benchUser(n int) telegramtest.User {
	return telegramtest.User{ID: int64(1000 + n%500), FirstName: fmt.Sprint("P", n)}
}

// benchmarkQuestions plays b.N questions.
func benchmarkQuestions(b *testing.B, onDisk bool) {
	api := telegramtest.NewServer(token)
	defer api.Close()
	cfg := Config{Token: token, BaseURL: api.URL}
	if onDisk {
		cfg.StateDir = b.TempDir()
	}
	client, err := New(cfg, newRealDesk(b), zap.NewNop())
	if err != nil {
		b.Fatal(err)
	}
	client.pace.private, client.pace.whole = budget{}, budget{}
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- client.Run(ctx) }()
	api.WaitCall(ctx, "getMe", 1)

	asked := make([]time.Time, b.N)
	tick := time.NewTicker(time.Second / 200)
	defer tick.Stop()
	b.ResetTimer()
	for i := range b.N {
		<-tick.C
		u := benchUser(i)
		asked[i] = time.Now()
		api.Say(telegramtest.Private(u), u, benchQuestions[i%len(benchQuestions)])
	}
	if _, err := api.WaitSent(ctx, b.N); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	api.DropConnections()
	for range 500 { // connections take a moment to end
		if runtime.NumGoroutine() <= before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.ReportMetric(float64(runtime.NumGoroutine()-before), "goroutines-left")
	report(b, api, asked)
}

// report prints the times between asking and sending. Within a chat, replies come in the order of the questions.
func report(b *testing.B, api *telegramtest.Server, asked []time.Time) {
	waiting := map[int64][]time.Time{}
	for i, at := range asked {
		id := benchUser(i).ID
		waiting[id] = append(waiting[id], at)
	}
	var took []time.Duration
	for _, m := range api.Sent() {
		took = append(took, m.At.Sub(waiting[m.Chat.ID][0]))
		waiting[m.Chat.ID] = waiting[m.Chat.ID][1:]
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
