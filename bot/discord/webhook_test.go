package discord

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
)

// endpointWorld runs a client that gets its interactions by HTTP.
func endpointWorld(t *testing.T, o options) (*world, http.Handler) {
	t.Helper()
	w := run(t, o)
	return w, w.byHTTP()
}

// byHTTP makes Discord post interactions to the client's endpoint from now on.
func (w *world) byHTTP() http.Handler {
	handler := w.client.InteractionsHandler()
	web := httptest.NewServer(handler)
	w.t.Cleanup(web.Close)
	w.Server.Interactions = web.URL
	return handler
}

func TestHTTPInteractions(t *testing.T) {
	w, _ := endpointWorld(t, options{})
	use := discordtest.Use{Channel: w.Channel(w.Guild()), Person: alice}
	m := w.answer(w.Slash(use, "ask", "question", "effects"))
	if !m.Ephemeral() || m.Embeds[0].Title != "What are the side effects?" {
		t.Errorf("answer %q, ephemeral %t", m.Text(), m.Ephemeral())
	}
	share, _ := m.Button("Share")
	if m := w.answer(w.Press(use, m, share)); m.Ephemeral() {
		t.Error("the shared answer is for one person only")
	}
	names, _, err := w.Type(use, "ask", "question", "who").Suggestions(w.ctx)
	if err != nil || len(names) != 1 {
		t.Errorf("suggestions %q, %v, want one", names, err)
	}
	for _, r := range w.Requests() {
		if strings.Contains(r.Path, "/callback") {
			t.Errorf("answered over REST: %s", r.Path)
		}
	}
}

func TestSlowHTTPInteraction(t *testing.T) {
	desk := newClinic(t)
	goOn := make(chan bool)
	desk.before = func(bot.Message) { <-goOn }
	w, _ := endpointWorld(t, options{desk: desk, timing: func(t *timing) { t.deferAfter = 10 * time.Millisecond }})
	i := w.Slash(discordtest.Use{Channel: w.DM(alice), Person: alice}, "ask", "question", "effects")
	w.until("the interaction is acknowledged", func() bool { return i.First() == 5 })
	close(goOn)
	w.answer(i)
}

// TestLongHTTPAnswer has the rest of an answer follow over REST, perhaps before the request's answer has arrived.
func TestLongHTTPAnswer(t *testing.T) {
	desk := newClinic(t)
	desk.sections[0].Body = strings.Repeat("A sentence of a long section. ", 500)
	w, _ := endpointWorld(t, options{desk: desk})
	i := w.Slash(discordtest.Use{Channel: w.DM(alice), Person: alice}, "ask", "question", "effects")
	if all, err := i.Answers(w.ctx, 4); err != nil {
		t.Errorf("%d answers, %v, want 4", len(all), err)
	}
}

func TestHTTPRequests(t *testing.T) {
	w, handler := endpointWorld(t, options{})
	now := time.Now()
	ping := []byte(`{"id":"1","type":1,"token":"x"}`)
	forged := w.Signed(ping, now)
	forged.Header.Set("X-Signature-Ed25519", strings.Repeat("ab", 64))
	altered := w.Signed(ping, now)
	altered.Body = io.NopCloser(strings.NewReader(`{"id":"2","type":1,"token":"x"}`))
	stamped := w.Signed(ping, now)
	stamped.Header.Set("X-Signature-Timestamp", fmt.Sprint(now.Unix()+1))
	bare := w.Signed(ping, now)
	bare.Header.Del("X-Signature-Ed25519")
	command := []byte(`{"id":"77","type":2,"token":"x","user":{"id":"5"},"context":1,"data":{"name":"contact"}}`)
	for _, c := range []struct {
		name string
		r    *http.Request
		want int
	}{
		{"ping", w.Signed(ping, now), 200},
		{"forged signature", forged, 401},
		{"altered body", altered, 401},
		{"another time", stamped, 401},
		{"no signature", bare, 401},
		{"too old", w.Signed(ping, now.Add(-6*time.Minute)), 401},
		{"from the future", w.Signed(ping, now.Add(6*time.Minute)), 401},
		{"not JSON", w.Signed([]byte("<html>"), now), 400},
		{"null", w.Signed([]byte("null"), now), 400},
		{"nobody's", w.Signed([]byte(`{"id":"9","type":2,"token":"x"}`), now), 503},
		{"too large", w.Signed(bytes.Repeat([]byte(" "), maxInteraction+1), now), 413},
		{"a command", w.Signed(command, now), 200},
		{"the same again", w.Signed(command, now), 409},
		{"GET", httptest.NewRequest("GET", "/", nil), 405},
	} {
		out := httptest.NewRecorder()
		handler.ServeHTTP(out, c.r)
		if out.Code != c.want {
			t.Errorf("%s: answered %d %s, want %d", c.name, out.Code, out.Body, c.want)
		}
	}
	out := httptest.NewRecorder()
	handler.ServeHTTP(out, w.Signed(ping, now))
	if got := strings.TrimSpace(out.Body.String()); got != `{"type":1}` {
		t.Errorf("a ping is answered %s, want a pong", got)
	}
}

// TestHTTPOutsideRun has an interaction come when nobody would wait for its answer any more.
func TestHTTPOutsideRun(t *testing.T) {
	w, handler := endpointWorld(t, options{})
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	out := httptest.NewRecorder()
	handler.ServeHTTP(out, w.Signed([]byte(`{"id":"78","type":2,"token":"x","user":{"id":"5"},"context":1,"data":{"name":"contact"}}`), time.Now()))
	if out.Code != http.StatusServiceUnavailable {
		t.Errorf("after Run a command is answered %d %s, want %d", out.Code, out.Body, http.StatusServiceUnavailable)
	}
}

func TestWithoutPublicKey(t *testing.T) {
	c, err := New(Config{Token: token}, newClinic(t), zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	out := httptest.NewRecorder()
	c.InteractionsHandler().ServeHTTP(out, httptest.NewRequest("POST", "/", strings.NewReader(`{"id":"1","type":1}`)))
	if out.Code != http.StatusNotFound {
		t.Errorf("answered %d, want 404", out.Code)
	}
}

func TestConfig(t *testing.T) {
	short, long := hex.EncodeToString(make([]byte, 31)), hex.EncodeToString(make([]byte, 33))
	for _, c := range []struct {
		cfg  Config
		want string // part of the error; empty for none
	}{
		{Config{Token: token}, ""},
		{Config{Token: "Bot " + token + "\n", BaseURL: "http://127.0.0.1:1/"}, ""},
		{Config{}, "token"},
		{Config{Token: "two words"}, "token"},
		{Config{Token: token, BaseURL: "ftp://x"}, "base address"},
		{Config{Token: token, BaseURL: "127.0.0.1:80"}, "base address"},
		{Config{Token: token, Shards: -1}, "shards"},
		{Config{Token: token, PublicKey: "xyz"}, "public key"},
		{Config{Token: token, PublicKey: short}, "public key"},
		{Config{Token: token, PublicKey: long}, "public key"},
	} {
		_, err := New(c.cfg, newClinic(t), zap.NewNop())
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("New(%+v) = %v, want %q", c.cfg, err, c.want)
		}
	}
}
