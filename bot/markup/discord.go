package markup

import (
	"regexp"
	"strings"
)

// Discord returns the document as messages in Discord's Markdown, each at most limit UTF-16 code units (Discord counts
// code points, which are never more), cut as in Telegram. Staff's text stays text: it can mention nobody.
//
// Source: https://support.discord.com/hc/en-us/articles/210298617 (Markdown Text 101).
func (d Doc) Discord(limit int) []string { return split(d.blocks, discord{}, limit) }

type discord struct{}

func (discord) print(blocks []block) string { return join(blocks, discordBlock) }

func (p discord) size(blocks []block) int { return utf16Len(p.print(blocks)) }

func discordBlock(b block) string {
	var s strings.Builder
	switch b.kind {
	case rule:
		return "———"
	case code:
		return "```\n" + strings.ReplaceAll(mute.Replace(b.text()), "```", "`\u200b``") + "\n```"
	default:
		for _, r := range spelled(b.shown(), isWeb) {
			text := discordRun(r)
			if marksMeet(s.String(), text) {
				s.WriteString("\u200b")
			}
			s.WriteString(text)
		}
	}
	out := indent(b) + lead(b) + escapeLineStarts(s.String(), b.marker == "")
	if b.quote {
		return "> " + strings.ReplaceAll(out, "\n", "\n> ")
	}
	return out
}

// marksMeet reports whether marks behind one text and before the next would be read as one.
func marksMeet(before, after string) bool {
	return before != "" && after != "" && before[len(before)-1] == after[0] && strings.IndexByte("*~`", after[0]) >= 0
}

// discordStyles are written in this order around a run and in the reverse one behind it.
var discordStyles = []struct {
	style style
	mark  string
}{{strong, "**"}, {emphasis, "*"}, {strike, "~~"}}

func discordRun(r run) string {
	if r.style&mono != 0 && r.link == "" { // else its address would be lost
		return "`" + strings.ReplaceAll(mute.Replace(r.text), "`", "ˋ") + "`"
	}
	// Discord wants its marks tight against the words.
	text := strings.TrimSpace(r.text)
	if text == "" {
		return r.text
	}
	before, after, _ := strings.Cut(r.text, text)
	s := escapeDiscord(text)
	switch {
	case r.link == text:
		s = text // a bare address becomes a link by itself, and escapes would break it
	case r.link != "":
		s = "[" + s + "](" + linkEscaper.Replace(r.link) + ")"
	}
	for i := len(discordStyles) - 1; i >= 0; i-- {
		if d := discordStyles[i]; r.style&d.style != 0 {
			s = d.mark + s + d.mark
		}
	}
	return before + s + after
}

var (
	linkEscaper    = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E")
	discordEscaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "`", "\\`", "|", `\|`, "<", `\<`,
		"[", `\[`, "]", `\]`)
	// mute breaks the words that call everybody, in code too, should a sender forget to forbid mentions.
	mute             = strings.NewReplacer("@everyone", "@\u200beveryone", "@here", "@\u200bhere")
	discordLineStart = regexp.MustCompile(`(?m)^(\s*)(#|>|-|\d+\.)`)
)

func escapeDiscord(s string) string { return discordEscaper.Replace(mute.Replace(s)) }

// escapeLineStarts keeps Discord from reading a quote, heading or list where staff wrote a plain line. The first line
// is left alone behind a list marker.
func escapeLineStarts(s string, first bool) string {
	head, rest, more := strings.Cut(s, "\n")
	if first {
		head = escapeLineStart(head)
	}
	if !more {
		return head
	}
	return head + "\n" + escapeLineStart(rest)
}

func escapeLineStart(s string) string {
	return discordLineStart.ReplaceAllStringFunc(s, func(m string) string {
		return m[:len(m)-1] + `\` + m[len(m)-1:]
	})
}
