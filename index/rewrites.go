package index

import (
	"strings"
	"unicode/utf8"
)

// rewrites bring together what people spell in several ways. The file rewrites.tsv has one a line: what is written,
// a tab, what it becomes (several words allowed); # starts a comment. A leading * stands for the rest of a word of
// which at least four letters remain:
//
//	can't	can not
//	colour	color
//	*isation	ization
//	w/	with
//	4 me	for me
//	? w	with
//	#yo	years old
//
// A slash in what is written stands there too; one at its end may be followed by a word of two letters and more. Two
// words are read as such only side by side. What stands behind "? " means something else in some texts, as a watt: only
// a question's words become that, and only where no section has them. # is a number that a word is written to: "9yo".
//
// Questions and sections go through the same rewrites and nobody is shown the outcome, so a suffix rule that makes
// no word of a word ("exercise", "exercize") does no harm.
type rewrites struct {
	words    map[string][]string
	pairs    map[string]map[string][]string // by the first word, then the second
	slashed  map[string]string
	unknown  map[string][]string // of questions, where no section has the word
	units    map[string][]string // behind a number
	suffixes map[string]string
	longest  int // of the suffixes
}

// minStem is how many letters must stand before a suffix.
const minStem = 4

func parseRewrites(text string) *rewrites {
	r := &rewrites{
		words: map[string][]string{}, pairs: map[string]map[string][]string{}, slashed: map[string]string{},
		unknown: map[string][]string{}, units: map[string][]string{}, suffixes: map[string]string{},
	}
	for line := range strings.Lines(text) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(from, "# ") {
			continue
		}
		suffix, isSuffix := strings.CutPrefix(from, "*")
		word, isUnknown := strings.CutPrefix(from, "? ")
		first, second, isPair := strings.Cut(from, " ")
		switch {
		case isSuffix:
			r.suffixes[suffix] = to
			r.longest = max(r.longest, len(suffix))
		case isUnknown:
			r.unknown[word] = strings.Fields(to)
		case isPair:
			if r.pairs[first] == nil {
				r.pairs[first] = map[string][]string{}
			}
			r.pairs[first][second] = strings.Fields(to)
		case strings.HasPrefix(from, "#"):
			r.units[from[1:]] = strings.Fields(to)
		case strings.Contains(from, "/"):
			r.slashed[from] = to
		default:
			r.words[from] = strings.Fields(to)
		}
	}
	return r
}

// writeOut writes out the short forms of a normalised text that have a slash: "w/o", "w/my dog".
func (r *rewrites) writeOut(text string) string {
	if len(r.slashed) == 0 || !strings.Contains(text, "/") {
		return text
	}
	var b strings.Builder
	done := 0 // up to where text is written
	for i := range len(text) {
		if text[i] != '/' || i < done {
			continue
		}
		start, end := i, i+1
		for start > done && isWordByte(text[start-1]) {
			start--
		}
		for end < len(text) && isWordByte(text[end]) {
			end++
		}
		if start == i || start > 0 && text[start-1] == '/' || end < len(text) && text[end] == '/' {
			continue // of a path, or of a date
		}
		to, ok := r.slashed[text[start:end]]
		if !ok && end-i != 2 {
			to, ok = r.slashed[text[start:i+1]]
			end = i + 1
		}
		if ok {
			b.WriteString(text[done:start] + " " + to + " ")
			done = end
		}
	}
	return b.String() + text[done:]
}

// isWordByte reports whether a byte belongs to a word, be it of a rune outside ASCII.
func isWordByte(c byte) bool { return c >= utf8.RuneSelf || isWordRune(rune(c)) }

// applyAll appends what words become to words.
func (r *rewrites) applyAll(words, raw []string) []string {
	for i := 0; i < len(raw); i++ {
		if seconds := r.pairs[raw[i]]; seconds != nil && i+1 < len(raw) {
			if to, ok := seconds[raw[i+1]]; ok {
				words = append(words, to...)
				i++
				continue
			}
		}
		words = r.apply(words, raw[i])
	}
	return words
}

// apply appends what word becomes to words.
func (r *rewrites) apply(words []string, word string) []string {
	if to, ok := r.words[word]; ok {
		return append(words, to...)
	}
	if stem, ok := strings.CutSuffix(word, "'s"); ok {
		if to, ok := r.words[stem]; ok {
			return append(words, to...)
		}
		word = stem
	}
	if unit := strings.TrimLeft(word, "0123456789"); unit != word {
		if to, ok := r.units[unit]; ok {
			return append(append(words, word[:len(word)-len(unit)]), to...)
		}
	}
	word = strings.ReplaceAll(word, "'", "")
	if word == "" {
		return words
	}
	for n := min(r.longest, len(word)-minStem); n > 1; n-- {
		if to, ok := r.suffixes[word[len(word)-n:]]; ok {
			return append(words, word[:len(word)-n]+to)
		}
	}
	return append(words, word)
}
