package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText is how many bytes of one text are looked at. A question is cut here before anything else touches it; what
// people need to say fits many times over.
const maxText = 16 << 10

// clip cuts s to at most n bytes at a rune's edge, keeping the start and the end: in a long message the question
// stands in either, seldom in the middle.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	head, tail := s[:n*3/4], s[len(s)-n/4:]
	for len(head) > 0 && !utf8.RuneStart(s[len(head)]) {
		head = head[:len(head)-1]
	}
	for len(tail) > 0 && !utf8.RuneStart(tail[0]) {
		tail = tail[1:]
	}
	return head + "\n" + tail
}

// normalise returns text in the one form that is compared: compatibility forms resolved (NFKC), lower case, accents
// taken off (ñ stays a letter), typographic apostrophes made plain, and everything invisible gone. Zero-width and
// direction characters vanish, so that they cannot split a word; other controls become spaces.
func normalise(text string) string {
	if isPlain(text) {
		return strings.ToLower(text)
	}
	text = norm.NFD.String(strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(text, " "))))
	var b strings.Builder
	b.Grow(len(text))
	last := rune(0)
	for _, r := range text {
		switch {
		case r == '\u0303' && last == 'n': // ñ is no n
			b.WriteRune(r)
		case r >= '\u0300' && r <= '\u036f', unicode.In(r, unicode.Cf), unicode.In(r, unicode.Variation_Selector):
			continue
		case r == '’', r == '‘', r == 'ʼ', r == '`', r == '´':
			b.WriteByte('\'')
		case unicode.IsControl(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
		last = r
	}
	return norm.NFC.String(b.String())
}

// isPlain reports whether text is printable ASCII and ordinary white space, which needs no work but lower case.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c == '`' || c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f {
			return false
		}
	}
	return true
}

// split cuts normalised text into words: runs of letters, digits and marks, with apostrophes inside. Signs that tell
// what kind of thing stands there come out as words of their own, see [signs].
func split(text string) (words []string) {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			words = append(words, strings.Trim(text[start:end], "'"))
			if words[len(words)-1] == "" {
				words = words[:len(words)-1]
			}
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case isWordRune(r):
			if start < 0 {
				start = i
			}
		case r == '\'' && start >= 0:
		default:
			flush(i)
			if sign, ok := signs[r]; ok {
				words = append(words, sign)
			}
		}
	}
	flush(len(text))
	return words
}

// signs are characters that say what kind of answer a text holds. The thesaurus names them in angle brackets, so that
// "how much" finds a sentence with a price in it.
var signs = map[rune]string{'£': "<money>", '$': "<money>", '€': "<money>", '¥': "<money>", '₹': "<money>", '%': "<percent>", '@': "<email>"}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}
