package telegram

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"frontdesk/bot"
	"frontdesk/bot/logtest"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/knowledge"
)

const token = "4242:PLANTED-TOKEN_that-must-not-leak"

// testPatience is far longer than anything here takes.
const testPatience = time.Minute

func TestMain(m *testing.M) {
	// The index's library keeps a pool of workers for the whole process.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

var (
	anna  = telegramtest.User{ID: 7, FirstName: "Anna", LanguageCode: "en"}
	bruno = telegramtest.User{ID: 8, FirstName: "Bruno", LanguageCode: "es"}
	group = telegramtest.Supergroup(-100200)
)

// A stand is one client at work against one local Bot API.
type stand struct {
	*testing.T
	api    *telegramtest.Server
	client *Client
	desk   *echoDesk
	out    *logtest.Log
	ctx    context.Context // ends long after any test should
	wait   func() error    // waits until Run ends by itself and returns what it returned
	stop   func() error    // ends Run and returns what it returned
}

// newStand starts a client; change may alter it before it runs.
func newStand(t *testing.T, change func(*Client)) *stand {
	t.Helper()
	api := telegramtest.NewServer(token)
	t.Cleanup(api.Close)
	s := &stand{T: t, api: api, desk: &echoDesk{}}
	s.run(change)
	return s
}

// run starts a client on the stand's server.
func (s *stand) run(change func(*Client)) {
	s.Helper()
	s.out = &logtest.Log{}
	s.client = s.newClient()
	if change != nil {
		change(s.client)
	}
	wait, give := context.WithTimeout(context.Background(), testPatience)
	s.ctx = wait
	ctx, cancel := context.WithCancel(wait)
	ended := make(chan error, 1)
	go func() { ended <- s.client.Run(ctx) }()
	s.wait = sync.OnceValue(func() error { return <-ended })
	s.stop = func() error {
		cancel()
		return s.wait()
	}
	client, out, stop := s.client, s.out, s.stop
	s.Cleanup(func() {
		stop()
		give()
		logged := out.String()
		if err := client.Health(); err != nil {
			logged += err.Error()
		}
		if strings.Contains(logged, "PLANTED") {
			s.Errorf("the token leaks: %s", logged)
		}
	})
}

func (s *stand) newClient() *Client {
	s.Helper()
	c, err := New(Config{Token: token, BaseURL: s.api.URL, Grace: 10 * time.Second}, s.desk, s.out.Logger())
	if err != nil {
		s.Fatalf("New() = %v", err)
	}
	c.pace.first, c.pace.longest, c.pace.conflict = time.Millisecond, 20*time.Millisecond, 20*time.Millisecond
	c.pace.floor = time.Millisecond
	c.pace.private, c.pace.group, c.pace.whole = budget{}, budget{}, budget{}
	return c
}

// sent waits for the n-th message in all.
func (s *stand) sent(n int) telegramtest.Sent {
	s.Helper()
	m, err := s.api.WaitSent(s.ctx, n)
	if err != nil {
		s.Fatalf("%v\n%s", err, s.out)
	}
	return m
}

func (s *stand) call(method string, n int) telegramtest.Call {
	s.Helper()
	c, err := s.api.WaitCall(s.ctx, method, n)
	if err != nil {
		s.Fatalf("%v\n%s", err, s.out)
	}
	return c
}

// until waits for what the client comes to by itself.
func (s *stand) until(what string, done func() bool) {
	s.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-s.ctx.Done():
			s.Fatalf("gave up waiting until %s\n%s", what, s.out)
		}
	}
}

// settled waits until every update is confirmed, which is after the poll that follows their acceptance.
func (s *stand) settled() {
	s.Helper()
	if err := s.api.WaitConfirmed(s.ctx); err != nil {
		s.Fatalf("WaitConfirmed() = %v\n%s", err, s.out)
	}
}

// An echoDesk replies with what it was asked, so that tests see what reached it.
type echoDesk struct {
	reply func(m bot.Message) (bot.Reply, bool) // replies where it returns true; nil never

	mu    sync.Mutex
	got   []bot.Message
	staff knowledge.Staff
}

func (d *echoDesk) Answer(ctx context.Context, m bot.Message) bot.Reply {
	d.mu.Lock()
	d.got = append(d.got, m)
	d.mu.Unlock()
	if d.reply != nil {
		if r, ok := d.reply(m); ok {
			return r
		}
	}
	return bot.Reply{Outcome: bot.Answered, Text: "You asked: " + m.Text, Handoff: deskContact}
}

var deskContact = knowledge.Handoff{Label: "Write to us", URL: "https://clinic.example/contact"}

func (d *echoDesk) Press(_ context.Context, m bot.Message, p bot.Press) bot.Reply {
	if p == (bot.Press{}) {
		return bot.Reply{Outcome: bot.Unanswered, Text: "This button is old", Handoff: deskContact}
	}
	if p.Verb == bot.Helpful {
		return bot.Reply{Outcome: bot.Smalltalk, Text: "Thank **you**"}
	}
	if p.Verb == bot.Staff {
		return staffPress(m, p)
	}
	return bot.Reply{Outcome: bot.Answered, Text: "Pressed " + p.String(), Handoff: deskContact}
}

func (d *echoDesk) Welcome(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Welcome", Note: "I am a program."}
}

func (d *echoDesk) Topics(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Answered, Text: "Topics", Handoff: deskContact}
}

func (d *echoDesk) Contact(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.HandedOff, Text: "Contact", Handoff: deskContact}
}

func (d *echoDesk) Privacy(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Privacy", Handoff: deskContact}
}

func (d *echoDesk) Forget(bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Smalltalk, Text: "Forgotten"}
}

func (d *echoDesk) Listens(m bot.Message) bool {
	return m.Parent == "telegram:-4242" || m.Room == "telegram:-4242"
}

func (d *echoDesk) Danger(text string) bool {
	if d.reply == nil {
		return false
	}
	r, ok := d.reply(bot.Message{Text: text})
	return ok && r.Outcome == bot.Crisis
}

func (d *echoDesk) IsStaff(m bot.Message) bool {
	return slices.Contains(d.Staff().People, string(m.From))
}

func (d *echoDesk) Staff() knowledge.Staff {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.staff
}

func (d *echoDesk) setStaff(staff knowledge.Staff) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.staff = staff
}

func (d *echoDesk) Suggest(_ context.Context, m bot.Message, n int) []knowledge.Section {
	switch m.Text {
	case "crisis":
		return nil
	case "many":
		return manySections(2 * n)
	}
	return []knowledge.Section{
		{ID: "costs/price", Article: "Costs", Title: "What does it cost?", Body: "**Ask** us.", Handoff: deskContact},
		{ID: "costs/insurance", Article: "Costs", Title: "Who pays?", Body: strings.Repeat("Long. ", 2000)},
	}[:min(n, 2)]
}

func (d *echoDesk) messages() []bot.Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]bot.Message(nil), d.got...)
}
