package console

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestSignIn(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.guest()
	resp, body := g.get("/misses?days=7")
	if got := resp.Request.URL.RequestURI(); got != "/sign-in?next="+url.QueryEscape("/misses?days=7") {
		t.Errorf("without a session /misses leads to %s", got)
	}
	wants(t, "the door", body, `name="next" value="/misses?days=7"`, "Your name", "Token")
	resp, body = g.post("/sign-in", "name", "Ann", "token", "wrong", "next", "/misses")
	if resp.StatusCode != http.StatusForbidden || strings.Contains(body, "Sign out") {
		t.Errorf("a wrong token = %d", resp.StatusCode)
	}
	resp, body = g.post("/sign-in", "name", "Ann", "token", " "+token+"\n", "next", "/misses?days=7")
	if got := resp.Request.URL.RequestURI(); got != "/misses?days=7" || !strings.Contains(body, "Sign out") {
		t.Errorf("the token leads to %s", got)
	}
	_, body = g.post("/sign-out")
	wants(t, "signed out", body, "Token")
	if resp, _ := g.get("/"); resp.Request.URL.Path != "/sign-in" {
		t.Errorf("after signing out / leads to %s", resp.Request.URL.Path)
	}
}

// TestNextStaysHere has the door never lead to another site.
func TestNextStaysHere(t *testing.T) {
	for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "", "/\tevil", "http:/evil"} {
		if got := local(next); got != "/" {
			t.Errorf("local(%q) = %q, want /", next, got)
		}
	}
	if got := local("/section/abc?x=%2F"); got != "/section/abc?x=%2F" {
		t.Errorf("local of a page of its own = %q", got)
	}
}

// TestOneTimeLink is not used up by looking, works once, and not for long.
func TestOneTimeLink(t *testing.T) {
	h := newHouse(t, clinic, nil)
	path := h.Link("telegram:77")
	crawler := h.guest()
	for range 3 {
		if resp, body := crawler.get(path); resp.StatusCode != http.StatusOK || !strings.Contains(body, "This link signs you in once, as telegram:77.") {
			t.Fatalf("GET the link = %d", resp.StatusCode)
		}
	}
	g := h.guest()
	if _, body := g.post(path); !strings.Contains(body, "Sign out") || !strings.Contains(body, "telegram:77") {
		t.Fatalf("POST the link does not sign in:\n%s", body)
	}
	if resp, _ := h.guest().post(path); resp.StatusCode != http.StatusForbidden {
		t.Errorf("the link a second time = %d, want 403", resp.StatusCode)
	}
	if resp, body := h.guest().get(path); resp.StatusCode != http.StatusForbidden || !strings.Contains(body, "used up") {
		t.Errorf("GET the link once it is used up = %d, want 403", resp.StatusCode)
	}
	if _, body := h.guest().post(h.Link(""), "name", " Zo\u00eb\n"); !strings.Contains(body, `<span class="who">Zoë (console)</span>`) {
		t.Errorf("a link for anybody does not take a name:\n%s", body)
	}
	late := h.Link("telegram:78")
	h.clock.forward(linkLife + time.Second)
	if resp, _ := h.guest().post(late); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a link after %v = %d, want 403", linkLife, resp.StatusCode)
	}
	for _, path := range []string{"/door/x", "/door/%2e%2e%2f", "/door/" + strings.Repeat("a", 5000)} {
		if resp, _ := h.guest().post(path); resp.StatusCode != http.StatusForbidden {
			t.Errorf("POST %.20s = %d, want 403", path, resp.StatusCode)
		}
	}
}

// TestLinksAlone has no token: nothing that is typed signs in, not even nothing.
func TestLinksAlone(t *testing.T) {
	h := newHouse(t, clinic, func(c *Config) { c.Token = "" })
	g := h.guest()
	wants(t, "the door", g.page("/sign-in"), "/console", "FRONTDESK_CONSOLE_TOKEN")
	for _, typed := range []string{"", "x"} {
		if resp, _ := g.post("/sign-in", "name", "Eve", "token", typed); resp.StatusCode != http.StatusForbidden {
			t.Errorf("token %q = %d, want 403", typed, resp.StatusCode)
		}
	}
	if _, body := g.post(h.Link("Ann")); !strings.Contains(body, "Sign out") {
		t.Error("a link does not sign in where there is no token")
	}
}

// TestGuessersElsewhere has people guess at other addresses: that keeps nobody out, until there are very many.
func TestGuessersElsewhere(t *testing.T) {
	g := newGuests(token, time.Now)
	for n := range wrongOfAll - 1 {
		if _, a := g.signIn("guess", "Eve", fmt.Sprint("192.0.2.", n/wrongTokens)); a != refused {
			t.Fatalf("guess %d = %v, want it refused", n, a)
		}
	}
	if _, a := g.signIn(token, "Ann", "198.51.100.1"); a != admitted {
		t.Errorf("the token elsewhere = %v, want it admitted", a)
	}
	if _, a := g.signIn(token, "Ann", "192.0.2.0"); a != wait {
		t.Errorf("the token at a guesser's address = %v, want a wait", a)
	}
	g.signIn("guess", "Eve", "203.0.113.1")
	if _, a := g.signIn(token, "Ann", "198.51.100.1"); a != wait {
		t.Errorf("the token after %d wrong ones = %v, want a wait", wrongOfAll, a)
	}
}

// TestTypedNames calls itself what a platform would vouch for.
func TestTypedNames(t *testing.T) {
	for name, want := range map[string]string{"telegram:77": "telegram:77 (console)", " Ann\n": "Ann (console)", "": "staff (console)"} {
		if got := signature(name); got != want {
			t.Errorf("signature(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestGuessing bounds how many tokens are looked at in a minute, from one address.
func TestGuessing(t *testing.T) {
	h := newHouse(t, clinic, nil)
	for range wrongTokens {
		if resp, _ := h.guest().post("/sign-in", "name", "Eve", "token", "guess"); resp.StatusCode != http.StatusForbidden {
			t.Fatalf("a wrong token = %d, want 403", resp.StatusCode)
		}
	}
	for _, typed := range []string{"guess", token} {
		if resp, _ := h.guest().post("/sign-in", "name", "Eve", "token", typed); resp.StatusCode != http.StatusTooManyRequests {
			t.Errorf("after %d wrong ones %q = %d, want 429", wrongTokens, typed, resp.StatusCode)
		}
	}
	if _, body := h.guest().post(h.Link("Ann")); !strings.Contains(body, "Sign out") {
		t.Error("a link does not work while tokens are guessed")
	}
	h.clock.forward(wrongWithin)
	h.staff("Ann")
}

// TestSessionsEnd signs out who does nothing for long, and everybody in the end.
func TestSessionsEnd(t *testing.T) {
	h := newHouse(t, clinic, nil)
	idle := h.staff("Ann")
	h.clock.forward(sessionIdle + time.Second)
	if resp, _ := idle.get("/"); resp.Request.URL.Path != "/sign-in" {
		t.Error("a session that nobody used does not end")
	}
	busy := h.staff("Bob")
	for range int(sessionLife/sessionIdle) + 1 {
		h.clock.forward(sessionIdle - time.Minute)
		busy.get("/health")
	}
	h.clock.forward(sessionIdle - time.Minute)
	if resp, _ := busy.get("/"); resp.Request.URL.Path != "/sign-in" {
		t.Error("a session does not end after a month")
	}
	first := h.staff("first")
	for range maxGuests {
		h.clock.forward(time.Second)
		h.guests.accept(strings.TrimPrefix(h.Link("more"), "/door/"), "")
	}
	if n := len(h.guests.sessions); n > maxGuests {
		t.Errorf("%d sessions are kept, want %d at most", n, maxGuests)
	}
	if resp, _ := first.get("/"); resp.Request.URL.Path != "/sign-in" {
		t.Error("the oldest session does not give way")
	}
}

// TestTypedTextSurvivesSigningOut shows what somebody wrote when their session ended before they saved.
func TestTypedTextSurvivesSigningOut(t *testing.T) {
	h := newHouse(t, clinic, nil)
	path := "/section/" + string(h.key("When are you open?"))
	resp, page := h.guest().post(path, "title", "When?", "body", "A long text that took an hour.", "do", "save")
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("save without a session = %d, want 403", resp.StatusCode)
	}
	wants(t, "save without a session", page, "nothing was saved", "A long text that took an hour.")
	if strings.Contains(h.file("visits.md"), "an hour") {
		t.Error("it was saved without a session")
	}
}
