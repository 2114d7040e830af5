package index

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

// Staff's synonyms are bleve's too. What a text has of them stands in a field of its own, each word or phrase as one
// term, and the field's synonym source has staff's groups; so a question with one of a group finds the sections with
// any other, several words long or not, and a question with none costs nothing. Were they the source of headings and
// passages themselves, bleve would halve what a synonym counts, divide the score of the word itself by the size of
// its group, and know no phrases.

// saying returns which of staff's synonyms the words have, as terms.
func (s *shelf) saying(words []int32) string {
	if len(s.synonyms.byMember) == 0 {
		return ""
	}
	return s.sayingOf(s.vocabulary.stems(words))
}

// sayingOf does the same for stems.
func (s *shelf) sayingOf(stems []string) string {
	var said []string
	for i, stem := range stems {
		if _, ok := s.synonyms.byMember[stem]; ok {
			said = append(said, stem)
		}
		if phrase, n := s.synonyms.phraseAt(stems, i); n > 0 {
			said = append(said, asTerm(phrase))
		}
	}
	return strings.Join(said, " ")
}

// asTerm makes one term of a phrase.
func asTerm(phrase string) string { return strings.ReplaceAll(phrase, " ", "+") }

// synonyms files staff's groups where they have changed.
func (f *filer) synonyms(s *shelf) error {
	code := s.lang.code
	spelt := fmt.Sprint(s.synonyms.concepts)
	if f.said[code] == spelt {
		return nil
	}
	for i := range f.groups[code] {
		f.batch.Delete(definition(code, i))
	}
	n := 0
	for _, c := range s.synonyms.concepts {
		if len(c.members) < 2 {
			continue
		}
		terms := make([]string, len(c.members))
		for i, m := range c.members {
			terms[i] = asTerm(m)
		}
		if err := f.batch.IndexSynonym(definition(code, n), sayingField+code, &bleve.SynonymDefinition{Synonyms: terms}); err != nil {
			return err
		}
		n++
	}
	f.groups[code], f.said[code] = n, spelt
	return nil
}

// definition is what bleve calls group n of a language.
func definition(code string, n int) string { return fmt.Sprintf("%s%s/%d", sayingField, code, n) }
