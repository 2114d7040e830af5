package discord

import (
	"cmp"
	"context"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"

	"frontdesk/bot"
)

// suggest completes what is being typed. Discord asks on every key and takes no excuse, so whatever goes wrong the
// list is only empty. Nothing of it is logged.
func (c *Client) suggest(ctx context.Context, i interaction, m bot.Message, respond callback) {
	m.Text = strings.ToLower(strings.TrimSpace(i.Data.option(english().Question)))
	key := strings.Join([]string{string(m.Room), m.Lang, m.Text}, " ") // rooms may differ in what they may use
	choices, known := c.suggestions.recall(key)
	if !known {
		choices = c.choices(ctx, m)
		c.suggestions.keep(key, choices)
	}
	err := respond(ctx, response{discordgo.InteractionApplicationCommandAutocompleteResult, offer{choices}})
	if err != nil {
		c.log.Debug("completing a question", zap.Error(err))
	}
}

// choices are the desk's suggestions. Their value is a button's, so that the chosen one is shown and not searched for.
func (c *Client) choices(ctx context.Context, m bot.Message) []*discordgo.ApplicationCommandOptionChoice {
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	seen := map[string]bool{}
	for _, s := range c.desk.Suggest(ctx, m, maxMenu) {
		name := cut(strings.Join(strings.Fields(cmp.Or(s.Title, s.Article)), " "), maxOption)
		if name == "" || seen[name] || len(choices) == maxMenu {
			continue
		}
		seen[name] = true
		value := bot.Press{Verb: bot.Show, Key: s.ID.Key()}.String()
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: value})
	}
	return choices
}

const (
	suggestionLife = 20 * time.Second // short enough for a change of the knowledge to show
	maxSuggestions = 1024             // lists remembered
)

// suggestions remember for a moment what was suggested for what was typed. They are safe for concurrent use.
type suggestions struct {
	mu    sync.Mutex
	known map[string]suggestion
}

type suggestion struct {
	choices []*discordgo.ApplicationCommandOptionChoice
	until   time.Time
}

func (s *suggestions) recall(key string) ([]*discordgo.ApplicationCommandOptionChoice, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hit, ok := s.known[key]
	return hit.choices, ok && time.Now().Before(hit.until)
}

func (s *suggestions) keep(key string, choices []*discordgo.ApplicationCommandOptionChoice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(s.known, func(_ string, old suggestion) bool { return !now.Before(old.until) }) // keys are what people typed
	if len(s.known) >= maxSuggestions {
		clear(s.known)
	}
	s.known[key] = suggestion{choices, now.Add(suggestionLife)}
}
