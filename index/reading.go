package index

import (
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// A reading is what reading one section comes to: all that is known of it alone. It depends on the section's
// words, its language and the phrases that staff's synonyms have in them, and does not change, so that snapshots take
// it over from one another for as long as the section stays as it is. Slices of ids hold stems and phrases in the
// order of the text.
type reading struct {
	phrasings []phrasing // the heading first
	questions []string   // the same, as typed text is compared with them
	kinds     []string   // what they ask after, where they do
	topic     []string   // stems of the article's title
	bare      [][]string // heading and phrasings without the topic
	context   []int32    // the article's title and the headings above
	body      []int32
	ends      []int32 // sentence i is body[ends[i-1]:ends[i]]
	sentences []knowledge.Sentence
	rest      []int32    // the words of context and body, by number
	cuts      []int32    // the words of sentence i are rest[cuts[i]:cuts[i+1]]
	shorts    [][]string // short forms that the section introduces, each with its long form

	aboutTitle, aboutBody subjects // of the heading and the phrasings; of the sentences
	meaning               meaning  // empty without an embedder
}

// A phrasing is a way to put a section's question.
type phrasing struct {
	ids   []int32
	words []int32 // by number
}

// A reader analyses sections of one language.
type reader struct {
	*numbers
	thesauri []*thesaurus // the language's, then staff's
}

func (r *reader) read(section *knowledge.Section) *reading {
	a := &reading{shorts: shortForms(section)}
	for _, text := range questionsOf(section) {
		r.readQuestion(a, text)
	}
	above := r.number(r.lang.words(strings.Join(append([]string{section.Article}, section.Above...), " . ")))
	a.context = r.idsOf(above, false)
	a.rest, a.cuts = above, []int32{int32(len(above))}
	a.strip(r.lang, section)
	for _, sentence := range knowledge.Sentences(section.Body) {
		words := r.lang.words(sentence.Text)
		numbers := r.number(words)
		a.rest = append(a.rest, numbers...)
		a.cuts = append(a.cuts, int32(len(a.rest)))
		a.body = append(a.body, r.idsOf(numbers, false)...)
		a.ends = append(a.ends, int32(len(a.body)))
		a.sentences = append(a.sentences, sentence)
		a.aboutBody = a.aboutBody.with(r.lang.place(words))
	}
	return a
}

// questionsOf returns a section's heading and phrasings.
func questionsOf(section *knowledge.Section) []string {
	return append([]string{section.Title}, section.Phrasings...)
}

// readQuestion reads the heading or a phrasing.
func (r *reader) readQuestion(a *reading, text string) {
	words := r.lang.words(clip(text, maxText))
	numbers := r.number(words)
	a.phrasings = append(a.phrasings, phrasing{r.idsOf(numbers, true), numbers})
	a.aboutTitle = a.aboutTitle.with(r.lang.place(words))
	if len(text) > maxTyped {
		text = clip(text, maxTyped)
		words = r.lang.words(text)
	}
	if kind := r.lang.asking.kind(words); kind != "" && !slices.Contains(a.kinds, kind) {
		a.kinds = append(a.kinds, kind)
	}
	a.questions = append(a.questions, strings.Join(split(normalise(text), nil), " "))
}

// number returns the numbers of words as written.
func (r *reader) number(words []string) []int32 {
	numbers := make([]int32, len(words))
	for i, w := range words {
		numbers[i] = r.word(w)
	}
	return numbers
}

// idsOf returns the ids of a text: each word's stem, and after it each phrase that starts there. Words that tell
// nothing are left out unless all is asked for.
func (r *reader) idsOf(words []int32, all bool) []int32 {
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = r.keys[r.known[w].stem]
	}
	ids := make([]int32, 0, len(words))
	for i, n := range words {
		if w := &r.known[n]; all || w.weight > fillerWeight || w.text[0] == '<' {
			ids = append(ids, w.stem)
		}
		for _, t := range r.thesauri {
			if key, n := t.phraseAt(stems, i); n > 0 {
				ids = append(ids, r.id(key))
			}
		}
	}
	return ids
}

// wordRuns goes through the section's words, by number, in pieces.
func (a *reading) wordRuns(yield func([]int32) bool) {
	for i := range a.phrasings {
		if !yield(a.phrasings[i].words) {
			return
		}
	}
	yield(a.rest)
}

// idRuns goes through the section's ids in pieces.
func (a *reading) idRuns(yield func([]int32) bool) {
	for i := range a.phrasings {
		if !yield(a.phrasings[i].ids) {
			return
		}
	}
	if yield(a.context) {
		yield(a.body)
	}
}

// title returns the heading's ids.
func (a *reading) title() []int32 { return a.phrasings[0].ids }
