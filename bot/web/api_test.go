package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"frontdesk/bot"
)

func TestAskAndPress(t *testing.T) {
	s := newSite(t, Config{})
	for _, c := range []struct {
		question string
		outcome  bot.Outcome
		text     string
	}{
		{"What are the side effects?", bot.Answered, "Nausea"},
		{"do you sell bicycles", bot.Unanswered, ""},
		{"i want to kill myself", bot.Crisis, "988"},
		{"hello", bot.Smalltalk, ""},
		{"I want to talk to a person", bot.HandedOff, ""},
		{"", bot.Smalltalk, ""},
	} {
		status, a := s.post("/v1/ask", map[string]string{"question": c.question})
		if status != http.StatusOK || a.Outcome != c.outcome || !strings.Contains(a.Text, c.text) || a.Question != c.question {
			t.Errorf("ask %q = %d %s %q, want 200 %s with %q", c.question, status, a.Outcome, a.Text, c.outcome, c.text)
		}
		if a.HTML == "" || a.Lang != "en" || !conversationForm.MatchString(string(a.Conversation)) {
			t.Errorf("ask %q: html %q, lang %q, conversation %q", c.question, a.HTML, a.Lang, a.Conversation)
		}
		if a.Outcome != bot.Smalltalk && (a.Handoff == nil || a.Handoff.URL != office.URL || a.Handoff.Phone != office.Phone) {
			t.Errorf("ask %q: handoff %+v, want %+v", c.question, a.Handoff, office)
		}
	}

	_, topics := s.post("/v1/press", map[string]string{"press": "1t"})
	if len(topics.Choices) == 0 {
		t.Fatalf("the topics have no choices: %+v", topics)
	}
	for _, c := range topics.Choices {
		_, a := s.post("/v1/press", map[string]string{"press": c.Press})
		if a.Title != c.Label || a.Section == nil || a.Source == nil {
			t.Errorf("pressing %q shows %q of %+v", c.Label, a.Title, a.Section)
		}
	}
	if status, a := s.post("/v1/press", map[string]string{"press": "9?nonsense"}); status != http.StatusOK || a.Outcome != bot.Unanswered {
		t.Errorf("an old button = %d %s, want a reply that says so", status, a.Outcome)
	}
}

// TestAConversationGoesOn asks what only the exchange before makes sense of.
func TestAConversationGoesOn(t *testing.T) {
	s := newSite(t, Config{})
	_, first := s.post("/v1/ask", map[string]string{"question": "What happens during a session?"})
	talk := string(first.Conversation)
	if len(first.Choices) == 0 {
		t.Fatalf("a long section has no button for the rest: %q", first.Text)
	}
	_, same := s.post("/v1/ask", map[string]string{"question": "more please", "conversation": talk})
	_, other := s.post("/v1/ask", map[string]string{"question": "more please"})
	if same.Title != first.Title || other.Title == first.Title {
		t.Errorf(`"more" shows %q in the conversation and %q outside it, want %q only in it`, same.Title, other.Title, first.Title)
	}
	if first.Note == "" || same.Note != "" {
		t.Errorf("the disclaimer is %q first and %q then, want it once", first.Note, same.Note)
	}
}

func TestLanguage(t *testing.T) {
	s := newSite(t, Config{})
	if _, a := s.post("/v1/ask", map[string]string{"question": "¿Qué es la ketamina?"}); a.Lang != "es" {
		t.Errorf("a Spanish question is answered in %q: %q", a.Lang, a.Text)
	}
	for _, headers := range [][]string{{"Accept-Language", "es-MX,es;q=0.9,en;q=0.5"}, {}} {
		path, want := "/v1/topics", "es"
		if len(headers) == 0 {
			path = "/v1/topics?lang=es"
		}
		_, body := s.do(http.MethodGet, path, "", headers...)
		var a answer
		if err := json.Unmarshal([]byte(body), &a); err != nil || a.Lang != want {
			t.Errorf("GET %s with %q is in %q (%v), want %q", path, headers, a.Lang, err, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := newSite(t, Config{})
	js := []string{"Content-Type", "application/json"}
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		code                     string
	}{
		{"a form", "POST", "/v1/ask", "question=x", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "not_json"},
		{"plain text, which browsers send across origins", "POST", "/v1/ask", `{"question":"x"}`, []string{"Content-Type", "text/plain"}, 415, "not_json"},
		{"broken JSON", "POST", "/v1/ask", `{"question":`, js, 400, "bad_json"},
		{"a list", "POST", "/v1/ask", `[]`, js, 400, "bad_json"},
		{"an unknown field", "POST", "/v1/ask", `{"quesion":"x"}`, js, 400, "bad_json"},
		{"two objects", "POST", "/v1/ask", `{"question":"x"}{}`, js, 400, "bad_json"},
		{"a press to ask", "POST", "/v1/ask", `{"press":"1t"}`, js, 400, "bad_json"},
		{"a question to press", "POST", "/v1/press", `{"question":"x"}`, js, 400, "bad_json"},
		{"a conversation that can be guessed", "POST", "/v1/ask", `{"question":"x","conversation":"1"}`, js, 400, "bad_conversation"},
		{"a conversation with a colon", "POST", "/v1/ask", `{"question":"x","conversation":"telegram:1234567890"}`, js, 400, "bad_conversation"},
		{"too much", "POST", "/v1/ask", `{"question":"` + strings.Repeat("x", maxBody) + `"}`, js, 413, "too_long"},
		{"the wrong method", "GET", "/v1/ask", "", nil, 405, ""},
		{"no such page", "GET", "/nowhere", "", nil, 404, ""},
		{"a template", "GET", "/assets/page.html", "", nil, 404, ""},
		{"a way out", "GET", "/assets/..%2f..%2fweb.go", "", nil, 404, ""},
	} {
		resp, body := s.do(c.method, c.path, c.body, c.headers...)
		if resp.StatusCode != c.status || !strings.Contains(body, c.code) {
			t.Errorf("%s = %d %.200s, want %d %s", c.name, resp.StatusCode, body, c.status, c.code)
		}
	}
}

// TestMisreadRequests wants sentences that say what to send, without a word of Go.
func TestMisreadRequests(t *testing.T) {
	s := newSite(t, Config{})
	for sent, want := range map[string]string{
		`{"question":5}`:           "question must be text, not a number",
		`{"question":null}`:        "",
		`{"question":true}`:        "question must be text, not true or false",
		`{"question":["x"]}`:       "question must be text, not an array",
		`{"question":{}}`:          "question must be text, not an object",
		`{"conversation":5}`:       "conversation must be text, not a number",
		`[]`:                       `send one object, such as {"question":"When are you open?"}, not an array`,
		`"x"`:                      `send one object, such as {"question":"When are you open?"}, not a string`,
		`5`:                        `send one object, such as {"question":"When are you open?"}, not a number`,
		`{"quesion":"x"}`:          `there is no field "quesion"; known are question, press, conversation and lang`,
		`question=x`:               "this is no JSON, from byte 1 on",
		`{"question":"x"`:          "this is no JSON, or ends too early",
		``:                         "this is no JSON, or ends too early",
		`{"question":"x"}{}`:       "there is more after the object",
		`{"question":"x"} nothing`: "there is more after the object",
	} {
		_, body := s.do(http.MethodPost, "/v1/ask", sent, "Content-Type", "application/json")
		var out struct{ Error struct{ Message string } }
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			t.Fatalf("%s = %s", sent, body)
		}
		if want != "" {
			want = "the request is not understood: " + want
		}
		if out.Error.Message != want {
			t.Errorf("%s = %q, want %q", sent, out.Error.Message, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	s := newSite(t, Config{})
	for q, want := range map[string]string{"side eff": "What are the side effects?", "i want to kill myself": "", "": ""} {
		resp, body := s.do(http.MethodGet, "/v1/suggest?q="+strings.ReplaceAll(q, " ", "+"), "")
		var out struct{ Suggestions []suggestion }
		if err := json.Unmarshal([]byte(body), &out); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("suggest %q = %d %s", q, resp.StatusCode, body)
		}
		if want == "" && q != "" && len(out.Suggestions) > 0 {
			t.Errorf("suggest %q = %+v, want none", q, out.Suggestions)
		}
		if want != "" && (len(out.Suggestions) == 0 || out.Suggestions[0].Title != want) {
			t.Errorf("suggest %q = %+v, want %q first", q, out.Suggestions, want)
		}
	}
}

func TestCORS(t *testing.T) {
	const ours, other = "https://clinic.example", "https://elsewhere.example"
	for _, c := range []struct {
		allowed      []string
		origin, want string
	}{
		{nil, ours, ""},
		{[]string{ours}, ours, ours},
		{[]string{ours}, other, ""},
		{[]string{ours}, "", ""},
		{[]string{"*"}, other, other},
	} {
		s := newSite(t, Config{Origins: c.allowed})
		for _, method := range []string{http.MethodOptions, http.MethodPost} {
			resp, _ := s.do(method, "/v1/ask", `{"question":"hello"}`, "Content-Type", "application/json", "Origin", c.origin)
			if got := resp.Header.Get("Access-Control-Allow-Origin"); got != c.want {
				t.Errorf("%s from %q with %q allowed: Access-Control-Allow-Origin is %q, want %q", method, c.origin, c.allowed, got, c.want)
			}
			if got := resp.Header.Get("Access-Control-Expose-Headers"); c.want != "" && got != "Retry-After" {
				t.Errorf("%s: a script may read %q, want Retry-After", method, got)
			}
			if resp.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: cookies go to other sites", method)
			}
		}
		if resp, _ := s.do(http.MethodGet, "/", ""); !strings.Contains(resp.Header.Get("Content-Security-Policy"), strings.Join(append([]string{"frame-ancestors 'self'"}, c.allowed...), " ")) {
			t.Errorf("with %q allowed, the policy is %q", c.allowed, resp.Header.Get("Content-Security-Policy"))
		}
	}
}

// TestNothingWrittenIsLogged asks, presses and breaks things with a word that must not be found anywhere after.
func TestNothingWrittenIsLogged(t *testing.T) {
	s := newSite(t, Config{})
	const word = "zanzibarquestion"
	s.post("/v1/ask", map[string]string{"question": word})
	s.post("/v1/press", map[string]string{"press": word})
	s.post("/v1/ask", map[string]string{"question": word, "conversation": word + " "})
	s.do(http.MethodPost, "/v1/ask", word, "Content-Type", "application/json")
	s.do(http.MethodGet, "/v1/suggest?q="+word, "")
	s.do(http.MethodPost, "/", "question="+word, "Content-Type", "application/x-www-form-urlencoded")
	entries := s.logs.All()
	if len(entries) < 6 {
		t.Fatalf("%d log entries, want one a request", len(entries))
	}
	for _, e := range entries {
		line, err := json.Marshal(e.ContextMap())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(e.Message+string(line), "zanzibar") {
			t.Errorf("the log quotes what people wrote: %s %s", e.Message, line)
		}
	}
}
