package index

import (
	"slices"

	"frontdesk/knowledge"
)

// Speaks returns how much of what a question says a section speaks of, in the same words or in others that say it: the
// share of the weight of the words that tell something, from 0 to 1. It tells nothing of what the question asks; 0 where no
// word tells anything, as in "who are you", and for a section that this version of the knowledge does not have.
func (s *Snapshot) Speaks(q Query, k knowledge.Key) (float64, error) {
	section, ok := s.byID[k]
	if !ok {
		return 0, nil
	}
	sh := s.shelves[shelfOf(section)]
	at := slices.IndexFunc(sh.documents, func(d document) bool { return d.section == section })
	text, _, err := forShelf(q.Text, s.languageOf(q), sh.lang)
	if err != nil || at < 0 {
		return 0, err
	}
	return sh.speaks(sh.ask(text), &sh.documents[at]), nil
}

// speaks returns the share of a question's telling words, by weight, that a section has.
func (s *shelf) speaks(q *question, d *document) float64 {
	room := s.scratch.Get().(*scratch)
	defer func() {
		room.clear()
		s.scratch.Put(room)
	}()
	room.marks.set(q)
	var all coverage
	for ids := range d.idRuns {
		room.marks.add(&all, ids)
	}
	var of, total float32
	for i := range q.units {
		if w := q.units[i].weight; w > phraseWeight {
			of, total = of+w*all[i].synonym, total+w
		}
	}
	return float64(of / max(total, 1e-3))
}
