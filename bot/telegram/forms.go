package telegram

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"frontdesk/bot"
)

// maxForms bounds the messages that wait for somebody to type something in reply.
const maxForms = 200

// An asking is a message that asks somebody to type a text in reply to it.
type asking struct {
	Chat    int64        `json:"chat"`
	Message int          `json:"message"`
	Who     bot.PersonID `json:"who"`
	Press   string       `json:"press"` // what the reply means

	filled bool // in, and not yet dealt with: after a crash it is filled in again
}

// forms remember what was asked, the oldest first. They are safe for concurrent use. On disk they are a JSON list,
// rewritten whole; it holds nothing that anybody typed.
type forms struct {
	path string // empty for memory only

	mu   sync.Mutex
	open []asking
}

// formsPath returns the file for what was asked; empty for none.
func (c *Client) formsPath() string {
	if c.cfg.StateDir == "" {
		return ""
	}
	return filepath.Join(c.cfg.StateDir, "telegram-"+c.cfg.botID()+"-forms.json")
}

// openForms reads what an earlier run asked. A file that cannot be read counts as empty: staff press the button again.
func openForms(path string) *forms {
	f := &forms{path: path}
	data, err := os.ReadFile(path)
	if path == "" || errors.Is(err, fs.ErrNotExist) || json.Unmarshal(data, &f.open) != nil {
		f.open = nil
	}
	return f
}

// ask notes that a reply to a message is a form filled in. An error of the disk is none: the form is in memory.
func (f *forms) ask(chat int64, message int, who bot.PersonID, p bot.Press) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = append(f.open, asking{Chat: chat, Message: message, Who: who, Press: p.String()})
	if extra := len(f.open) - maxForms; extra > 0 {
		f.open = slices.Delete(f.open, 0, extra)
	}
	f.save()
}

// fill returns what a person's reply to a message means; false when nothing was asked there of them, or is any more.
func (f *forms) fill(chat int64, message int, who bot.PersonID) (bot.Press, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := slices.IndexFunc(f.open, func(a asking) bool {
		return a.Chat == chat && a.Message == message && a.Who == who && !a.filled
	})
	if at < 0 {
		return bot.Press{}, false
	}
	f.open[at].filled = true
	p, err := bot.ParsePress(f.open[at].Press)
	return p, err == nil
}

// close forgets a form that was filled in.
func (f *forms) close(chat int64, message int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = slices.DeleteFunc(f.open, func(a asking) bool { return a.Chat == chat && a.Message == message })
	f.save()
}

// save wants mu.
func (f *forms) save() {
	if f.path == "" {
		return
	}
	data, err := json.Marshal(f.open)
	if err != nil {
		return
	}
	if file, err := replace(nil, f.path, data); err == nil {
		file.Close()
	}
}
