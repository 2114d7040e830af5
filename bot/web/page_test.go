package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
	"golang.org/x/net/html"

	"frontdesk/bot"
)

var formType = []string{"Content-Type", "application/x-www-form-urlencoded"}

// submit sends the page's form.
func (s *site) submit(fields url.Values, headers ...string) (*http.Response, string) {
	s.t.Helper()
	return s.do(http.MethodPost, "/", fields.Encode(), append(formType, headers...)...)
}

func TestPage(t *testing.T) {
	s := newSite(t, Config{})
	resp, body := s.do(http.MethodGet, "/", "")
	if resp.StatusCode != http.StatusOK || len(resp.Cookies()) > 0 {
		t.Errorf("GET / = %d with cookies %v, want 200 without any before something is asked", resp.StatusCode, resp.Cookies())
	}
	for _, want := range []string{
		`<html lang="en">`, `<title>Willow &lt;Clinic&gt;</title>`, `href="https://clinic.example/contact"`, `Write to &lt;the office&gt;`,
		`href="tel:5555550100"`, `href="tel:988"`, `href="https://988lifeline.org/chat"`, `I am a program, not a clinician.`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if _, spanish := s.do(http.MethodGet, "/", "", "Accept-Language", "es"); !strings.Contains(spanish, `<html lang="es">`) || !strings.Contains(spanish, "Tu pregunta") {
		t.Errorf("the page is not in Spanish for who asks for that")
	}
}

// TestPageWithoutScript goes through the forms as a browser without any script does.
func TestPageWithoutScript(t *testing.T) {
	s := newSite(t, Config{})
	resp, body := s.submit(url.Values{"question": {"What happens during a session?"}})
	cookies := resp.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Secure {
		t.Fatalf("cookies %+v, want one, HttpOnly, SameSite=Lax", cookies)
	}
	if !strings.Contains(body, "You settle into a chair") || !strings.Contains(body, "</span><bdi>What happens during a session?</bdi></p>") {
		t.Errorf("the page shows neither question nor answer: %s", body)
	}
	press := regexp.MustCompile(`name="press" value="([^"]+)"`).FindStringSubmatch(body)
	if press == nil {
		t.Fatalf("a long section has no button for the rest: %s", body)
	}
	_, rest := s.submit(url.Values{"press": {press[1]}}, "Cookie", cookies[0].String())
	if !strings.Contains(rest, "Sphygmomanometer") {
		t.Errorf("the button does not show the rest: %s", rest)
	}
	if resp, _ := s.submit(url.Values{"question": {"hello"}}, "X-Forwarded-Proto", "https"); !resp.Cookies()[0].Secure {
		t.Errorf("behind a proxy with TLS the cookie is not Secure")
	}
}

func TestFragment(t *testing.T) {
	s := newSite(t, Config{})
	_, body := s.submit(url.Values{"question": {"What are the side effects?"}}, "Frontdesk-Fragment", "1")
	if !strings.HasPrefix(body, "<article") || strings.Contains(body, "<html") || !strings.Contains(body, "Nausea") {
		t.Errorf("the script gets %.300s", body)
	}
	_, crisis := s.submit(url.Values{"question": {"i want to kill myself"}}, "Frontdesk-Fragment", "1")
	if !strings.Contains(crisis, `role="alert"`) || !strings.Contains(crisis, `href="tel:988"`) {
		t.Errorf("a cry for help shows no number to tap: %s", crisis)
	}
}

func TestFormErrors(t *testing.T) {
	s := newSite(t, Config{})
	if resp, body := s.submit(url.Values{"question": {strings.Repeat("x", maxBody)}}); resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, office.URL) {
		t.Errorf("too long = %d, want 413 with the way to a human", resp.StatusCode)
	}
	if resp, _ := s.do(http.MethodPost, "/", "%zz", formType...); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a broken form = %d, want 400", resp.StatusCode)
	}
	if resp, _ := s.submit(url.Values{"question": {"x"}}, "Sec-Fetch-Site", "cross-site"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site = %d, want 403", resp.StatusCode)
	}
}

// TestEverythingIsEscaped parses pages as a browser does and looks for what could run.
func TestEverythingIsEscaped(t *testing.T) {
	s := newSite(t, Config{})
	const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	_, own := s.submit(url.Values{"question": {attack}})
	_, staffs := s.submit(url.Values{"question": {"Who reads the <b>records</b>?"}})
	_, topics := s.submit(url.Values{"press": {"1t"}})
	if !strings.Contains(staffs, "so on") {
		t.Fatalf("the hostile section is not shown: %s", staffs)
	}
	for _, page := range []string{own, staffs, topics} {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			src := ""
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.Contains(strings.ToLower(a.Val), "javascript:") {
					t.Errorf("<%s %s=%q> could run", n.Data, a.Key, a.Val)
				}
				if a.Key == "src" {
					src = a.Val
				}
			}
			if n.Data == "img" || n.Data == "style" || n.Data == "b" && n.FirstChild != nil && n.FirstChild.Data == "records" ||
				n.Data == "script" && !strings.HasPrefix(src, "/assets/chat.js") {
				t.Errorf("<%s src=%q> came in from outside", n.Data, src)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	s := newSite(t, Config{})
	for _, path := range []string{"/", "/assets/chat.css", "/v1/topics", "/nowhere"} {
		resp, _ := s.do(http.MethodGet, path, "")
		policy := resp.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(policy, "unsafe") {
			t.Errorf("GET %s: policy %q", path, policy)
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s: no nosniff", path)
		}
	}
	for path, kind := range map[string]string{
		"/assets/chat.css": "text/css", "/assets/chat.js": "text/javascript", "/assets/icon.svg": "image/svg+xml", "/openapi.yaml": "application/yaml",
	} {
		if resp, body := s.do(http.MethodGet, path, ""); !strings.HasPrefix(resp.Header.Get("Content-Type"), kind) || body == "" {
			t.Errorf("GET %s is %q, want %q", path, resp.Header.Get("Content-Type"), kind)
		}
	}
}

// A broken desk panics with what it was asked.
type broken struct{ Desk }

func (broken) Answer(_ context.Context, m bot.Message) bot.Reply { panic(m.Text) }
func (broken) Welcome(bot.Message) bot.Reply                     { return bot.Reply{} }
func (broken) Danger(string) bool                                { return false }

func TestAPanicIsSurvivedAndQuotesNobody(t *testing.T) {
	core, logs := observer.New(zapcore.DebugLevel)
	server := httptest.NewServer(New(Config{}, broken{}, zap.New(core)))
	s := &site{t: t, Server: server, logs: logs}
	defer server.Close()
	if resp, body := s.submit(url.Values{"question": {"zanzibar"}}); resp.StatusCode != http.StatusInternalServerError || strings.Contains(body, "zanzibar") {
		t.Errorf("a panic is answered with %d %q, want 500 and nothing of what was asked", resp.StatusCode, body)
	}
	if status, _ := s.post("/v1/ask", map[string]string{"question": "zanzibar"}); status != http.StatusInternalServerError {
		t.Errorf("a panic in the API is answered with %d, want 500", status)
	}
	errors := logs.FilterLevelExact(zapcore.ErrorLevel).All()
	if len(errors) != 2 {
		t.Errorf("the log has %d errors, want 2", len(errors))
	}
	for _, e := range errors {
		if strings.Contains(fmt.Sprintf("%s %s", e.Message, e.ContextMap()), "zanzibar") {
			t.Errorf("the log quotes what was asked: %s", e.Message)
		}
	}
}

func TestPreview(t *testing.T) {
	got := Preview(bot.Reply{Outcome: bot.Answered, Title: "A <b>", Text: "*B* & [c](https://d.example)", Lang: "en", Handoff: office})
	for _, want := range []string{"A &lt;b&gt;", "<em>B</em> &amp; ", `href="https://d.example"`, `href="tel:5555550100"`} {
		if !strings.Contains(got, want) {
			t.Errorf("Preview has no %s: %s", want, got)
		}
	}
}
