package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// A console under test is a program that serves, with what it prints and what it logs apart.
type consoleRun struct {
	*testing.T
	out, log *lockedText
	browser  *http.Client
	base     string // address of the console
	stop     func()
}

// A lockedText is written by the program and read by the test.
type lockedText struct {
	mu    sync.Mutex
	text  strings.Builder
	wrote chan struct{}
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.wrote <- struct{}{}:
	default:
	}
	return l.text.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// match waits until a pattern shows, and returns what is in its first parentheses.
func (l *lockedText) match(t *testing.T, ended <-chan int, pattern string) string {
	t.Helper()
	for {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(l.String()); m != nil {
			return m[1]
		}
		select {
		case <-l.wrote:
		case code := <-ended:
			t.Fatalf("serve ended with %d before it printed %q:\n%s", code, pattern, l)
		}
	}
}

// serveConsole runs serve with some settings until the console answers.
func serveConsole(t *testing.T, settings map[string]string) *consoleRun {
	t.Helper()
	r := &consoleRun{T: t, out: &lockedText{wrote: make(chan struct{}, 1)}, log: &lockedText{wrote: make(chan struct{}, 1)}}
	env := map[string]string{"FRONTDESK_WEB_ADDR": "127.0.0.1:0", "FRONTDESK_HEALTH_ADDR": "127.0.0.1:0", "FRONTDESK_CONSOLE_ADDR": "127.0.0.1:0", "FRONTDESK_LOG_LEVEL": "debug"}
	for name, value := range settings {
		env[name] = value
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- program{out: r.out, errs: r.log, env: func(name string) string { return env[name] }}.run(ctx, []string{"serve"})
	}()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != exitOK {
			t.Errorf("serve exits with %d after it is told to stop, want %d; log:\n%s", code, exitOK, r.log)
		}
	})
	t.Cleanup(r.stop)
	r.base = "http://" + r.log.match(t, ended, `"msg":"serving".*"console":"([^"]+)"`)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r.browser = &http.Client{Jar: jar}
	t.Cleanup(r.browser.CloseIdleConnections)
	if settings["FRONTDESK_CONSOLE_TOKEN"] == "" {
		r.out.match(t, ended, `(staff's console: \S+)\s`)
	}
	return r
}

func (r *consoleRun) send(method, address string, form url.Values) (int, string) {
	r.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		r.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := r.browser.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

var printedLink = regexp.MustCompile(`staff's console: (http://\S+/door/(\S+))`)

// TestConsoleForANewcomer opens the console with the link that serve prints, over the sample.
func TestConsoleForANewcomer(t *testing.T) {
	r := serveConsole(t, nil)
	link := printedLink.FindStringSubmatch(r.out.String())
	if link == nil {
		t.Fatalf("serve prints %q, want a link to the console", r.out)
	}
	if code, body := r.send(http.MethodGet, link[1], nil); code != http.StatusOK || !strings.Contains(body, "This link signs you in once") {
		t.Fatalf("GET the link = %d %s", code, body)
	}
	if code, body := r.send(http.MethodPost, link[1], url.Values{"name": {"Ann"}}); code != http.StatusOK || !strings.Contains(body, "Willow Lane Clinic") || !strings.Contains(body, "Sign out") || !strings.Contains(body, "Ann") {
		t.Fatalf("POST the link = %d %s, want the first page", code, body)
	}
	if code, body := r.send(http.MethodGet, r.base+"/ask?q=what+are+the+side+effects", nil); code != http.StatusOK || !strings.Contains(body, "Telegram") {
		t.Errorf("GET /ask = %d %s", code, body)
	}
	if code, body := r.send(http.MethodGet, r.base+"/knowledge", nil); code != http.StatusOK || !strings.Contains(body, "articles") {
		t.Errorf("GET /knowledge = %d %s", code, body)
	}
	r.stop()
	if strings.Contains(r.log.String(), link[2]) {
		t.Error("the log holds the code of the link")
	}
}

// TestConsoleChangesAnswers signs in with the token that was made, changes an answer, and asks for it where people do.
func TestConsoleChangesAnswers(t *testing.T) {
	dir, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(filepath.Join(dir, "visits.md"), []byte("---\ncontact: desk@clinic.example\n---\n\n# Visits\n\n## Where can I park my car?\n\nBehind the house.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "desk.yaml"), []byte("contact: desk@clinic.example\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := serveConsole(t, map[string]string{"FRONTDESK_KNOWLEDGE": dir, "FRONTDESK_DATA": data})
	file := filepath.Join(data, "console.token")
	token, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s = %v, %v, want it for the program's user alone", file, info.Mode(), err)
	}
	if code, body := r.send(http.MethodPost, r.base+"/sign-in", url.Values{"name": {"Ann"}, "token": {string(token)}}); code != http.StatusOK || !strings.Contains(body, "Sign out") {
		t.Fatalf("sign in = %d %s", code, body)
	}
	code, body := r.send(http.MethodPost, r.base+"/new", url.Values{"title": {"Where can I leave my bicycle?"}, "body": {"In the yard."}, "do": {"save"}})
	if code != http.StatusOK || !strings.Contains(body, "It is live.") {
		t.Fatalf("POST /new = %d %s", code, body)
	}
	web := regexp.MustCompile(`"msg":"serving".*"web":"([^"]+)"`).FindStringSubmatch(r.log.String())
	resp, err := http.Post("http://"+web[1]+"/v1/ask", "application/json", strings.NewReader(`{"question": "where can I leave my bicycle"}`))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if err != nil || !strings.Contains(string(answer), "In the yard.") {
		t.Errorf("the page's answer = %s, %v, want what was written in the console", answer, err)
	}
	if !printedLink.MatchString(r.out.String()) {
		t.Errorf("the first start prints %q, want a link", r.out)
	}
	again := serveConsole(t, map[string]string{"FRONTDESK_KNOWLEDGE": dir, "FRONTDESK_DATA": data})
	if got := again.out.String(); printedLink.MatchString(got) || !strings.Contains(got, "the token in "+file) {
		t.Errorf("the second start prints %q, want where the token is and no link", got)
	}
	again.stop()
	r.stop()
	if list, err := os.ReadFile(filepath.Join(data, "changes.jsonl")); err != nil || !strings.Contains(string(list), `"author":"Ann (console)"`) {
		t.Errorf("the list of changes = %s, %v, want Ann's", list, err)
	}
	if all := r.log.String() + r.out.String(); strings.Contains(all, strings.TrimSpace(string(token))) || strings.Contains(all, "bicycle") {
		t.Error("what was printed holds the token, or what was written")
	}
}

func TestConsoleIsReachable(t *testing.T) {
	for _, test := range []struct{ ip, want string }{{"::", "127.0.0.1:8083"}, {"0.0.0.0", "127.0.0.1:8083"}, {"192.0.2.7", "192.0.2.7:8083"}, {"::1", "[::1]:8083"}} {
		if got := reachable(&net.TCPAddr{IP: net.ParseIP(test.ip), Port: 8083}); got != test.want {
			t.Errorf("reachable(%s) = %q, want %q", test.ip, got, test.want)
		}
	}
}

func TestConsoleSettings(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"FRONTDESK_CONSOLE_ADDR", "", "127.0.0.1:8083  "},
		{"FRONTDESK_CONSOLE_ADDR", "off", "  "},
		{"FRONTDESK_CONSOLE_ADDR", "8083", "error"},
		{"FRONTDESK_CONSOLE_TOKEN", "correct-horse", "127.0.0.1:8083 correct-horse "},
		{"FRONTDESK_CONSOLE_TOKEN", "short", "error"},
		{"FRONTDESK_CONSOLE_TOKEN", "./no/such/file", "error"},
		{"FRONTDESK_CONSOLE_URL", "https://desk.clinic.example/", "127.0.0.1:8083  https://desk.clinic.example"},
		{"FRONTDESK_CONSOLE_URL", "desk.clinic.example", "error"},
		{"FRONTDESK_CONSOLE_URL", "https://clinic.example/staff", "error"},
	} {
		c, err := readConfig(func(name string) string {
			if name == test.name {
				return test.value
			}
			return ""
		})
		got := c.ConsoleAddr + " " + c.ConsoleToken + " " + c.ConsoleURL
		if err != nil {
			got = "error"
		}
		if got != test.want {
			t.Errorf("%s=%q reads as %q (%v), want %q", test.name, test.value, got, err, test.want)
		}
	}
}
