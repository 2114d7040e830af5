package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"frontdesk/knowledge"
)

// Build makes a snapshot of base. The error says which language's data or which part of the index is broken, or that
// ctx has ended.
func Build(ctx context.Context, base knowledge.Base, o Options) (*Snapshot, error) {
	return (&Snapshot{options: o}).Rebuild(ctx, base)
}

// Rebuild makes a snapshot of base as [Build] does with the options of s, but reads only the sections that are new or
// have changed since s, and takes over the rest. What is counted over all sections is counted anew, so that the two
// come to the same. Both snapshots answer until they are closed; s must not be closed while Rebuild works.
func (s *Snapshot) Rebuild(ctx context.Context, base knowledge.Base) (*Snapshot, error) {
	next := &Snapshot{base: base, options: s.options, byID: map[knowledge.Key]*knowledge.Section{}, shelves: map[string]*shelf{}}
	var err error
	if next.model, err = readModel(weightsFile); err != nil {
		return nil, err
	}
	if o := s.options; o.Embedder != nil {
		next.meaning = &meanings{cmp.Or(o.Kept, o.Embedder), o.Embedder, cmp.Or(o.Patience, embedPatience)}
	}
	if err := next.fill(ctx, s); err != nil {
		return nil, err
	}
	library := s.libraryFor(next)
	if library == nil {
		if library, err = newLibrary(next.codes, next.options.Dir); err != nil {
			return nil, err
		}
	}
	if next.edition, err = library.file(ctx, next.shelves); err != nil {
		library.closeUnread()
		return nil, err
	}
	next.close = sync.OnceValue(next.edition.close)
	return next, nil
}

// shelfOf returns the language of the shelf that a section stands on.
func shelfOf(s *knowledge.Section) string { return cmp.Or(strings.ToLower(s.Lang), "en") }

// fill puts the sections on shelves by their languages, the commonest language first.
func (s *Snapshot) fill(ctx context.Context, old *Snapshot) error {
	byLang := map[string][]*knowledge.Section{}
	sections := s.base.Sections()
	for i := range sections {
		section := &sections[i]
		s.byID[section.ID.Key()] = section
		code := shelfOf(section)
		if byLang[code] == nil {
			s.codes = append(s.codes, code)
		}
		byLang[code] = append(byLang[code], section)
	}
	slices.SortStableFunc(s.codes, func(a, b string) int { return len(byLang[b]) - len(byLang[a]) })
	shelves := make([]*shelf, len(s.codes))
	work, ctx := errgroup.WithContext(ctx)
	for i, code := range s.codes {
		work.Go(func() error {
			l, err := loadLanguage(code)
			if err != nil {
				return err
			}
			if shelves[i], err = newShelf(ctx, l, byLang[code], s.base.Settings.Synonyms, old.shelves[code]); err != nil {
				return err
			}
			return s.meaning.give(ctx, shelves[i])
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	for i, code := range s.codes {
		s.shelves[code] = shelves[i]
	}
	return nil
}

// libraryFor returns the library of s where next can share it.
func (s *Snapshot) libraryFor(next *Snapshot) *library {
	if s.edition == nil || !s.edition.library.takes(next.shelves) {
		return nil
	}
	return s.edition.library
}
