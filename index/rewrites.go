package index

import "strings"

// rewrites bring together what people spell in several ways. The file rewrites.tsv has one a line: what is written,
// a tab, what it becomes (several words allowed); # starts a comment. A leading * stands for the rest of a word of
// which at least four letters remain:
//
//	can't	can not
//	colour	color
//	*isation	ization
//
// Questions and sections go through the same rewrites and nobody is shown the outcome, so a suffix rule that makes
// no word of a word ("exercise", "exercize") does no harm.
type rewrites struct {
	words    map[string][]string
	suffixes map[string]string
	longest  int // of the suffixes
}

// minStem is how many letters must stand before a suffix.
const minStem = 4

func parseRewrites(text string) *rewrites {
	r := &rewrites{words: map[string][]string{}, suffixes: map[string]string{}}
	for line := range strings.Lines(text) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(from, "#") {
			continue
		}
		if suffix, ok := strings.CutPrefix(from, "*"); ok {
			r.suffixes[suffix] = to
			r.longest = max(r.longest, len(suffix))
		} else {
			r.words[from] = strings.Fields(to)
		}
	}
	return r
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
