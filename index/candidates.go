package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// candidates adds to found, which is empty, the sections that bleve finds for the terms among its best documents, best
// first; with tags, only those that carry one.
func (e *edition) candidates(ctx context.Context, code string, terms, tags []string, found []candidate) ([]candidate, error) {
	var best []scored
	var err error
	if len(tags) > 0 {
		best, err = e.search(ctx, among(asked(code, terms), tags), candidateCount)
	} else {
		best, err = e.best(ctx, code, terms, candidateCount)
	}
	if err != nil {
		return nil, err
	}
	for _, hit := range best {
		if !slices.ContainsFunc(found, func(c candidate) bool { return c.document == hit.document }) {
			found = append(found, candidate{document: hit.document, rank: len(found), bleve: hit.score / max(best[0].score, 1e-6)})
		}
	}
	return found, nil
}

// addSaid adds the sections that have one of staff's synonyms for what the question says, where they were not found.
func (e *edition) addSaid(ctx context.Context, code, saying string, tags []string, found []candidate) ([]candidate, error) {
	if saying == "" {
		return found, nil
	}
	asked := match(sayingField+code, saying)
	synonyms, err := query.ExtractSynonyms(ctx, e.library.mapping, e.bleve, asked, nil)
	if err != nil {
		return nil, fmt.Errorf("read synonyms: %w", err)
	}
	ctx = context.WithValue(ctx, search.FieldTermSynonymMapKey, synonyms)
	best, err := e.search(ctx, among(asked, tags), candidateCount)
	if err != nil {
		return nil, err
	}
	return addBest(found, best, saidCount), nil
}

// asked is the query for terms in headings and passages.
func asked(code string, terms []string) query.Query {
	text := strings.Join(terms, " ")
	return query.NewDisjunctionQuery([]query.Query{match(headingField+code, text), match(passageField+code, text)})
}

func match(field, terms string) query.Query {
	q := query.NewMatchQuery(terms)
	q.SetField(field)
	return q
}

// among narrows a query to documents that carry one of the tags.
func among(q query.Query, tags []string) query.Query {
	if len(tags) == 0 {
		return q
	}
	var any []query.Query
	for _, tag := range tags {
		term := query.NewTermQuery(tag)
		term.SetField(tagsField)
		any = append(any, term)
	}
	return query.NewConjunctionQuery([]query.Query{q, query.NewDisjunctionQuery(any)})
}

// checkEvery is how many documents are looked at before ctx is.
const checkEvery = 1024

// search returns the n best documents for q by the places of their sections, best first; equal ones in the order of
// the sections, since bleve has them in the order in which it happened to read them.
func (e *edition) search(ctx context.Context, q query.Query, n int) (best []scored, err error) {
	defer recovered(&err)
	model := search.GetScoringModelCallbackFn(func() string { return index.BM25Scoring })
	searcher, err := q.Searcher(context.WithValue(ctx, search.GetScoringModelCallbackKey, model), e.reader, e.library.mapping, search.SearcherOptions{})
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	defer searcher.Close()
	room := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: e.reader}
	top := make(ranking, 0, n+1)
	for seen := 0; ; seen++ {
		if seen%checkEvery == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("search index: %w", ctx.Err())
		}
		hit, err := searcher.Next(room)
		if err != nil {
			return nil, fmt.Errorf("search index: %w", err)
		}
		if hit == nil {
			return top, nil
		}
		top.add(scored{e.places[hit.IndexInternalID.Value()], float32(hit.Score)}, n)
		room.DocumentMatchPool.Put(hit)
	}
}

// better orders documents by score, equal ones by their place. Each document that bleve finds goes through here: to ask
// for NaNs too, as cmp.Compare does, takes a few hundredths of an answer.
func better(a, b scored) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return cmp.Compare(a.document, b.document)
}
