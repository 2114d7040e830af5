package index

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

// bleve finds the candidates. A section becomes several documents: one with its heading, one for each phrasing, and
// one for each passage of its text, so that a short heading and a long text are not weighed against each other. Their
// ids are the language, the section's place on its shelf and a running number, "en/12/3"; fields carry the language
// too ("heading_en"), since each language has its own analyzer.
type library struct {
	index bleve.Index
	dir   string // removed on close; empty in memory
}

const (
	headingField = "heading_"
	passageField = "passage_"
	tagsField    = "tags"
	batchSize    = 2000 // documents; what one batch holds comes out the same in every build
	passageSize  = 1500 // bytes of text in one document
)

func newMapping(languages []string) *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	m.DefaultAnalyzer = keyword.Name
	doc := bleve.NewDocumentStaticMapping()
	for _, code := range languages {
		for _, name := range []string{headingField, passageField} {
			field := bleve.NewTextFieldMapping()
			field.Analyzer = analyzerName(code)
			field.Store, field.IncludeInAll, field.IncludeTermVectors, field.DocValues = false, false, false, false
			doc.AddFieldMappingsAt(name+code, field)
		}
	}
	tags := bleve.NewKeywordFieldMapping()
	tags.Store, tags.IncludeInAll, tags.IncludeTermVectors, tags.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(tagsField, tags)
	m.DefaultMapping = doc
	return m
}

// newLibrary indexes the shelves.
func newLibrary(ctx context.Context, shelves map[string]*shelf, codes []string, dir string) (*library, error) {
	lib := &library{dir: dir}
	var err error
	if dir == "" {
		lib.index, err = bleve.NewUsing("", newMapping(codes), scorch.Name, scorch.Name, nil)
	} else {
		if err := os.RemoveAll(dir); err != nil {
			return nil, fmt.Errorf("clear index folder: %w", err)
		}
		lib.index, err = bleve.NewUsing(dir, newMapping(codes), scorch.Name, scorch.Name, map[string]any{"bolt_timeout": "5s"})
	}
	if err != nil {
		return nil, fmt.Errorf("make index: %w", err)
	}
	batch := lib.index.NewBatch()
	add := func(id string, doc map[string]any) error {
		if err := batch.Index(id, doc); err != nil {
			return err
		}
		if batch.Size() < batchSize {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := lib.index.Batch(batch)
		batch.Reset()
		return err
	}
	for _, code := range codes {
		for i := range shelves[code].documents {
			if err := shelves[code].file(code, i, add); err != nil {
				lib.close()
				return nil, fmt.Errorf("index section: %w", err)
			}
		}
	}
	if err := lib.index.Batch(batch); err != nil {
		lib.close()
		return nil, fmt.Errorf("index sections: %w", err)
	}
	return lib, nil
}

// file hands the documents of section i to add.
func (s *shelf) file(code string, i int, add func(id string, doc map[string]any) error) error {
	section := s.documents[i].section
	prefix := code + "/" + strconv.Itoa(i) + "/"
	n := 0
	put := func(field, text string) error {
		n++
		doc := map[string]any{field + code: strings.Join(s.lang.words(text), " ")}
		if len(section.Tags) > 0 {
			doc[tagsField] = section.Tags
		}
		return add(prefix+strconv.Itoa(n), doc)
	}
	if err := put(headingField, section.Title); err != nil {
		return err
	}
	for _, p := range section.Phrasings {
		if err := put(headingField, p); err != nil {
			return err
		}
	}
	var passage strings.Builder
	for j, sentence := range s.documents[i].sentences {
		passage.WriteString(sentence.Text)
		passage.WriteByte('\n')
		if j == len(s.documents[i].sentences)-1 || passage.Len() > passageSize {
			if err := put(passageField, passage.String()); err != nil {
				return err
			}
			passage.Reset()
		}
	}
	return nil
}

// candidates returns the sections that bleve finds for the words among its n best documents, best first; with tags,
// only those that carry one.
func (lib *library) candidates(ctx context.Context, code, words string, tags []string, n int) (found []candidate, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("search index: panic: %v", r)
		}
	}()
	heading := query.NewMatchQuery(words)
	heading.SetField(headingField + code)
	passage := query.NewMatchQuery(words)
	passage.SetField(passageField + code)
	var asked query.Query = query.NewDisjunctionQuery([]query.Query{heading, passage})
	if len(tags) > 0 {
		asked = query.NewConjunctionQuery([]query.Query{asked, anyTag(tags)})
	}
	request := bleve.NewSearchRequestOptions(asked, n, 0, false)
	request.SortBy([]string{"-_score", "_id"}) // bleve leaves equals in the order in which it happened to read them
	result, err := lib.index.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	seen := map[int32]bool{}
	for _, hit := range result.Hits {
		parts := strings.Split(hit.ID, "/")
		i, err := strconv.Atoi(parts[1])
		if err != nil {
			return nil, fmt.Errorf("search index: document %q: %w", hit.ID, err)
		}
		if !seen[int32(i)] {
			seen[int32(i)] = true
			found = append(found, candidate{document: int32(i), rank: len(found)})
		}
	}
	return found, nil
}

// anyTag asks for documents that carry one of the tags.
func anyTag(tags []string) query.Query {
	var any []query.Query
	for _, tag := range tags {
		term := query.NewTermQuery(tag)
		term.SetField(tagsField)
		any = append(any, term)
	}
	return query.NewDisjunctionQuery(any)
}

func (lib *library) close() error {
	err := lib.index.Close()
	if lib.dir != "" {
		if rm := os.RemoveAll(lib.dir); err == nil {
			err = rm
		}
	}
	return err
}
