package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"
)

// A Webhook is how Telegram delivers updates to us, instead of polls. Its zero value is none.
type Webhook struct {
	// URL is where Telegram posts updates, such as "https://bot.clinic.example/telegram". Telegram's own servers want
	// https and one of the ports 443, 80, 88 and 8443; [Client.WebhookHandler] must answer there.
	URL string

	// Connections is how many deliveries Telegram may make at once, 1 to 100; 0 for Telegram's default of 40.
	Connections int
}

var webhookPorts = []string{"", "443", "80", "88", "8443"}

func (w Webhook) check(official bool) error {
	if w.URL == "" {
		return nil
	}
	u, err := url.Parse(w.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return errors.New("the webhook's address must start with https:// and name a host")
	case official && u.Scheme != "https":
		return errors.New("the webhook's address must start with https://; Telegram delivers to no other")
	case official && !slices.Contains(webhookPorts, u.Port()):
		return errors.New("the webhook's port must be 443, 80, 88 or 8443; Telegram delivers to no other")
	case w.Connections < 0 || w.Connections > 100:
		return errors.New("a webhook takes 1 to 100 connections")
	}
	return nil
}

// maxUpdate bounds a delivery's body, in bytes. An update holds one message and the one it replies to.
const maxUpdate = 1 << 20

const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// webhookSecret returns what Telegram must say with every delivery. It hangs on the token alone, so that replicas
// agree without a setting, and does not give the token away.
func (c *Client) webhookSecret() string {
	mac := hmac.New(sha256.New, []byte(c.cfg.Token))
	mac.Write([]byte("frontdesk webhook"))
	return hex.EncodeToString(mac.Sum(nil))
}

// WebhookHandler returns what answers at Config.Webhook.URL. A delivery is answered with 200 only once it is accepted
// for good; Telegram repeats all others. Outside of Run everything is refused with 503.
func (c *Client) WebhookHandler() http.Handler {
	secret := []byte(c.webhookSecret())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), secret) != 1 {
			http.Error(w, "not from Telegram", http.StatusUnauthorized)
			return
		}
		if r.Method != http.MethodPost {
			http.Error(w, "updates are posted", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil {
			http.Error(w, "the update is too large or incomplete", http.StatusRequestEntityTooLarge)
			return
		}
		if !c.takeDelivery(body) {
			http.Error(w, "busy", http.StatusServiceUnavailable)
		}
	})
}

// takeDelivery accepts one update; false when it has to come again later.
func (c *Client) takeDelivery(body []byte) bool {
	c.mu.Lock()
	s := c.now
	c.mu.Unlock()
	if s == nil || s.inbox.len() > c.most {
		return false
	}
	if _, ok := updateID(body); !ok {
		c.log.Error("a delivery is no update and is left out")
		return true // it would come again and again
	}
	highest, _ := s.take([]json.RawMessage{body})
	return highest != 0
}

// keepWebhook sets the webhook up, looks after it until ctx ends, and takes it down. The error is one that no retry
// can heal.
func (c *Client) keepWebhook(ctx context.Context) error {
	wait := c.pace.backoff()
	set := false
	for ctx.Err() == nil {
		var err error
		if set {
			set, err = c.lookAtWebhook(ctx)
		} else {
			err = c.setWebhook(ctx)
			set = err == nil
		}
		if err != nil {
			pause, fatal := c.judge(ctx, c.calls, err, wait)
			if fatal != nil {
				return fatal
			}
			rest(ctx, pause)
			continue
		}
		wait.reset()
		if set {
			rest(ctx, c.pace.watch)
		}
	}
	c.removeWebhook(ctx)
	return nil
}

func (c *Client) setWebhook(ctx context.Context) error {
	params := tgbotapi.Params{"url": c.cfg.Webhook.URL, "secret_token": c.webhookSecret(), "allowed_updates": wanted}
	params.AddNonZero("max_connections", c.cfg.Webhook.Connections)
	if err := c.ask(ctx, "setWebhook", params, nil); err != nil {
		return err
	}
	c.wentWell()
	c.log.Info("Telegram delivers to the webhook")
	return nil
}

// lookAtWebhook asks whether the webhook is still ours and works.
func (c *Client) lookAtWebhook(ctx context.Context) (ours bool, err error) {
	var info tgbotapi.WebhookInfo
	if err := c.ask(ctx, "getWebhookInfo", nil, &info); err != nil {
		return true, err
	}
	failed := time.Since(time.Unix(int64(info.LastErrorDate), 0)) // to the second
	failing := info.PendingUpdateCount > 0 && failed < 2*c.pace.watch+time.Second
	switch {
	case info.URL != c.cfg.Webhook.URL:
		if c.health.bad(errWebhookSet) {
			c.log.Error(errWebhookSet.Error())
		}
		return false, nil
	case failing:
		if c.health.bad(errDelivery) {
			c.log.Error(errDelivery.Error(), zap.String("telegram_says", info.LastErrorMessage), zap.Int("waiting", info.PendingUpdateCount))
		}
		return true, nil
	}
	c.wentWell()
	return true, nil
}

var errDelivery = errors.New("updates cannot be delivered to the webhook; check that its address reaches this program")

// removeWebhook takes the webhook down if it is still ours: another replica may have set its own.
func (c *Client) removeWebhook(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.pace.farewell)
	defer cancel()
	var info tgbotapi.WebhookInfo
	err := c.ask(ctx, "getWebhookInfo", nil, &info)
	if err == nil && info.URL == c.cfg.Webhook.URL {
		err = c.ask(ctx, "deleteWebhook", nil, nil)
	}
	if err != nil {
		c.log.Warn("cannot take down the webhook", zap.Error(err))
	}
}
