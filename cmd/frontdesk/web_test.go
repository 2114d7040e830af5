package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/contract"
	"frontdesk/bot/web"
)

// TestWebAnswersAsAskDoes asks one desk the same in the way of the command line and over HTTP: what ask -json prints is in the API's answer,
// word for word.
func TestWebAnswersAsAskDoes(t *testing.T) {
	p := program{errs: io.Discard, env: func(string) string { return "" }}
	d, err := p.open(context.Background(), "")
	if err != nil {
		t.Fatalf("open the sample: %v", err)
	}
	server := httptest.NewServer(web.New(web.Config{}, d.Desk, zap.NewNop()))
	defer server.Close()
	for i, question := range []string{"What are the common side effects?", "cost", "do you sell bicycles", "i want to kill myself", "hello", "¿Qué es la ketamina?", ""} {
		var printed bytes.Buffer
		err := askOne(context.Background(), d.Desk, question, i, func(question string, r bot.Reply, took time.Duration) error {
			return json.NewEncoder(&printed).Encode(contract.NewAnswer(question, r, took))
		})
		if err != nil {
			t.Fatalf("ask %q: %v", question, err)
		}
		body, err := json.Marshal(map[string]string{"question": question})
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.Post(server.URL+"/v1/ask", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		var want, got map[string]any
		err = json.NewDecoder(resp.Body).Decode(&got)
		resp.Body.Close()
		if err != nil {
			t.Fatalf("POST /v1/ask %q: %v", question, err)
		}
		if err := json.Unmarshal(printed.Bytes(), &want); err != nil {
			t.Fatalf("ask -json %q prints %q: %v", question, printed.String(), err)
		}
		delete(want, "took_us")
		if len(want) != 7 {
			t.Errorf("ask -json prints %d fields beside took_us, want 7", len(want))
		}
		for field, value := range want {
			if !contains(got[field], value) {
				t.Errorf("%q: %s is %v over HTTP, want %v as ask -json prints", question, field, got[field], value)
			}
		}
	}
}

// contains reports whether a decoded JSON value has all that another has: objects may have more fields.
func contains(got, want any) bool {
	fields, ok := want.(map[string]any)
	if !ok {
		return reflect.DeepEqual(got, want)
	}
	more, ok := got.(map[string]any)
	for name, value := range fields {
		ok = ok && contains(more[name], value)
	}
	return ok
}

// TestNoTokenOpensThePage serves as a newcomer does: with no setting but the addresses, so that tests do not meet.
func TestNoTokenOpensThePage(t *testing.T) {
	out, log := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	p := program{out: io.Discard, errs: log, env: func(name string) string {
		return map[string]string{"FRONTDESK_WEB_ADDR": "127.0.0.1:0", "FRONTDESK_HEALTH_ADDR": "127.0.0.1:0", "FRONTDESK_CONSOLE_ADDR": "127.0.0.1:0"}[name]
	}}
	code := make(chan int, 1)
	go func() {
		code <- p.run(ctx, []string{"serve"})
		log.Close()
	}()
	dec := json.NewDecoder(out)
	address := ""
	for address == "" {
		var line struct{ Msg, At string }
		if err := dec.Decode(&line); err != nil {
			t.Fatalf("serve without a token names no address to open: %v", err)
		}
		address = line.At
	}
	go io.Copy(io.Discard, out)
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !strings.Contains(string(page), "Willow Lane Clinic") {
		t.Errorf("GET %s = %v %.200s, want the sample's page", address, err, page)
	}
	http.DefaultClient.CloseIdleConnections()
	cancel()
	if got := <-code; got != exitOK {
		t.Errorf("serve exits with %d after it is told to stop, want %d", got, exitOK)
	}
}

// TestWebSettings reads what operators write.
func TestWebSettings(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"FRONTDESK_WEB_ADDR", "", "127.0.0.1:8080 [] []"},
		{"FRONTDESK_WEB_ADDR", "off", " [] []"},
		{"FRONTDESK_WEB_ADDR", ":80", ":80 [] []"},
		{"FRONTDESK_WEB_ORIGINS", "https://a.example, http://b.example:81", "127.0.0.1:8080 [https://a.example http://b.example:81] []"},
		{"FRONTDESK_WEB_ORIGINS", "*", "127.0.0.1:8080 [*] []"},
		{"FRONTDESK_WEB_ORIGINS", "https://a.example/", "error"},
		{"FRONTDESK_WEB_ORIGINS", "a.example", "error"},
		{"FRONTDESK_WEB_ORIGINS", "https://a.example; script-src *", "error"},
		{"FRONTDESK_WEB_PROXIES", "10.0.0.0/8,192.0.2.1 ::1", "127.0.0.1:8080 [] [10.0.0.0/8 192.0.2.1/32 ::1/128]"},
		{"FRONTDESK_WEB_PROXIES", "10.0.0.0/99", "error"},
	} {
		settings, err := readConfig(func(name string) string {
			if name == c.name {
				return c.value
			}
			return ""
		})
		got := fmt.Sprint(settings.WebAddr, " ", settings.WebOrigins, " ", settings.WebProxies)
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%s=%q is %q (%v), want %q", c.name, c.value, got, err, c.want)
		}
	}
}
