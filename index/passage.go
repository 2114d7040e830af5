package index

import "strings"

// The sizes of passages, in bytes of the body.
const (
	shortBody   = 600 // a body up to here is its own passage
	longPassage = 450 // a passage grows no further than this for the sake of the question
	longList    = 900 // a list up to here is shown whole
)

// wholeAsked is the part of a question from which its section's heading says all of it.
const wholeAsked = 0.85

// leastTelling is the weight that words such as "will" and "even" do not reach where sections say them, and leastShare the
// share of the heaviest word's weight that they do not reach beside one.
const (
	leastTelling = 0.35
	leastShare   = 0.15
)

// passage returns the part of the section that answers best: a few whole sentences that make sense alone.
func (s *shelf) passage(q *question, m *marks, d *document) Span {
	body := d.section.Body
	if len(body) <= shortBody || len(d.sentences) == 0 {
		return Span{0, len(body)}
	}
	from, to := s.telling(q, m, d)
	from, to = s.complete(d, from, to)
	return Span{d.sentences[from].Start, d.sentences[to].End}
}

// telling returns the run of up to three sentences that covers most of the question, the shortest such run, and
// the first of those. Where that covers nothing but words such as "will" it is the opening, and so it is for a question
// that asks no more than the heading does: staff wrote the section to answer that, from its beginning.
func (s *shelf) telling(q *question, m *marks, d *document) (from, to int) {
	var heading, covered coverage
	m.add(&heading, d.title())
	if _, syn, _ := q.shares(&heading); syn >= wholeAsked {
		return 0, d.opening()
	}
	var best float32
	head := 0 // the first sentence of the block under way
	for i := range d.sentences {
		if d.sentences[i].Block != d.sentences[head].Block {
			head = i
		}
		var c coverage
		if d.isRow(i) {
			m.add(&c, d.words(head)) // what a row says, it says under its heading row
		}
		numbered := q.wantsNumber() && strings.ContainsAny(d.sentences[i].Text, "0123456789")
		for j := i; j < min(i+3, len(d.sentences)); j++ {
			if j > i && (d.sentences[j].End-d.sentences[i].Start > longPassage || d.sentences[j].Block > d.sentences[i].Block+1) {
				break
			}
			m.add(&c, d.words(j))
			e, syn, r := q.shares(&c)
			value := e + syn + r/2 - sentenceCost*float32(j-i)
			if numbered {
				value += numberWorth
			}
			if value > best+clearly {
				best, covered, from, to = value, c, i, j
			}
		}
	}
	if !q.tells(&covered) || q.meant(&heading, &covered) >= wholeAsked {
		return 0, d.opening()
	}
	return from, to
}

// sentenceCost is what each sentence beyond the first must bring.
const sentenceCost = 0.04

// numberWorth is what a number counts for a question that asks for one: among sentences that cover as much of it.
const numberWorth = 0.03

// wantsNumber reports whether a question asks for a number: how much, how many, how long, how often, when.
func (q *question) wantsNumber() bool {
	return q.kind == "when" || strings.HasPrefix(q.kind, "how ")
}

// tells reports whether a passage covers any word that could tell it from others.
func (q *question) tells(c *coverage) bool {
	var heaviest float32
	for i := range q.units {
		heaviest = max(heaviest, q.units[i].weight)
	}
	for i := range q.units {
		if q.units[i].weight >= max(leastTelling, leastShare*heaviest) && c[i].related > 0 {
			return true
		}
	}
	return false
}

// meant returns which part of the question's weight a heading covers, however loosely, where a passage does not have
// the very word.
func (q *question) meant(heading, passage *coverage) float32 {
	var of float32
	for i := range q.units {
		if heading[i].synonym > 0 && heading[i].exact >= passage[i].exact {
			of += q.units[i].weight
		}
	}
	return of / q.total
}

// opening returns the last sentence of the first paragraph, or of as much of it as a passage holds.
func (d *document) opening() int {
	to := 0
	for to+1 < len(d.sentences) && d.sentences[to+1].Block == d.sentences[0].Block && d.sentences[to+1].End-d.sentences[0].Start <= longPassage {
		to++
	}
	return to
}

// words returns sentence i of the body as ids.
func (d *document) words(i int) []int32 {
	start := int32(0)
	if i > 0 {
		start = d.ends[i-1]
	}
	return d.body[start:d.ends[i]]
}
