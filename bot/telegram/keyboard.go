package telegram

import (
	"net/url"
	"slices"
	"strings"

	"frontdesk/bot"
)

// Limits of a keyboard, from https://core.telegram.org/bots/api#inlinekeyboardbutton.
const (
	maxLabel   = 60   // ours: what phones show of a button
	maxButtons = 90   // Telegram's is 100
	maxMarkup  = 8192 // bytes of JSON; Telegram's is about 10 KiB
)

// A button of an inline keyboard has one of url and data.
type button struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// keyboard returns the rows under a reply: one for each choice, the two of the feedback side by side, and the link to
// a human last.
func keyboard(r bot.Reply) [][]button {
	var rows [][]button
	size := 0
	for _, c := range slices.Concat(r.Choices, r.Related, r.Feedback) {
		b := button{Text: shorten(c.Label, maxLabel), Data: c.Press.String()}
		size += len(encode(b))
		if len(rows) == maxButtons || size > maxMarkup {
			break
		}
		if b.Text == "" {
			continue
		}
		if last := len(rows) - 1; last >= 0 && c.Press.Verb == bot.Useless && rows[last][0].Data == feedback(bot.Helpful, c.Press) {
			rows[last] = append(rows[last], b)
			continue
		}
		rows = append(rows, []button{b})
	}
	if opens(r.Handoff.URL) && r.Handoff.Label != "" {
		rows = append(rows, []button{{Text: shorten(r.Handoff.Label, maxLabel), URL: r.Handoff.URL}})
	}
	return rows
}

// feedback returns the button data of a verb for the section of p.
func feedback(v bot.Verb, p bot.Press) string { return bot.Press{Verb: v, Key: p.Key}.String() }

// opens reports whether a button may open an address: Telegram refuses other schemes, and hosts without a dot.
func opens(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	return u.Scheme == "tg" || isWeb(address) && strings.Contains(u.Hostname(), ".")
}
