package journal

import (
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// A lexicon is what the journal knows of words, of all languages together: people mix them. Words are folded.
type lexicon struct {
	given    map[string]bool // names that people are given
	title    map[string]bool // forms of address
	named    [][]string      // the words after which a name follows
	function map[string]bool // words that carry grammar and no topic
	topic    map[string]bool // everyday words that do
}

// words reads the lexicon from the files of package lang. It panics when they are broken, which the tests rule out.
var words = sync.OnceValue(func() lexicon {
	l := lexicon{given: map[string]bool{}, title: map[string]bool{}, function: map[string]bool{}, topic: map[string]bool{}}
	for _, code := range lang.Languages() {
		if data, err := lang.File(code, "names.txt"); err == nil {
			l.readNames(string(data))
		}
		data, err := lang.File(code, "words.txt")
		if err != nil {
			panic("journal: " + err.Error())
		}
		l.readWords(string(data))
	}
	return l
})

// readNames reads a names.txt: after "named:" and "title:" items with | between them, in other lines given names, and
// nothing in those that begin with #.
func (l *lexicon) readNames(file string) {
	for line := range strings.Lines(file) {
		kind, items, found := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(line, "#"):
		case !found:
			for _, name := range strings.Fields(line) {
				l.given[fold(name)] = true
			}
		case kind == "named":
			for item := range strings.SplitSeq(items, "|") {
				l.named = append(l.named, strings.Fields(fold(item)))
			}
		case kind == "title":
			for item := range strings.SplitSeq(items, "|") {
				l.title[strings.TrimSpace(fold(item))] = true
			}
		}
	}
}

// readWords reads a words.txt: words that carry grammar, then everyday words, each below a line that says so.
func (l *lexicon) readWords(file string) {
	var into map[string]bool
	for line := range strings.Lines(file) {
		switch {
		case strings.HasPrefix(line, "# function words"):
			into = l.function
		case strings.HasPrefix(line, "# topics"):
			into = l.topic
		case strings.HasPrefix(line, "#"):
			into = nil
		case into != nil && !strings.HasPrefix(line, "-"): // which begins a list of endings
			for _, word := range strings.Fields(line) {
				into[fold(word)] = true
			}
		}
	}
}

// fold returns a text in lower case, without accents and with straight apostrophes.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == '’':
			b.WriteByte('\'')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// A vocabulary holds the folded words that staff use, which are therefore no names of people who ask.
type vocabulary map[string]bool

func (v *vocabulary) has(word string) bool { return (*v)[word] }

// Learn takes the words of the knowledge for words that need no scrubbing: a capital alone does not make a name of
// them. It also takes what staff say of their rooms, so that text of a room that became stricter can be taken out. Call
// it before Run, and whenever another version goes live.
func (j *Journal) Learn(base knowledge.Base) {
	v, seen := vocabulary{}, map[string]bool{}
	for _, s := range base.Sections() {
		for _, text := range append([]string{s.Article, s.Title, s.Body}, s.Phrasings...) {
			for word := range wordsOf(text) {
				if !seen[word] { // folding takes longer than all the rest
					seen[word] = true
					v[fold(word)] = true
				}
			}
		}
	}
	j.words.Store(&v)
	rooms := map[string]Privacy{}
	for key, room := range base.Settings.Rooms {
		if room.Privacy != "" {
			rooms[key] = room.Privacy
		}
	}
	j.rooms.Store(&rooms)
}

// wordsOf yields the words of a text, the same that wordPattern finds, in a fraction of the time.
func wordsOf(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, end := -1, 0 // of the word so far; end stands before a joint that nothing has followed yet
		for i, r := range text {
			switch {
			case isLetter(r):
				if start < 0 {
					start = i
				}
				end = i + utf8.RuneLen(r)
			case start >= 0 && end == i && (r == '\'' || r == '’' || r == '-'):
			case start >= 0:
				if !yield(text[start:end]) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(text[start:end])
		}
	}
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}
