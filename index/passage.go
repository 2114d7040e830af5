package index

// The sizes of passages, in bytes of the body.
const (
	shortBody   = 600 // a body up to here is its own passage
	longPassage = 450 // a passage grows no further than this for the sake of the question
	longList    = 900 // a list up to here is shown whole
)

// wholeAsked is the part of a question from which its section's heading says all of it.
const wholeAsked = 0.85

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
// the first of those. Without anything covered it is the opening, and so it is for a question that asks no more than
// the heading does: staff wrote the section to answer that, from its beginning.
func (s *shelf) telling(q *question, m *marks, d *document) (from, to int) {
	var heading coverage
	m.add(&heading, d.title())
	if _, syn, _ := q.shares(&heading); syn >= wholeAsked {
		return 0, d.opening()
	}
	var best float32
	for i := range d.sentences {
		var c coverage
		for j := i; j < min(i+3, len(d.sentences)); j++ {
			if j > i && (d.sentences[j].End-d.sentences[i].Start > longPassage || d.sentences[j].Block > d.sentences[i].Block+1) {
				break
			}
			m.add(&c, d.words(j))
			e, syn, r := q.shares(&c)
			if value := e + syn + r/2 - 0.04*float32(j-i); value > best+1e-4 {
				best, from, to = value, i, j
			}
		}
	}
	return from, to
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

// complete widens a run of sentences until it makes sense alone: a sentence that leans on the one before brings it
// along, a lead-in brings its list, and a list or a table brings its lead-in or heading row.
func (s *shelf) complete(d *document, from, to int) (int, int) {
	for steps := 0; from > 0 && steps < 2 && s.leans(d, from); steps++ {
		from--
	}
	if d.isList(from) {
		for from > 0 && d.sentences[from-1].Block == d.sentences[from].Block {
			from--
		}
		if from > 0 && d.leadsIn(from-1) {
			from--
		}
	}
	for to+1 < len(d.sentences) && d.leadsIn(to) {
		to++
		if !d.isList(to) {
			break
		}
	}
	if d.isList(to) {
		for to+1 < len(d.sentences) && d.sentences[to+1].Block == d.sentences[to].Block &&
			d.sentences[to+1].End-d.sentences[from].Start <= longList {
			to++
		}
	}
	for to+1 < len(d.sentences) && d.sentences[to].End-d.sentences[from].Start < longPassage/3 &&
		d.sentences[to+1].Block == d.sentences[to].Block && d.sentences[to+1].End-d.sentences[from].Start <= longPassage {
		to++ // a few words alone are a poor answer
	}
	return from, to
}

// leans reports whether a sentence makes no sense without the one before it in its paragraph.
func (s *shelf) leans(d *document, i int) bool {
	if d.sentences[i].Block != d.sentences[i-1].Block || d.isList(i) {
		return false
	}
	words := split(normalise(clip(d.sentences[i].Text, 64)), nil)
	return len(words) > 0 && s.lang.leaning[words[0]]
}

// leadsIn reports whether a sentence announces what follows.
func (d *document) leadsIn(i int) bool {
	text := d.sentences[i].Text
	return text[len(text)-1] == ':'
}

// isList reports whether a sentence is a list item or a table row: it starts a line of its own with a marker.
func (d *document) isList(i int) bool {
	body, start := d.section.Body, d.sentences[i].Start
	if start > 0 && body[start-1] != '\n' && body[start-1] != ' ' {
		return false
	}
	switch c := body[start]; {
	case c == '|', c == '+' && start+1 < len(body) && body[start+1] == ' ':
		return true
	case c == '-' || c == '*':
		return start+1 < len(body) && body[start+1] == ' '
	case c >= '0' && c <= '9':
		for _, c := range body[start:min(start+5, len(body))] {
			if c == '.' || c == ')' {
				return true
			}
			if c < '0' || c > '9' {
				return false
			}
		}
	}
	return false
}
