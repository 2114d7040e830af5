package safety

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// bound is how many bytes of a message are looked at. Discord's longest is 16 KB, Telegram's likewise. Of a longer
// text the head and the tail are read, where people say what matters.
const bound = 64 << 10

// bounded cuts the middle out of what is longer than bound.
func bounded(text string) string {
	if len(text) <= bound {
		return text
	}
	return text[:bound/2] + "\n\n" + text[len(text)-bound/2:]
}

// fold brings text down to what a reader sees: lower case, no accents, no invisible characters, no apostrophes, and
// plain Latin letters in place of styled ones and of foreign ones that look like them.
func fold(text string) string {
	if folded(text) {
		return text
	}
	if !ascii(text) {
		text = norm.NFKD.String(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch {
		case 'A' <= r && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r == '\'' || r == '`':
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(byte(r))
		case r < ' ' || r == 0x7f:
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case invisible(r):
		default:
			b.WriteRune(latin(unicode.ToLower(r)))
		}
	}
	return b.String()
}

// folded reports whether fold would change nothing.
func folded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '\'' || c == '`' || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// invisible reports whether r shows nothing of its own: combining marks, zero-width and direction characters,
// controls, apostrophes, and bytes that are no text.
func invisible(r rune) bool {
	switch r {
	case '’', '‘', '´', 'ʼ', 'ʻ', '′', '＇', 'ˈ', utf8.RuneError, 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800:
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc, unicode.Co)
}

// latin returns the Latin letter that r looks like, or r.
func latin(r rune) rune {
	switch {
	case r < 0xa0:
		return r
	case 0x1f150 <= r && r <= 0x1f169: // white on black circles
		return 'a' + r - 0x1f150
	case 0x1f170 <= r && r <= 0x1f189: // white on black squares
		return 'a' + r - 0x1f170
	case 0x1f1e6 <= r && r <= 0x1f1ff: // halves of flags
		return 'a' + r - 0x1f1e6
	}
	if l, ok := lookalikes[r]; ok {
		return l
	}
	return r
}

// lookalikes are lower-case letters of other alphabets, and Latin variants that do not decompose, that are read as
// plain Latin letters.
var lookalikes = map[rune]rune{
	// Cyrillic
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'н': 'h', 'і': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l', 'м': 'm',
	'п': 'n', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'г': 'r', 'ѕ': 's', 'т': 't', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'у': 'y', 'и': 'n', 'ц': 'u',
	// Greek
	'α': 'a', 'β': 'b', 'ϲ': 'c', 'δ': 'd', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'v', 'ο': 'o', 'ρ': 'p',
	'σ': 'o', 'τ': 't', 'υ': 'u', 'χ': 'x', 'γ': 'y', 'ω': 'w',
	// Latin: small capitals, strokes, hooks and turned letters
	'ᴀ': 'a', 'ʙ': 'b', 'ᴄ': 'c', 'ᴅ': 'd', 'ᴇ': 'e', 'ꜰ': 'f', 'ɢ': 'g', 'ʜ': 'h', 'ɪ': 'i', 'ᴊ': 'j', 'ᴋ': 'k', 'ʟ': 'l',
	'ᴍ': 'm', 'ɴ': 'n', 'ᴏ': 'o', 'ᴘ': 'p', 'ʀ': 'r', 'ꜱ': 's', 'ᴛ': 't', 'ᴜ': 'u', 'ᴠ': 'v', 'ᴡ': 'w', 'ʏ': 'y', 'ᴢ': 'z',
	'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ħ': 'h', 'ı': 'i', 'ŧ': 't', 'ƒ': 'f', 'ɑ': 'a', 'ɡ': 'g', 'ɩ': 'i', 'ɨ': 'i',
	'ɫ': 'l', 'ß': 'b', 'ə': 'e', 'ǝ': 'e', 'ɐ': 'a', 'ʇ': 't', 'ʞ': 'k', 'ꓲ': 'i', 'æ': 'a', 'œ': 'o', '£': 'l',
	// Signs used for letters
	'¡': '!', '¢': 'c', '€': 'e', '¥': 'y', '∂': 'd', '∩': 'n', '×': 'x', '†': 't',
	// Punctuation of other scripts, and what only opens a question
	'。': '.', '｡': '.', '¿': ' ', '\u2028': '\n', '\u2029': '\n',
}
