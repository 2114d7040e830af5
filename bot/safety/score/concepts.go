package score

import "strings"

// Concepts sort words into classes of meaning, so that what is learnt of "kid" and "swallowed" holds for "toddler"
// and "gulped". The zero value knows no word.
//
// A file has one class a line, the name, a colon, and its words. A trailing star stands for any ending, an
// underscore joins the words of a phrase of up to five. Classes whose name starts with a tilde are of the small
// words (I, not, will), which mean something only together with what is near by.
//
//	child: kid kids toddler* little_one
//	~not: not never nobody
type Concepts struct {
	languages []vocabulary
	names     map[atom]string // of classes
}

// A vocabulary is the words of one language.
type vocabulary struct {
	lang    string
	words   map[string]*meaning
	stems   map[string]*meaning // before a star
	phrases map[string]*meaning // words joined by underscores
	heads   map[string]int      // first words of phrases: how many words the longest has
}

// A meaning is the classes that a word belongs to, the most telling first.
type meaning struct {
	classes []atom
	heavy   []atom // of these, those that mean something on their own
	small   bool   // the word is of the small ones, by which a language is told
}

const (
	shortestStem  = 3  // letters before a star
	longestStem   = 20 // the same
	longestPhrase = 5  // words
)

// A File is a language's classes.
type File struct{ Lang, Data string }

// ReadConcepts returns the concepts of files, one a language. Classes of one name are one class.
func ReadConcepts(files ...File) *Concepts {
	c := &Concepts{names: map[atom]string{}}
	for _, file := range files {
		v := vocabulary{
			lang:  file.Lang,
			words: make(map[string]*meaning, 4<<10), stems: make(map[string]*meaning, 1<<10),
			phrases: make(map[string]*meaning, 1<<10), heads: make(map[string]int, 1<<9),
		}
		for line := range strings.Lines(file.Data) {
			name, words, found := strings.Cut(line, ":")
			if !found || strings.HasPrefix(name, "#") {
				continue
			}
			a := atomOf(seedClass, name)
			c.names[a] = strings.ToUpper(strings.TrimPrefix(name, "~"))
			for w := range strings.FieldsSeq(words) {
				v.add(w, a, strings.HasPrefix(name, "~"))
			}
		}
		c.languages = append(c.languages, v)
	}
	return c
}

// add puts word into a class.
func (v *vocabulary) add(word string, class atom, small bool) {
	in := v.words
	stem, starred := strings.CutSuffix(word, "*")
	switch {
	case starred:
		word, in = stem, v.stems
	case strings.Contains(word, "_"):
		in = v.phrases
		first, _, _ := strings.Cut(word, "_")
		v.heads[first] = max(v.heads[first], min(strings.Count(word, "_")+1, longestPhrase))
	}
	m := in[word]
	if m == nil {
		m = &meaning{}
		in[word] = m
	}
	m.classes = append(m.classes, class)
	if small {
		m.small = true
	} else {
		m.heavy = append(m.heavy, class)
	}
}

// of returns what word means; nil when that is not known.
func (v *vocabulary) of(word string) *meaning {
	if m := v.words[word]; m != nil {
		return m
	}
	for n := min(len(word), longestStem); n >= shortestStem; n-- {
		if m := v.stems[word[:n]]; m != nil {
			return m
		}
	}
	return nil
}

// phrase returns what the phrase that words start with means, and of how many words it is.
func (v *vocabulary) phrase(words []string) (*meaning, int) {
	most := min(v.heads[words[0]], len(words))
	if most < 2 {
		return nil, 0
	}
	var room [64]byte
	joined := append(room[:0], words[0]...)
	var found *meaning
	of := 0
	for n := 2; n <= most; n++ {
		joined = append(append(joined, '_'), words[n-1]...)
		if m := v.phrases[string(joined)]; m != nil {
			found, of = m, n
		}
	}
	return found, of
}

// spoken returns the vocabularies, that of the language which most of the small words are of first: "son" is a child
// in one and a verb in another.
func (c *Concepts) spoken(words []string) []*vocabulary {
	order := make([]*vocabulary, len(c.languages))
	best, most := 0, -1
	for i := range c.languages {
		order[i] = &c.languages[i]
		votes := 0
		for _, w := range words {
			if m := c.languages[i].words[w]; m != nil && m.small {
				votes++
			}
		}
		if votes > most {
			best, most = i, votes
		}
	}
	if best > 0 {
		order[0], order[best] = order[best], order[0]
	}
	return order
}
