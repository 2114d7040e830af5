package index

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"frontdesk/knowledge"
)

// A classifier of many sections with many phrasings takes seconds to learn. When staff add a phrasing, the next
// snapshot's goes on from the last: it learns the questions of the sections that changed, with a few of others so that
// it does not forget them. It then differs a little from one that learned all together, until so much has changed that
// all is learned again. A classifier that is learned quickly always is.
const (
	quickEffort   = 1e8 // multiplications that are learned at once, under a tenth of a second
	relearnEpochs = 4
	relearnRate   = 0.04 // what is known moves little; features never met learn fast at any rate
	reminders     = 8    // examples of other sections for each of a changed one
	traitsOfWord  = 6    // of a word, beside its runs of characters
	mostDrift     = 0.1  // share of examples that may come and go
)

// learn returns the classifier of the shelf; nil for none.
func (s *shelf) learn(ctx context.Context, old *shelf) *classifier {
	if old != nil && slices.EqualFunc(old.documents, s.documents, document.asksAs) {
		return old.classifier
	}
	examples := s.examples()
	if old != nil && old.classifier != nil && effort(examples, len(s.documents)) > quickEffort {
		if c := old.classifier.relearn(ctx, examples, s.since(old)); c != nil {
			return c
		}
	}
	return trainClassifier(ctx, s.lang, examples, len(s.documents))
}

// examples are what the classifier learns from.
func (s *shelf) examples() []example {
	var all []example
	for i := range s.documents {
		all = append(all, s.questionsAt(i)...)
	}
	return all
}

// questionsAt returns a document's heading and phrasings.
func (s *shelf) questionsAt(i int) []example {
	d := &s.documents[i]
	all := make([]example, len(d.phrasings))
	for j, p := range d.phrasings {
		all[j] = example{s.vocabulary.texts(p.words), d.about(j), i}
	}
	return all
}

// effort guesses at the multiplications that learning takes.
func effort(examples []example, labels int) float64 {
	features := 0
	for _, e := range examples {
		for _, w := range e.words {
			features += 3*len(w) + traitsOfWord
		}
	}
	return 2 * classifierEpochs * float64(features) * float64(labels)
}

// news is what has become of the sections that a classifier learned.
type news struct {
	was        []int  // by label: the label it had, -1 for a new section
	changed    []bool // by label: its questions are not the same
	gone, came []example
}

// since compares a shelf with the one before.
func (s *shelf) since(old *shelf) news {
	before := make(map[knowledge.SectionID]int, len(old.documents))
	for i := range old.documents {
		before[old.documents[i].section.ID] = i
	}
	d := news{was: make([]int, len(s.documents)), changed: make([]bool, len(s.documents))}
	for i := range s.documents {
		now := s.documents[i]
		at, ok := before[now.section.ID]
		delete(before, now.section.ID)
		switch {
		case !ok:
			d.was[i], d.changed[i] = -1, true
			d.came = append(d.came, s.questionsAt(i)...)
		case !old.documents[at].asksAs(now):
			d.was[i], d.changed[i] = at, true
			had, has := old.questionsAt(at), s.questionsAt(i)
			d.gone, d.came = append(d.gone, without(had, has)...), append(d.came, without(has, had)...)
		default:
			d.was[i] = at
		}
	}
	for _, at := range before {
		d.gone = append(d.gone, old.questionsAt(at)...)
	}
	return d
}

// without returns what a has and b has not.
func without(a, b []example) []example {
	return slices.DeleteFunc(slices.Clone(a), func(x example) bool {
		return slices.ContainsFunc(b, func(y example) bool { return slices.Equal(x.words, y.words) })
	})
}

// relearn returns a classifier that has learned the news too; nil when it had better learn everything. examples
// are all that it is to know.
func (c *classifier) relearn(ctx context.Context, examples []example, d news) *classifier {
	drift := c.drift + len(d.gone) + len(d.came)
	if float64(drift) > mostDrift*float64(len(examples)) || bucketsFor(len(d.was)) != len(c.seen) {
		return nil
	}
	next := &classifier{lang: c.lang, labels: len(d.was), mask: c.mask, learned: c.learned, drift: drift}
	next.seen, next.squares = slices.Clone(c.seen), slices.Clone(c.squares)
	next.rows, next.height = slices.Clone(c.rows), c.height
	came := next.inputs(d.came)
	next.count(next.inputs(d.gone), -1)
	next.count(came, 1)
	next.enrol(came)
	next.weigh()
	next.inherit(c, d.was)
	lessons := next.lessons(examples, d.changed)
	inputs := next.inputs(lessons)
	for _, in := range inputs {
		next.scale(in)
	}
	if !next.descend(ctx, course{lessons, inputs, shuffled(lessons), relearnEpochs, relearnRate}) {
		return nil
	}
	return next
}

// inherit takes over what the labels had learned. A new one starts from nothing, as unlikely as any.
func (c *classifier) inherit(old *classifier, was []int) {
	c.bias = make([]float32, c.labels)
	c.weights = make([]float32, (1+c.height)*c.labels)
	lowest := float32(math.MaxFloat32)
	for _, b := range old.bias {
		lowest = min(lowest, b)
	}
	for label, from := range was {
		if from < 0 {
			c.bias[label] = lowest
		} else {
			c.bias[label] = old.bias[from]
		}
	}
	for r := range 1 + old.height {
		to, row := c.weights[r*c.labels:][:c.labels], old.weights[r*old.labels:][:old.labels]
		for label, from := range was {
			if from >= 0 {
				to[label] = row[from]
			}
		}
	}
}

// lessons are the examples of changed labels, and others to be reminded of.
func (c *classifier) lessons(examples []example, changed []bool) []example {
	var all []example
	for _, e := range examples {
		if changed[e.label] {
			all = append(all, e)
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range reminders * len(all) {
		all = append(all, examples[random.IntN(len(examples))])
	}
	return all
}
