// Package markup reads staff's Markdown into a short list of blocks and prints it for each place that shows it:
// Telegram's HTML, Discord's Markdown, a web page and plain text, split where a platform's limit requires.
//
// What goes in may hold anything; what comes out is escaped for its platform and within the limit.
//
//	Markdown ─► Parse ─► []block ─► a printer ─► split into messages
package markup

import "strings"

// A Doc is Markdown, parsed.
type Doc struct{ blocks []block }

// A block is a paragraph-like piece of a document. Nesting is flattened into level, marker and quote, which is all
// that chat platforms can show, and which lets any block be cut in two.
type block struct {
	kind   kind
	level  int    // a heading's level; the depth of the list that an item stands in, from 1
	marker string // "•" or "3." on the first block of a list item; empty on the rest of it
	quote  bool   // stands in a block quote
	tight  bool   // follows the block before it without a blank line
	runs   []run
}

type kind int

const (
	paragraph kind = iota
	heading
	item // a block inside a list item
	code // its only run is the code as written
	rule
)

// A run is text in one style.
type run struct {
	text  string
	style style
	link  string // address, restricted to allowedSchemes; empty for none
}

type style uint8

const (
	strong style = 1 << iota
	emphasis
	strike
	mono
)

// text returns the block's words without any markup.
func (b block) text() string {
	var s strings.Builder
	for _, r := range b.runs {
		s.WriteString(r.text)
	}
	return s.String()
}

// shown returns the runs as chats show them, which have no headings but bold lines.
func (b block) shown() []run {
	if b.kind != heading {
		return b.runs
	}
	var runs []run
	for _, r := range b.runs {
		push(&runs, run{r.text, strong, r.link})
	}
	return runs
}

// isWeb reports whether an address opens in any client; chat platforms refuse links of other schemes.
func isWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// spelled returns runs in which a link that keep refuses is written out behind its text, as "text (address)".
func spelled(runs []run, keep func(address string) bool) []run {
	out := make([]run, 0, len(runs))
	for i, r := range runs {
		if r.link == "" || keep(r.link) {
			out = append(out, r)
			continue
		}
		address := strings.TrimPrefix(strings.TrimPrefix(r.link, "mailto:"), "tel:")
		sameLinkGoesOn := i+1 < len(runs) && runs[i+1].link == r.link
		r.link = ""
		out = append(out, r)
		if !sameLinkGoesOn && !strings.Contains(r.text, address) {
			out = append(out, run{text: " (" + address + ")"})
		}
	}
	return out
}
