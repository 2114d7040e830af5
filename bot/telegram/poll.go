package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"
)

// wanted are the kinds of updates that the bot receives, as JSON. Telegram remembers the list until it is told another.
const wanted = `["message","edited_message","callback_query","inline_query","my_chat_member"]`

// poll receives updates until ctx ends. The error is one that no retry can heal.
func (c *Client) poll(ctx context.Context, s *session) error {
	offset, wait := 0, c.pace.backoff()
	for cleared := false; ctx.Err() == nil && s.hasRoom(ctx); {
		began := time.Now()
		cleared = cleared || c.clearWebhook(ctx)
		batch, err := c.getUpdates(ctx, offset)
		if err != nil {
			pause, fatal := c.judge(ctx, c.polls, err, wait)
			if fatal != nil {
				return fatal
			}
			rest(ctx, pause)
			continue
		}
		wait.reset()
		c.wentWell()
		highest, taken := s.take(batch)
		// An empty answer has confirmed all before. Ids start anew at any number after a quiet week, so that an old
		// offset must not be kept.
		offset = 0
		if highest != 0 {
			offset = highest + 1
		}
		if taken == 0 { // an impatient server, or nothing but updates that cannot be confirmed
			rest(ctx, c.pace.floor-time.Since(began))
		}
	}
	if offset != 0 {
		c.confirm(ctx, offset)
	}
	return nil
}

// clearWebhook takes down a webhook that an earlier run may have left, for it keeps updates from polls. It returns
// false when that is worth another try. Polling says what is wrong, if anything.
func (c *Client) clearWebhook(ctx context.Context) bool {
	err := c.ask(ctx, "deleteWebhook", nil, nil)
	var refusal *tgbotapi.Error
	return err == nil || errors.As(err, &refusal)
}

// getUpdates waits for updates. Each is left undecoded, so that one that cannot be decoded does not spoil the rest.
func (c *Client) getUpdates(ctx context.Context, offset int) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Poll+c.pace.call)
	defer cancel()
	params := tgbotapi.Params{"allowed_updates": wanted, "timeout": strconv.Itoa(int(c.cfg.Poll / time.Second))}
	params.AddNonZero("offset", offset)
	var batch []json.RawMessage
	err := c.polls.call(ctx, "getUpdates", params, &batch)
	return batch, err
}

// confirm tells Telegram at the end what has been taken in, so that it is not sent again. What comes with the answer
// stays unconfirmed.
func (c *Client) confirm(ctx context.Context, offset int) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.pace.farewell)
	defer cancel()
	params := tgbotapi.Params{"allowed_updates": wanted, "offset": strconv.Itoa(offset), "limit": "1", "timeout": "0"}
	if err := c.polls.call(ctx, "getUpdates", params, nil); err != nil {
		c.log.Info("the last updates are not confirmed; they will come again", zap.Error(err))
	}
}

func (c *Client) wentWell() {
	if was := c.health.good(time.Now()); was != nil {
		c.log.Info("receiving from Telegram again", zap.NamedError("was", was))
	}
}

// judge says how long to pause after a failure to receive by one of the two apis, or that no pause will heal it. What
// goes wrong in the same way again is not logged again.
func (c *Client) judge(ctx context.Context, by *api, err error, wait *backoff) (pause time.Duration, fatal error) {
	if ctx.Err() != nil {
		return 0, nil
	}
	by.close() // the next attempt takes a new connection
	var refusal *tgbotapi.Error
	if !errors.As(err, &refusal) {
		if c.health.bad(errOutage) {
			c.log.Warn("cannot reach the Bot API; trying again", zap.Error(err))
		}
		return wait.next(), nil
	}
	switch {
	case refusal.Code == http.StatusUnauthorized || refusal.Code == http.StatusNotFound:
		return 0, fmt.Errorf("%w (%w)", errToken, err)
	case refusal.Code == http.StatusConflict:
		trouble := errConflict
		if strings.Contains(refusal.Message, "webhook") {
			trouble = errWebhookSet
		}
		if c.health.bad(trouble) {
			c.log.Error(trouble.Error())
		}
		return jitter(c.pace.conflict), nil
	case refusal.RetryAfter > 0:
		if c.health.bad(errOutage) {
			c.log.Warn("Telegram asks to wait", zap.Int("seconds", refusal.RetryAfter))
		}
		return seconds(refusal.RetryAfter), nil
	}
	if c.health.bad(errOutage) {
		c.log.Warn("Telegram refuses updates; trying again", zap.Error(err))
	}
	return wait.next(), nil
}
