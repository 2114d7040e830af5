package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText bounds, in bytes, what is read of a message once the crisis check has seen all of it. Telegram's messages
// reach 16 KB at most, Discord's 16 KB with a subscription; whoever pastes more has asked by then.
const maxText = 16 << 10

// clip returns at most maxText bytes of s, cut between runes.
func clip(s string) string {
	if len(s) <= maxText {
		return s
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// A word is a piece of a message in the form that patterns are written in.
type word struct {
	text  string // lower case, no accents, no apostrophes, no invisible characters; or one emoji
	start int    // where it stands in the message, in bytes
	end   int
	gap   bool // a mark such as a comma, or a line break, stands before it
}

// split cuts a message into words. Letters drawn out ("hellooo") come back as one. Emoji count only in a message of
// nothing else, where repeated ones are one; elsewhere they are marks.
func split(s string) []word {
	var words, emoji []word
	var text strings.Builder
	start, end, gap := -1, 0, false
	flush := func() {
		if start >= 0 {
			words = append(words, word{shorten(text.String()), start, end, gap})
			text.Reset()
			start, gap = -1, false
		}
	}
	for at, r := range s {
		after := at + utf8.RuneLen(max(r, 0))
		switch {
		case isApostrophe(r) || unicode.In(r, unicode.Cf, unicode.Mn, unicode.Sk):
			// joins what it stands between: "what's", a zero-width space, an accent, a skin tone
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if start < 0 {
				start = at
			}
			end = after
			fold(&text, r)
		case unicode.Is(unicode.So, r) && r != utf8.RuneError:
			flush()
			gap = true
			if n := len(emoji); n == 0 || emoji[n-1].text != string(r) {
				emoji = append(emoji, word{string(r), at, after, false})
			}
		default:
			flush()
			gap = gap || r == '\n' || !unicode.IsSpace(r)
		}
	}
	flush()
	if len(words) == 0 {
		return emoji
	}
	return words
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' }

// fold writes r in lower case without its accents.
func fold(to *strings.Builder, r rune) {
	if r < utf8.RuneSelf {
		to.WriteRune(unicode.ToLower(r))
		return
	}
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			to.WriteRune(unicode.ToLower(part))
		}
	}
}

// shorten turns a letter that stands three times or more in a row into one.
func shorten(s string) string {
	runes := []rune(s)
	short := runes[:0]
	for i := 0; i < len(runes); {
		run := 1
		for i+run < len(runes) && runes[i+run] == runes[i] {
			run++
		}
		keep := run
		if run > 2 && unicode.IsLetter(runes[i]) {
			keep = 1
		}
		short = append(short, runes[i:i+keep]...)
		i += run
	}
	if len(short) == len(s) {
		return s
	}
	return string(short)
}
