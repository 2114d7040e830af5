package index

// marks say for every stem and phrase of a shelf which units of the question it covers. They are as long as the
// vocabulary, so that a body is read at a glance a word, and are used again by the next question.
type marks struct {
	at     []uint16 // by id: 0, or 1 + where its covers stand
	covers [][]cover
	used   []int32
}

// A cover is a unit that an id covers, and how well.
type cover struct {
	unit     uint8
	class    class
	strength float32
}

// set marks all that covers the question's units.
func (m *marks) set(q *question) {
	for u := range q.units {
		for _, a := range q.units[u].alts {
			if m.at[a.id] == 0 {
				if len(m.covers) == 1<<16-1 {
					return
				}
				m.covers = append(m.covers, nil)
				m.at[a.id] = uint16(len(m.covers))
				m.used = append(m.used, a.id)
			}
			k := m.at[a.id] - 1
			m.covers[k] = append(m.covers[k], cover{uint8(u), a.class, a.strength})
		}
	}
}

// clear makes the marks ready for another question.
func (m *marks) clear() {
	for _, id := range m.used {
		m.at[id] = 0
	}
	m.used, m.covers = m.used[:0], m.covers[:0]
}

// scratch is the room that one question needs on a shelf, used again by the next.
type scratch struct {
	marks marks
	near  []float32 // of phrasings, by characters
	best  nearness  // of documents, by their nearest phrasing
	meant nearness  // of documents, by other words

	found, ranked []candidate // tens of a few hundred bytes each
}

func (s *shelf) newScratch() *scratch {
	return &scratch{
		marks: marks{at: make([]uint16, len(s.vocabulary.ids.texts))},
		near:  make([]float32, len(s.phrasings.owner)),
		best:  nearness{at: make([]float32, len(s.documents))},
		meant: nearness{at: make([]float32, len(s.documents))},
	}
}

func (x *scratch) clear() {
	x.marks.clear()
	clear(x.near)
	x.best.clear()
	x.meant.clear()
}

// A coverage says how well a text covers each unit.
type coverage [maxUnits]degree

// A degree is how well one unit is covered, 0 to 1: by the same word, by a synonym at least, by anything related at
// least.
type degree struct{ exact, synonym, related float32 }

// add notes what ids cover.
func (m *marks) add(c *coverage, ids []int32) {
	for _, id := range ids {
		if k := m.at[id]; k != 0 {
			for _, x := range m.covers[k-1] {
				d := &c[x.unit]
				d.related = max(d.related, x.strength)
				if x.class >= synonym {
					d.synonym = max(d.synonym, x.strength)
				}
				if x.class == exact {
					d.exact = max(d.exact, x.strength)
				}
			}
		}
	}
}

// merge takes the better of two coverages of n units, unit by unit.
func (c *coverage) merge(other *coverage, n int) {
	for i := range n {
		c[i].exact = max(c[i].exact, other[i].exact)
		c[i].synonym = max(c[i].synonym, other[i].synonym)
		c[i].related = max(c[i].related, other[i].related)
	}
}

// shares returns which part of the question's weight is covered exactly, by a synonym at least, by anything related
// at least.
func (q *question) shares(c *coverage) (e, s, r float32) {
	for i := range q.units {
		w := q.units[i].weight
		e += w * c[i].exact
		s += w * c[i].synonym
		r += w * c[i].related
	}
	return e / q.total, s / q.total, r / q.total
}
