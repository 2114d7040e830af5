package index

import (
	"context"
	"fmt"
	"slices"
)

// An Explanation says how a question was read and why its candidates stand where they stand.
type Explanation struct {
	Lang        string   // the language it was read in
	Words       []string // as compared: normalised, spelling brought together and repaired
	Corrections []Correction
	Units       []ExplainedUnit
	Meaning     string             // what became of the question's vector; empty without an embedder
	Background  map[string]float64 // what speaks for no section answering, by name
	Candidates  []ExplainedHit     // best first
}

// An ExplainedUnit is a word or a phrase of the question.
type ExplainedUnit struct {
	Text   string   // its stems
	Weight float64  // how much it tells
	Seen   string   // how the knowledge base has it: exact, synonym, related or none
	Also   []string // what else was looked for in its place
}

// An ExplainedHit is a candidate with all that spoke for and against it.
type ExplainedHit struct {
	Hit
	Score   float64            // before the softmax
	Clues   map[string]float64 // by name, the zero ones left out
	Matches []Match            // what in the section covers the question, the best for each unit and place
}

// A Match is a word or a phrase of a section that covers a unit of the question.
type Match struct {
	Unit, By string // as stems
	Where    string // title, context or body
	How      string // exact, synonym or related
}

// String names the best class that the unit is covered by.
func (d degree) String() string {
	switch {
	case d.exact > 0:
		return "exact"
	case d.synonym > 0:
		return "synonym"
	case d.related > 0:
		return "related"
	}
	return "none"
}

// Explain searches as Search does and tells how, for the best n candidates. It costs more.
func (s *Snapshot) Explain(ctx context.Context, q Query, n int) (Explanation, error) {
	if len(s.codes) == 0 {
		return Explanation{}, nil
	}
	r, err := s.findFirst(ctx, q)
	if err != nil {
		return Explanation{}, err
	}
	defer r.close()
	sh, asked := r.shelf, r.asked
	e := Explanation{Lang: sh.lang.code, Words: asked.words, Corrections: asked.corrections, Background: map[string]float64{}}
	switch {
	case s.meaning != nil && asked.meaning == nil:
		e.Meaning = "no vector came in time: answered by words alone"
	case s.meaning != nil:
		e.Meaning = fmt.Sprintf("compared by a vector of %d dimensions", len(asked.meaning))
	}
	for i, name := range backgroundNames {
		e.Background[name] = float64(r.background[i])
	}
	for _, u := range asked.units {
		x := ExplainedUnit{Text: u.text, Weight: float64(u.weight), Seen: u.seen.String()}
		for _, a := range u.alts {
			x.Also = append(x.Also, sh.vocabulary.ids.texts[a.id])
		}
		e.Units = append(e.Units, x)
	}
	for _, c := range r.found[:min(max(n, 0), len(r.found))] {
		h := ExplainedHit{Hit: r.hit(c), Score: float64(c.score), Clues: map[string]float64{}}
		for i, name := range clueNames {
			if c.clues[i] != 0 {
				h.Clues[name] = float64(c.clues[i])
			}
		}
		h.Matches = sh.matches(asked, &sh.documents[c.document])
		e.Candidates = append(e.Candidates, h)
	}
	return e, nil
}

// matches lists the best that a section has for each unit, by place.
func (s *shelf) matches(q *question, d *document) []Match {
	var all []Match
	for _, place := range []struct {
		name string
		ids  []int32
	}{{"title", d.title()}, {"context", d.context}, {"body", d.body}} {
		for _, u := range q.units {
			var best alternative
			for _, a := range u.alts {
				if slices.Contains(place.ids, a.id) && (a.class > best.class || a.class == best.class && a.strength > best.strength) {
					best = a
				}
			}
			if best.class > none {
				all = append(all, Match{u.text, s.vocabulary.ids.texts[best.id], place.name, best.class.String()})
			}
		}
	}
	return all
}
