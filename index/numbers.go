package index

import "maps"

// numbers give words as written, stems and phrases their numbers, by which everything else is counted. A snapshot's
// numbers do not change. The next snapshot's start as a copy and only grow, so that what was read of a section with
// the old ones is good with the new ones too.
type numbers struct {
	lang  *language
	words map[string]int32 // as written → its place in known
	known []word
	ids   map[string]int32 // a stem, or the stems of a phrase with spaces between → its id
	keys  []string         // by id
}

// A word is one that a section has, as written.
type word struct {
	text   string
	stem   int32
	weight float32
	terms  string // what bleve's analyzer makes of it; empty for words that it throws away
}

func newNumbers(l *language) *numbers {
	return &numbers{lang: l, words: map[string]int32{}, ids: map[string]int32{}}
}

// clone returns numbers that can grow while n is read.
func (n *numbers) clone() *numbers {
	c := *n
	c.words, c.ids = maps.Clone(n.words), maps.Clone(n.ids)
	c.known, c.keys = c.known[:len(c.known):len(c.known)], c.keys[:len(c.keys):len(c.keys)]
	return &c
}

// word returns the number of a word as written.
func (n *numbers) word(w string) int32 {
	i, ok := n.words[w]
	if !ok {
		i = int32(len(n.known))
		n.words[w] = i
		n.known = append(n.known, word{w, n.id(n.lang.stem(w)), n.lang.weight(w), n.lang.terms(w)})
	}
	return i
}

// id returns the number of a stem or phrase.
func (n *numbers) id(key string) int32 {
	id, ok := n.ids[key]
	if !ok {
		id = int32(len(n.keys))
		n.ids[key] = id
		n.keys = append(n.keys, key)
	}
	return id
}

// texts returns words as written.
func (n *numbers) texts(words []int32) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = n.known[w].text
	}
	return all
}
