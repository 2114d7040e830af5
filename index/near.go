package index

// near holds how near a section's phrasings come.
type near struct{ words, chars topThree }

// nearby compares the question with every phrasing of every candidate.
func (s *shelf) nearby(q *question, x *scratch, found []candidate) []near {
	m := &x.marks
	all := make([]near, len(found))
	v, p := s.vocabulary, s.phrasings
	for i := range found {
		d := &s.documents[found[i].document]
		for k := range d.phrasings {
			n := int(d.first) + k
			var dot float32
			for _, id := range d.phrasings[k].ids {
				if at := m.at[id]; at != 0 {
					for _, c := range m.covers[at-1] {
						dot += c.worth() * q.units[c.unit].weight * v.weights[id] * v.rarity(id)
					}
				}
			}
			all[i].words.add(min(dot/(q.norm*max(p.norms[n], 1e-3)), 1))
			all[i].chars.add(x.near[n])
		}
	}
	return all
}

// topThree keeps the highest three values it was given, highest first.
type topThree [3]float32

func (t *topThree) add(x float32) {
	for i := range t {
		if x > t[i] {
			x, t[i] = t[i], x
		}
	}
}

// nearest returns the highest value, and the mean of the three weighted 1, 1/2, 1/4 with the missing ones standing
// in for the highest's half.
func (t topThree) nearest() (one, three float32) {
	return t[0], (t[0] + t[1]/2 + t[2]/4) / 1.75
}
