package index

import (
	"context"
	"slices"
	"strings"
	"sync"

	"frontdesk/knowledge"
)

// A shelf holds the sections of one language as numbers: what features are counted from.
type shelf struct {
	lang       *language
	vocabulary *vocabulary
	lexicon    *lexicon // words as the sections write them
	documents  []document
	phrasings  *phrasings
	tall       float32 // mean words of a body
	classifier *classifier
	scratch    sync.Pool // *scratch
}

// A document is a section as numbers. Slices of ids hold stems and phrases in the order of the text.
type document struct {
	section   *knowledge.Section
	questions []string // the heading, then the phrasings, as typed text is compared with them
	title     []int32
	kinds     []string // what the heading and the phrasings ask after, where they do
	context   []int32  // the article's title and the headings above
	body      []int32
	ends      []int32 // sentence i is body[ends[i-1]:ends[i]]
	sentences []knowledge.Sentence
	first     int32      // its first phrasing in shelf.phrasings; the title is one of them
	asked     int32      // how many phrasings it has there
	topic     []string   // stems of the article's title
	bare      [][]string // the heading and the phrasings without the topic

	aboutTitle, aboutBody subjects // of the heading and the phrasings; of the sentences
	meaning               meaning  // empty without an embedder
}

// newShelf reads the sections of one language.
func newShelf(ctx context.Context, l *language, sections []*knowledge.Section, synonyms [][]string) *shelf {
	staff := newThesaurus()
	for i, group := range append(acronyms(sections), synonyms...) {
		staff.addGroup(l, i, group)
	}
	s := &shelf{lang: l, vocabulary: newVocabulary(l, staff), phrasings: newPhrasings()}
	s.documents = make([]document, len(sections))
	words := 0
	var examples []example
	for i, section := range sections {
		s.documents[i] = s.read(i, section)
		words += len(s.documents[i].body)
		for _, p := range append([]string{section.Title}, section.Phrasings...) {
			examples = append(examples, example{l.words(clip(p, maxText)), i})
		}
	}
	s.vocabulary.finish(len(sections))
	s.tall = float32(words) / float32(max(len(sections), 1))
	s.lexicon = newLexicon(s.vocabulary.counts)
	s.phrasings.weigh(s.vocabulary)
	s.classifier = trainClassifier(ctx, examples, len(sections))
	s.scratch.New = func() any { return s.newScratch() }
	return s
}

func (s *shelf) read(i int, section *knowledge.Section) document {
	v := s.vocabulary
	d := document{section: section, first: int32(s.phrasings.len())}
	title := s.lang.words(clip(section.Title, maxText))
	d.title = v.read(title, i, true)
	d.context = v.read(s.lang.words(strings.Join(append([]string{section.Article}, section.Above...), " . ")), i, false)
	s.phrasings.add(int32(i), d.title, title)
	d.aboutTitle = s.lang.place(title)
	for _, p := range section.Phrasings {
		words := s.lang.words(clip(p, maxText))
		s.phrasings.add(int32(i), v.read(words, i, true), words)
		d.aboutTitle = d.aboutTitle.with(s.lang.place(words))
	}
	for _, text := range append([]string{section.Title}, section.Phrasings...) {
		if kind := s.lang.asking.kind(s.lang.words(clip(text, maxTyped))); kind != "" && !slices.Contains(d.kinds, kind) {
			d.kinds = append(d.kinds, kind)
		}
		d.questions = append(d.questions, strings.Join(split(normalise(clip(text, maxTyped)), nil), " "))
	}
	d.asked = int32(s.phrasings.len()) - d.first
	s.strip(&d)
	for _, sentence := range knowledge.Sentences(section.Body) {
		d.sentences = append(d.sentences, sentence)
		words := s.lang.words(sentence.Text)
		d.body = append(d.body, v.read(words, i, false)...)
		d.aboutBody = d.aboutBody.with(s.lang.place(words))
		d.ends = append(d.ends, int32(len(d.body)))
	}
	return d
}
