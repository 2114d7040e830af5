package main

import (
	"cmp"
	"net/http"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/journal"
)

// counts are what /metrics tells of the replies since the start. No text and no id of a person or a room is in them.
// They are safe for concurrent use.
type counts struct {
	began    time.Time // when the program did
	mu       sync.Mutex
	messages map[[2]string]int // by platform and outcome
	buttons  map[[2]string]int // by platform and verb
	took     histogram
}

func newCounts() *counts {
	return &counts{
		began: time.Now(), messages: map[[2]string]int{}, buttons: map[[2]string]int{}, took: histogram{counts: make([]int, len(buckets))},
	}
}

func (c *counts) add(e bot.Exchange) {
	platform := platformOf(e.Room)
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.Press.Verb == "" {
		c.messages[[2]string{platform, string(e.Outcome)}]++
	} else {
		c.buttons[[2]string{platform, cmp.Or(verbNames[e.Press.Verb], "other")}]++
	}
	c.took.add(e.Took)
}

// platforms are those that metrics name; a room's id may come from outside.
var platforms = []string{"telegram", "discord", "web", "terminal"}

func platformOf(room bot.RoomID) string {
	name, _, _ := strings.Cut(string(room), ":")
	if !slices.Contains(platforms, name) {
		return "other"
	}
	return name
}

var verbNames = map[bot.Verb]string{
	bot.Show: "show", bot.More: "more", bot.Topics: "topics", bot.Contact: "contact", bot.Helpful: "helpful", bot.Useless: "useless",
	bot.Share: "share", bot.Pick: "pick", bot.Tell: "tell",
}

// buckets are the upper bounds of the histogram of reply times, in seconds.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5}

// A histogram counts durations by bucket.
type histogram struct {
	counts []int // of those that fit into a bucket and into none before it
	all    int
	sum    time.Duration
}

func (h *histogram) add(d time.Duration) {
	d = max(0, d) // clocks can be set back
	h.all++
	h.sum += d
	if i := slices.IndexFunc(buckets, func(most float64) bool { return d.Seconds() <= most }); i >= 0 {
		h.counts[i]++
	}
}

// metricsHandler answers GET /metrics with what is known of the house.
func (h *house) metricsHandler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		var m exposition
		h.counts.expose(&m)
		h.exposeKnowledge(&m)
		m.family("frontdesk_data_failing", gauge, "Whether the data folder cannot be written to: 1 or 0.")
		m.sample(bit(h.data.Fault() != ""))
		if h.journal != nil {
			exposeJournal(&m, h.journal.Stats())
		}
		if len(h.bots) > 0 {
			m.family("frontdesk_bot_healthy", gauge, "Whether a platform's bot is well: 1 or 0.")
			for _, name := range sortedKeys(h.bots) {
				m.sample(bit(h.bots[name].Health() == nil), "platform", name)
			}
		}
		exposeRuntime(&m, h.counts.began)
		_, _ = w.Write(m.text.Bytes()) // whoever asked may be gone
	})
}

func (c *counts) expose(m *exposition) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m.family("frontdesk_messages_total", counter, "Messages that the desk replied to, by what became of them.")
	for _, key := range sortedPairs(c.messages) {
		m.sample(float64(c.messages[key]), "platform", key[0], "outcome", key[1])
	}
	m.family("frontdesk_buttons_total", counter, "Buttons pressed, by what they do.")
	for _, key := range sortedPairs(c.buttons) {
		m.sample(float64(c.buttons[key]), "platform", key[0], "verb", key[1])
	}
	m.histogram("frontdesk_reply_seconds", "How long the desk took for a reply, without the platform.", c.took)
}

func (h *house) exposeKnowledge(m *exposition) {
	s, release := h.live.Acquire()
	base := s.Base()
	release()
	status := h.files.Status()
	m.family("frontdesk_knowledge_info", gauge, "The version of the knowledge that is served; always 1.")
	m.sample(1, "version", base.Version)
	m.family("frontdesk_articles", gauge, "Articles that are served.")
	m.sample(float64(len(base.Articles)))
	m.family("frontdesk_sections", gauge, "Sections that are served.")
	m.sample(float64(len(base.Sections())))
	m.family("frontdesk_knowledge_faults", gauge, "Errors that keep staff's last change from being served.")
	m.sample(float64(h.files.Faults()))
	m.family("frontdesk_knowledge_blocked", gauge, "Whether the publish gate holds staff's last change back: 1 or 0.")
	m.sample(bit(status.Blocked != nil))
}

func exposeJournal(m *exposition, s journal.Stats) {
	m.family("frontdesk_journal_rows_waiting", gauge, "Rows that wait for the journal's database.")
	m.sample(float64(s.Waiting))
	m.family("frontdesk_journal_rows_written_total", counter, "Rows that the journal's database holds since the start.")
	m.sample(float64(s.Written))
	m.family("frontdesk_journal_rows_dropped_total", counter, "Rows that were lost since the start.")
	m.sample(float64(s.Dropped))
	m.family("frontdesk_journal_failing", gauge, "Whether the journal's last write went wrong: 1 or 0.")
	m.sample(bit(s.Failing != ""))
}

func exposeRuntime(m *exposition, began time.Time) {
	samples := []metrics.Sample{
		{Name: "/sched/goroutines:goroutines"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"},
		{Name: "/gc/cycles/total:gc-cycles"},
	}
	metrics.Read(samples)
	for i, family := range []struct{ name, kind, help string }{
		{"go_goroutines", gauge, "Goroutines that exist."},
		{"go_heap_objects_bytes", gauge, "Memory of live objects and of those not yet swept."},
		{"go_memory_bytes", gauge, "Memory that the Go runtime has mapped."},
		{"go_gc_cycles_total", counter, "Garbage collections since the start."},
	} {
		if samples[i].Value.Kind() == metrics.KindUint64 {
			m.family(family.name, family.kind, family.help)
			m.sample(float64(samples[i].Value.Uint64()))
		}
	}
	m.family("process_start_time_seconds", gauge, "When the program began, in seconds since 1970.")
	m.sample(float64(began.UnixMilli()) / 1000)
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
