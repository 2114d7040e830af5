package console

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
	"frontdesk/knowledge/versions"
)

const token = "correct-horse-battery"

// clinic is a small knowledge folder with all kinds of files, a golden question, and words that would do harm if they
// were not escaped.
var clinic = map[string]string{
	"desk.yaml":     "name: Willow <b>Clinic</b>\nlang: en\ncontact:\n  label: Write to us\n  url: https://clinic.example/contact\nrooms:\n  telegram:-1001:\n    answer: auto\ntimezone: UTC\n",
	"visits.md":     "---\ntitle: Coming to us\n---\n\n## Where can I park my car?\n\n<!-- also: is there a car park -->\n\nBehind the house, for **free**.\n\n## What should I bring?\n\nAn insurance card and time.\n\n## When are you open?\n\nMonday to Friday, 9 to 5.\n",
	"costs.csv":     "id,question,answer,alternates\nfee,How much does a session cost?,A session costs 450 dollars.,what is the price\nconsult,How much is a first talk?,The first talk costs 120 dollars.,\n",
	"old.html":      "<html><head><title>Old page</title></head><body><h1>Old page</h1><h2>Do you take pets?</h2><p>Small dogs are welcome in the waiting room.</p></body></html>",
	"evil.md":       "---\ntitle: \"Evil <img src=x onerror=alert(1)>\"\n---\n\n## Who reads `<script>alert(1)</script>`?\n\n<!-- also: what about \"><script>alert(2)</script> -->\n\n<script>alert(3)</script> [click](javascript:alert(4)) and `</textarea><script>alert(5)</script>`.\n",
	"questions.tsv": "question\tsection\nwhere can I park my car\tvisits#where-can-i-park-my-car\n",
}

// A clock stands still until a test moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A house is a console over real parts: a folder, a publisher with versions, a book with its list, a journal.
type house struct {
	testing.TB
	*httptest.Server
	*Console
	dir     string
	clock   *clock
	live    *index.Live
	journal *journal.Journal
	book    *edit.Book
	files   *publish.Publisher
	logs    *observer.ObservedLogs
}

// newHouse starts a console over files, changed by configure, which may be nil.
func newHouse(t testing.TB, files map[string]string, configure func(*Config)) *house {
	t.Helper()
	h := &house{TB: t, dir: filepath.Join(t.TempDir(), "articles"), clock: &clock{now: time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)}}
	data := t.TempDir()
	for name, text := range files {
		h.put(name, text)
	}
	core, logs := observer.New(zapcore.DebugLevel)
	log := zap.New(core)
	h.logs = logs
	store, err := versions.Open(filepath.Join(data, "versions"), 0)
	h.must(err)
	h.files = publish.New(publish.Config{Path: h.dir, Versions: store, Gate: publish.Gate{Now: h.clock.Now}}, log)
	h.live, err = h.files.Start(context.Background())
	h.must(err)
	h.book, err = edit.Open(h.dir, filepath.Join(data, "changes.jsonl"))
	h.must(err)
	h.journal, err = journal.Open(context.Background(), filepath.Join(data, "journal.db"), journal.Config{Now: h.clock.Now}, log)
	h.must(err)
	c := Config{
		Token: token, Live: h.live, Publisher: h.files, Versions: store, Book: h.book, Journal: h.journal,
		Policy: bot.DefaultPolicy, Now: h.clock.Now,
		Previews: []Preview{{"Telegram", func(r bot.Reply) string { return r.Title + "\n\n" + r.Text }}},
		Health:   func(context.Context) []Check { return []Check{{"Telegram", ""}, {"Discord", "not <connected>"}} },
	}
	if configure != nil {
		configure(&c)
	}
	h.Console = New(c, log)
	h.patience = time.Minute // however busy the machine is
	h.Server = httptest.NewServer(h.Console)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- h.Console.Run(ctx) }()
	t.Cleanup(func() {
		h.Server.Close()
		stop()
		h.must(<-ended)
		h.must(h.journal.Close())
		h.must(h.book.Close())
		h.must(store.Close())
	})
	return h
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// put writes a file of the folder, as somebody with an editor does.
func (h *house) put(name, text string) {
	h.Helper()
	path := filepath.Join(h.dir, name)
	h.must(os.MkdirAll(filepath.Dir(path), 0o755))
	h.must(os.WriteFile(path, []byte(text), 0o644))
}

// file returns a file of the folder.
func (h *house) file(name string) string {
	h.Helper()
	data, err := os.ReadFile(filepath.Join(h.dir, name))
	h.must(err)
	return string(data)
}

// key returns the key of a section by its title.
func (h *house) key(title string) knowledge.Key {
	h.Helper()
	s, release := h.live.Acquire()
	defer release()
	for _, section := range s.Base().Sections() {
		if section.Title == title {
			return section.ID.Key()
		}
	}
	h.Fatalf("no section %q", title)
	return ""
}

// asked records questions of several people that ended in an outcome.
func (h *house) asked(text string, outcome bot.Outcome, edit func(*bot.Exchange), people ...string) {
	h.Helper()
	for _, who := range people {
		h.clock.forward(time.Second)
		e := bot.Exchange{At: h.clock.Now(), Room: bot.RoomID("web:" + who), From: bot.PersonID("web:" + who), Private: true, Text: text, Outcome: outcome, Lang: "en"}
		if edit != nil {
			edit(&e)
		}
		h.journal.Record(e)
	}
	h.must(h.journal.Flush(context.Background()))
}

// A guest is a browser without a window.
type guest struct {
	*house
	client *http.Client
}

// guest returns somebody who is not signed in.
func (h *house) guest() *guest {
	jar, err := cookiejar.New(nil)
	h.must(err)
	return &guest{h, &http.Client{Jar: jar}}
}

// staff returns somebody who has signed in with the token.
func (h *house) staff(name string) *guest {
	h.Helper()
	g := h.guest()
	if resp, body := g.post("/sign-in", "name", name, "token", token); resp.StatusCode != http.StatusOK || !strings.Contains(body, "Sign out") {
		h.Fatalf("sign in = %d %s", resp.StatusCode, body)
	}
	return g
}

func (g *guest) do(r *http.Request) (*http.Response, string) {
	g.Helper()
	resp, err := g.client.Do(r)
	g.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	g.must(err)
	return resp, string(body)
}

func (g *guest) get(path string) (*http.Response, string) {
	g.Helper()
	r, err := http.NewRequest(http.MethodGet, g.URL+path, nil)
	g.must(err)
	return g.do(r)
}

// post sends a form, given as pairs of names and values, and follows where it leads.
func (g *guest) post(path string, pairs ...string) (*http.Response, string) {
	g.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, g.URL+path, strings.NewReader(form.Encode()))
	g.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return g.do(r)
}

// page gets a page that must be there, and returns it with the line breaks of its markup as blanks.
func (g *guest) page(path string) string {
	g.Helper()
	resp, body := g.get(path)
	if resp.StatusCode != http.StatusOK {
		g.Fatalf("GET %s = %d\n%s", path, resp.StatusCode, body)
	}
	return body
}

var revisionField = regexp.MustCompile(`name="revision" value="([^"]*)"`)

// revision returns the revision in a section's form.
func revision(t testing.TB, page string) string {
	t.Helper()
	m := revisionField.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("the page has no revision:\n%s", page)
	}
	return m[1]
}

var versionField = regexp.MustCompile(`name="version" value="([^"]*)"`)

// reported returns the version that a page's report is about, which a form that insists carries.
func reported(t testing.TB, page string) string {
	t.Helper()
	m := versionField.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("the page has no report to insist on:\n%s", page)
	}
	return m[1]
}

// wants fails unless a page holds all of some texts.
func wants(t testing.TB, where, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(html.UnescapeString(page), text) {
			t.Errorf("%s does not say %q:\n%s", where, text, main(page))
		}
	}
}

// main cuts a page down to what is its own.
func main(page string) string {
	if _, rest, ok := strings.Cut(page, `<main id="main" tabindex="-1">`); ok {
		page, _, _ = strings.Cut(rest, "</main>")
	}
	return page
}

// articleKey returns the key of an article by its title.
func (h *house) articleKey(title string) knowledge.Key {
	h.Helper()
	for _, a := range h.catalogue().articles {
		if a.Title == title {
			return a.Key
		}
	}
	h.Fatalf("no article %q", title)
	return ""
}

func removeFile(h *house, name string) error { return os.Remove(filepath.Join(h.dir, name)) }
