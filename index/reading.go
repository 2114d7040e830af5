package index

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

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

	aboutTitle, aboutBody subjects    // of the heading and the phrasings; of the sentences
	abouts                []subjects  // of the heading and each phrasing; none for a heading alone
	vectors               textVectors // empty without word vectors
	meaning               meaning     // empty without an embedder
}

// A phrasing is a way to put a section's question.
type phrasing struct {
	ids   []int32
	words []int32 // by number
}

// questionsOf returns a section's heading and phrasings.
func questionsOf(section *knowledge.Section) []string {
	return append([]string{section.Title}, section.Phrasings...)
}

// A draft is a reading before its words have numbers: what can be done for many sections at once.
type draft struct {
	*reading
	asked [][]string // words of the heading and the phrasings
	above []string   // of the article's title and the headings above
	told  [][]string // of each sentence
}

// draft does the larger part of reading.
func (l *language) draft(section *knowledge.Section) draft {
	d := draft{reading: &reading{shorts: shortForms(section)}}
	for _, text := range questionsOf(section) {
		d.ask(l, text)
	}
	if len(d.abouts) == 1 {
		d.abouts = nil
	}
	d.above = l.words(strings.Join(append([]string{section.Article}, section.Above...), " . "))
	d.strip(l, section)
	d.sentences = knowledge.Sentences(section.Body)
	for _, sentence := range d.sentences {
		words := l.words(sentence.Text)
		d.told = append(d.told, words)
		d.aboutBody = d.aboutBody.with(l.place(words))
	}
	d.vectors = l.textVectors(d.asked, d.told)
	return d
}

// ask reads the heading or a phrasing.
func (d *draft) ask(l *language, text string) {
	words := l.words(clip(text, maxText))
	d.asked, d.abouts = append(d.asked, words), append(d.abouts, l.place(words))
	d.aboutTitle = d.aboutTitle.with(d.abouts[len(d.abouts)-1])
	if len(text) > maxTyped {
		text = clip(text, maxTyped)
		words = l.words(text)
	}
	if kind := l.asking.kind(words); kind != "" && !slices.Contains(d.kinds, kind) {
		d.kinds = append(d.kinds, kind)
	}
	d.questions = append(d.questions, strings.Join(split(normalise(text)), " "))
}

// A reader gives drafts their numbers, one after the other.
type reader struct {
	*numbers
	thesauri []*thesaurus // the language's, then staff's
}

const (
	readAhead  = 256 // sections that are drafted before they get their numbers
	readAtOnce = 16  // of them by one goroutine
)

// read fills in what is not known of the sections.
func (r *reader) read(ctx context.Context, sections []*knowledge.Section, known []*reading) error {
	var missing []int
	for i := range sections {
		if known[i] == nil {
			missing = append(missing, i)
		}
	}
	drafts := make([]draft, readAhead)
	for part := range slices.Chunk(missing, readAhead) {
		var work errgroup.Group
		work.SetLimit(runtime.GOMAXPROCS(0))
		for from := 0; from < len(part); from += readAtOnce {
			work.Go(func() error {
				for j := from; j < min(from+readAtOnce, len(part)); j++ {
					drafts[j] = r.lang.draft(sections[part[j]])
				}
				return ctx.Err()
			})
		}
		if err := work.Wait(); err != nil {
			return err
		}
		for j, i := range part {
			known[i] = r.finish(drafts[j])
		}
	}
	return nil
}

// finish gives a draft its numbers.
func (r *reader) finish(d draft) *reading {
	for _, words := range d.asked {
		numbers := r.number(words)
		d.phrasings = append(d.phrasings, phrasing{r.idsOf(numbers, true), numbers})
	}
	above := r.number(d.above)
	d.context = r.idsOf(above, false)
	rest, body := above, []int32(nil)
	d.cuts = append(d.cuts, int32(len(rest)))
	for _, words := range d.told {
		numbers := r.number(words)
		rest, body = append(rest, numbers...), append(body, r.idsOf(numbers, false)...)
		d.cuts, d.ends = append(d.cuts, int32(len(rest))), append(d.ends, int32(len(body)))
	}
	d.rest, d.body = slices.Clone(rest), slices.Clone(body) // without the room to grow
	return d.reading
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
	stems := r.stems(words)
	ids := make([]int32, 0, len(words))
	for i, n := range words {
		if w := &r.known[n]; all || w.weight > fillerWeight || r.words.texts[n][0] == '<' {
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

// about returns what the heading, for 0, or a phrasing is about.
func (a *reading) about(i int) subjects {
	if len(a.abouts) == 0 {
		return a.aboutTitle
	}
	return a.abouts[i]
}

// title returns the heading's ids.
func (a *reading) title() []int32 { return a.phrasings[0].ids }
