package discord

import (
	"sync"

	"frontdesk/bot"
)

// maxForms bounds the messages that wait for somebody to type something in reply.
const maxForms = 200

// An asking is a message that asks somebody to type a text in reply to it. Where a button was pressed or a command was
// used, Discord shows a form instead, and nothing has to be remembered.
type asking struct {
	who   string // a user's id
	press bot.Press
}

// forms remember what was asked, by message. They live in memory: after a restart staff ask for the form again. They
// are safe for concurrent use.
type forms struct {
	mu   sync.Mutex
	open map[string]asking
}

// ask notes that a reply to a message is a form filled in.
func (f *forms) ask(message, who string, p bot.Press) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.open) >= maxForms {
		clear(f.open)
	}
	f.open[message] = asking{who, p}
}

// fill returns what a message means that replies to one which asked for it, once.
func (f *forms) fill(m message) (bot.Press, bool) {
	if m.Referenced == nil {
		return bot.Press{}, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.open[m.Referenced.ID]
	if !ok || a.who != m.Author.ID {
		return bot.Press{}, false
	}
	delete(f.open, m.Referenced.ID)
	return a.press, true
}
