package lint

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"frontdesk/knowledge/lang"
)

// words are what lint knows of a language, from its file lint.txt: lists by name, parted by commas.
type words struct {
	empty     map[string]bool // say nothing about what is asked
	vague     map[string]bool // say nothing as a heading
	acronyms  map[string]bool // that everybody knows
	loud      map[string]bool // that are written in capitals to be heard, in lower case
	unwritten []string        // that stand where a text is still to be written, in lower case
	explains  []string        // that stand between a short form and what it means
}

// languages holds what was read.
var languages sync.Map // code → *words

func wordsOf(code string) *words {
	if w, ok := languages.Load(code); ok {
		return w.(*words)
	}
	w, _ := languages.LoadOrStore(code, readWords(code))
	return w.(*words)
}

// everyday is how frequent a word is that is one whatever its letters, as log10 of its count in a billion words.
const everyday = 5

// readWords reads a language's file; one that has none knows no word.
func readWords(code string) *words {
	lists := map[string][]string{}
	data, _ := lang.File(code, "lint.txt")
	for line := range bytes.Lines(data) {
		list, members, found := strings.Cut(string(line), ":")
		if !found || strings.HasPrefix(list, "#") {
			continue
		}
		for member := range strings.SplitSeq(members, ",") {
			if member = strings.TrimSpace(member); member != "" {
				lists[list] = append(lists[list], member)
			}
		}
	}
	set := func(list string) map[string]bool {
		all := map[string]bool{}
		for _, member := range lists[list] {
			all[member] = true
		}
		return all
	}
	loud := set("loud")
	frequencies, _ := lang.File(code, "frequencies.tsv")
	for line := range bytes.Lines(frequencies) { // the most frequent come first
		word, frequency, _ := strings.Cut(strings.TrimSpace(string(line)), "\t")
		if f, err := strconv.ParseFloat(frequency, 64); err != nil || f < everyday {
			break
		}
		loud[word] = true
	}
	return &words{
		empty: set("empty"), vague: set("vague"), acronyms: set("acronyms"), loud: loud,
		unwritten: lists["unwritten"], explains: lists["explains"],
	}
}

// split returns the words of a text in lower case: runs of letters, digits and marks, with apostrophes taken out.
func split(text string) []string {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
}

// gist is a question without its small words, its words' order and number: two questions with the same gist ask the
// same. It is empty when nothing is left.
func (w *words) gist(question string) string {
	var kept []string
	for _, word := range split(question) {
		if !w.empty[word] {
			kept = append(kept, singular(word))
		}
	}
	slices.Sort(kept)
	return strings.Join(slices.Compact(kept), " ")
}

// singular takes a plural's s off, as far as that can be done without knowing the word.
func singular(word string) string {
	if stem, ok := strings.CutSuffix(word, "s"); ok && len(stem) > 2 && !strings.HasSuffix(stem, "s") && !strings.HasSuffix(stem, "i") && !strings.HasSuffix(stem, "u") {
		return stem
	}
	return word
}
