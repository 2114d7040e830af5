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

// parseHTML returns the text that people see and its entities, or Telegram's words for what is wrong.
func parseHTML(source string) (text string, entities []Entity, err error) {
	type opened struct {
		name, url string
		offset    int // into the text, in UTF-16 code units
	}
	var stack []opened
	var out strings.Builder
	size := 0
	add := func(s string) {
		out.WriteString(s)
		size += units(s)
	}
	for rest := source; rest != ""; {
		at := len(source) - len(rest)
		if m := reference.FindStringSubmatch(rest); m != nil {
			add(decode(m))
			rest = rest[len(m[0]):]
			continue
		}
		if rest[0] != '<' {
			next := strings.IndexAny(rest[1:], "<&") + 1
			if next == 0 {
				next = len(rest)
			}
			add(rest[:next])
			rest = rest[next:]
			continue
		}
		if m := endTag.FindStringSubmatch(rest); m != nil {
			if len(stack) == 0 {
				return "", nil, fmt.Errorf("Unexpected end tag at byte offset %d", at)
			}
			top := stack[len(stack)-1]
			if name := strings.ToLower(m[1]); name != "" && name != top.name {
				return "", nil, fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, top.name, name)
			}
			stack = stack[:len(stack)-1]
			if size > top.offset {
				entities = append(entities, Entity{Type: top.name, Offset: top.offset, Length: size - top.offset, URL: top.url})
			}
			rest = rest[len(m[0]):]
			continue
		}
		m := startTag.FindStringSubmatch(rest)
		if m == nil {
			return "", nil, fmt.Errorf("Unsupported start tag \"\" at byte offset %d", at)
		}
		name := strings.ToLower(m[1])
		allowed, known := tags[name]
		if !known {
			return "", nil, fmt.Errorf("Unsupported start tag \"%s\" at byte offset %d", name, at)
		}
		url := ""
		for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
			if !slices.Contains(allowed, a[1]) {
				return "", nil, fmt.Errorf("Unsupported attribute \"%s\" at byte offset %d", a[1], at)
			}
			if a[1] == "href" {
				url = a[2] + a[3] + a[4]
			}
		}
		stack = append(stack, opened{name: name, url: url, offset: size})
		rest = rest[len(m[0]):]
	}
	if len(stack) > 0 {
		top := stack[len(stack)-1]
		return "", nil, fmt.Errorf("Can't find end tag corresponding to start tag \"%s\"", top.name)
	}
	return out.String(), entities, nil
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
