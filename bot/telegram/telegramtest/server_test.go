package telegramtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const testToken = "1:TEST"

var carla = User{ID: 5, FirstName: "Carla"}

// call makes one call and returns the answer.
func call(t *testing.T, s *Server, token, method string, p params) answer {
	t.Helper()
	form := url.Values{}
	for k, v := range p {
		form.Set(k, v)
	}
	resp, err := http.PostForm(s.URL+"/bot"+token+"/"+method, form)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	if a.OK != (resp.StatusCode == http.StatusOK) {
		t.Errorf("%s: ok %v with status %d", method, a.OK, resp.StatusCode)
	}
	return a
}

func TestRefusals(t *testing.T) {
	s := NewServer(testToken)
	defer s.Close()
	s.Say(Private(carla), carla, "hello")
	text := func(text string) params { return params{"chat_id": "5", "text": text} }
	html := func(text string) params { return params{"chat_id": "5", "text": text, "parse_mode": "HTML"} }
	keys := func(keyboard string) params {
		return params{"chat_id": "5", "text": "x", "reply_markup": `{"inline_keyboard":` + keyboard + `}`}
	}
	for _, tt := range []struct {
		name, token, method string
		p                   params
		code                int // 0 for accepted
		says                string
	}{
		{"wrong token", "2:TEST", "getMe", nil, 401, "Unauthorized"},
		{"unknown method", testToken, "sendMoney", nil, 404, "Not Found"},
		{"no text", testToken, "sendMessage", html("<b> </b>"), 400, "message text is empty"},
		{"longest text", testToken, "sendMessage", text(strings.Repeat("😀", 2048)), 0, ""},
		{"too long", testToken, "sendMessage", text(strings.Repeat("😀", 2048) + "x"), 400, "message is too long"},
		{"tags do not count", testToken, "sendMessage", html("<b>" + strings.Repeat("&lt;", 4096) + "</b>"), 0, ""},
		{"nesting", testToken, "sendMessage", html(`<b>a<i>b</i> &amp; <a href="https://x.example/?a=1&amp;b">c</a></b> 1 > 0 &nbsp;`), 0, ""},
		{"unknown tag", testToken, "sendMessage", html("<p>x</p>"), 400, `Unsupported start tag "p" at byte offset 0`},
		{"bare <", testToken, "sendMessage", html("1 < 2"), 400, "Unsupported start tag"},
		{"unknown attribute", testToken, "sendMessage", html(`<b onclick="x">x</b>`), 400, "Unsupported attribute"},
		{"crossing tags", testToken, "sendMessage", html("<b><i>x</b></i>"), 400, `expected "</i>", found "</b>"`},
		{"unclosed", testToken, "sendMessage", html("<b>x"), 400, "Can't find end tag"},
		{"unopened", testToken, "sendMessage", html("x</b>"), 400, "Unexpected end tag"},
		{"unknown chat", testToken, "sendMessage", params{"chat_id": "6", "text": "x"}, 400, "chat not found"},
		{"unknown topic", testToken, "sendMessage", params{"chat_id": "5", "text": "x", "message_thread_id": "3"}, 400, "message thread not found"},
		{"button", testToken, "sendMessage", keys(`[[{"text":"a","callback_data":"b"}]]`), 0, ""},
		{"data of 64 bytes", testToken, "sendMessage", keys(`[[{"text":"a","callback_data":"` + strings.Repeat("é", 32) + `"}]]`), 0, ""},
		{"data of 66 bytes", testToken, "sendMessage", keys(`[[{"text":"a","callback_data":"` + strings.Repeat("é", 33) + `"}]]`), 400, "BUTTON_DATA_INVALID"},
		{"button without action", testToken, "sendMessage", keys(`[[{"text":"a"}]]`), 400, "BUTTON_DATA_INVALID"},
		{"button without text", testToken, "sendMessage", keys(`[[{"text":" ","callback_data":"b"}]]`), 400, "Text buttons are unallowed"},
		{"mailto button", testToken, "sendMessage", keys(`[[{"text":"a","url":"mailto:a@b.example"}]]`), 400, "Unsupported URL protocol"},
		{"button to a bare host", testToken, "sendMessage", keys(`[[{"text":"a","url":"http://localhost/"}]]`), 400, "Wrong HTTP URL"},
		{"tg button", testToken, "sendMessage", keys(`[[{"text":"a","url":"tg://resolve?domain=x"}]]`), 0, ""},
		{"nine in a row", testToken, "sendMessage", keys("[[" + strings.Repeat(`{"text":"a","callback_data":"b"},`, 8) + `{"text":"a","callback_data":"b"}]]`), 400, "BUTTON_ROW_TOO_LONG"},
		{"101 buttons", testToken, "sendMessage", keys("[" + strings.Repeat(`[{"text":"a","callback_data":"b"}],`, 100) + `[{"text":"a","callback_data":"b"}]]`), 400, "REPLY_MARKUP_TOO_LONG"},
		{"unknown callback", testToken, "answerCallbackQuery", params{"callback_query_id": "x"}, 400, "query is too old"},
		{"edit of nothing", testToken, "editMessageText", params{"chat_id": "5", "message_id": "9", "text": "x"}, 400, "message to edit not found"},
		{"command name", testToken, "setMyCommands", params{"commands": `[{"command":"Ask","description":"x"}]`}, 400, "BOT_COMMAND_INVALID"},
		{"commands", testToken, "setMyCommands", params{"commands": `[{"command":"ask","description":"x"}]`, "scope": `{"type":"default"}`}, 0, ""},
		{"short description", testToken, "setMyShortDescription", params{"short_description": strings.Repeat("x", 121)}, 400, "too long"},
		{"secret", testToken, "setWebhook", params{"url": "https://x.example/", "secret_token": "a b"}, 400, "unallowed characters"},
		{"webhook address", testToken, "setWebhook", params{"url": "ftp://x.example/"}, 400, "HTTPS URL must be provided"},
	} {
		a := call(t, s, tt.token, tt.method, tt.p)
		if a.Code != tt.code || !strings.Contains(a.Description, tt.says) {
			t.Errorf("%s: %s = %d %q, want %d %q", tt.name, tt.method, a.Code, a.Description, tt.code, tt.says)
		}
	}
}

// updates polls and returns the ids.
func updates(t *testing.T, s *Server, p params) []int {
	t.Helper()
	a := call(t, s, testToken, "getUpdates", p)
	ids := []int{}
	for _, u := range a.Result.([]any) {
		ids = append(ids, int(u.(map[string]any)["update_id"].(float64)))
	}
	return ids
}

func TestOffsets(t *testing.T) {
	s := NewServer(testToken)
	defer s.Close()
	for range 3 {
		s.Say(Private(carla), carla, "hello")
	}
	if got := updates(t, s, nil); len(got) != 3 || got[0] != 1000 {
		t.Errorf("first poll = %v, want 1000 to 1002", got)
	}
	if got := updates(t, s, params{"limit": "1"}); len(got) != 1 || got[0] != 1000 {
		t.Errorf("unconfirmed poll = %v, want 1000 again", got)
	}
	if got := updates(t, s, params{"offset": "1002"}); len(got) != 1 || got[0] != 1002 {
		t.Errorf("poll from 1002 = %v", got)
	}
	if got := updates(t, s, params{"offset": "1003", "allowed_updates": `["callback_query"]`}); len(got) != 0 {
		t.Errorf("poll from 1003 = %v, want nothing", got)
	}
	s.Say(Private(carla), carla, "not wanted")
	if s.Unconfirmed() != 0 {
		t.Error("an update of a kind that the bot does not want is queued")
	}
}

func TestLongPollWaitsAndTheNewestPollerWins(t *testing.T) {
	s := NewServer(testToken)
	defer s.Close()
	first := make(chan answer, 1)
	go func() { first <- call(t, s, testToken, "getUpdates", params{"timeout": "50"}) }()
	polling := func() bool { return s.updates.poller != nil }
	for !holds(s, polling) {
		time.Sleep(time.Millisecond)
	}
	second := make(chan answer, 1)
	go func() { second <- call(t, s, testToken, "getUpdates", params{"timeout": "50"}) }()
	if a := <-first; a.Code != http.StatusConflict {
		t.Errorf("the older poll got %d %q, want 409", a.Code, a.Description)
	}
	s.Say(Private(carla), carla, "hello")
	if a := <-second; !a.OK || len(a.Result.([]any)) != 1 {
		t.Errorf("the newer poll got %+v, want the update", a)
	}
}

func holds(s *Server, check func() bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return check()
}

func TestFloodControl(t *testing.T) {
	s := NewServer(testToken)
	defer s.Close()
	s.EnforceLimits()
	s.Say(Supergroup(-1), carla, "hello")
	for n := 1; n <= 21; n++ {
		a := call(t, s, testToken, "sendMessage", params{"chat_id": "-1", "text": "x"})
		if flooded := a.Code == http.StatusTooManyRequests; flooded != (n > 20) || flooded && a.Parameters["retry_after"] == nil {
			t.Errorf("message %d: %d %v, want 20 a minute and no more", n, a.Code, a.Parameters)
		}
	}
}

func TestFaultsHappenOnceEach(t *testing.T) {
	s := NewServer(testToken)
	defer s.Close()
	s.Fail("getMe", Fault{RetryAfter: 3}, Fault{Code: 403, Description: "Forbidden"}, Fault{Code: 500})
	for _, want := range []int{429, 403, 500, 0} {
		if a := call(t, s, testToken, "getMe", nil); a.Code != want {
			t.Errorf("getMe = %d %q, want %d", a.Code, a.Description, want)
		}
	}
	s.Fail("getMe", Fault{Drop: true}, BadGateway)
	if _, err := http.PostForm(s.URL+"/bot"+testToken+"/getMe", nil); err == nil { // a GET is repeated by net/http itself
		t.Error("a dropped connection gave an answer")
	}
	resp, err := http.PostForm(s.URL+"/bot"+testToken+"/getMe", nil)
	if err != nil || resp.StatusCode != http.StatusBadGateway {
		t.Fatalf("getMe = %v, %v; want 502", resp, err)
	}
	resp.Body.Close()
}

func TestWebhookDelivery(t *testing.T) {
	s := NewServer(testToken)
	defer s.Close()
	got := make(chan string, 4)
	refuse := true
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuse {
			refuse = false
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		body, _ := io.ReadAll(r.Body)
		got <- r.Header.Get("X-Telegram-Bot-Api-Secret-Token") + " " + string(body)
	}))
	defer hook.Close()
	call(t, s, testToken, "setWebhook", params{"url": hook.URL, "secret_token": "s3cret"})
	if a := call(t, s, testToken, "getUpdates", nil); a.Code != http.StatusConflict {
		t.Errorf("getUpdates with a webhook = %d, want 409", a.Code)
	}
	s.Say(Private(carla), carla, "hello")
	if d := <-got; !strings.HasPrefix(d, `s3cret {"update_id":1000,`) {
		t.Errorf("delivered %q", d)
	}
	if err := s.WaitConfirmed(t.Context()); err != nil {
		t.Error(err)
	}
	call(t, s, testToken, "deleteWebhook", nil)
	if s.Webhook() != "" {
		t.Errorf("Webhook() = %q after deleteWebhook", s.Webhook())
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{"<b>x</b> &lt; &#128512; &#x1F600;", "<a href='x'>y</a>", "</b>", "<", "&", "<b><i></b>", "<pre><code class=\"a\">x</code></pre>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		text, entities, refusal := ParseHTML(source)
		if refusal != "" {
			return
		}
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units(text) {
				t.Errorf("ParseHTML(%q) has an entity %+v outside of its %d units", source, e, units(text))
			}
		}
		if !strings.ContainsAny(source, "<&") && text != source {
			t.Errorf("ParseHTML(%q) = %q, want plain text as it is", source, text)
		}
	})
}

// TestCloseWithUndelivered ends while an update waits that nobody takes.
func TestCloseWithUndelivered(t *testing.T) {
	s := NewServer(testToken)
	resp, err := http.PostForm(s.URL+"/bot"+testToken+"/setWebhook", url.Values{"url": {"http://127.0.0.1:1/"}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	s.PushRaw(`"message":{}`)
	closed := make(chan bool)
	go func() { s.Close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(20 * time.Second):
		t.Fatal("Close() does not return")
	}
}
