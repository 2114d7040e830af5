package index

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asking is what a language knows of how questions open. The file asking.txt has words that open a question, lines
// "- words" of words behind which they open none, lines "+ kind: words, words" that tell what a question is after, and
// lines "= kind: words" of which any in a text tells it; # stands for a number there.
type asking struct {
	opens map[string]bool
	deny  map[string]bool
	kinds map[string]string // question words, with spaces between → kind
	tells map[string][]string
}

// kindWords is the most words that tell a kind, and kindWithin how early in a question they stand.
const (
	kindWords  = 3
	kindWithin = 4
)

// readAsking reads asking.txt; a language without one knows no question words.
func readAsking(code string) (*asking, error) {
	text, err := optional(code, "asking.txt")
	if err != nil {
		return nil, err
	}
	a := &asking{opens: map[string]bool{}, deny: map[string]bool{}, kinds: map[string]string{}, tells: map[string][]string{}}
	for line := range strings.Lines(text) {
		if telling, ok := strings.CutPrefix(line, "= "); ok {
			kind, words, _ := strings.Cut(telling, ":") // as they stand: normalising takes signs such as $ off
			a.tells[kind] = append(a.tells[kind], strings.Fields(words)...)
			continue
		}
		line = normalise(strings.TrimSpace(line))
		if denying, ok := strings.CutPrefix(line, "- "); ok {
			for _, w := range strings.Fields(denying) {
				a.deny[w] = true
			}
			continue
		}
		rest, ok := strings.CutPrefix(line, "+ ")
		if !ok {
			if !strings.HasPrefix(line, "#") {
				for _, w := range strings.Fields(line) {
					a.opens[w] = true
				}
			}
			continue
		}
		kind, phrases, _ := strings.Cut(rest, ":")
		for p := range strings.SplitSeq(phrases, ",") {
			a.kinds[strings.TrimSpace(p)] = kind
		}
	}
	return a, nil
}

// Asks reports whether a sentence in a language puts a question: it ends with a question mark, or opens with one or with a
// question word that is not denied, as in "can't pay". The language is a BCP 47 base code; of one without a folder only
// the marks are known.
func Asks(code, sentence string) (bool, error) {
	sentence = strings.TrimSpace(sentence)
	if strings.HasSuffix(sentence, "?") || strings.HasPrefix(sentence, "¿") {
		return true, nil
	}
	l, err := loadLanguage(code)
	if err != nil {
		return false, err
	}
	words := l.words(sentence)
	return len(words) > 0 && l.asking.opens[words[0]] && !(len(words) > 1 && l.asking.deny[words[1]]), nil
}

// Tells reports whether a text has what a question in a language is after, such as a price for "how much?". known is false
// where only a reader can tell, as with "why?", and in a language without a folder.
func Tells(code, question, text string) (tells, known bool, err error) {
	l, err := loadLanguage(code)
	if err != nil {
		return false, false, err
	}
	telling := l.asking.telling(l.words(question))
	words := l.words(text)
	return slices.ContainsFunc(telling, func(sign string) bool {
		switch first, _ := utf8.DecodeRuneInString(sign); {
		case sign == "#":
			return slices.ContainsFunc(words, isFigure)
		case !unicode.IsLetter(first):
			return strings.Contains(text, sign)
		}
		return slices.Contains(words, sign)
	}), len(telling) > 0, nil
}

// telling returns what tells what a question is after, by its question words, or else by a word of the kind itself: "what
// does it cost?". A number alone is after one: "and 15?".
func (a *asking) telling(question []string) []string {
	if telling := a.tells[a.kind(question)]; len(telling) > 0 {
		return telling
	}
	for _, kind := range slices.Sorted(maps.Keys(a.tells)) {
		if slices.ContainsFunc(question, func(w string) bool { return slices.Contains(a.tells[kind], w) }) {
			return a.tells[kind]
		}
	}
	if slices.ContainsFunc(question, isFigure) {
		return []string{"#"}
	}
	return nil
}

// isFigure reports whether a word begins with a digit.
func isFigure(w string) bool { return w[0] >= '0' && w[0] <= '9' }

// kind returns what a question is after: of the question words near its start the longest at the first place; empty
// for none.
func (a *asking) kind(words []string) string {
	for i := range min(len(words), kindWithin) {
		for n := min(kindWords, len(words)-i); n > 0; n-- {
			if kind, ok := a.kinds[strings.Join(words[i:i+n], " ")]; ok {
				return kind
			}
		}
	}
	return ""
}
