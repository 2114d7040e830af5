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

// signs are read as letters within a word: k!ll, $uicide, s**cide.
const signs = "!@$|+*"

// split cuts a folded text into words and sentence ends. Hyphens, dots and the like within a word separate; joining
// what they tore apart is repair's business.
func split(text string) []token {
	out := make([]token, 0, len(text)/4+4)
	from := -1
	word := func(to int) {
		if from >= 0 {
			out = append(out, token{text: text[from:to]})
			from = -1
		}
	}
	for i, r := range text {
		size := utf8.RuneLen(r)
		switch {
		case wordRune(r), strings.ContainsRune(signs, r) && inWord(text, i, from >= 0):
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

// inWord reports whether the sign at i stands for a letter: a letter follows, perhaps after more signs, and it stands
// after one too or is of those that begin words.
func inWord(text string, i int, inside bool) bool {
	if !inside && text[i] != '@' && text[i] != '$' {
		return false
	}
	for _, r := range text[i:] {
		if wordRune(r) {
			return true
		}
		if !strings.ContainsRune(signs, r) {
			return false
		}
	}
	return false
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
