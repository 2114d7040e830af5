package index

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// An Embedder turns texts into vectors of length 1 whose inner product says how alike in meaning they are: one a text,
// in order. A text of which nothing is known gives the zero vector. Package index/embed has two.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// meanings give texts vectors where there is an embedder: the headings, phrasings and passages of all sections while
// building, and the question while searching. They count twice: the nearest sections become candidates, and how near a
// candidate is stands beside how near it is by word vectors, in the clues that have learned weights already. A question
// whose vector does not come in time is answered without.
type meanings struct {
	texts     Embedder // of staff's
	questions Embedder
	patience  time.Duration // with questions
}

// A meaning holds a section's vectors: of the heading and the phrasings, and of the passages.
type meaning struct{ title, body [][]float32 }

const (
	embedPatience    = 300 * time.Millisecond // by default
	meaningSentences = 3                      // in one passage
	meaningPassages  = 8                      // passages of one section
	unlikeMeaning    = 0.15                   // cosine of texts that have nothing to do with each other
	alikeMeaning     = 0.75                   // ... of texts that say the same
	meaningNearest   = 10                     // candidates by meaning alone
	meaningNoBetter  = 0.2                    // a likeness that makes no candidate
)

// give embeds the sections of a shelf that have no vectors yet. Without an embedder there are none.
func (m *meanings) give(ctx context.Context, s *shelf) error {
	if m == nil {
		return nil
	}
	var texts []string
	var ends [][2]int // of each document's questions and passages in texts
	var lacking []*document
	for i := range s.documents {
		d := &s.documents[i]
		if d.meaning.title != nil {
			continue
		}
		texts = append(texts, questionsOf(d.section)...)
		asked := len(texts)
		texts = append(texts, d.passages()...)
		lacking, ends = append(lacking, d), append(ends, [2]int{asked, len(texts)})
	}
	if len(texts) == 0 {
		return nil
	}
	vectors, err := m.texts.Embed(ctx, texts)
	if err != nil {
		return fmt.Errorf("embed sections: %w", err)
	}
	if len(vectors) != len(texts) {
		return fmt.Errorf("embed sections: %d vectors for %d texts", len(vectors), len(texts))
	}
	start := 0
	for i, d := range lacking {
		d.meaning = meaning{title: vectors[start:ends[i][0]], body: vectors[ends[i][0]:ends[i][1]]}
		start = ends[i][1]
	}
	return nil
}

// passages cuts a section's text into runs of sentences.
func (d *document) passages() []string {
	var all []string
	for start := 0; start < len(d.sentences) && len(all) < meaningPassages; start += meaningSentences {
		var passage []string
		for _, sentence := range d.sentences[start:min(start+meaningSentences, len(d.sentences))] {
			passage = append(passage, sentence.Text)
		}
		all = append(all, strings.Join(passage, " "))
	}
	return all
}

// of embeds a question; nil when there is no embedder or it fails or takes too long.
func (m *meanings) of(ctx context.Context, text string) []float32 {
	if m == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, m.patience)
	defer cancel()
	vectors, err := m.questions.Embed(ctx, []string{clip(text, maxText)})
	if err != nil || len(vectors) != 1 {
		return nil
	}
	return vectors[0]
}

// addByMeaning adds the sections nearest by meaning, where they were not found.
func (s *shelf) addByMeaning(q *question, found []candidate) []candidate {
	if q.meaning == nil {
		return found
	}
	var list []scored
	for i := range s.documents {
		title, body := s.documents[i].meaning.likeness(q.meaning)
		if score := max(title, body); score > meaningNoBetter {
			list = append(list, scored{int32(i), score})
		}
	}
	return addBest(found, list, meaningNearest)
}

// likeness returns how near the nearest heading or phrasing, and the nearest passage, come to v: 0 to 1.
func (m meaning) likeness(v []float32) (title, body float32) {
	return nearestMeaning(m.title, v), nearestMeaning(m.body, v)
}

func nearestMeaning(vectors [][]float32, v []float32) (best float32) {
	for _, x := range vectors {
		if len(x) == len(v) {
			best = max(best, dot(x, v))
		}
	}
	return min(max((best-unlikeMeaning)/(alikeMeaning-unlikeMeaning), 0), 1)
}
