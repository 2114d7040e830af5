package index

// cover fills in the clues of what a section's words cover of the question.
func (s *shelf) cover(q *question, m *marks, c *candidate) {
	d, f := &s.documents[c.document], &c.clues
	var title, context, body, all coverage
	m.add(&title, d.title())
	f[titleExact], f[titleSynonym], f[titleRelated] = q.shares(&title)
	var weight float32
	f[titleAsked], weight = s.asked(m, d.title())
	f[titleLong] = min(weight/wholeTitle, 1)
	f[titleBoth] = 2 * f[titleSynonym] * f[titleAsked] / max(f[titleSynonym]+f[titleAsked], 1e-3)
	m.add(&context, d.context)
	_, f[contextShare], _ = q.shares(&context)
	var together [maxUnits]float32
	q.pair(&together, &title)
	s.windows(q, m, c, &body, &together)
	f[bodyExact], f[bodySynonym], f[bodyRelated] = q.shares(&body)
	all = title
	all.merge(&context, len(q.units))
	all.merge(&body, len(q.units))
	f[allExact], f[allSynonym], f[allRelated] = q.shares(&all)
	f[titleLocal], f[allLocal] = q.local(&title), q.local(&all)
	heaviest := 0
	for i := range q.units {
		if q.units[i].weight > q.units[heaviest].weight {
			heaviest = i
		}
		f[missing] = max(f[missing], q.units[i].weight*(1-all[i].synonym)/maxWeight)
	}
	f[topTitle], f[topBody] = title[heaviest].synonym, body[heaviest].synonym
	s.coverAsked(q, m, c, heaviest, &all)
	f[pairs] = q.paired(&together)
}

// coverAsked counts what a section's heading and phrasings cover together; nothing for a section without phrasings, whose
// heading has been counted. all is what its heading, context and text cover, heaviest the question's heaviest unit.
func (s *shelf) coverAsked(q *question, m *marks, c *candidate, heaviest int, all *coverage) {
	d, f := &s.documents[c.document], &c.clues
	if len(d.section.Phrasings) == 0 {
		return
	}
	var asked coverage
	for _, phrasing := range d.phrasings {
		m.add(&asked, phrasing.ids)
	}
	f[askedExact], f[askedSynonym], _ = q.shares(&asked)
	f[topAsked] = asked[heaviest].synonym
	for i := range q.units {
		covered := max(asked[i].synonym, all[i].synonym)
		f[missingAsked] = max(f[missingAsked], q.units[i].weight*(1-covered)/maxWeight)
	}
}

// local returns which part of the question is covered, each unit counting by how few sections have it.
func (q *question) local(c *coverage) float32 {
	var of, total float32
	for i := range q.units {
		total += q.units[i].local
		of += q.units[i].local * c[i].synonym
	}
	return of / max(total, 1e-3)
}

// wholeTitle is the weight of a heading that puts a whole question.
const wholeTitle = 10

// asked returns the share of a heading's weight that the question speaks of, and that weight.
func (s *shelf) asked(m *marks, title []int32) (share, weight float32) {
	var of, total float32
	v := s.vocabulary
	for _, id := range title {
		w := v.weights[id] * v.rarity(id)
		total += w
		if k := m.at[id]; k != 0 {
			var best float32
			for _, x := range m.covers[k-1] {
				best = max(best, x.worth())
			}
			of += w * best
		}
	}
	return of / max(total, 1e-3), total
}

// windows finds the sentences that cover most, and counts the density on the way.
func (s *shelf) windows(q *question, m *marks, c *candidate, body *coverage, together *[maxUnits]float32) {
	const wide = 3         // sentences
	const k1, b = 1.2, 0.5 // BM25's; bleve has .75 for b
	d, f := &s.documents[c.document], &c.clues
	var ring [wide]coverage
	var tf [maxUnits]float32
	start, best := int32(0), float32(-1)
	for i, end := range d.ends {
		now := &ring[i%wide]
		*now = coverage{}
		m.add(now, d.body[start:end])
		m.tally(&tf, d.body[start:end])
		body.merge(now, len(q.units))
		q.pair(together, now)
		if e, sy, _ := q.shares(now); e+sy > f[sentenceExact]+f[sentenceSynonym] {
			f[sentenceExact], f[sentenceSynonym] = e, sy
		}
		start = end
		window := ring[0]
		for j := 1; j < wide; j++ {
			window.merge(&ring[j], len(q.units))
		}
		e, sy, r := q.shares(&window)
		if value := e + sy + r/2; value > best+clearly {
			best = value
			f[windowExact], f[windowSynonym], f[windowRelated] = e, sy, r
			c.window = [2]int{max(0, i-wide+1), i + 1}
		}
		if i < 2 {
			_, f[leadSynonym], _ = q.shares(body)
		}
	}
	norm := k1 * (1 - b + b*float32(len(d.body))/max(s.tall, 1))
	for i := range q.units {
		f[density] += q.units[i].weight * tf[i] / (tf[i] + norm)
	}
	f[density] /= q.total
}

// clearly is by how much a later run of sentences must cover more than an earlier one, so that rounding decides nothing.
const clearly = 1e-4

// pair notes which neighbouring units of the question one text covers together: together[i] for units i and i+1.
func (q *question) pair(together *[maxUnits]float32, c *coverage) {
	for i := 0; i+1 < len(q.units); i++ {
		together[i] = max(together[i], min(c[i].synonym, c[i+1].synonym))
	}
}

// paired returns the share of the neighbours' weight that is covered together.
func (q *question) paired(together *[maxUnits]float32) float32 {
	var sum, total float32
	for i := 0; i+1 < len(q.units); i++ {
		w := min(q.units[i].weight, q.units[i+1].weight)
		sum += w * together[i]
		total += w
	}
	return sum / max(total, 1e-3)
}

// worth is what a cover counts for where classes are not told apart.
func (x cover) worth() float32 {
	switch x.class {
	case synonym:
		return 0.6 * x.strength
	case related:
		return 0.2 * x.strength
	}
	return x.strength
}

// tally counts how often ids name each unit.
func (m *marks) tally(tf *[maxUnits]float32, ids []int32) {
	for _, id := range ids {
		if k := m.at[id]; k != 0 {
			for _, x := range m.covers[k-1] {
				tf[x.unit] += x.worth()
			}
		}
	}
}
