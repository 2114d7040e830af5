package lang

import (
	"bufio"
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Detect tells which of the languages among a text is written in, from a short question to a long article: ok is
// false when the text does not say, as "PTSD?" does not, or is in none of them. An empty among means all languages.
//
// It counts how much each language's words.txt (see vocabulary) and frequencies.tsv know of the text.
func Detect(text string, among []string) (code string, ok bool) {
	if len(among) == 0 {
		among = languages()
	}
	const enough = 64 << 10 // bytes; more of the same text tells nothing new
	words := tokens(text[:min(len(text), enough)])
	best, second := 0.0, 0.0
	for _, candidate := range among {
		score := vocabularyOf(candidate).score(words)
		if score > best {
			code, best, second = candidate, score, best
		} else {
			second = max(second, score)
		}
	}
	const clear, known, least = 1.1, 0.25, 0.9 // lead over the second; weight per word; weight of all
	ok = best > second*clear && best >= known*float64(len(words)) && best >= least
	if !ok {
		return "", false
	}
	return code, true
}

// DetectAfter is Detect for what follows something in another language or the same: a word or two that the language before
// has too, such as "alcohol" or "no", and single letters are no reason to change it. before is empty for nothing.
func DetectAfter(before, text string, among []string) (code string, ok bool) {
	const few = 2
	if before != "" && len(text) <= 64 && Has(before) {
		words, v := tokens(text), vocabularyOf(before)
		if len(words) > 0 && len(words) <= few && !slices.ContainsFunc(words, func(w string) bool { return len(w) > 1 && v.words[w] == 0 }) {
			return before, true
		}
	}
	return Detect(text, among)
}

// IsFunctionWord reports whether some language's words.txt has word among its function words: "the", "cuando".
func IsFunctionWord(word string) bool {
	word = strings.ToLower(word)
	for _, code := range languages() {
		if vocabularyOf(code).words[word]&function != 0 {
			return true
		}
	}
	return false
}

// Knows reports whether some language's files have word.
func Knows(word string) bool {
	word = strings.ToLower(word)
	for _, code := range languages() {
		if vocabularyOf(code).words[word] != 0 {
			return true
		}
	}
	return false
}

// A vocabulary is what tells a language. Its file words.txt holds words in lower case, any number a line; a line that
// starts with a dash lists endings, one with a plus letters that only this language writes, and the words below a
// line "# topics" are no function words but ones that people's questions are made of.
type vocabulary struct {
	words   map[string]knownAs // those of words.txt also without their accents, as people type
	endings []string
	letters string
}

// knownAs says what a language has a word as.
type knownAs uint8

const (
	function knownAs = 1 << iota // words.txt
	topic                        // words.txt, below "# topics"
	common                       // frequencies.tsv
)

// score weighs how much of the words the language knows: surest by what holds its sentences together, least by how words
// end.
func (v *vocabulary) score(words []string) float64 {
	sum := 0.0
	for _, w := range words {
		switch as := v.words[w]; {
		case as&function != 0:
			sum += 1
		case as&topic != 0:
			sum += 0.9
		case v.letters != "" && strings.ContainsAny(w, v.letters):
			sum += 0.9
		case as != 0:
			sum += 0.6
		case v.hasEnding(w):
			sum += 0.5
		}
	}
	return sum
}

func (v *vocabulary) hasEnding(word string) bool {
	for _, e := range v.endings {
		if len(word) > len(e)+1 && strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// vocabularies holds those that were asked for.
var vocabularies sync.Map // code → *vocabulary

func vocabularyOf(code string) *vocabulary {
	if v, ok := vocabularies.Load(code); ok {
		return v.(*vocabulary)
	}
	v, _ := vocabularies.LoadOrStore(code, readVocabulary(code))
	return v.(*vocabulary)
}

// readVocabulary reads a language's files; one that has none knows no word.
func readVocabulary(code string) *vocabulary {
	v := &vocabulary{words: map[string]knownAs{}}
	data, _ := File(code, "words.txt")
	as := function
	for line := range bytes.Lines(data) {
		fields := strings.Fields(string(line))
		switch {
		case len(fields) == 0:
		case fields[0] == "#":
			if len(fields) > 1 && fields[1] == "topics" {
				as = topic
			}
		case fields[0] == "-":
			v.endings = append(v.endings, fields[1:]...)
		case fields[0] == "+":
			v.letters += strings.Join(fields[1:], "")
		default:
			for _, w := range fields {
				v.words[w] |= as
				v.words[withoutAccents(w)] |= as
			}
		}
	}
	frequencies, _ := File(code, "frequencies.tsv")
	for lines := bufio.NewScanner(bytes.NewReader(frequencies)); lines.Scan(); {
		if w, _, found := strings.Cut(lines.Text(), "\t"); found {
			v.words[w] |= common
		}
	}
	return v
}

// tokens returns the words of a text in lower case, with signs that only some languages write as words of their own.
// What has a digit in it, such as "E1042", is a word of no language, nor is its letter.
func tokens(text string) []string {
	text = apart.Replace(strings.ToLower(text))
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '\'' && r != '¿' && r != '¡'
	})
	return slices.DeleteFunc(words, func(w string) bool { return strings.ContainsFunc(w, unicode.IsNumber) })
}

// apart parts signs from words, so that they are words too.
var apart = strings.NewReplacer("’", "'", "¿", " ¿ ", "¡", " ¡ ")

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n")

func withoutAccents(s string) string { return accents.Replace(s) }
