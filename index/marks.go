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
	unit  uint8
	class class
}

func newMarks(n int) *marks { return &marks{at: make([]uint16, n)} }

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
			m.covers[k] = append(m.covers[k], cover{uint8(u), a.class})
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

// A coverage says how well a text covers each unit.
type coverage [maxUnits]class

// add notes what ids cover.
func (m *marks) add(c *coverage, ids []int32) {
	for _, id := range ids {
		if k := m.at[id]; k != 0 {
			for _, x := range m.covers[k-1] {
				c[x.unit] = max(c[x.unit], x.class)
			}
		}
	}
}

// merge takes the better of two coverages, unit by unit.
func (c *coverage) merge(other *coverage) {
	for i := range c {
		c[i] = max(c[i], other[i])
	}
}

// shares returns which part of the question's weight is covered at least exactly, by a synonym, by anything related.
func (q *question) shares(c *coverage) (e, s, r float32) {
	for i := range q.units {
		w := q.units[i].weight
		switch c[i] {
		case exact:
			e += w
			fallthrough
		case synonym:
			s += w
			fallthrough
		case related:
			r += w
		}
	}
	return e / q.total, s / q.total, r / q.total
}
