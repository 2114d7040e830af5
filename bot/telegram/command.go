package telegram

import (
	"strings"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A command is "/name@bot rest".
type command struct{ name, bot, rest string }

func commandIn(body []uint16, entities []tgbotapi.MessageEntity) (command, bool) {
	for _, e := range entities {
		if e.Type == "bot_command" && e.Offset == 0 && e.Length > 1 && e.Length <= len(body) {
			name, to, _ := strings.Cut(string(utf16.Decode(body[1:e.Length])), "@")
			rest := string(utf16.Decode(body[e.Length:]))
			return command{strings.ToLower(name), to, strings.TrimSpace(rest)}, true
		}
	}
	return command{}, false
}

func (e *event) readCommand(self tgbotapi.User, c command, m *tgbotapi.Message) bool {
	if c.bot != "" && !strings.EqualFold(c.bot, self.UserName) {
		return false
	}
	e.behind = c.rest
	switch c.name {
	case "start":
		e.act = welcome
		e.readLink(c.rest)
	case "help":
		if e.act = welcome; c.rest != "" { // "/help me" and "/help what does it cost?"
			e.act, e.message.Text = question, "help "+c.rest
		}
	case "ask":
		e.setText(c.rest, m)
		if e.message.Text == "" {
			e.act = welcome
		}
	case "contact":
		e.act = contact
	case "topics":
		e.act = topics
	case "privacy":
		e.act = privacy
	case "forget":
		e.act = forget
	case "misses", "why", "console", "teach":
		e.act, e.message.Text = staff, strings.TrimSpace("/"+c.name+" "+c.rest)
		e.named = c.bot != ""
	default: // in a group, somebody else's
		e.act, e.behind = welcome, c.name+" "+c.rest
		return e.place.private || c.bot != ""
	}
	return true
}

// readLink reads the payload of a link such as https://t.me/bot?start=contact. It is "contact", "topics", or a
// section: "s-" and its key, or its id where that fits into the 64 characters A-Z a-z 0-9 _ - of a payload. "q-" and the
// keys of up to three sections ask which one is meant.
func (e *event) readLink(payload string) {
	key, isKey := strings.CutPrefix(payload, "s-")
	switch {
	case payload == "":
	case payload == "contact":
		e.act = contact
	case payload == "topics":
		e.act = topics
	case strings.HasPrefix(payload, "q-") && len(payload)%keyLen == len("q-"):
		e.act, e.press = press, bot.Press{Verb: bot.Pick, Key: knowledge.Key(payload[len("q-"):])}
	case isKey && len(key) == keyLen:
		e.act, e.press = press, bot.Press{Verb: bot.Show, Key: knowledge.Key(key)}
	default:
		e.act, e.press = press, bot.Press{Verb: bot.Show, Key: knowledge.SectionID(payload).Key()}
	}
}

var keyLen = len(knowledge.SectionID("").Key())

// withoutMentions returns the text without the bot's name, and whether it was there: as an entity, for a substring
// would also find @bot in @bot2.
func withoutMentions(self tgbotapi.User, body []uint16, entities []tgbotapi.MessageEntity) (text string, mentioned bool) {
	var kept []uint16
	at := 0
	for _, e := range entities {
		if e.Offset < at || e.Length < 1 || e.Offset+e.Length > len(body) {
			continue
		}
		name := string(utf16.Decode(body[e.Offset : e.Offset+e.Length]))
		named := e.Type == "mention" && strings.EqualFold(name, "@"+self.UserName)
		if named || e.Type == "text_mention" && e.User != nil && e.User.ID == self.ID {
			kept = append(kept, body[at:e.Offset]...)
			at, mentioned = e.Offset+e.Length, true
		}
	}
	kept = append(kept, body[at:]...)
	text = string(utf16.Decode(kept))
	if mentioned {
		text = strings.TrimLeft(text, " \t\n,:;")
	}
	return strings.TrimSpace(text), mentioned
}
