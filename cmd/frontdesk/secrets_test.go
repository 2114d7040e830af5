package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram/telegramtest"
)

// databasePassword is in the address of a database that nobody answers at.
const databasePassword = "planted-database-password"

// secretWord stands in everything that people write in these tests. It must show as little as a token.
const secretWord = "qxz7planted"

// A run is the program at work in this process, with all that it prints.
type run struct {
	telegram *telegramtest.Server
	discord  *discordtest.Server
	printed  *printed
	ended    chan int // its exit code
	stop     context.CancelFunc
	wait     context.Context
	env      map[string]string // what is set besides, or otherwise
}

// A printed is all that a program writes, and what it answers about itself.
type printed struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// serving starts "frontdesk serve" at debug level, its tokens given as a value and as a file.
func serving(t *testing.T, prepare func(*run)) *run {
	t.Helper()
	r := &run{telegram: telegramtest.NewServer(telegramToken), discord: discordtest.New(discordToken), printed: &printed{}, ended: make(chan int, 1), env: map[string]string{}}
	r.discord.Deadline = patience
	if prepare != nil {
		prepare(r)
	}
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(discordToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{
		"FRONTDESK_TELEGRAM_TOKEN": telegramToken, "FRONTDESK_TELEGRAM_API": r.telegram.URL,
		"FRONTDESK_DISCORD_TOKEN": file, "FRONTDESK_DISCORD_API": r.discord.URL,
		"FRONTDESK_HEALTH_ADDR": "127.0.0.1:0", "FRONTDESK_WEB_ADDR": "off", "FRONTDESK_CONSOLE_ADDR": "127.0.0.1:0", "FRONTDESK_LOG_LEVEL": "debug",
		"FRONTDESK_DATA": t.TempDir(), "FRONTDESK_KNOWLEDGE": smallFolder(t),
	}
	maps.Copy(env, r.env)
	var giveUp context.CancelFunc
	r.wait, giveUp = context.WithTimeout(context.Background(), patience)
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	over := make(chan struct{})
	go func() {
		defer close(over)
		p := program{in: strings.NewReader(""), out: r.printed, errs: r.printed, env: func(name string) string { return env[name] }}
		r.ended <- p.run(ctx, []string{"serve"})
	}()
	t.Cleanup(func() {
		stop()
		<-over // the folders that it writes to are removed next
		giveUp()
		r.telegram.Close()
		r.discord.Close()
	})
	return r
}

// until waits for something that is not announced.
func (r *run) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-r.wait.Done():
			t.Fatalf("waiting for %s; printed:\n%s", what, r.printed)
		}
	}
}

var healthAt = regexp.MustCompile(`"health":"([^"]+)"`)

// askHealth adds what GET /healthz and GET /metrics answer to what is printed, and returns it.
func (r *run) askHealth(t *testing.T) string {
	t.Helper()
	r.until(t, "the health endpoint", func() bool { return healthAt.MatchString(r.printed.String()) })
	var all strings.Builder
	for _, path := range []string{"/healthz", "/metrics"} {
		resp, err := http.Get("http://" + healthAt.FindStringSubmatch(r.printed.String())[1] + path)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.MultiWriter(r.printed, &all), resp.Body)
		resp.Body.Close()
	}
	return all.String()
}

// search ends the run and looks for what must not show.
func (r *run) search(t *testing.T) {
	t.Helper()
	r.stop()
	select {
	case <-r.ended:
	case <-r.wait.Done():
		t.Fatalf("the program does not stop; printed:\n%s", r.printed)
	}
	text := r.printed.String()
	_, telegramSecret, _ := strings.Cut(telegramToken, ":")
	for _, secret := range []string{telegramSecret, discordToken, "interaction-token-", secretWord, databasePassword} {
		if at := strings.Index(text, secret); at >= 0 {
			t.Errorf("%q shows in %q", secret, text[max(0, at-300):min(len(text), at+100)])
		}
	}
}

// TestSecretsStaySecret runs the program through what the local servers can do wrong, until it answers again.
func TestSecretsStaySecret(t *testing.T) {
	r := serving(t, nil)
	r.until(t, "the gateway", func() bool { return r.discord.Connected() > 0 })
	faults := []telegramtest.Fault{
		{Drop: true}, telegramtest.BadGateway, {Body: "{"}, {Body: `{"ok":true,"result":"` + secretWord + `"}`}, {RetryAfter: 1},
		{Code: 400}, {Code: 400, Description: "Bad Request: can't parse entities"}, {Code: 403}, {Code: 404}, {Code: 500}, {After: true, Drop: true},
	}
	methods := []string{"sendMessage", "answerCallbackQuery", "answerInlineQuery"}
	for _, method := range methods {
		r.telegram.Fail(method, faults...)
	}
	for i := range faults {
		who := telegramtest.User{ID: int64(100 + i), FirstName: "P"}
		r.telegram.Say(telegramtest.Private(who), who, "what does it cost "+secretWord)
		r.telegram.Inline(who, "what "+secretWord)
		r.telegram.Press(who, telegramtest.Sent{ID: 1, Chat: telegramtest.Private(who), Text: secretWord}, "1t")
	}
	r.telegram.Fail("getUpdates", telegramtest.Fault{Drop: true}, telegramtest.BadGateway)
	guild := r.discord.Guild()
	for i, f := range []discordtest.Fault{
		{Path: "/callback", Status: 500}, {Path: "/callback", Status: 404, Code: 10062}, {Path: "/callback"}, {Path: "/callback", Status: 502, HTML: true},
		{Path: "/callback", Status: 403}, {Path: "/messages", Status: 500}, {Path: "/messages", Status: 403, Code: 50013}, {Path: "/messages"},
		{Path: "/messages", Status: 429, RetryAfter: .01}, {Path: "/messages", Status: 400, Code: 50035},
	} {
		channel, person := r.discord.Channel(guild), strconv.Itoa(i)
		r.discord.Fail(f)
		r.discord.Slash(discordtest.Use{Channel: channel, Person: person}, "ask", "question", "what does it cost "+secretWord)
		r.discord.Say(channel, person, r.discord.Mention()+" what does it cost "+secretWord)
	}
	r.until(t, "all failures", func() bool {
		left := r.discord.Failing()
		for _, method := range methods {
			left += r.telegram.PendingFaults(method)
		}
		return left == 0
	})
	r.discord.Event("MESSAGE_CREATE", map[string]any{"content": secretWord, "author": 7, "id": []int{1}})
	r.discord.Event("INTERACTION_CREATE", secretWord)
	r.discord.Raw("{" + secretWord)
	r.discord.Next(discordtest.Behaviour{Close: 4000}, discordtest.Behaviour{Frame: `{"op":0,"t":"` + secretWord + `"`, Goon: true})
	r.askHealth(t)
	r.telegram.DropConnections()
	r.discord.Drop()

	anna := telegramtest.User{ID: 7, FirstName: "Anna"}
	before := len(r.telegram.Sent())
	r.telegram.Say(telegramtest.Private(anna), anna, "hello "+secretWord)
	if _, err := r.telegram.WaitSent(r.wait, before+1); err != nil {
		t.Errorf("telegram: no answer after all failures: %v", err)
	}
	r.until(t, "the gateway to be back", func() bool { return r.discord.Planned() == 0 && r.discord.Connected() > 0 })
	r.askHealth(t)
	r.search(t)
}

// TestSecretsOfTheJournal does the same where the journal's database is away.
func TestSecretsOfTheJournal(t *testing.T) {
	r := serving(t, func(r *run) {
		r.env["FRONTDESK_DATABASE_URL"] = "postgres://frontdesk:" + databasePassword + "@127.0.0.1:1/frontdesk"
	})
	anna := telegramtest.User{ID: 7, FirstName: "Anna"}
	for i, text := range []string{"what does it cost " + secretWord, "/forget"} {
		r.telegram.Say(telegramtest.Private(anna), anna, text)
		if _, err := r.telegram.WaitSent(r.wait, i+1); err != nil {
			t.Fatalf("no answer to %q while the database is away: %v", text, err)
		}
	}
	if said := r.telegram.Sent()[1].Text; !strings.Contains(said, "could not be deleted") {
		t.Errorf("/forget while the database is away = %q, want that it could not be done", said)
	}
	r.until(t, "the journal to say that it fails", func() bool { return strings.Contains(r.askHealth(t), `"failing":true`) })
	r.search(t)
}

// TestSecretsInLastWords does the same where the program gives up.
func TestSecretsInLastWords(t *testing.T) {
	for name, prepare := range map[string]func(*run){
		"Telegram refuses the token":    func(r *run) { r.telegram.Fail("getMe", telegramtest.Fault{Code: 401}, telegramtest.Fault{Code: 401}) },
		"Telegram knows no such token":  func(r *run) { r.telegram.Fail("getMe", telegramtest.Fault{Code: 404}, telegramtest.Fault{Code: 404}) },
		"Discord refuses the token":     func(r *run) { r.discord.Next(discordtest.Behaviour{Close: 4004}) },
		"Discord refuses the intents":   func(r *run) { r.discord.Next(discordtest.Behaviour{Close: 4014}) },
		"Discord refuses all requests":  func(r *run) { r.discord.Fail(discordtest.Fault{Status: 401, Times: 50}) },
		"another program has the token": func(r *run) { r.telegram.Fail("getUpdates", telegramtest.Fault{Code: 409}) },
		"nobody is there":               func(r *run) { r.telegram.Close(); r.discord.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			r := serving(t, prepare)
			r.until(t, "a complaint", func() bool {
				text := r.printed.String()
				return strings.Contains(text, `"level":"warn"`) || strings.Contains(text, `"level":"error"`) || strings.Contains(text, "frontdesk serve:")
			})
			r.search(t)
		})
	}
}
