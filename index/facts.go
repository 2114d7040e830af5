package index

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"frontdesk/knowledge/lang"
)

// A fact is what is looked up of one word again and again.
type fact struct {
	stem   string
	terms  string
	weight float32
	opens  bool    // a phrase of the thesaurus starts with the stem
	senses []int32 // the thesaurus's concepts of the stem
}

// facts remembers them: the analyzer takes most of a microsecond a word. Each word has one place, which the last that
// was met of those that share it has, so that no stream of nonsense fills the memory.
type facts [1 << 16]atomic.Pointer[namedFact]

type namedFact struct {
	word string
	fact
}

// longestFact is the longest word remembered, in bytes; longer ones are seldom met again.
const longestFact = 32

// factSeed is for places alone: nothing that anybody sees depends on it.
var factSeed = maphash.MakeSeed()

// fact looks a word up, and keeps what it found.
func (l *language) fact(word string) *fact {
	place := &l.facts[maphash.String(factSeed, word)%uint64(len(l.facts))]
	if known := place.Load(); known != nil && known.word == word {
		return &known.fact
	}
	f := fact{stem: l.findStem(word), terms: l.findTerms(word)}
	f.weight = l.findWeight(word, f.stem)
	f.opens, f.senses = l.thesaurus.opens[f.stem] > 0, l.thesaurus.byMember[f.stem]
	if len(word) <= longestFact {
		place.Store(&namedFact{strings.Clone(word), f})
	}
	return &f
}

// factsOf returns words' stems and what else is known of them.
func (l *language) factsOf(words []string) (stems []string, known []*fact) {
	stems, known = make([]string, len(words)), make([]*fact, len(words))
	for i, w := range words {
		known[i] = l.fact(w)
		stems[i] = known[i].stem
	}
	return stems, known
}

// sensesAt returns the concepts that the thesaurus has of the phrase or the word at i.
func (l *language) sensesAt(stems []string, facts []*fact, i int) []int32 {
	senses := facts[i].senses
	if facts[i].opens {
		if phrase, n := l.thesaurus.phraseAt(stems, i); n > 0 {
			senses = l.thesaurus.byMember[phrase]
		}
	}
	return senses
}

// maxSenses bounds how many concepts of a word, or of a phrase, become features.
const maxSenses = 4

// stem returns the word's stem by bleve's analyzer. Words that the analyzer throws away as too common are their own
// stem, so that "how much" can still be told from "how long".
func (l *language) stem(word string) string { return l.fact(word).stem }

// stems returns the stems of words.
func (l *language) stems(words []string) []string {
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = l.stem(w)
	}
	return stems
}

// weight says how much a word tells: 0 for the commonest, up to maxWeight for words the language hardly uses.
func (l *language) weight(word string) float32 { return l.fact(word).weight }

// terms returns what bleve's analyzer makes of a word: nothing of words that it throws away as too common.
func (l *language) terms(word string) string { return l.fact(word).terms }

// findTerms gives a form of a word the stem of that word for its term, so that bleve finds either by the other.
func (l *language) findTerms(word string) string {
	tokens := l.analyzer.Analyze([]byte(word))
	if base := l.forms.base(word); base != word && len(tokens) > 0 {
		return l.stem(base)
	}
	terms := make([]string, len(tokens))
	for i, t := range tokens {
		terms[i] = string(t.Term)
	}
	return strings.Join(terms, " ")
}

// findStem looks into the thesaurus first, since it has stemmed its words already.
func (l *language) findStem(word string) string {
	if strings.HasPrefix(word, "<") {
		return word
	}
	if s, ok := l.thesaurus.words[word]; ok {
		return s
	}
	base := l.forms.base(word)
	tokens := l.analyzer.Analyze([]byte(base))
	if len(tokens) == 0 {
		return base
	}
	return string(tokens[0].Term)
}

// findWeight goes by how common the word is, or else its stem: a strange form of a common word tells little.
func (l *language) findWeight(word, stem string) float32 {
	if strings.HasPrefix(word, "<") {
		return 0
	}
	if len(l.frequency) == 0 { // the language has no table: words that hold sentences together are told apart alone
		if lang.IsFunctionWord(word) || len(l.analyzer.Analyze([]byte(word))) == 0 {
			return 0.2
		}
		return plainWeight
	}
	if word[0] >= '0' && word[0] <= '9' {
		return numberWeight
	}
	f, ok := l.frequency[word]
	if !ok {
		f = l.frequency[stem] // 0 when that is no word either
	}
	w := min(max(wholeWeight-f, 0), maxWeight)
	if lang.IsFunctionWord(word) {
		return min(w, functionWeight)
	}
	return w
}

const (
	numberWeight   = 1.2 // numbers seldom tell what a question is about
	functionWeight = 0.4 // words that hold sentences together tell no more
	plainWeight    = 3.0 // a word of which nothing is known
	wholeWeight    = 7.0 // a word of this log frequency and above ("the", "is") tells nothing
	maxWeight      = 4.5 // a word of a log frequency of 2.5 and below, or one never counted
)
