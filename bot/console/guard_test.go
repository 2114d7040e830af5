package console

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/bot"
)

// TestNobodyPasses asks for everything without a session.
func TestNobodyPasses(t *testing.T) {
	h := newHouse(t, clinic, nil)
	before := h.file("visits.md")
	g := h.guest()
	for name, path := range h.everyPage() {
		if resp, body := g.get(path); resp.Request.URL.Path != "/sign-in" || strings.Contains(body, "Coming to us") {
			t.Errorf("GET %s, of the page %s, leads to %s without a session", path, name, resp.Request.URL)
		}
	}
	section := "/section/" + string(h.key("Where can I park my car?"))
	for _, path := range []string{section, "/new", "/preview", "/misses/phrasing", "/misses/scope", "/misses/ignore", "/words/accept", "/words/reject", "/golden", "/publish", "/versions/x/back", "/nowhere"} {
		if resp, _ := g.post(path, "title", "X", "body", "Y", "do", "force", "reason", "Z", "miss", "m", "words", "w"); resp.StatusCode != http.StatusForbidden {
			t.Errorf("POST %s without a session = %d, want 403", path, resp.StatusCode)
		}
	}
	if h.file("visits.md") != before {
		t.Error("somebody without a session changed a file")
	}
}

// TestOtherSites sends a form of another website with the cookie of somebody who is signed in.
func TestOtherSites(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	own, _ := url.Parse(h.URL)
	for _, test := range []struct {
		header, value string
		want          int
	}{
		{"Origin", "https://evil.example", http.StatusForbidden},
		{"Origin", "null", http.StatusForbidden},
		{"Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		{"Sec-Fetch-Site", "same-site", http.StatusForbidden},
		{"Sec-Fetch-Site", "same-origin", http.StatusOK},
		{"Origin", h.URL, http.StatusOK},
	} {
		for _, path := range []string{"/misses/ignore", "/sign-in"} {
			r, err := http.NewRequest(http.MethodPost, h.URL+path, strings.NewReader(url.Values{"miss": {"anything"}, "name": {"Eve"}, "token": {token}}.Encode()))
			h.must(err)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(test.header, test.value)
			if resp, _ := g.do(r); resp.StatusCode != test.want {
				t.Errorf("POST %s with %s: %s = %d, want %d", path, test.header, test.value, resp.StatusCode, test.want)
			}
		}
	}
	for _, c := range g.client.Jar.Cookies(own) {
		if c.Name == sessionCookie && len(c.Value) < 26 {
			t.Errorf("the session's cookie has %d characters", len(c.Value))
		}
	}
}

// TestCookieAndHeaders looks at what a browser is told to enforce.
func TestCookieAndHeaders(t *testing.T) {
	h := newHouse(t, clinic, nil)
	for _, proto := range []string{"", "https"} {
		r, err := http.NewRequest(http.MethodPost, h.URL+"/sign-in", strings.NewReader(url.Values{"name": {"Ann"}, "token": {token}}.Encode()))
		h.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-Proto", proto)
		resp, err := http.DefaultTransport.RoundTrip(r)
		h.must(err)
		resp.Body.Close()
		cookie := resp.Header.Get("Set-Cookie")
		for _, flag := range []string{"HttpOnly", "SameSite=Strict", "Path=/"} {
			if !strings.Contains(cookie, flag) {
				t.Errorf("the cookie %q has no %s", cookie, flag)
			}
		}
		if strings.Contains(cookie, "Secure") != (proto == "https") {
			t.Errorf("behind %q the cookie is %q", proto, cookie)
		}
	}
	g := h.staff("Ann")
	for name, path := range h.everyPage() {
		resp, body := g.get(path)
		want := map[string]string{"Content-Security-Policy": "default-src 'none'; script-src 'self'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"}
		for header, value := range want {
			if got := resp.Header.Get(header); !strings.HasPrefix(got, value) {
				t.Errorf("%s: %s = %q, want %q", name, header, got, value)
			}
		}
		for _, foreign := range []string{`src="http`, `src="//`, `href="//`, "<style", " style=", " onclick", "<script>"} {
			if strings.Contains(body, foreign) {
				t.Errorf("%s holds %q, which the policy forbids", name, foreign)
			}
		}
	}
}

// TestHostileWords puts markup wherever staff and people write, and finds it escaped on every page.
func TestHostileWords(t *testing.T) {
	h := newHouse(t, clinic, func(c *Config) {
		c.Previews = []Preview{{"Telegram <b>", func(r bot.Reply) string { return r.Title + r.Text + "<script>alert(6)</script>" }}}
	})
	h.put("<img src=x onerror=alert(0)>.md", "---\ntitle: \"</title><script>alert(23)</script>\"\n---\n\n## Is it safe?\n\nYes.\n")
	h.files.Reload(t.Context())
	all := h.everyPage()
	all["file"] = "/section/" + string(h.key("Is it safe?"))
	all["file's article"] = "/article/" + string(h.articleKey("</title><script>alert(23)</script>"))
	missing(h)
	h.asked(`"><script>alert(7)</script>`, bot.Unanswered, nil, "ann", "bob", "cem")
	g := h.staff(`<script>alert(8)</script>`)
	section := "/section/" + string(h.key("Who reads <script>alert(1)</script>?"))
	page := g.page(section)
	form := []string{"title", `"><script>alert(9)</script>`, "body", "</textarea><script>alert(10)</script> [x](javascript:alert(11)) <img src=x onerror=alert(12)>", "phrasings", "</textarea><script>alert(13)</script>", "revision", revision(t, page), "question", `"><script>alert(14)</script>`}
	pages := map[string]string{}
	for _, do := range []string{"preview", "check", "save"} {
		_, pages[do] = g.post(section, append(form, "do", do)...)
	}
	_, pages["new"] = g.post("/new", append(form, "heading", `"><script>alert(15)</script>`, "miss", "<script>alert(16)</script>", "do", "check")...)
	_, pages["fragment"] = g.post("/preview", form...)
	_, pages["scope"] = g.post("/misses/scope", "miss", "<script>alert(17)</script>", "lang", "<script>")
	for name, path := range all {
		_, pages[name] = g.get(path)
	}
	_, pages["said"] = g.post("/misses/ignore", "miss", "<script>alert(18)</script>")
	_, pages["found"] = g.get("/knowledge?q=%3Cscript%3Ealert(19)%3C/script%3E")
	_, pages["asked"] = g.get("/ask?q=%3Cscript%3Ealert(20)%3C/script%3E&lang=%22%3E%3Cscript%3E")
	_, pages["choose"] = g.get("/misses/section?miss=%3Cscript%3E&words=%22%3E%3Cscript%3E&q=%3Cscript%3E")
	_, pages["door"] = h.guest().get("/sign-in?next=/%22%3E%3Cscript%3Ealert(21)%3C/script%3E")
	_, pages["link"] = h.guest().get("/door/%22%3E%3Cscript%3Ealert(22)%3C%2Fscript%3E")
	h.put("broken<script>.md", "---\ntitle: [\n---\n")
	h.files.Reload(t.Context())
	_, pages["problems"] = g.get("/knowledge")
	for name, page := range pages {
		page = strings.ReplaceAll(page, `<script src="/assets/console.js" defer></script>`, "")
		for _, bad := range []string{"<script", "<img", `href="javascript:`, "</textarea><"} {
			if at := strings.Index(page, bad); at >= 0 {
				t.Errorf("%s holds %q: …%.200s", name, bad, page[max(0, at-60):])
			}
		}
	}
}

// TestBounds sends more than a form can mean, and addresses that lead nowhere.
func TestBounds(t *testing.T) {
	h := newHouse(t, clinic, nil)
	g := h.staff("Ann")
	section := "/section/" + string(h.key("When are you open?"))
	before := h.file("visits.md")
	resp, page := g.post(section, "title", "When are you open?", "body", strings.Repeat("x", maxForm), "do", "save")
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a form of more than %d bytes = %d, want 413", maxForm, resp.StatusCode)
	}
	wants(t, "a form that is too long", page, "Nothing was saved")
	_, page = g.post(section, "title", "When are you open?", "body", strings.Repeat("x", maxText+1), "do", "save")
	wants(t, "a text that is too long", page, "The text is too long")
	for _, path := range []string{"/misses/ignore", "/misses/scope", "/misses/phrasing", "/golden", "/words/accept"} {
		if resp, _ := g.post(path, "miss", strings.Repeat("x", maxQuestion+1), "words", strings.Repeat("x", maxQuestion+1), "section", "x"); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("POST %s with too long a question = %d, want 422", path, resp.StatusCode)
		}
	}
	if resp, _ := g.post("/publish", "reason", strings.Repeat("x", maxReason+1)); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("publish with too long a reason = %d, want 422", resp.StatusCode)
	}
	r, err := http.NewRequest(http.MethodPost, h.URL+section, strings.NewReader("title=%zz"))
	h.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if resp, _ := g.do(r); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a broken form = %d, want 400", resp.StatusCode)
	}
	for _, path := range []string{"/section/..%2f..%2fetc%2fpasswd", "/section/x", "/article/..%2fdesk.yaml", "/versions/..%2f..%2fx", "/versions/zzzz", "/assets/..%2fguard.go", "/assets/section.html", "/section/x/history"} {
		if resp, body := g.get(path); resp.StatusCode != http.StatusNotFound || strings.Contains(body, "root:") {
			t.Errorf("GET %s = %d, want 404", path, resp.StatusCode)
		}
	}
	if resp, _ := g.post("/versions/..%2f..%2fx/back"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("bring back a version by a path = %d, want 404", resp.StatusCode)
	}
	for _, path := range []string{"/numbers?days=-1", "/numbers?days=99999999", "/misses?page=-3", "/knowledge?page=999999999999999999999", "/changes?page=0", "/misses?days=x"} {
		g.page(path)
	}
	if h.file("visits.md") != before {
		t.Error("something was written")
	}
	// A title that looks like a path makes a file in the folder, and nowhere else.
	for _, title := range []string{"../../outside", "/etc/passwd", `..\outside`, "con", ".hidden"} {
		g.post("/new", "title", title, "body", "Yes.", "heading", "../../heading", "do", "save")
	}
	left, err := os.ReadDir(filepath.Dir(h.dir))
	h.must(err)
	if len(left) != 1 {
		t.Errorf("beside the folder there is %v", left)
	}
	entries, err := os.ReadDir(h.dir)
	h.must(err)
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			t.Errorf("the folder holds %q", e.Name())
		}
	}
}

// TestNoSecretsShow looks for the token and for what people wrote in the logs, and for the token on pages.
func TestNoSecretsShow(t *testing.T) {
	h := newHouse(t, clinic, nil)
	missing(h)
	link := h.Link("Ann")
	g := h.guest()
	g.post("/sign-in", "name", "Eve", "token", "a-wrong-token")
	g.post(link)
	for _, path := range h.everyPage() {
		_, body := g.get(path)
		if strings.Contains(body, token) {
			t.Errorf("%s shows the token", path)
		}
	}
	g.post("/misses/phrasing", "miss", "is my bicycle safe there", "words", "is my bicycle safe there", "section", string(h.key("Where can I park my car?")))
	for _, entry := range h.logs.All() {
		line := entry.Message
		for _, f := range entry.Context {
			line += " " + f.Key + "=" + f.String
			if err, ok := f.Interface.(error); ok {
				line += err.Error()
			}
		}
		for _, secret := range []string{token, "a-wrong-token", strings.TrimPrefix(link, "/door/"), "bicycle"} {
			if strings.Contains(line, secret) {
				t.Errorf("the log says %q", line)
			}
		}
	}
}
