package index

import "slices"

// numbers give words as written, stems and phrases their numbers, by which everything else is counted. A snapshot's
// numbers do not change. The next snapshot's start as a copy and only grow, so that what was read of a section with
// the old ones is good with the new ones too.
type numbers struct {
	lang  *language
	words symbols // as written
	known []word  // by word
	ids   symbols // a stem, or the stems of a phrase with spaces between
}

// A word is one that a section has, as written.
type word struct {
	stem   int32
	weight float32
	terms  string // what bleve's analyzer makes of it; empty for words that it throws away
}

func newNumbers(l *language) *numbers {
	return &numbers{lang: l}
}

// clone returns numbers that can grow while n is read.
func (n *numbers) clone() *numbers {
	return &numbers{n.lang, n.words.clone(), slices.Clip(n.known), n.ids.clone()}
}

// word returns the number of a word as written.
func (n *numbers) word(w string) int32 {
	i, ok := n.words.find(w)
	if !ok {
		i = n.words.add(w)
		n.known = append(n.known, word{n.id(n.lang.stem(w)), n.lang.weight(w), n.lang.terms(w)})
	}
	return i
}

// id returns the number of a stem or phrase.
func (n *numbers) id(key string) int32 {
	id, ok := n.ids.find(key)
	if !ok {
		id = n.ids.add(key)
	}
	return id
}

// stem returns the stem of a word.
func (n *numbers) stem(w int32) string { return n.ids.texts[n.known[w].stem] }

// stems returns the stems of words.
func (n *numbers) stems(words []int32) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = n.stem(w)
	}
	return all
}

// texts returns words as written.
func (n *numbers) texts(words []int32) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = n.words.texts[w]
	}
	return all
}
