package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/discord/discordtest"
)

// TestSendFails has sending a message fail for a moment in every way. The answer arrives, once.
func TestSendFails(t *testing.T) {
	for name, fault := range map[string]discordtest.Fault{
		"429":               {Status: 429, RetryAfter: .02, Times: 2},
		"429 for all":       {Status: 429, RetryAfter: .02, Global: true},
		"429 as a page":     {Status: 429, RetryAfter: .02, HTML: true},
		"500":               {Status: 500},
		"502":               {Status: 502, Times: 3},
		"502 as a page":     {Status: 502, HTML: true},
		"503":               {Status: 503, Times: 3},
		"520":               {Status: 520, HTML: true},
		"cut":               {Status: 0},
		"500 but done":      {Status: 500, Done: true},
		"504 but done":      {Status: 504, Done: true, HTML: true},
		"cut after it done": {Status: 0, Done: true},
		"no answer":         {Hang: true},
	} {
		fault.Method, fault.Path = "POST", "/messages"
		t.Run(name, func(t *testing.T) {
			w := run(t, options{timing: func(t *timing) {
				if fault.Hang {
					t.response = time.Second
				}
			}})
			dm := w.DM(alice)
			w.Fail(fault)
			w.reply(dm, w.Say(dm, alice, "effects"))
			w.reply(dm, w.Say(dm, alice, "benefit"))
			if n := len(w.Sent(dm)); n != 2 {
				t.Errorf("%d messages sent for 2 questions", n)
			}
		})
	}
}

// TestCallbackFails is TestSendFails for interactions.
func TestCallbackFails(t *testing.T) {
	for name, fault := range map[string]discordtest.Fault{
		"429":          {Status: 429, RetryAfter: .02},
		"500":          {Status: 500},
		"cut":          {Status: 0},
		"500 but done": {Status: 500, Done: true},
	} {
		fault.Path = "/callback"
		t.Run(name, func(t *testing.T) {
			w := run(t, options{})
			w.Fail(fault)
			i := w.Slash(discordtest.Use{Channel: w.DM(alice), Person: alice}, "ask", "question", "effects")
			if all, err := i.Answers(w.ctx, 1); err != nil || len(all) != 1 {
				t.Errorf("answers %v, %v, want one", all, err)
			}
			if strings.Contains(w.logs.String(), "answering an interaction") {
				t.Errorf("an error was logged for an answer that arrived: %s", w.logs.String())
			}
		})
	}
}

func TestAttemptsAreBounded(t *testing.T) {
	w := run(t, options{})
	dm := w.DM(alice)
	w.Fail(discordtest.Fault{Method: "POST", Path: "/messages", Status: 429, RetryAfter: .001, Times: 1000})
	w.Say(dm, alice, "effects")
	w.until("the desk gives up", func() bool { return strings.Contains(w.logs.String(), "sending an answer") })
	n := 0
	for _, r := range w.Requests() {
		if r.Method == "POST" && strings.HasSuffix(r.Path, "/messages") {
			n++
		}
	}
	if n != maxAttempts {
		t.Errorf("%d attempts, want %d", n, maxAttempts)
	}
}

// TestChannelLimit asks more in a channel than Discord lets a bot say there at once. The limit is kept, not hit: the
// server counts a 429 as a violation.
func TestChannelLimit(t *testing.T) {
	w := run(t, options{server: func(s *discordtest.Server) { s.MessageLimit, s.LimitWindow = 3, 100*time.Millisecond }})
	dm := w.DM(alice)
	for range 9 {
		w.Say(dm, alice, "effects")
	}
	w.reply(dm, w.Say(dm, alice, "effects"))
	if n := len(w.Sent(dm)); n != 10 {
		t.Errorf("%d answers to 10 questions", n)
	}
}

func TestNoPermission(t *testing.T) {
	t.Run("to embed", func(t *testing.T) {
		w := run(t, options{server: func(s *discordtest.Server) { s.DeniedEmbeds = true }})
		dm := w.DM(alice)
		m := w.reply(dm, w.Say(dm, alice, "effects"))
		if !strings.Contains(m.Content, "All about **effects**.") {
			t.Errorf("answer %q, want the section as plain text", m.Text())
		}
	})
	t.Run("to write", func(t *testing.T) {
		w := run(t, options{})
		channel, other := w.Channel(w.Guild()), w.DM(alice)
		w.DeniedChannel = channel
		for range 3 {
			w.Say(channel, alice, w.Mention()+" effects")
			w.until("the channel is given up", func() bool { return w.client.shut.has(channel) })
		}
		w.reply(other, w.Say(other, alice, "effects"))
		tries := 0
		for _, r := range w.Requests() {
			if strings.Contains(r.Path, channel) {
				tries++
			}
		}
		if tries > 2 {
			t.Errorf("%d attempts to write where the bot may not, want two at most", tries)
		}
	})
}

// TestRefusedAddress has Discord refuse a page as it does one with an address that it finds ill-formed.
func TestRefusedAddress(t *testing.T) {
	check := func(t *testing.T, m discordtest.Message, text string) {
		t.Helper()
		if !strings.Contains(m.Text(), text) || !strings.Contains(m.Text(), contact.Label+": "+contact.URL) {
			t.Errorf("answer %q, want %q and the contact", m.Text(), text)
		}
		for _, b := range m.Buttons() {
			if b.URL != "" {
				t.Errorf("a button opens %q", b.URL)
			}
		}
	}
	refused := discordtest.Fault{Method: "POST", Status: 400, Code: codeInvalidForm, Times: 1}
	t.Run("in a message", func(t *testing.T) {
		w := run(t, options{})
		dm := w.DM(alice)
		refused.Path = "/messages"
		for asked, text := range map[string]string{"effects": "All about **effects**.", "I will hurt myself": "988"} {
			w.Fail(refused)
			check(t, w.reply(dm, w.Say(dm, alice, asked)), text)
		}
	})
	t.Run("in an answer to a command", func(t *testing.T) {
		w := run(t, options{})
		refused.Path = "/callback"
		w.Fail(refused)
		i := w.Slash(discordtest.Use{Channel: w.DM(alice), Person: alice}, "ask", "question", "effects")
		m, err := i.Answer(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		check(t, m, "All about **effects**.")
	})
}

// TestRevokedByREST has a call answered 401. Run ends, and nothing more is asked of Discord.
func TestRevokedByREST(t *testing.T) {
	w := run(t, options{fails: true})
	w.connected()
	w.Fail(discordtest.Fault{Method: "POST", Path: "/messages", Status: 401, Times: 1000})
	for _, person := range []string{alice, bob, "8003", "8004"} {
		w.Say(w.DM(person), person, "effects")
	}
	if err := w.stop(); !errors.Is(err, errUnauthorized) {
		t.Errorf("Run() = %v, want %v", err, errUnauthorized)
	}
	refused := 0
	for _, r := range w.Requests() {
		if r.Status == 401 {
			refused++
		}
	}
	if refused > 4 {
		t.Errorf("%d requests were answered 401, want no more after the first ones", refused)
	}
}

// TestStartUnderFailure has every call that Run begins with fail at first.
func TestStartUnderFailure(t *testing.T) {
	w := run(t, options{server: func(s *discordtest.Server) {
		for _, path := range []string{"/users/@me", "/applications/@me", "/gateway/bot", "/commands"} {
			s.Fail(discordtest.Fault{Path: path, Status: 503, Times: 5})
			s.Fail(discordtest.Fault{Path: path, Status: 0, Times: 2})
			s.Fail(discordtest.Fault{Path: path, Status: 502, HTML: true, Times: 2})
		}
	}})
	w.until("the commands are registered", func() bool { _, writes := w.Commands(); return writes == 1 })
}

// TestSlowDesk takes longer than an interaction waits. It is acknowledged in time and answered later, for the asker's
// eyes only, as it was acknowledged.
func TestSlowDesk(t *testing.T) {
	desk := newClinic(t)
	goOn := make(chan bool)
	desk.before = func(bot.Message) { <-goOn }
	w := run(t, options{desk: desk, timing: func(t *timing) { t.deferAfter = 10 * time.Millisecond }})
	i := w.Slash(discordtest.Use{Channel: w.Channel(w.Guild()), Person: alice}, "ask", "question", "effects")
	w.until("the interaction is acknowledged", func() bool { return i.First() == 5 })
	goOn <- true
	if m := w.answer(i); !m.Ephemeral() || m.Embeds[0].Title != "What are the side effects?" {
		t.Errorf("answer %q, ephemeral %t, want the section and true", m.Text(), m.Ephemeral())
	}
	i = w.Slash(discordtest.Use{Channel: w.DM(alice), Person: alice}, "ask", "question", "I will hurt myself")
	w.until("the interaction is acknowledged", func() bool { return i.First() == 5 })
	goOn <- true
	if m := w.answer(i); m.Flags&int(discordgo.MessageFlagsSuppressEmbeds) == 0 {
		t.Errorf("plain text with flags %b: Discord adds previews of the pages that it links to", m.Flags)
	}
}

// TestLongAnswer has an answer of several messages. All arrive, in order, with the buttons on the last.
func TestLongAnswer(t *testing.T) {
	desk := newClinic(t)
	var body strings.Builder
	for n := range 900 {
		fmt.Fprintf(&body, "Sentence number %d of a long section. ", n)
	}
	desk.sections[0].Body = body.String()
	w := run(t, options{desk: desk})
	i := w.Slash(discordtest.Use{Channel: w.Channel(w.Guild()), Person: alice}, "ask", "question", "effects")
	var all []discordtest.Message
	w.until("the last message is there", func() bool {
		all, _ = i.Answers(w.ctx, 1)
		return len(all) > 0 && len(all[len(all)-1].Buttons()) > 0
	})
	var text strings.Builder
	for n, m := range all {
		text.WriteString(m.Embeds[0].Description + " ")
		if last := n == len(all)-1; (len(m.Buttons()) > 0) != last || !m.Ephemeral() {
			t.Errorf("message %d of %d has %d buttons, ephemeral %t", n, len(all), len(m.Buttons()), m.Ephemeral())
		}
	}
	if got, want := strings.Fields(text.String()), strings.Fields(body.String()); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the answer has %d words, want %d in their order", len(got), len(want))
	}
}

// TestSecrets runs through every failure that the server can make, with everything captured that a process writes,
// and looks for the tokens in it.
func TestSecrets(t *testing.T) {
	var std bytes.Buffer
	log.SetOutput(&std)
	defer log.SetOutput(os.Stderr)
	w := run(t, options{fails: true, timing: func(t *timing) { t.silence = 200 * time.Millisecond }})
	w.connected()
	dm := w.DM(alice)
	for _, status := range []int{0, 400, 403, 404, 429, 500, 502} {
		for _, path := range []string{"/messages", "/callback"} {
			w.Fail(discordtest.Fault{Method: "POST", Path: path, Status: status, RetryAfter: .001, Times: maxAttempts})
			w.Fail(discordtest.Fault{Method: "POST", Path: path, Status: status, RetryAfter: .001, Times: maxAttempts, HTML: status != 0})
		}
		for range 2 {
			w.Say(dm, alice, "effects")
			w.Slash(discordtest.Use{Channel: dm, Person: alice}, "ask", "question", "effects")
		}
	}
	for _, plan := range []discordtest.Behaviour{{Silent: true}, {NotReady: true}, {Close: 4009}, {Frame: "{"}} {
		w.Next(plan)
		w.Drop()
		w.until("the connection is lost", func() bool { return w.Planned() == 0 })
		w.connected()
	}
	w.until("Discord is heard to refuse", func() bool {
		w.CloseAll(4004)
		return errors.Is(w.client.Health(), errUnauthorized)
	})
	err := w.stop()
	out := fmt.Sprintf("%v %+v %#v", err, err, err) + std.String() + w.logs.String() + fmt.Sprint(w.client.Health())
	for _, secret := range []string{token, interactionToken} {
		if strings.Contains(out, secret) {
			t.Errorf("%q is in the output:\n%s", secret, out)
		}
	}
	if !strings.Contains(out, "sending an answer") || !strings.Contains(out, "answering an interaction") {
		t.Error("no failure was logged: the test tests nothing")
	}
}

func TestErrorsHoldNoSecrets(t *testing.T) {
	srv := discordtest.New(token)
	defer srv.Close()
	a, err := newAPI(Config{Token: token, BaseURL: srv.URL}, quick(), zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer a.session.Client.CloseIdleConnections()
	for _, f := range []discordtest.Fault{{Status: 400, Code: 50035}, {Status: 403}, {Status: 404}, {Status: 500}, {Status: 502, HTML: true},
		{Status: 429, RetryAfter: .001}, {Status: 429, HTML: true, RetryAfter: .001}, {Status: 301}, {}} {
		f.Times = maxAttempts
		srv.Fail(f)
		endpoint := discordgo.EndpointInteractionResponse("1", interactionToken)
		err := a.call(t.Context(), "POST", endpoint, map[string]string{}, nil)
		if err == nil {
			t.Errorf("call with %+v succeeded", f)
		}
		for _, text := range []string{fmt.Sprint(err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if strings.Contains(text, token) || strings.Contains(text, interactionToken) {
				t.Errorf("call with %+v: error %s holds a token", f, text)
			}
		}
	}
	srv.Close()
	if err := a.call(t.Context(), "GET", discordgo.EndpointUser("@me"), nil, nil); err == nil || strings.Contains(err.Error(), token) {
		t.Errorf("call to nobody: %v", err)
	}
}

func TestRoutes(t *testing.T) {
	for _, c := range []struct {
		method, path string
		want         route
	}{
		{"POST", "api/v10/channels/1/messages", route{key: "POST api/v10/channels/1/messages"}},
		{"GET", "api/v10/channels/1/messages/22", route{key: "GET api/v10/channels/1/messages/:id"}},
		{"POST", "api/v10/interactions/1/tok/callback", route{"POST api/v10/interactions/1/tok/callback", true}},
		{"POST", "api/v10/webhooks/1/tok", route{"POST api/v10/webhooks/1/tok", true}},
		{"PUT", "api/v10/applications/1/commands", route{key: "PUT api/v10/applications/1/commands"}},
	} {
		if got := newRoute(c.method, c.path); got != c.want {
			t.Errorf("newRoute(%q, %q) = %+v, want %+v", c.method, c.path, got, c.want)
		}
	}
}

func TestBuckets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBuckets()
		h := http.Header{}
		h.Set("X-RateLimit-Remaining", "1")
		h.Set("X-RateLimit-Reset-After", "2.5")
		b.learn("route", h)
		start, reset := time.Now(), 2500*time.Millisecond+rounding
		for n, want := range []time.Duration{0, reset, reset} {
			if err := b.wait(t.Context(), "route"); err != nil || time.Since(start) != want {
				t.Errorf("request %d went out after %v, %v, want %v", n, time.Since(start), err, want)
			}
		}
		h.Set("X-RateLimit-Remaining", "0")
		b.learn("route", h)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.wait(ctx, "route"); err == nil || time.Since(start) != reset {
			t.Errorf("a wait longer than the context lasts: %v after %v, want an error at once", err, time.Since(start))
		}
		if err := b.wait(ctx, "another"); err != nil {
			t.Errorf("another route waits: %v", err)
		}
		b.pause(time.Minute)
		if d := b.take("another", time.Now()); d != time.Minute {
			t.Errorf("paused for %v, want a minute", d)
		}
		for n := range 5 * maxBuckets {
			h.Set("X-RateLimit-Reset-After", strconv.Itoa(n%2*3600))
			b.learn(fmt.Sprint(n), h)
		}
		if n := len(b.routes); n > maxBuckets {
			t.Errorf("%d routes remembered, want at most %d", n, maxBuckets)
		}
	})
}

var _ Desk = (*bot.Desk)(nil)

// TestBrake is refused as often as would soon get the address banned, and later begins anew.
func TestBrake(t *testing.T) {
	var b brake
	start := time.Now()
	for n := range maxInvalid {
		want := time.Duration(0)
		if n == maxInvalid-1 {
			want = invalidSpan - time.Minute
		}
		if got := b.note(start.Add(time.Minute * time.Duration(min(n, 1)))); got != want {
			t.Fatalf("after %d refusals the pause is %v, want %v", n+1, got, want)
		}
	}
	if got := b.note(start.Add(invalidSpan)); got != 0 {
		t.Errorf("ten minutes later the pause is %v, want none", got)
	}
}
