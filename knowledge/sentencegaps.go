package knowledge

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge/lang"
)

// A gap is the white space between two sentences: text[start:end]. It may be empty only after full stops of scripts
// that write no spaces, and is then not reported.
type gap struct{ start, end int }

// sentenceGaps finds the gaps in a paragraph's plain text. In doubt it finds none: two sentences shown together do
// less harm than half a sentence.
func sentenceGaps(text string) []gap {
	var gaps []gap
	begin := 0 // of the sentence under way
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isTerminator(r) {
			i += size
			continue
		}
		stop := i
		for i < len(text) { // "?!", "...", and the quotation mark or bracket that closes behind them
			r, size := utf8.DecodeRuneInString(text[i:])
			if !isTerminator(r) && !strings.ContainsRune(`"'”’»)]`, r) {
				break
			}
			i += size
		}
		end := i + len(text[i:]) - len(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
		if end == i || end == len(text) {
			continue
		}
		if endsSentence(text[begin:stop], text[stop:i], text[end:]) {
			gaps = append(gaps, gap{i, end})
			begin = end
		}
		i = end
	}
	return gaps
}

func isTerminator(r rune) bool { return strings.ContainsRune(".!?…。！？؟", r) }

// endsSentence decides whether marks end the sentence before, given what follows the white space.
func endsSentence(before, marks, after string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, `"'“‘«([¿¡*_-–—•`))
	if unicode.IsLower(next) {
		return false
	}
	if marks != "." {
		return true
	}
	word := lastWord(before)
	if word == "" {
		return strings.TrimSpace(before) != ""
	}
	if strings.TrimLeft(word, "0123456789") == "" && word == strings.TrimSpace(before) {
		return false // the number of a list's item: "1. Breathe"
	}
	switch abbreviationOf(word) {
	case beforeDigit:
		return !unicode.IsDigit(next)
	case neverEnds:
		return false
	case mayEnd:
		return lang.IsFunctionWord(firstWord(after))
	}
	return true
}

// An abbreviated says whether a full stop belongs to the word before it.
type abbreviated string

// How words take a full stop; the values but the first are those of abbreviations.txt.
const (
	ordinary    abbreviated = "-"
	neverEnds   abbreviated = ""      // "Dr. Weber"
	mayEnd      abbreviated = "end"   // "at 9 p.m. today" or "at 9 p.m. We"
	beforeDigit abbreviated = "digit" // "No. 5", but "Should I fast? No."
)

func abbreviationOf(word string) abbreviated {
	if kind, listed := abbreviations()[strings.ToLower(word)]; listed {
		return kind
	}
	if strings.Contains(word, ".") && !strings.Contains(word, "@") && len(word) < 8 {
		return mayEnd // U.S, B.Sc
	}
	if letter, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(letter) && word != "I" {
		return mayEnd // the initial of a name
	}
	return ordinary
}

// abbreviations are those of all languages, in lower case.
var abbreviations = sync.OnceValue(func() map[string]abbreviated {
	known := map[string]abbreviated{}
	for _, code := range lang.Languages() {
		data, err := lang.File(code, "abbreviations.txt")
		if err != nil {
			continue // a language without the file has none
		}
		for line := range strings.Lines(string(data)) {
			if fields := strings.Fields(line); len(fields) > 0 && fields[0] != "#" {
				known[fields[0]] = abbreviated(strings.Join(fields[1:], " "))
			}
		}
	}
	return known
})

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`([{"“‘«/¿¡`, r) })
	if i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		s = s[i+size:]
	}
	return s
}

func firstWord(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }); i >= 0 {
		s = s[:i]
	}
	return s
}
