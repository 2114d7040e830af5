package discord

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/logtest"
	"frontdesk/knowledge"
)

func TestMain(m *testing.M) {
	// The index library starts its workers on import and never ends them.
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// token is planted in every test and must never be seen again; an interaction's has this in it.
const (
	token            = "MTIzNDU2Nzg5.planted.SECRET-bot-token"
	interactionToken = "interaction-token-"
)

// patience bounds every wait; nothing should come near it.
const patience = time.Minute

// quick are the durations for tests: nothing is asserted about them.
func quick() timing {
	t := defaultTiming()
	t.backoff, t.backoffMax = 10*time.Millisecond, 50*time.Millisecond
	t.invalid, t.identify, t.retry = 5*time.Millisecond, time.Millisecond, 5*time.Millisecond
	t.response, t.due, t.look = patience, patience, time.Millisecond // hundreds of requests at once may take a busy machine seconds
	return t
}

// A world is a client that runs against a server of its own.
type world struct {
	*discordtest.Server
	t      testing.TB
	client *Client
	logs   *logtest.Log
	ctx    context.Context // ends when the test has lasted too long
	stop   func() error    // ends Run and returns what it returned
}

type options struct {
	config func(*Config)
	desks  func(*discordtest.Server) Desk                      // makes the desk once there are channels
	rooms  func(*discordtest.Server) map[string]knowledge.Room // of the real desk
	timing func(*timing)
	client func(*Client) // alters it before it runs
	server func(*discordtest.Server)
	desk   Desk
	fails  bool // Run ends by itself, and the server may be violated
	early  bool // do not wait for the connection
}

// run starts a client and waits until it is connected.
func run(t testing.TB, o options) *world {
	t.Helper()
	srv := discordtest.New(token)
	srv.Deadline = patience // a busy machine is no failure of the client's
	if o.server != nil {
		o.server(srv)
	}
	w := &world{Server: srv, t: t, logs: &logtest.Log{}}
	cfg, quick := Config{Token: token, BaseURL: srv.URL, PublicKey: srv.PublicKey()}, quick()
	if o.config != nil {
		o.config(&cfg)
	}
	if o.timing != nil {
		o.timing(&quick)
	}
	if o.rooms != nil {
		o.desk = newRealDesk(t, knowledge.Settings{Rooms: o.rooms(srv)}, nil)
	}
	if o.desks != nil {
		o.desk = o.desks(srv)
	}
	if o.desk == nil {
		o.desk = newClinic(t)
	}
	client, err := newClient(cfg, o.desk, w.logs.Logger(), quick)
	if err != nil {
		t.Fatalf("newClient: %v", err)
	}
	w.client = client
	if o.client != nil {
		o.client(client)
	}
	var giveUp context.CancelFunc
	w.ctx, giveUp = context.WithTimeout(context.Background(), patience)
	runCtx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- client.Run(runCtx) }()
	w.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { w.finish(o.fails, giveUp) })
	if o.fails {
		w.stop = sync.OnceValue(func() error {
			select {
			case err := <-ended:
				return err
			case <-w.ctx.Done():
				cancel()
				t.Errorf("Run does not end by itself; log:\n%s", w.logs.String())
				return <-ended
			}
		})
		return w
	}
	if !o.early {
		w.connected()
	}
	return w
}

func (w *world) finish(fails bool, giveUp context.CancelFunc) {
	if err := w.stop(); err != nil && !fails {
		w.t.Errorf("Run() = %v, want nil", err)
	}
	giveUp()
	w.Close()
	for _, v := range w.Violations() {
		if !fails {
			w.t.Errorf("discord would have refused: %s", v)
		}
	}
	for _, secret := range []string{token, interactionToken} {
		if strings.Contains(w.logs.String(), secret) {
			w.t.Errorf("the log holds a token: %s", w.logs.String())
		}
	}
	for _, m := range w.AllSent() {
		if len(m.Pings) > 0 {
			w.t.Errorf("message %q pings %v, want nobody", m.Text(), m.Pings)
		}
	}
}

// connected waits until every shard has a session, and the client has seen it.
func (w *world) connected() {
	w.t.Helper()
	w.until("the client is connected", w.client.allUp)
}

// until waits for what the server or the client come to by themselves.
func (w *world) until(what string, done func() bool) {
	w.t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-w.ctx.Done():
			w.t.Fatalf("gave up waiting until %s; log:\n%s", what, w.logs.String())
		}
	}
}

// reply waits for the answer to a message.
func (w *world) reply(channel, message string) discordtest.Message {
	w.t.Helper()
	m, err := w.Reply(w.ctx, channel, message)
	if err != nil {
		w.t.Fatalf("no reply to %s: %v; log:\n%s", message, err, w.logs.String())
	}
	return m
}

// answer waits for the answer to an interaction.
func (w *world) answer(i *discordtest.Interaction) discordtest.Message {
	w.t.Helper()
	m, err := i.Answer(w.ctx)
	if err != nil {
		w.t.Fatalf("no answer to interaction %s: %v; log:\n%s", i.ID, err, w.logs.String())
	}
	return m
}

// allUp reports whether every shard is connected at this moment.
func (c *Client) allUp() bool {
	c.fleet.mu.Lock()
	defer c.fleet.mu.Unlock()
	for _, s := range c.fleet.shards {
		if s.lost.Load() != nil {
			return false
		}
	}
	return len(c.fleet.shards) > 0
}
