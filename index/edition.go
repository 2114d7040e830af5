package index

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// An edition is one state of a library, as one snapshot reads it.
type edition struct {
	library *library
	bleve   *scorch.IndexSnapshot
	reader  counted
	places  []int32   // by bleve's number of a document: its section's place on the shelf, -1 for none
	room    sync.Pool // *[]tally, one a document
}

// counted is bleve's reader with statistics of our own. Bleve's count the definitions of synonyms as documents, and
// take for the length of all texts how many terms each segment has, so that the same sections would be scored
// otherwise after every change.
type counted struct {
	index.IndexReader
	documents uint64
	terms     map[string]int // by field: how many different ones
}

// DocCount returns the number of documents.
func (c counted) DocCount() (uint64, error) { return c.documents, nil }

// FieldCardinality returns the number of different terms in a field.
func (c counted) FieldCardinality(field string) (int, error) { return c.terms[field], nil }

// edition returns the newest state, which holds what the shelves have. The caller holds the lock.
func (lib *library) edition(shelves map[string]*shelf) (*edition, error) {
	inner, err := lib.index.Advanced()
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	e := &edition{library: lib, bleve: reader.(*scorch.IndexSnapshot)}
	e.reader = counted{IndexReader: reader, terms: map[string]int{}}
	byNumber := make([]int32, lib.next)
	for i := range byNumber {
		byNumber[i] = -1
	}
	for code, s := range shelves {
		e.reader.terms[headingField+code] = s.vocabulary.distinct.headings
		e.reader.terms[passageField+code] = s.vocabulary.distinct.texts
		e.reader.terms[sayingField+code] = len(s.synonyms.byMember)
		for i := range s.documents {
			filed := lib.filed[s.documents[i].reading]
			byNumber[filed.number] = int32(i)
			e.reader.documents += uint64(filed.texts)
		}
	}
	if err := e.place(byNumber); err != nil {
		reader.Close()
		return nil, fmt.Errorf("read index: %w", err)
	}
	e.room.New = func() any { return new(make([]tally, len(e.places))) }
	lib.open++
	return e, nil
}

// place notes where the section of each of bleve's documents stands. byNumber has the place of each filed section.
func (e *edition) place(byNumber []int32) error {
	known := map[segment.Segment][]int32{}
	for _, part := range e.bleve.Segments() {
		numbers, ok := e.library.numbers[part.Segment()]
		if !ok {
			numbers = make([]int32, part.Segment().Count())
			for i := range numbers {
				id, err := part.DocID(uint64(i))
				if err != nil {
					return err
				}
				numbers[i] = numberOf(string(id))
			}
		}
		known[part.Segment()] = numbers
		for _, n := range numbers {
			place := int32(-1)
			if n >= 0 {
				place = byNumber[n]
			}
			e.places = append(e.places, place)
		}
	}
	e.library.numbers = known
	return nil
}

// numberOf returns the number of the section in the id of a document, -1 when it is none of a section.
func numberOf(id string) int32 {
	number, _, _ := strings.Cut(id, "/")
	n, err := strconv.Atoi(number)
	if err != nil {
		return -1
	}
	return int32(n)
}

// close lets go of the state, and of the library when this was the last to read it.
func (e *edition) close() error {
	err := e.bleve.Close()
	e.library.mu.Lock()
	e.library.open--
	last := e.library.open == 0
	e.library.mu.Unlock()
	if last {
		if closed := e.library.close(); err == nil {
			err = closed
		}
	}
	return err
}
