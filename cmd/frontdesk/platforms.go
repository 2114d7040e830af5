package main

import (
	"cmp"
	"context"
	"net/http"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/discord"
	"frontdesk/bot/teach"
	"frontdesk/bot/telegram"
	"frontdesk/bot/web"
)

// newDesk returns the desk that all platforms ask.
func (h *house) newDesk(c config, log *zap.Logger) *bot.Desk {
	settings := bot.Config{Policy: bot.DefaultPolicy, Journal: witness{h.journal, h.counts, h.teacher}, Staff: h.teacher}
	if c.TelegramToken != "" || c.DiscordToken != "" {
		settings.Waitlist = h.teacher // whoever asks on the page alone could not be told
	}
	return bot.New(h.live, settings, log)
}

// openBots makes the bots whose tokens are set, and a door for what the platforms deliver.
func (h *house) openBots(c config, desk *bot.Desk, log *zap.Logger) error {
	bots, hooks, err := adapters(c, desk, log)
	if err != nil {
		return err
	}
	h.bots = bots
	if hooks != nil {
		h.doors = append(h.doors, door{"deliveries", "FRONTDESK_HOOKS_ADDR", c.HooksAddr, hooks})
	}
	return nil
}

// openWeb makes the door with the chat page and the JSON API, where one is wanted.
func (h *house) openWeb(c config, desk *bot.Desk, log *zap.Logger) {
	if c.WebAddr == "" {
		return
	}
	page := web.New(web.Config{Origins: c.WebOrigins, Proxies: c.WebProxies, Settings: h.settings}, desk, log)
	h.doors = append(h.doors, door{webDoor, "FRONTDESK_WEB_ADDR", c.WebAddr, page})
}

// adapters returns the bots whose tokens are set, and what answers the platforms' deliveries; nil when all is fetched.
func adapters(c config, desk *bot.Desk, log *zap.Logger) (bots map[string]adapter, hooks http.Handler, err error) {
	bots = map[string]adapter{}
	byPath := deliveries{}
	if c.TelegramToken != "" {
		client, err := telegram.New(telegram.Config{
			Token: c.TelegramToken, BaseURL: c.TelegramAPI, StateDir: c.Data, Grace: c.StopTimeout,
			Webhook: telegram.Webhook{URL: c.TelegramHook},
		}, desk, log.Named("telegram"))
		if err != nil {
			return nil, nil, err
		}
		if c.TelegramHook != "" {
			byPath[pathOf(c.TelegramHook)] = client.WebhookHandler()
		}
		bots["telegram"] = client
	}
	if c.DiscordToken != "" {
		client, err := discord.New(discord.Config{
			Token: c.DiscordToken, BaseURL: c.DiscordAPI, StateDir: c.Data, Grace: c.StopTimeout,
			Shards: c.DiscordShards, PublicKey: c.DiscordKey, MessageContent: c.DiscordReads,
		}, desk, log.Named("discord"))
		if err != nil {
			return nil, nil, err
		}
		if c.DiscordKey != "" {
			byPath[discordPath] = client.InteractionsHandler()
		}
		bots["discord"] = client
	}
	if len(byPath) > 0 {
		hooks = byPath
	}
	return bots, hooks, nil
}

// deliveries holds who answers at which path. An operator chooses Telegram's, so that it may hold anything, and is no
// pattern of an [http.ServeMux].
type deliveries map[string]http.Handler

// ServeHTTP implements [http.Handler].
func (d deliveries) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, ok := d[cmp.Or(r.URL.Path, "/")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h.ServeHTTP(w, r)
}

// An adapter is a platform's client. Run blocks until ctx ends and the replies under way are sent.
type adapter interface {
	patient
	teach.Poster
	Run(ctx context.Context) error
}
