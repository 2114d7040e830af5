package index

import (
	"fmt"
	"strings"
)

// forms bring together the forms of a word that the language's analyzer leaves apart: of "costar" it would make one
// stem, and of "cuesta" and "cuestan" others. The file forms.txt has three kinds of lines, without accents:
//
//	+ar: o as a amos an ando ado                endings of a group; a group may have several lines
//	- nada casa                                 words that are nobody's forms
//	costar +ar: cost cuest = costo coste        a word; its group and its roots, to which all its endings are put;
//	                                            after =, other words that count as it
//
// A form that two words could have is the first one's, and one that stands after = before all others.
type forms struct {
	words   map[string]string   // form → word, as it stands
	roots   map[string]string   // root and group, as "cost+ar" → word
	endings map[string][]string // ending → groups
	longest int                 // of the endings, in bytes
	not     map[string]bool
}

func readForms(code string) (*forms, error) {
	text, err := optional(code, "forms.txt")
	if err != nil {
		return nil, err
	}
	return parseForms(text)
}

func parseForms(text string) (*forms, error) {
	f := &forms{words: map[string]string{}, roots: map[string]string{}, endings: map[string][]string{}, not: map[string]bool{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(normalise(line))
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '-':
			for _, w := range strings.Fields(line[1:]) {
				f.not[w] = true
			}
		case line[0] == '+':
			group, endings, ok := strings.Cut(line, ":")
			if !ok {
				return nil, fmt.Errorf("forms.txt: line %q: want +group: endings", line)
			}
			f.group(group, strings.Fields(endings))
		default:
			if err := f.word(line); err != nil {
				return nil, err
			}
		}
	}
	return f, nil
}

// group notes that each of the endings is one of a group.
func (f *forms) group(group string, endings []string) {
	for _, e := range endings {
		f.endings[e] = append(f.endings[e], group)
		f.longest = max(f.longest, len(e))
	}
}

// word reads the line of a word.
func (f *forms) word(line string) error {
	regular, others, _ := strings.Cut(line, "=")
	head, roots, _ := strings.Cut(regular, ":")
	word, group, _ := strings.Cut(strings.TrimSpace(head), " ")
	group = strings.TrimSpace(group)
	if word == "" || strings.HasPrefix(group, "+") != (strings.TrimSpace(roots) != "") {
		return fmt.Errorf("forms.txt: line %q: want word +group: roots = words", line)
	}
	for _, root := range strings.Fields(roots) {
		add(f.roots, root+group, word)
	}
	for _, other := range strings.Fields(others) {
		add(f.words, other, word)
	}
	return nil
}

// add keeps what is known.
func add(known map[string]string, key, value string) {
	if _, ok := known[key]; !ok {
		known[key] = value
	}
}

// base returns the word that word is a form of; word itself when it is of none.
func (f *forms) base(word string) string {
	if base, ok := f.words[word]; ok {
		return base
	}
	if f.not[word] {
		return word
	}
	for n := min(f.longest, len(word)-1); n > 0; n-- {
		for _, group := range f.endings[word[len(word)-n:]] {
			if base, ok := f.roots[word[:len(word)-n]+group]; ok {
				return base
			}
		}
	}
	return word
}
