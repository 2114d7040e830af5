package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
)

var office = knowledge.Handoff{Label: "Write to <the office>", URL: "https://clinic.example/contact", Phone: "(555) 555-0100", Hours: "Mon-Fri 9-5"}

// hostile is what staff would never write and a stolen account might.
const hostile = `<script>alert(1)</script> <img src=x onerror=alert(1)> [click](javascript:alert(1)) & "so on".`

// clinic is a small knowledge base, in English and in Spanish.
func clinic() knowledge.Base {
	english := knowledge.Article{ID: "therapy", Title: "Ketamine & therapy", Lang: "en", URL: "https://clinic.example/therapy"}
	for _, s := range [][2]string{
		{"What is ketamine?", "Ketamine is an *anaesthetic*. In low doses it changes how the brain handles glutamate."},
		{"What are the side effects?", "Nausea, dizziness and a rise in blood pressure.\n\n- They pass within a few hours.\n- [Read on](https://clinic.example/more)."},
		{"How much does a session cost?", "A session costs **450 dollars**. The first talk is free."},
		{"How much does a consultation cost?", "A consultation costs 120 dollars."},
		{"Who reads the <b>records</b>?", hostile},
		{"What happens during a session?", strings.Repeat("You settle into a chair and rest.\n\nA nurse measures your blood pressure, once before and once after, with a Sphygmomanometer-of-a-particularly-long-and-unbreakable-name.\n\n", 12)},
	} {
		english.Sections = append(english.Sections, newSection(english, s[0], s[1]))
	}
	spanish := knowledge.Article{ID: "terapia", Title: "Terapia con ketamina", Lang: "es"}
	spanish.Sections = []knowledge.Section{
		newSection(spanish, "¿Qué es la ketamina?", "La ketamina es un anestésico. En dosis bajas cambia cómo el cerebro maneja el glutamato."),
		newSection(spanish, "¿Cuáles son los efectos secundarios?", "Los más comunes son náuseas, mareo y un aumento de la presión arterial."),
	}
	arabic := knowledge.Article{ID: "parking", Title: "زيارتنا"}
	arabic.Sections = []knowledge.Section{
		newSection(arabic, "أين يمكنني ركن السيارة؟", strings.Repeat("يمكنك ركن السيارة في الشارع الخلفي للمبنى.\n\n", 60)),
	}
	return knowledge.Base{Version: "1", Articles: []knowledge.Article{english, spanish, arabic}, Settings: knowledge.Settings{
		Name: "Willow <Clinic>", Lang: "en", Contact: office, Disclaimer: "I am a program, not a clinician.",
		Helplines: []knowledge.Helpline{
			{Name: "988 Lifeline", Call: "988", Text: "988", Chat: "https://988lifeline.org/chat", Hours: "24/7", Region: "US"},
			{Name: "Emergency services", Call: "911", For: []string{"emergency"}},
		},
	}}
}

func newSection(a knowledge.Article, title, body string) knowledge.Section {
	return knowledge.Section{
		ID: knowledge.SectionID(string(a.ID) + "/" + title), Kind: knowledge.Answer, ArticleID: a.ID, Article: a.Title,
		Title: title, Body: body, Lang: a.Lang, URL: a.URL, Handoff: office,
	}
}

// A site is the handler over a real desk, on loopback. Its clock stands still: nothing comes back of what an address
// has used up.
type site struct {
	t *testing.T
	*httptest.Server
	logs *observer.ObservedLogs
}

func newSite(t *testing.T, c Config) *site {
	t.Helper()
	snapshot, err := index.Build(context.Background(), clinic(), index.Options{})
	if err != nil {
		t.Fatalf("Build() = %v", err)
	}
	t.Cleanup(func() { snapshot.Close() })
	core, logs := observer.New(zapcore.DebugLevel)
	desk := bot.NewDesk(index.NewLive(snapshot), bot.DefaultPolicy, zap.New(core))
	c.Settings = func() knowledge.Settings { return snapshot.Base().Settings }
	began := time.Now()
	handler := newHandler(c, desk, zap.New(core), func() time.Time { return began })
	s := &site{t: t, Server: httptest.NewServer(handler), logs: logs}
	t.Cleanup(s.Close)
	return s
}

// do sends a request; headers are pairs of name and value.
func (s *site) do(method, path, body string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.Client().Do(r)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return resp, string(data)
}

// post sends JSON to the API and decodes the answer.
func (s *site) post(path string, in map[string]string) (int, answer) {
	s.t.Helper()
	body, _ := json.Marshal(in)
	resp, data := s.do(http.MethodPost, path, string(body), "Content-Type", "application/json")
	var a answer
	if resp.StatusCode == http.StatusOK {
		dec := json.NewDecoder(bytes.NewBufferString(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&a); err != nil {
			s.t.Fatalf("POST %s: %v in %s", path, err, data)
		}
	}
	return resp.StatusCode, a
}
