package telegramtest

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A hook is the bot's webhook.
type hook struct {
	url, secret string
	stop        context.CancelFunc
	lastError   string
	failedAt    time.Time // when lastError happened; both stay once deliveries work again, as at Telegram
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

// setWebhook accepts http addresses and any port, as a self-hosted Bot API in local mode does.
func (s *Server) setWebhook(p params) answer {
	u, err := url.Parse(p["url"])
	switch {
	case p["url"] == "":
		return s.deleteWebhook(p)
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		return refuse(400, "Bad Request: bad webhook: an HTTPS URL must be provided for webhook")
	case !secretToken.MatchString(p["secret_token"]):
		return refuse(400, "Bad Request: secret token contains unallowed characters")
	case p["max_connections"] != "" && (p.int("max_connections") < 1 || p.int("max_connections") > 100):
		return refuse(400, "Bad Request: max_connections must be between 1 and 100")
	}
	if bad := s.allow(p); bad != "" {
		return refuse(400, bad)
	}
	s.stopDelivery()
	ctx, cancel := context.WithCancel(context.Background())
	s.hook = hook{url: p["url"], secret: p["secret_token"], stop: cancel}
	if s.updates.poller != nil {
		close(s.updates.poller)
		s.updates.poller = nil
	}
	s.workers.Add(1)
	go func() {
		defer s.workers.Done()
		s.deliver(ctx, p["url"], p["secret_token"])
	}()
	return result(true)
}

func (s *Server) deleteWebhook(p params) answer {
	s.stopDelivery()
	s.hook = hook{}
	if p["drop_pending_updates"] == "true" {
		s.updates.waiting = nil
	}
	return result(true)
}

func (s *Server) getWebhookInfo(params) answer {
	return result(map[string]any{
		"url": s.hook.url, "has_custom_certificate": false, "pending_update_count": len(s.updates.waiting),
		"last_error_message": s.hook.lastError, "last_error_date": max(s.hook.failedAt.Unix(), 0),
	})
}

func (s *Server) stopDelivery() {
	if s.hook.stop != nil {
		s.hook.stop()
	}
}

// Webhook returns the address that updates are delivered to; empty for none.
func (s *Server) Webhook() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hook.url
}

// redelivery is how long the server waits after a delivery that was not answered with 2xx.
const redelivery = 20 * time.Millisecond

// deliver posts the waiting updates one by one until each is answered with 2xx. It follows no redirect.
func (s *Server) deliver(ctx context.Context, address, secret string) {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	for ctx.Err() == nil && s.waitUpdate(ctx) == nil { // waitUpdate looks for updates first
		next, ok := s.first()
		if !ok {
			continue
		}
		trouble := post(ctx, client, address, secret, next.raw)
		s.mu.Lock()
		if trouble != "" && ctx.Err() == nil {
			s.hook.lastError, s.hook.failedAt = trouble, time.Now()
		}
		if trouble == "" {
			s.updates.waiting = slices.DeleteFunc(s.updates.waiting, func(u update) bool { return u.id == next.id })
		}
		s.notify()
		s.mu.Unlock()
		if trouble != "" {
			select {
			case <-ctx.Done():
			case <-time.After(redelivery):
			}
		}
	}
}

func (s *Server) first() (update, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.updates.waiting) == 0 {
		return update{}, false
	}
	return s.updates.waiting[0], true
}

func (s *Server) waitUpdate(ctx context.Context) error {
	return s.await(ctx, func() bool { return len(s.updates.waiting) > 0 })
}

// post delivers one update and returns what went wrong, empty for nothing.
func post(ctx context.Context, client *http.Client, address, secret, body string) (trouble string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Content-Type", "application/json")
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return err.Error()
	}
	resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return "Wrong response from the webhook: " + resp.Status
	}
	return ""
}
