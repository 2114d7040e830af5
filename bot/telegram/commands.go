package telegram

import (
	"context"
	"errors"
	"slices"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// Limits of a profile, from https://core.telegram.org/bots/api#setmydescription and #setmyshortdescription.
const (
	maxDescription = 512
	maxShort       = 120
)

// scopes are where a menu shows, with the commands that are left out there. In a private chat one just writes.
var scopes = []struct{ name, without string }{
	{"default", ""}, {"all_group_chats", ""}, {"all_private_chats", "ask"},
}

// present gives the bot its menu and its description. It goes on for as long as the Bot API cannot be reached; what
// Telegram refuses is logged, for the bot answers without as well.
func (s *session) present(ctx context.Context) {
	for _, call := range s.profile() {
		if err := s.persist(ctx, call.method, call.params); err != nil && ctx.Err() == nil {
			s.log.Warn("the bot's profile could not be set", zap.String("method", call.method), zap.Error(err))
		}
	}
}

type profileCall struct {
	method string
	params tgbotapi.Params
}

func (s *session) profile() []profileCall {
	var calls []profileCall
	for _, m := range menus() {
		for _, scope := range scopes {
			commands := slices.DeleteFunc(slices.Clone(m.commands), func(c tgbotapi.BotCommand) bool { return c.Command == scope.without })
			calls = append(calls, profileCall{"setMyCommands", tgbotapi.Params{
				"commands": encode(commands), "scope": encode(map[string]string{"type": scope.name}), "language_code": m.lang,
			}})
		}
		long, short := s.describe(m.lang)
		calls = append(calls,
			profileCall{"setMyDescription", tgbotapi.Params{"description": long, "language_code": m.lang}},
			profileCall{"setMyShortDescription", tgbotapi.Params{"short_description": short, "language_code": m.lang}},
		)
	}
	return calls
}

// describe returns what people read before they start the bot: the desk's welcome with the disclaimer, and the
// disclaimer alone where there is little space.
func (s *session) describe(lang string) (long, short string) {
	w := s.desk.Welcome(bot.Message{Lang: lang, Private: true}) // in no room: nothing is remembered
	disclaimer := plainText(w.Note)
	greeting, _, _ := strings.Cut(w.Text, "\n\n")
	long = plainText(greeting)
	if disclaimer != "" {
		long = shorten(long, max(maxDescription-len([]rune(disclaimer))-2, 1)) + "\n\n" + disclaimer
	}
	if disclaimer == "" {
		disclaimer = long
	}
	return clip(long, maxDescription), shorten(disclaimer, maxShort)
}

// clip cuts s to at most n characters.
func clip(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}

// persist makes a call until Telegram accepts or refuses it.
func (s *session) persist(ctx context.Context, method string, params tgbotapi.Params) error {
	wait := s.pace.backoff()
	for {
		err := s.ask(ctx, method, params, nil)
		var refusal *tgbotapi.Error
		switch {
		case err == nil || ctx.Err() != nil:
			return err
		case errors.As(err, &refusal) && refusal.RetryAfter > 0:
			rest(ctx, seconds(refusal.RetryAfter))
		case errors.As(err, &refusal) && refusal.Code < 500:
			return err
		default:
			rest(ctx, wait.next())
		}
	}
}
