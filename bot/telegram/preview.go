package telegram

import (
	"strings"

	"frontdesk/bot"
)

// Preview returns a reply as people will see it in Telegram, for staff at a terminal: the text of each message, with a
// line of dashes where it is split, and the buttons in brackets. Bold and italic type are left out.
func Preview(r bot.Reply) string {
	var s strings.Builder
	for i, p := range render(r) {
		if i > 0 {
			s.WriteString(strings.Repeat("-", 20) + "\n")
		}
		s.WriteString(plain(p.html) + "\n")
		if len(p.keyboard) > 0 {
			s.WriteByte('\n')
		}
		for _, row := range p.keyboard {
			var keys []string
			for _, b := range row {
				key := b.Text
				if b.URL != "" {
					key += " → " + b.URL
				}
				keys = append(keys, "[ "+key+" ]")
			}
			s.WriteString(strings.Join(keys, " ") + "\n")
		}
	}
	return s.String()
}
