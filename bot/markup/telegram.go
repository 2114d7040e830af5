package markup

import (
	"html"
	"math"
	"strings"
)

// Telegram returns the document as messages in Telegram's HTML style, each at most limit UTF-16 code units after
// entity parsing, cut between paragraphs or sentences and never inside a tag. None has more than 90 entities. An empty
// document gives no message.
//
// Source: https://core.telegram.org/bots/api#html-style.
func (d Doc) Telegram(limit int) []string { return split(d.blocks, telegram{}, limit) }

type telegram struct{}

// maxEntities is how many bold words, links and the like go into a message. Telegram takes a hundred and ignores the rest, so
// that an address would be lost; the others are for what stands around the document, and numbers that Telegram finds itself.
const maxEntities = 90

// telegramTags are opened in this order and closed in the reverse one.
var telegramTags = []struct {
	style style
	tag   string
}{{strong, "b"}, {emphasis, "i"}, {strike, "s"}, {mono, "code"}}

func (telegram) print(blocks []block) string { return join(blocks, telegramBlock) }

func telegramBlock(b block) string {
	var s strings.Builder
	switch b.kind {
	case rule:
		return "———"
	case code:
		return "<pre>" + html.EscapeString(b.text()) + "</pre>"
	default:
		s.WriteString(indent(b) + lead(b))
		for _, r := range spelled(b.shown(), isWeb) {
			s.WriteString(telegramRun(r))
		}
	}
	if b.quote {
		return "<blockquote>" + s.String() + "</blockquote>"
	}
	return s.String()
}

func telegramRun(r run) string {
	s := html.EscapeString(r.text)
	switch { // code may hold no other entity
	case r.link != "":
		r.style &^= mono // an address is worth more than a typeface
	case r.style&mono != 0:
		r.style = mono
	}
	for i := len(telegramTags) - 1; i >= 0; i-- {
		if t := telegramTags[i]; r.style&t.style != 0 {
			s = "<" + t.tag + ">" + s + "</" + t.tag + ">"
		}
	}
	if r.link != "" {
		s = `<a href="` + html.EscapeString(r.link) + `">` + s + "</a>"
	}
	return s
}

// size counts what is left after entity parsing. Blocks with too many entities fit nowhere.
func (telegram) size(blocks []block) int {
	n, tags := 0, 0
	for i, b := range blocks {
		if tags += strings.Count(telegramBlock(b), "</"); tags > maxEntities {
			return math.MaxInt
		}
		if i > 0 {
			n += len(between(b))
		}
		if b.kind == rule {
			n += utf16Len("———")
			continue
		}
		n += utf16Len(indent(b) + lead(b))
		for _, r := range spelled(b.shown(), isWeb) {
			n += utf16Len(r.text)
		}
	}
	return n
}
