package telegram

import (
	"html"
	"net/url"
	"strings"
	"unicode/utf16"

	"frontdesk/bot"
	"frontdesk/bot/markup"
)

// Limits of a message, from https://core.telegram.org/bots/api#sendmessage.
const (
	maxText   = 4096 // UTF-16 code units, after entity parsing
	maxTags   = 100  // entities; Telegram ignores the rest, addresses too
	maxTitle  = 256  // ours: a heading is no essay
	maxPrompt = 64   // characters of a prompt's placeholder
)

// A part is one message.
type part struct {
	html     string
	preview  string // the address whose preview is shown; empty for none
	keyboard [][]button
	contact  string // HTML that stands for the keyboard's link, should Telegram refuse the keyboard
	form     *prompt
}

// A prompt opens the field for a reply at once. A message has it or buttons, never both.
type prompt struct {
	Force       bool   `json:"force_reply"`
	Placeholder string `json:"input_field_placeholder,omitempty"`
	Selective   bool   `json:"selective,omitempty"` // for who wrote the message that is replied to, not for the whole group
}

// render lays a reply out as messages: title, text, source and note in this order, split where they are too long for
// one, and the buttons under the last.
func render(r bot.Reply) []part {
	var blocks []string
	if r.Title != "" {
		blocks = append(blocks, "<b>"+html.EscapeString(shorten(r.Title, maxTitle))+"</b>")
	}
	// Room for the title, which must not stand alone.
	blocks = append(blocks, markup.Parse(r.Text).Telegram(maxText-maxTitle-2)...)
	if s := source(r.Source); s != "" {
		blocks = append(blocks, s)
	}
	blocks = append(blocks, markup.Parse(r.Note).Telegram(maxText)...)
	if s := contactLine(r); s != "" {
		blocks = append(blocks, s)
	}
	parts := pack(blocks)
	if len(parts) == 0 {
		return nil
	}
	last := &parts[len(parts)-1]
	last.keyboard = keyboard(r)
	if r.Handoff.URL != "" {
		last.contact = html.EscapeString(r.Handoff.Label + ": " + r.Handoff.URL)
	}
	if r.Outcome == bot.Answered && isWeb(r.Source.URL) && opens(r.Source.URL) {
		last.preview = r.Source.URL
	}
	if r.Form != nil {
		parts = withPrompt(parts, *r.Form)
	}
	return parts
}

// withPrompt asks for a form's text: under what there is to read, or in a message of its own where that has buttons.
// The field cannot hold a text beforehand, so that is shown, to be copied.
func withPrompt(parts []part, f bot.Form) []part {
	ask := &prompt{Force: true, Placeholder: shorten(f.Label, maxPrompt)}
	if last := &parts[len(parts)-1]; last.keyboard == nil && f.Value == "" {
		last.form = ask
		return parts
	}
	blocks := []string{"<b>" + html.EscapeString(shorten(f.Title, maxTitle)) + "</b>\n" + html.EscapeString(shorten(f.Label, maxTitle))}
	if f.Value != "" {
		blocks = append(blocks, markup.Parse(markup.Fenced(f.Value)).Telegram(maxText)...)
	}
	parts = append(parts, pack(blocks)...)
	parts[len(parts)-1].form = ask
	return parts
}

// pack joins blocks into as few messages as hold them in order.
func pack(blocks []string) []part {
	var parts []part
	room, tags := 0, 0 // left in the last part
	for _, b := range blocks {
		size, ends := visible(b), strings.Count(b, "</")
		if len(parts) > 0 && size+2 <= room && ends <= tags {
			parts[len(parts)-1].html += "\n\n" + b
			room, tags = room-size-2, tags-ends
			continue
		}
		parts = append(parts, part{html: b})
		room, tags = maxText-size, maxTags-ends
	}
	return parts
}

func source(s bot.Source) string {
	name := html.EscapeString(shorten(s.Article, maxTitle))
	switch {
	case name == "":
		return ""
	case isWeb(s.URL):
		return `<i><a href="` + html.EscapeString(s.URL) + `">` + name + "</a></i>"
	}
	return "<i>" + name + "</i>"
}

// contactLine returns what of a handoff is no button and not in the text already: an address that buttons cannot
// open, the phone and the hours. Telegram makes mail addresses and numbers in a text tappable by itself.
func contactLine(r bot.Reply) string {
	h := r.Handoff
	said := plainText(r.Text)
	phone := strings.Join(strings.Fields(h.Phone), " ")
	var pieces []string
	add := func(label, s string) {
		if s != "" && !strings.Contains(said, s) {
			pieces = append(pieces, label+s)
		}
		said += " " + s
	}
	if h.URL != "" && !opens(h.URL) {
		address := strings.TrimPrefix(h.URL, "mailto:")
		if number, ok := strings.CutPrefix(address, "tel:"); ok {
			address = number
			if phone != "" && strings.HasSuffix(digits(number), digits(phone)) {
				address = phone // the same, as staff write it
			}
		}
		add(h.Label+": ", address)
	}
	add("", phone)
	add("", strings.Join(strings.Fields(h.Hours), " "))
	return html.EscapeString(shorten(strings.Join(pieces, " · "), maxText))
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// isWeb reports whether an address is one that a link in a text may have.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// shorten cuts plain text between words to at most n characters, with an ellipsis.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	s = string(runes[:n-1])
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,.;:") + "…"
}

// visible returns how many UTF-16 code units of HTML are left after entity parsing.
func visible(source string) int { return len(utf16.Encode([]rune(plain(source)))) }

// plain returns the text of our own HTML: it knows no comments and no attribute with a > in it.
func plain(source string) string {
	var s strings.Builder
	for rest := source; rest != ""; {
		text, tag, found := strings.Cut(rest, "<")
		s.WriteString(html.UnescapeString(text))
		if !found {
			break
		}
		_, rest, _ = strings.Cut(tag, ">")
	}
	return s.String()
}

// plainText returns Markdown without any markup, on one line.
func plainText(markdown string) string {
	return strings.Join(strings.Fields(markup.Parse(markdown).Plain()), " ")
}
