package index

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"golang.org/x/sync/errgroup"
)

// gatherAfter is after how many changes what they filed is filed once more, together: each change leaves bleve a
// segment that every search looks into.
const gatherAfter = 8

// batchesAtOnce is how many batches bleve makes segments of at a time.
const batchesAtOnce = 2

// file brings the library to hold what the shelves have, and no more, and returns that state.
func (lib *library) file(ctx context.Context, shelves map[string]*shelf) (*edition, error) {
	lib.mu.Lock()
	defer lib.mu.Unlock()
	f := &filer{library: lib, batch: lib.index.NewBatch(), later: len(lib.filed) > 0}
	if f.later {
		lib.changes++
	}
	f.gather = lib.changes > gatherAfter
	if f.gather {
		lib.changes = 1
	}
	f.work.SetLimit(batchesAtOnce)
	err := f.all(ctx, shelves)
	if err := cmp.Or(f.work.Wait(), err); err != nil {
		lib.spoilt = true
		return nil, fmt.Errorf("index sections: %w", err)
	}
	return lib.edition(shelves)
}

// A filer files one change.
type filer struct {
	*library
	batch  *bleve.Batch
	later  bool // there was something filed before
	gather bool // file again what was filed later
	work   errgroup.Group
}

// all takes out what no shelf has any more, and files what is new.
func (f *filer) all(ctx context.Context, shelves map[string]*shelf) error {
	wanted := make(map[*reading]bool, len(f.filed))
	for _, s := range shelves {
		for i := range s.documents {
			wanted[s.documents[i].reading] = true
		}
	}
	for a, was := range f.filed {
		if !wanted[a] {
			for n := range was.texts {
				f.batch.Delete(was.id(n))
			}
			delete(f.filed, a)
		}
	}
	for _, code := range f.codes {
		s := shelves[code]
		if s == nil {
			continue
		}
		for i := range s.documents {
			if err := f.section(s, &s.documents[i]); err != nil {
				return err
			}
			if f.batch.Size() >= batchSize {
				if err := f.flush(ctx); err != nil {
					return err
				}
			}
		}
		if err := f.synonyms(s); err != nil {
			return err
		}
	}
	return f.flush(ctx)
}

// flush hands the batch to bleve, which makes a segment of it while the next one fills.
func (f *filer) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.batch.Size() == 0 {
		return nil
	}
	full := f.batch
	f.batch = f.index.NewBatch() // bleve may still be looking at the old one when it is done with it
	f.work.Go(func() error { return f.index.Batch(full) })
	return nil
}

// section files a section that is not filed yet.
func (f *filer) section(s *shelf, d *document) error {
	filed, ok := f.filed[d.reading]
	if ok && !(f.gather && filed.later) {
		return nil
	}
	if !ok {
		filed = filing{number: f.next, later: f.later}
		f.next++
	}
	filed.texts = 0
	for field, words := range d.texts {
		doc := map[string]any{field + s.lang.code: s.terms(words)}
		if said := s.saying(words); said != "" {
			doc[sayingField+s.lang.code] = said
		}
		if len(d.section.Tags) > 0 {
			doc[tagsField] = d.section.Tags
		}
		if err := f.batch.Index(filed.id(filed.texts), doc); err != nil {
			return err
		}
		filed.texts++
	}
	f.filed[d.reading] = filed
	return nil
}

// id is what bleve calls text n of a section.
func (f filing) id(n int) string {
	return strconv.Itoa(int(f.number)) + "/" + strconv.Itoa(n)
}

// texts goes through what bleve gets of a section: fields with words, by number.
func (a *reading) texts(yield func(field string, words []int32) bool) {
	for i := range a.phrasings {
		if !yield(headingField, a.phrasings[i].words) {
			return
		}
	}
	from, size := 0, 0
	for i, sentence := range a.sentences {
		size += len(sentence.Text) + 1
		if i == len(a.sentences)-1 || size > passageSize {
			if !yield(passageField, a.rest[a.cuts[from]:a.cuts[i+1]]) {
				return
			}
			from, size = i+1, 0
		}
	}
}

// terms returns words as bleve is given them.
func (s *shelf) terms(words []int32) string {
	var b strings.Builder
	for _, w := range words {
		if terms := s.vocabulary.known[w].terms; terms != "" {
			b.WriteString(terms)
			b.WriteByte(' ')
		}
	}
	return b.String()
}
