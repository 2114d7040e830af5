package teach

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/knowledge/edit"
	"frontdesk/knowledge/versions"
)

func TestMain(m *testing.M) {
	// The full-text library keeps its workers for as long as the program runs.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// patience bounds each wait, generously: it only matters when something is broken.
const patience = 60 * time.Second

const deskYAML = `name: Harbor Clinic
lang: en
contact: {label: Write to us, url: 'https://clinic.example/contact'}
staff:
  people: ['telegram:77', 'discord:81']
  rooms: ['telegram:-100', 'discord:82']
timezone: UTC
`

const visits = `# Visits

## Where can I park? {#parking}

Park behind the house, it is free.

## May I bring my dog? {#dogs}

Yes, on a lead.

## How much does a session cost? {#cost}

A session costs 120 dollars.
`

const golden = "question\tsection\nWhere can I park?\tparking\nMay I bring my dog?\tdogs\nHow much does a session cost?\tcost\n"

// A clock is set by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }
func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// A mailbox is a Poster that keeps what was posted.
type mailbox struct {
	mu     sync.Mutex
	got    []letter
	refuse string        // who takes no letters
	more   chan struct{} // gets one for each letter
}

type letter struct {
	to    string
	reply bot.Reply
}

func (b *mailbox) put(to string, r bot.Reply) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuse == to {
		return fmt.Errorf("%s: blocked", to)
	}
	b.got = append(b.got, letter{to, r})
	b.more <- struct{}{}
	return nil
}

func (b *mailbox) Post(_ context.Context, room bot.RoomID, r bot.Reply) error {
	return b.put(string(room), r)
}
func (b *mailbox) PostTo(_ context.Context, who bot.PersonID, r bot.Reply) error {
	return b.put(string(who), r)
}

// take waits for n letters.
func (b *mailbox) take(t *testing.T, n int) []letter {
	t.Helper()
	deadline := time.After(patience)
	for range n {
		select {
		case <-b.more:
		case <-deadline:
			t.Fatalf("%d letters came, want %d: %+v", len(b.got), n, b.got)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	got := slices.Clone(b.got[:n])
	b.got = b.got[n:]
	return got
}

// An office is a folder of staff's with everything that works on it.
type office struct {
	*testing.T
	dir, data string
	clock     *clock
	journal   *journal.Journal
	publisher *publish.Publisher
	book      *edit.Book
	teacher   *Teacher
	desk      *bot.Desk
	mail      *mailbox
}

func newOffice(t *testing.T, files map[string]string) *office {
	t.Helper()
	o := &office{T: t, dir: t.TempDir(), data: t.TempDir(), clock: &clock{at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)},
		mail: &mailbox{more: make(chan struct{}, 1000)}}
	all := map[string]string{"desk.yaml": deskYAML, "visits.md": visits, "questions.tsv": golden}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		if err := os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	o.journal, err = journal.Open(t.Context(), filepath.Join(o.data, "journal.db"), journal.Config{Now: o.clock.now}, zap.NewNop())
	must(err)
	store, err := versions.Open(filepath.Join(o.data, "versions"), 0)
	must(err)
	o.publisher = publish.New(publish.Config{Path: o.dir, Versions: store, Gate: publish.Gate{Now: o.clock.now}, Told: func(e publish.Event) {
		if o.teacher != nil {
			o.teacher.Told(e)
		}
	}}, zap.NewNop())
	live, err := o.publisher.Start(t.Context())
	must(err)
	o.book, err = edit.Open(o.dir, filepath.Join(o.data, "changes.jsonl"))
	must(err)
	o.teacher, err = Open(Config{Live: live, Publisher: o.publisher, Policy: bot.DefaultPolicy, Book: o.book, Journal: o.journal, Dir: o.data, Now: o.clock.now,
		Every: time.Millisecond, Pause: time.Millisecond, Link: func(who string) string { return "https://desk.example/door/" + who }}, zap.NewNop())
	must(err)
	o.desk = bot.New(live, bot.Config{Policy: bot.DefaultPolicy, Staff: o.teacher, Waitlist: o.teacher, Journal: both{o.journal, o.teacher}, Now: o.clock.now}, zap.NewNop())
	t.Cleanup(func() {
		o.book.Close()
		store.Close()
		s, release := live.Acquire()
		release()
		s.Close()
		must(o.journal.Close())
	})
	return o
}

// both is a journal and a teacher, as serve has them.
type both struct {
	*journal.Journal
	teacher *Teacher
}

func (b both) Record(e bot.Exchange) { b.Journal.Record(e); b.teacher.Record(e) }

// run has the teacher post, until the test ends or stop is called.
func (o *office) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- o.teacher.Run(ctx, map[string]Poster{"telegram": o.mail, "discord": o.mail}) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			o.Error(err)
		}
	})
	o.Cleanup(stop)
	o.until("the teacher is at work", func() bool { return o.teacher.posters.Load() != nil })
	return stop
}

// until waits for something that comes of itself.
func (o *office) until(what string, done func() bool) {
	o.Helper()
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !done() {
		if time.Now().After(deadline) {
			o.Fatalf("it does not come about that %s", what)
		}
		<-tick.C
	}
}

// asks lets people ask, each in private.
func (o *office) asks(text string, people ...string) (r bot.Reply) {
	o.Helper()
	for _, who := range people {
		r = o.desk.Answer(context.Background(), bot.Message{Room: bot.RoomID(who), From: bot.PersonID(who), Text: text, Private: true, Addressed: bot.Direct, Lang: "en", At: o.clock.now()})
	}
	if err := o.journal.Flush(o.Context()); err != nil {
		o.Fatal(err)
	}
	return r
}

var three = []string{"telegram:1", "telegram:2", "discord:3"}

// zoe is a member of staff who writes in the staff's room.
func (o *office) zoe(text string) bot.Message {
	return bot.Message{Room: "telegram:-100", From: "telegram:77", Text: text, Lang: "en", Addressed: bot.Command, At: o.clock.now()}
}

func (o *office) says(text string) bot.Reply {
	o.Helper()
	return o.desk.Answer(context.Background(), o.zoe(text))
}

// presses presses a button by its label, and types a text where a form is shown.
func (o *office) presses(r bot.Reply, label, typed string) bot.Reply {
	o.Helper()
	for _, c := range r.Choices {
		if c.Label != label {
			continue
		}
		p, err := bot.ParsePress(c.Press.String())
		if err != nil || len(c.Press.String()) > 64 {
			o.Fatalf("the button %q is %q: %v", label, c.Press, err)
		}
		shown := o.desk.Press(context.Background(), o.zoe(""), p)
		if typed == "" {
			return shown
		}
		if shown.Form == nil {
			o.Fatalf("%q shows no form: %+v", label, shown)
		}
		if p, err = bot.ParsePress(shown.Form.Press.String()); err != nil {
			o.Fatal(err)
		}
		return o.desk.Press(context.Background(), o.zoe(typed), p)
	}
	o.Fatalf("there is no button %q: %+v", label, r)
	return r
}

func (o *office) file(name string) string {
	o.Helper()
	data, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		o.Fatal(err)
	}
	return string(data)
}

// has wants all pieces in a text.
func (o *office) has(what, text string, pieces ...string) {
	o.Helper()
	for _, piece := range pieces {
		if !strings.Contains(text, piece) {
			o.Errorf("%s: there is no %q in\n%s", what, piece, text)
		}
	}
}

func labels(r bot.Reply) (all []string) {
	for _, c := range r.Choices {
		all = append(all, c.Label)
	}
	return all
}
