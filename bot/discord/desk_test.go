package discord

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// newRealDesk returns the program's own desk over a small knowledge base, with these settings beside its own.
func newRealDesk(tb testing.TB, settings knowledge.Settings, staff bot.StaffDesk) *bot.Desk {
	tb.Helper()
	article := knowledge.Article{ID: "treatment", Title: "The treatment", Lang: "en", URL: "https://clinic.example/t", Handoff: contact}
	for _, s := range []struct{ id, title, body string }{
		{"effects", "What are the side effects?", "Most people feel tired for a day. Some feel sick. Nobody should drive before the next morning."},
		{"cost", "How much does it cost?", "The first talk is free. A session costs 300 dollars, and insurance rarely pays."},
		{"session", "How does a session go?", "You lie down, and a nurse stays with you. It takes two hours."},
		{"benefit", "Who can benefit?", "People whose depression did not get better with two other medicines."},
	} {
		article.Sections = append(article.Sections, knowledge.Section{
			ID: knowledge.SectionID(s.id), Kind: knowledge.Answer, ArticleID: article.ID, Article: article.Title, Lang: "en",
			Title: s.title, Body: s.body, URL: article.URL, Handoff: contact,
		})
	}
	settings.Name, settings.Lang, settings.Contact = "The Clinic", "en", contact
	settings.Helplines = []knowledge.Helpline{{Name: "988 Lifeline", Call: "988", Text: "988"}}
	base := knowledge.Base{Settings: settings, Articles: []knowledge.Article{article}, Version: "1"}
	snapshot, err := index.Build(context.Background(), base, index.Options{})
	if err != nil {
		tb.Fatalf("Build: %v", err)
	}
	tb.Cleanup(func() { snapshot.Close() })
	return bot.New(index.NewLive(snapshot), bot.Config{Policy: bot.DefaultPolicy, Staff: staff}, zap.NewNop())
}

func TestRealDesk(t *testing.T) {
	w := run(t, options{desk: newRealDesk(t, knowledge.Settings{}, nil)})
	channel := w.Channel(w.Guild())
	use := discordtest.Use{Channel: channel, Person: alice}
	for _, c := range []struct{ ask, want string }{
		{"what are the side effects?", "Most people feel tired for a day."},
		{"how much does it cost?", "The first talk is free."},
		{"I want to kill myself", "988"},
		{"@everyone <@" + bob + "> flurble grumpf", ""},
		{"hello", ""},
		{"I want to talk to a human", "555 0100"},
		{"", ""},
	} {
		public := w.reply(channel, w.Say(channel, alice, w.Mention()+" "+c.ask))
		private := w.answer(w.Slash(use, "ask", "question", c.ask))
		for _, m := range []discordtest.Message{public, private} {
			if m.Text() == "" || !strings.Contains(m.Text(), c.want) {
				t.Errorf("%q is answered %q, want %q in it", c.ask, m.Text(), c.want)
			}
		}
		if _, ok := private.Button("Write to us"); !ok && c.ask != "hello" && c.ask != "" {
			t.Errorf("%q is answered without the way to a person: %v", c.ask, private.Buttons())
		}
	}
	topics := w.answer(w.Slash(use, "topics", "", ""))
	if len(topics.Buttons()) < 2 {
		t.Errorf("/topics shows %v, want something to choose", topics.Buttons())
	}
	names, values, err := w.Type(use, "ask", "question", "how").Suggestions(w.ctx)
	if err != nil || len(names) == 0 {
		t.Fatalf("suggestions %q, %v, want some", names, err)
	}
	if m := w.answer(w.Slash(use, "ask", "question", values[0])); !strings.Contains(m.Embeds[0].Title, names[0]) {
		t.Errorf("suggestion %q led to %q", names[0], m.Text())
	}
	gone := discordtest.Component{CustomID: bot.Press{Verb: bot.Show, Key: "aaaaaaaaaaa"}.String()}
	if m := w.answer(w.Press(use, topics, gone)); m.Text() == "" {
		t.Error("a button for a section that is gone is not answered")
	}
}

func TestPreview(t *testing.T) {
	r := newRealDesk(t, knowledge.Settings{}, nil).Answer(t.Context(), bot.Message{Text: "what are the side effects?"})
	want := `# What are the side effects? → https://clinic.example/t
Most people feel tired for a day. Some feel sick. Nobody should drive before the next morning.
| [The treatment](https://clinic.example/t)
| 555 0100 · 9 to 5
`
	if got := Preview(r); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "[ Write to us → https://clinic.example/contact ]\n") {
		t.Errorf("Preview() =\n%s\nwant\n%s…", got, want)
	}
}

// TestLoad asks at once what a busy minute asks, by message and by command, and looks at what is left of it.
func TestLoad(t *testing.T) {
	w := run(t, options{desk: newRealDesk(t, knowledge.Settings{}, nil), config: unlimited})
	ask(t, w, 50, 0)
	before := runtime.NumGoroutine()
	ask(t, w, 200, 0)
	w.until("the goroutines have ended", func() bool { return runtime.NumGoroutine() <= before+8 })
}

// BenchmarkQuestions asks 200 questions a second, half of them by command, and reports how long it takes from the
// question to the answer's arrival at Discord, with Discord's limit of 50 requests a second out of the way.
func BenchmarkQuestions(b *testing.B) {
	w := run(b, options{desk: newRealDesk(b, knowledge.Settings{}, nil), config: unlimited})
	w.ctx = context.Background()
	before := runtime.NumGoroutine()
	b.ResetTimer()
	took := ask(b, w, b.N, time.Second/200)
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(runtime.NumGoroutine()-before), "goroutines-more")
}

// unlimited lifts the limit of 50 requests a second.
func unlimited(c *Config) { c.PerSecond = 1e6 }

var loadQuestions = []string{"side effects?", "how much does it cost", "who can benefit", "hello", "something else entirely"}

// ask asks n questions of many people, one every so often, waits for all answers and returns how long each took.
func ask(tb testing.TB, w *world, n int, every time.Duration) []time.Duration {
	tb.Helper()
	type asked struct {
		at   time.Time
		id   string // of the message, or
		by   *discordtest.Interaction
		room string
	}
	questions := make([]asked, n)
	pace := time.NewTicker(max(every, time.Microsecond))
	defer pace.Stop()
	for i := range questions {
		<-pace.C
		person := fmt.Sprint(9000 + i%200)
		q := asked{at: time.Now(), room: w.DM(person)}
		text := loadQuestions[i%len(loadQuestions)]
		if i%2 == 0 {
			q.id = w.Say(q.room, person, text)
		} else {
			q.by = w.Slash(discordtest.Use{Channel: q.room, Person: person}, "ask", "question", text)
		}
		questions[i] = q
	}
	var took []time.Duration
	for _, q := range questions {
		var m discordtest.Message
		var err error
		if q.by != nil {
			m, err = q.by.Answer(w.ctx)
		} else {
			m, err = w.Reply(w.ctx, q.room, q.id)
		}
		if err != nil {
			tb.Fatalf("a question was not answered: %v", err)
		}
		took = append(took, m.At.Sub(q.at))
	}
	return took
}
