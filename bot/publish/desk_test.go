package publish

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge/versions"
)

// patience bounds each wait, generously: it only matters when something is broken.
const patience = 60 * time.Second

const deskYAML = "name: Clinic\nlang: en\ncontact: {label: Write to us, url: 'https://clinic.example/contact'}\n"

func visits(where string) string {
	return "# Visits\n\n## Where can I park? {#parking}\n\nPark " + where + ".\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n"
}

const golden = "question\tsection\nWhere can I park?\tparking\nMay I bring my dog?\tdogs\n"

// usual is a small folder with golden questions.
func usual() map[string]string {
	return map[string]string{"desk.yaml": deskYAML, "visits.md": visits("behind the house"), "questions.tsv": golden}
}

// An office is a folder of staff's with the publisher that follows it.
type office struct {
	t         *testing.T
	dir, data string
	store     *versions.Store
	*Publisher
	desk *bot.Desk
	logs *observer.ObservedLogs

	mu     sync.Mutex
	events []Event
}

// newOffice makes a folder, without a publisher yet.
func newOffice(t *testing.T, files map[string]string) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir(), data: t.TempDir()}
	for name, text := range files {
		o.write(name, text)
	}
	return o
}

// start starts a publisher over the folder, as a new run of the program does.
func (o *office) start() *office {
	o.t.Helper()
	if err := o.try(); err != nil {
		o.t.Fatalf("Start() = %v", err)
	}
	return o
}

func (o *office) try() error {
	o.t.Helper()
	store, err := versions.Open(filepath.Join(o.data, "versions"), 0)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { store.Close() })
	core, logs := observer.New(zapcore.DebugLevel)
	o.store, o.logs = store, logs
	o.Publisher = New(Config{
		Path: o.dir, Versions: store, Told: o.hear, Recent: o.recent, Gate: Gate{Golden: patience, Recent: patience},
	}, zap.New(core))
	live, err := o.Start(o.t.Context())
	o.t.Cleanup(func() { closeLive(live) })
	if err == nil {
		o.desk = bot.NewDesk(live, bot.DefaultPolicy, zap.NewNop())
	}
	return err
}

// closeLive closes what serves in the end.
func closeLive(live *index.Live) {
	if live != nil {
		s, release := live.Acquire()
		release()
		s.Close()
	}
}

func (o *office) hear(e Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events = append(o.events, e)
}

// told returns what staff were told since the last call.
func (o *office) told() []Event {
	o.mu.Lock()
	defer o.mu.Unlock()
	events := o.events
	o.events = nil
	return events
}

func (o *office) recent(context.Context) ([]Question, error) {
	return []Question{{Text: "is there parking"}, {Text: "can my dog come along"}, {Text: "what is the capital of France"}}, nil
}

func (o *office) write(name, text string) {
	o.t.Helper()
	path := filepath.Join(o.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) remove(name string) {
	o.t.Helper()
	if err := os.Remove(filepath.Join(o.dir, name)); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) file(name string) string {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		o.t.Fatal(err)
	}
	return string(data)
}

func (o *office) parking() string {
	return o.desk.Answer(context.Background(), bot.Message{Text: "Where can I park?", Private: true}).Text
}

// parks wants the desk to say where to park.
func (o *office) parks(step, where string) {
	o.t.Helper()
	if got := o.parking(); !strings.Contains(got, where) {
		o.t.Errorf("%s: people are told %q, want %q", step, got, where)
	}
}

// kinds wants these events, and returns the last.
func (o *office) kinds(step string, want ...EventKind) Event {
	o.t.Helper()
	events := o.told()
	var got []EventKind
	for _, e := range events {
		got = append(got, e.Kind)
	}
	if len(got) != len(want) {
		o.t.Fatalf("%s: staff are told %v, want %v", step, got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			o.t.Fatalf("%s: staff are told %v, want %v", step, got, want)
		}
	}
	if len(events) == 0 {
		return Event{}
	}
	return events[len(events)-1]
}

// eventually waits for something that is not announced.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s does not happen", what)
		}
	}
}

func TestMain(m *testing.M) {
	if os.Getenv(victimEnv) != "" {
		beVictim()
	}
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}
