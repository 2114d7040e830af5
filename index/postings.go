package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// What bleve's searcher finds for terms in headings and passages is added up here from its postings, by its formula:
// a term at a time into one sum a document. The searcher goes from document to document instead, looks at every term
// for each and makes a match of every posting first, which took three quarters of a question's time on 18,000 long
// sections. TestBestAsSearch holds that both find the same with the same scores.

// A clause is one term of a question in one field.
type clause struct {
	postings index.TermFieldReader
	length   float64 // what the formula takes for the length of an average text
	idf      float64
}

// tally is what the clauses met so far give a document.
type tally struct {
	sum float64
	met int32 // clauses
}

// best returns the n best documents for the terms by the places of their sections, as search would.
func (e *edition) best(ctx context.Context, code string, terms []string, n int) (best []scored, err error) {
	defer recovered(&err)
	clauses, err := e.clauses(ctx, code, terms)
	defer func() {
		for _, c := range clauses {
			err = cmp.Or(err, c.postings.Close())
		}
	}()
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	var weight float64
	for _, c := range clauses {
		weight += c.idf * c.idf
	}
	room := e.room.Get().(*[]tally)
	defer e.room.Put(room)
	tallies := *room
	clear(tallies)
	for _, c := range clauses {
		if err := cmp.Or(ctx.Err(), c.count(tallies, 1/math.Sqrt(weight))); err != nil {
			return nil, fmt.Errorf("search index: %w", err)
		}
	}
	top := make(ranking, 0, n+1)
	for i, t := range tallies {
		if t.met > 0 { // what is found counts by the share of the terms, and of the two fields, that it is found by
			top.add(scored{e.places[i], float32(t.sum * (float64(t.met) / float64(len(terms))) / 2)}, n)
		}
	}
	return top, nil
}

// clauses looks the terms up in headings and passages. What it returns is to be closed, even beside an error.
func (e *edition) clauses(ctx context.Context, code string, terms []string) ([]clause, error) {
	clauses := make([]clause, 0, 2*len(terms))
	for _, field := range [...]string{headingField + code, passageField + code} {
		documents := float64(e.reader.documents)
		length := math.Ceil(float64(e.reader.terms[field]) / documents)
		for _, term := range terms {
			postings, err := e.bleve.TermFieldReader(ctx, []byte(term), field, true, true, false)
			if err != nil {
				return clauses, err
			}
			have := float64(postings.Count())
			idf := math.Log(1 + (documents-have+0.5)/(have+0.5))
			if length == 0 { // nothing has the field; its terms count in the norm of the others
				idf = 1 + math.Log(documents/(have+1))
			}
			clauses = append(clauses, clause{postings, length, idf})
		}
	}
	return clauses, nil
}

// count adds what the clause gives to the documents' tallies.
func (c clause) count(tallies []tally, norm float64) error {
	const k1, b = 1.2, 0.75
	weight := c.idf * norm
	var room index.TermFieldDoc
	for {
		p, err := c.postings.Next(room.Reset())
		if err != nil {
			return err
		}
		if p == nil {
			return nil
		}
		tf, length := math.Sqrt(float64(p.Freq)), 1/(p.Norm*p.Norm)
		t := &tallies[p.ID.Value()]
		t.sum += c.idf * (tf * k1) / (tf + k1*(1-b+b*length/c.length)) * weight
		t.met++
	}
}

// A ranking holds the best of what it was given, best first.
type ranking []scored

// add takes x among the best n if it is one.
func (r *ranking) add(x scored, n int) {
	if len(*r) == n && better(x, (*r)[n-1]) > 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(*r, x, better)
	*r = slices.Insert(*r, at, x)
	*r = (*r)[:min(len(*r), n)]
}

// recovered makes an error of a panic, which a broken file of bleve's may end in.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("search index: panic: %v", r)
	}
}
