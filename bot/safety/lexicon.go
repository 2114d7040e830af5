package safety

import (
	"slices"
	"strings"
)

// The numbers of words that no file names.
const (
	wordUnknown int32 = iota
	wordEnd           // a sentence's end
	wordSmall         // a number below 10 in digits
	wordLarge         // another number in digits
	wordFiller        // to be dropped
	wordFirst         // the first that files name
)

// A lexicon knows the words of all rules, and reads a message as their numbers.
type lexicon struct {
	ids      map[string]int32
	fillers  map[string]bool
	ordinary map[string]bool
	spelt    map[string][]string // what people write to the words that rules write
	telling  map[string]int32

	// made by finish from the above
	skeletons map[string]int32   // words by what is left when look-alike signs are made equal
	tellShape map[string]int32   // the same of telling words alone
	collapsed map[string]int32   // words by what is left without repeated letters
	near      map[string][]int32 // telling words by themselves less any one letter
	names     []string           // words by number
}

// newLexicon collects what the sources say about words.
func newLexicon(sources []source) *lexicon {
	l := &lexicon{
		ids: make(map[string]int32, 8<<10), fillers: map[string]bool{}, ordinary: map[string]bool{},
		spelt: map[string][]string{}, telling: map[string]int32{},
		names: make([]string, wordFirst, 8<<10),
	}
	for _, s := range sources {
		for _, w := range s.Fillers {
			l.fillers[fold(w.text)] = true
		}
		for _, w := range s.Ordinary {
			l.ordinary[fold(w.text)] = true
		}
		for right, wrongs := range s.Spellings {
			var words []string
			for _, w := range split(fold(right)) {
				words = append(words, w.text)
			}
			for _, wrong := range wrongs {
				l.spelt[fold(wrong.text)] = words
			}
		}
	}
	for f := range l.fillers {
		l.ids[f] = wordFiller
	}
	for _, s := range sources {
		for _, w := range s.Telling {
			l.telling[fold(w.text)] = l.learn(fold(w.text))
		}
	}
	return l
}

// learn returns the number of a folded word, a new one for a new word.
func (l *lexicon) learn(word string) int32 {
	if id, known := l.ids[word]; known {
		return id
	}
	id := int32(len(l.names))
	l.ids[word] = id
	l.names = append(l.names, word)
	return id
}

// size is the number of words, those without a name included.
func (l *lexicon) size() int { return len(l.names) }

// finish makes the tables for repair, after the last word was learnt.
func (l *lexicon) finish() {
	l.skeletons, l.tellShape = make(map[string]int32, len(l.names)), map[string]int32{}
	l.collapsed, l.near = make(map[string]int32, len(l.names)), map[string][]int32{}
	for f := range l.fillers {
		l.collapsed[collapse(f)] = wordFiller
	}
	for i, w := range l.names[wordFirst:] {
		id := int32(i) + wordFirst
		first(l.skeletons, skeleton(w), id)
		first(l.collapsed, collapse(w), id)
		if _, tells := l.telling[w]; !tells {
			continue
		}
		l.tellShape[skeleton(w)] = id
		l.skeletons[skeleton(w)] = id
		l.collapsed[collapse(w)] = id
		if len(w) >= shortestTolerant {
			for _, v := range append(shorter(w), w) {
				l.near[v] = append(l.near[v], id)
			}
		}
	}
}

// tells reports whether id is a telling word's.
func (l *lexicon) tells(id int32) bool {
	_, tells := l.telling[l.names[id]]
	return tells
}

// first sets m[k] unless an earlier word has it.
func first(m map[string]int32, k string, id int32) {
	if _, taken := m[k]; !taken {
		m[k] = id
	}
}

// shortestTolerant is the length from which one wrong letter is forgiven; shorter words have too many real
// neighbours.
const shortestTolerant = 5

// shorter returns the words that w becomes when one letter is left out.
func shorter(w string) []string {
	out := make([]string, 0, len(w)+1)
	for i := range len(w) {
		out = append(out, w[:i]+w[i+1:])
	}
	return out
}

// skeleton makes characters that stand for one another equal.
func skeleton(w string) string { return strings.Map(bone, w) }

// bone returns one of the characters that stand for each other.
func bone(r rune) rune {
	switch r {
	case 'l', '1', '!', '|':
		return 'i'
	case '0':
		return 'o'
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7', '+':
		return 't'
	case '8':
		return 'b'
	case '9', '6':
		return 'g'
	}
	return r
}

// collapse leaves one of each run of equal letters.
func collapse(w string) string {
	for i := 1; i < len(w); i++ {
		if w[i] == w[i-1] {
			return string(slices.Compact([]byte(w)))
		}
	}
	return w
}

// stretched reports whether a letter stands three or more times in a row.
func stretched(w string) bool {
	for i := 2; i < len(w); i++ {
		if w[i] == w[i-1] && w[i] == w[i-2] {
			return true
		}
	}
	return false
}
