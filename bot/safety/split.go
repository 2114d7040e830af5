package safety

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word of a folded text, or the end of a sentence.
type token struct {
	text string
	end  bool
}

// signs are read as letters within a word: k!ll, $uicide, s**cide. A letter must follow, perhaps after more signs; before
// them one must stand too, but for @ and $, which begin words.
const signs = "!@$|+*"

// split cuts a folded text into words and sentence ends. Hyphens, dots and the like within a word separate; joining
// what they tore apart is repair's business.
func split(text string) []token {
	out := make([]token, 0, len(text)/4+4)
	from := -1
	var ahead lookahead
	word := func(to int) {
		if from >= 0 {
			out = append(out, token{text: text[from:to]})
			from = -1
		}
	}
	for i, r := range text {
		size := utf8.RuneLen(r)
		switch {
		case wordRune(r), strings.ContainsRune(signs, r) && (from >= 0 || r == '@' || r == '$') && ahead.letter(text, i):
			if from < 0 {
				from = i
			}
		case endsSentence(text, i, r):
			word(i)
			if n := len(out); n > 0 && !out[n-1].end {
				out = append(out, token{end: true})
			}
		case r > 0x2000 && unicode.Is(unicode.So, r):
			word(i)
			out = append(out, token{text: text[i : i+size]})
		default:
			word(i)
		}
	}
	word(len(text))
	return out
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// A lookahead tells whether a letter follows the signs in a row at a place. It goes through each row but once: asked anew
// at every sign, a message of nothing else took time by the square of its length.
type lookahead struct {
	end int  // of the row that it went through last
	led bool // a letter follows that
}

func (l *lookahead) letter(text string, i int) bool {
	if i >= l.end {
		rest := strings.TrimLeft(text[i:], signs)
		next, _ := utf8.DecodeRuneInString(rest)
		l.end, l.led = len(text)-len(rest), wordRune(next)
	}
	return l.led
}

// endsSentence reports whether r at i does: a mark with a space behind it, or an empty line. Three dots do not, since
// people hesitate with them in the middle of what they say.
func endsSentence(text string, i int, r rune) bool {
	rest := text[i+utf8.RuneLen(r):]
	switch r {
	case '.':
		dotted := i > 0 && text[i-1] == '.' || strings.HasPrefix(rest, ".")
		return !dotted && (rest == "" || strings.ContainsRune(" \n\t\r\")", rune(rest[0])))
	case '!', '?':
		return true
	case '\n':
		return strings.HasPrefix(strings.TrimLeft(rest, " \t\r"), "\n")
	}
	return false
}
