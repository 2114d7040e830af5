package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A library is bleve's index of sections. A snapshot and those made from it share one: bleve keeps each state that it
// was in for as long as somebody reads it, in segments that do not change, so that a new state costs what is new in
// it. An [edition] is one such state.
//
// A section becomes several documents: one with its heading, one for each phrasing, and one for each passage of its
// text, so that a short heading and a long text are not weighed against each other. Their ids are the section's
// number in the library and a running number, "12/3"; fields carry the language too ("heading_en"). What is filed
// are stems as bleve's analyzer for the language made them, word by word, so that nothing has to be analysed twice.
type library struct {
	index   bleve.Index
	mapping *mapping.IndexMappingImpl
	codes   []string
	dir     string // removed on close; empty in memory

	mu      sync.Mutex
	open    int                 // editions
	filed   map[*reading]filing // what the newest state has
	groups  map[string]int      // definitions of staff's synonyms in the newest state, by language
	said    map[string]string   // the same, spelt out
	next    int32               // number of the next section filed
	changes int                 // how often something was filed later, since that was last gathered
	spoilt  bool                // a change was broken off
	numbers map[segment.Segment][]int32
}

// A filing is a section in the library.
type filing struct {
	number int32
	texts  int  // documents
	later  bool // filed after the first edition
}

const (
	headingField = "heading_"
	passageField = "passage_"
	sayingField  = "saying_" // which of staff's synonyms the text has
	tagsField    = "tags"
	batchSize    = 6000 // documents; each batch leaves a segment that every search looks into
	passageSize  = 1500 // bytes of text in one document
)

// newMapping says what bleve does with each field: it gets stems and keeps nothing but postings, since texts are ours.
func newMapping(codes []string) (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	m.DefaultAnalyzer = keyword.Name
	const stems = "stems"
	if err := m.AddCustomAnalyzer(stems, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	for _, code := range codes {
		source := map[string]any{"collection": sayingField + code, "analyzer": stems}
		if err := m.AddSynonymSource(sayingField+code, source); err != nil {
			return nil, err
		}
		for _, name := range []string{headingField, passageField, sayingField} {
			field := bleve.NewTextFieldMapping()
			field.Analyzer = stems
			field.Store, field.IncludeInAll, field.IncludeTermVectors, field.DocValues = false, false, false, false
			if name == sayingField {
				field.SynonymSource = sayingField + code
			}
			doc.AddFieldMappingsAt(name+code, field)
		}
	}
	tags := bleve.NewKeywordFieldMapping()
	tags.Store, tags.IncludeInAll, tags.IncludeTermVectors, tags.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(tagsField, tags)
	m.DefaultMapping = doc
	return m, nil
}

// newLibrary returns an empty library for sections in these languages.
func newLibrary(codes []string, dir string) (*library, error) {
	m, err := newMapping(codes)
	if err != nil {
		return nil, fmt.Errorf("map index: %w", err)
	}
	lib := &library{mapping: m, codes: codes, filed: map[*reading]filing{}, groups: map[string]int{}, said: map[string]string{}}
	config, path := map[string]any{}, ""
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make index folder: %w", err)
		}
		if lib.dir, err = os.MkdirTemp(dir, libraryFolder); err != nil {
			return nil, fmt.Errorf("make index folder: %w", err)
		}
		path = filepath.Join(lib.dir, "bleve")
		config["bolt_timeout"] = "5s"
	}
	if lib.index, err = bleve.NewUsing(path, m, scorch.Name, scorch.Name, config); err != nil {
		return nil, errors.Join(fmt.Errorf("make index: %w", err), os.RemoveAll(lib.dir))
	}
	return lib, nil
}

// libraryFolder begins the name of each library's folder.
const libraryFolder = "index-"

// ClearFolder makes a folder for [Options], and takes away what snapshots left there whose program was killed. No snapshot
// may lie there yet.
func ClearFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("clear index folder: %w", err)
	}
	for _, entry := range left {
		if entry.IsDir() && strings.HasPrefix(entry.Name(), libraryFolder) {
			if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
				return fmt.Errorf("clear index folder: %w", err)
			}
		}
	}
	return nil
}

// close frees the index once no edition is open.
func (lib *library) close() error {
	err := lib.index.Close()
	if lib.dir != "" {
		err = errors.Join(err, os.RemoveAll(lib.dir))
	}
	return err
}

// takes reports whether the library can take these shelves as a change: it has their languages, and most of what was
// ever filed is in use.
func (lib *library) takes(shelves map[string]*shelf) bool {
	lib.mu.Lock()
	defer lib.mu.Unlock()
	wanted, fresh := 0, 0
	for code, s := range shelves {
		if !slices.Contains(lib.codes, code) {
			return false
		}
		for i := range s.documents {
			wanted++
			if _, ok := lib.filed[s.documents[i].reading]; !ok {
				fresh++
			}
		}
	}
	return !lib.spoilt && int(lib.next)+fresh <= 2*wanted+100
}

// closeUnread closes a library that no edition was ever made of.
func (lib *library) closeUnread() {
	lib.mu.Lock()
	unread := lib.open == 0
	lib.mu.Unlock()
	if unread {
		lib.close()
	}
}
