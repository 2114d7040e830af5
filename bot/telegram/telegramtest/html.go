package telegramtest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tags are the elements that Telegram's HTML style knows, with the attributes that each may carry.
// Source: https://core.telegram.org/bots/api#html-style.
var tags = map[string][]string{
	"b": nil, "strong": nil, "i": nil, "em": nil, "u": nil, "ins": nil, "s": nil, "strike": nil, "del": nil,
	"tg-spoiler": nil, "span": {"class"}, "a": {"href"}, "tg-emoji": {"emoji-id"},
	"code": {"class"}, "pre": nil, "blockquote": {"expandable"},
}

var (
	startTag  = regexp.MustCompile(`^<([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*>`)
	endTag    = regexp.MustCompile(`^</([A-Za-z][A-Za-z0-9-]*)?\s*>`)
	attribute = regexp.MustCompile(`([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?`)
	reference = regexp.MustCompile(`^&(?:#([0-9]{1,8})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot));`)
)

// A parser reads Telegram's HTML style.
type parser struct {
	source   string
	at       int // bytes read
	text     strings.Builder
	size     int // of text, in UTF-16 code units
	open     []opened
	entities []Entity
}

type opened struct {
	name, url string
	offset    int // into the text, in UTF-16 code units
}

// ParseHTML reads a text in Telegram's HTML style as Telegram does. It returns the text that people see and its
// entities, with the tags' names as types, or Telegram's words for what is wrong, which are empty when nothing is.
func ParseHTML(source string) (text string, entities []Entity, refusal string) {
	p := parser{source: source}
	for p.at < len(source) && refusal == "" {
		switch rest := source[p.at:]; {
		case strings.HasPrefix(rest, "</"):
			refusal = p.end(rest)
		case rest[0] == '<':
			refusal = p.start(rest)
		default:
			p.plain(rest)
		}
	}
	if refusal == "" && len(p.open) > 0 {
		refusal = fmt.Sprintf("Can't find end tag corresponding to start tag %q", p.open[len(p.open)-1].name)
	}
	return p.text.String(), p.entities, refusal
}

// plain reads text up to the next mark, or one reference.
func (p *parser) plain(rest string) {
	if m := reference.FindStringSubmatch(rest); m != nil {
		p.add(decode(m), len(m[0]))
		return
	}
	next := strings.IndexAny(rest[1:], "<&") + 1
	if next == 0 {
		next = len(rest)
	}
	p.add(rest[:next], next)
}

func (p *parser) add(text string, read int) {
	p.text.WriteString(text)
	p.size += units(text)
	p.at += read
}

func (p *parser) start(rest string) (refusal string) {
	m := startTag.FindStringSubmatch(rest)
	if m == nil {
		return fmt.Sprintf("Unsupported start tag \"\" at byte offset %d", p.at)
	}
	o := opened{name: strings.ToLower(m[1]), offset: p.size}
	allowed, known := tags[o.name]
	if !known {
		return fmt.Sprintf("Unsupported start tag %q at byte offset %d", o.name, p.at)
	}
	for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
		if !slices.Contains(allowed, a[1]) {
			return fmt.Sprintf("Unsupported attribute %q at byte offset %d", a[1], p.at)
		}
		if a[1] == "href" {
			o.url = strings.NewReplacer("&amp;", "&", "&quot;", `"`, "&#34;", `"`, "&#39;", "'").Replace(a[2] + a[3] + a[4])
		}
	}
	p.open = append(p.open, o)
	p.at += len(m[0])
	return ""
}

func (p *parser) end(rest string) (refusal string) {
	m := endTag.FindStringSubmatch(rest)
	if m == nil || len(p.open) == 0 {
		return fmt.Sprintf("Unexpected end tag at byte offset %d", p.at)
	}
	top := p.open[len(p.open)-1]
	if name := strings.ToLower(m[1]); name != "" && name != top.name {
		return fmt.Sprintf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", p.at, top.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.size > top.offset {
		p.entities = append(p.entities, Entity{Type: top.name, Offset: top.offset, Length: p.size - top.offset, URL: top.url})
	}
	p.at += len(m[0])
	return ""
}

// decode returns the character of a reference. Telegram knows four names and all numbers.
func decode(m []string) string {
	switch {
	case m[3] != "":
		return map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`}[m[3]]
	case m[2] != "":
		n, _ := strconv.ParseInt(m[2], 16, 32)
		return string(rune(n))
	}
	n, _ := strconv.Atoi(m[1])
	return string(rune(n))
}
