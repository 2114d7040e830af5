package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// newHookStand starts a client that updates are delivered to.
func newHookStand(t *testing.T) (*stand, *httptest.Server) {
	t.Helper()
	var client *Client
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client.WebhookHandler().ServeHTTP(w, r)
	}))
	t.Cleanup(hook.Close)
	s := newStand(t, func(c *Client) {
		client = c
		c.cfg.Webhook.URL = hook.URL + "/telegram"
	})
	return s, hook
}

func TestWebhook(t *testing.T) {
	s, _ := newHookStand(t)
	for i := range 3 {
		s.api.Say(telegramtest.Private(anna), anna, fmt.Sprint("question ", i))
	}
	s.api.PushRaw(`"message":{"message_id":"poison"}`)
	s.api.Say(telegramtest.Private(anna), anna, "after")
	s.sent(4)
	s.settled()
	if err := s.client.Health(); err != nil {
		t.Errorf("Health() = %v", err)
	}
	s.api.Replay(1000, "message", telegramtest.Message{ID: 101, From: &anna, Chat: telegramtest.Private(anna), Date: 1, Text: "question 0"})
	s.settled()
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if n := len(s.api.Sent()); n != 4 {
		t.Errorf("%d messages sent, want 4: a repeated update is answered once", n)
	}
	if got := s.api.Webhook(); got != "" {
		t.Errorf("the webhook is %q after the stop, want none", got)
	}
	if n := len(s.api.Calls("getUpdates")); n != 0 {
		t.Errorf("getUpdates was called %d times", n)
	}
}

func TestWebhookRefusals(t *testing.T) {
	s, hook := newHookStand(t)
	s.call("setWebhook", 1)
	good := s.client.webhookSecret()
	if strings.Contains(good, "PLANTED") {
		t.Error("the secret holds the token")
	}
	for _, tt := range []struct {
		name, method, secret, body string
		want                       int
	}{
		{"no secret", "POST", "", "{}", http.StatusUnauthorized},
		{"wrong secret", "POST", good[1:] + "x", "{}", http.StatusUnauthorized},
		{"wrong method", "GET", good, "", http.StatusMethodNotAllowed},
		{"too large", "POST", good, `{"update_id":1,"x":"` + strings.Repeat("x", maxUpdate) + `"}`, http.StatusRequestEntityTooLarge},
		{"no update", "POST", good, `[1,2]`, http.StatusOK},
		{"no JSON", "POST", good, `<html>`, http.StatusOK},
		{"poison", "POST", good, `{"update_id":5,"message":7}`, http.StatusOK},
		{"update", "POST", good, `{"update_id":6,"message":{"message_id":1,"from":{"id":7,"is_bot":false},"chat":{"id":7,"type":"private"},"date":1,"text":"hi"}}`, http.StatusOK},
	} {
		if got := deliver(t, tt.method, hook.URL, tt.secret, tt.body); got != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
		}
	}
	if err := s.stop(); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if got := deliver(t, "POST", hook.URL, good, `{"update_id":7}`); got != http.StatusServiceUnavailable {
		t.Errorf("after the stop: status %d, want 503, so that Telegram delivers again", got)
	}
}

func deliver(t *testing.T, method, address, secret, body string) int {
	t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(secretHeader, secret)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestWebhookIsSetAgainWhenItIsLost(t *testing.T) {
	var client *Client
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { client.WebhookHandler().ServeHTTP(w, r) }))
	defer hook.Close()
	s := newStand(t, func(c *Client) {
		client = c
		c.cfg.Webhook.URL = hook.URL
		c.pace.watch = c.pace.first
	})
	s.call("setWebhook", 1)
	resp, err := http.PostForm(s.api.URL+"/bot"+token+"/deleteWebhook", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	s.call("setWebhook", 2)
	s.api.Say(telegramtest.Private(anna), anna, "still there?")
	s.sent(1)
}

func TestWebhookThatCannotBeReachedTurnsHealthRed(t *testing.T) {
	var broken atomic.Bool
	broken.Store(true)
	var client *Client
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken.Load() {
			http.Error(w, "the server before the program is down", http.StatusBadGateway)
			return
		}
		client.WebhookHandler().ServeHTTP(w, r)
	}))
	defer hook.Close()
	s := newStand(t, func(c *Client) {
		client = c
		c.cfg.Webhook.URL = hook.URL
		c.pace.watch = 50 * time.Millisecond
	})
	s.api.Say(telegramtest.Private(anna), anna, "hello?")
	for looks := 1; !errors.Is(s.client.Health(), errDelivery); looks++ {
		s.call("getWebhookInfo", looks) // fails the test when there are no more
	}
	if n := strings.Count(s.out.String(), errDelivery.Error()); n != 1 {
		t.Errorf("the trouble is logged %d times, want once", n)
	}
	broken.Store(false)
	s.sent(1)
	for looks := len(s.api.Calls("getWebhookInfo")); s.client.Health() != nil; looks++ {
		s.call("getWebhookInfo", looks)
	}
}
