package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// What keeps a publisher from starting.
var (
	ErrNoArticle = errors.New("the knowledge holds no article")
	ErrNoContact = errors.New("the knowledge has no contact link")
)

// An UnfitError is ErrNoArticle or ErrNoContact where the files have errors, of which that may come: what says that an
// article or the contact is missing may stand in a file that cannot be read.
type UnfitError struct {
	Why    error
	Faults []knowledge.Problem // never empty
}

// Error says what is missing and names the first fault.
func (e UnfitError) Error() string {
	return fmt.Sprintf("%s, and the files have %s: %s", e.Why, count(len(e.Faults), "error"), e.Faults[0])
}

// Unwrap returns what is missing.
func (e UnfitError) Unwrap() error { return e.Why }

// Start publishes the first version and returns what serves it: the files, or the last good version that was kept where
// they have errors or the gate blocks them, which the log and Status say. Without a kept version, files with errors are
// served as far as they can be read; the error says that they cannot be read at all, or is ErrNoArticle or ErrNoContact, as an
// UnfitError where there are errors in the files.
func (p *Publisher) Start(ctx context.Context) (*index.Live, error) {
	end, err := p.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	began := time.Now()
	disk, unreadable := p.first(ctx)
	f, v, kept := p.lastGood(disk, unreadable)
	if !kept {
		if f, err = disk, cmp.Or(unreadable, unfit(disk)); err != nil {
			return nil, err
		}
	}
	next, err := p.build(ctx, nil, f.Base)
	if err != nil {
		return nil, err
	}
	if !kept {
		if err := p.startFirst(ctx, f, next); err != nil {
			next.discard()
			return nil, err
		}
		return p.live, nil
	}
	p.goLive(f, next, v, memo{})
	if unreadable == nil {
		p.take(ctx, disk, cause{}, began)
	} else {
		p.unreadable(unreadable)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s := p.Status(); s.Fallback != "" {
		p.log.Error("the files are not served; a version that was kept is", zap.String("why", s.Fallback), zap.String("version", s.Serving.ID), zap.Time("of", s.Serving.At))
	}
	return p.live, nil
}

// first reads the files for the first time.
func (p *Publisher) first(ctx context.Context) (Folder, error) {
	if p.ReadOnly() {
		return Read(p.config.Files, p.config.Load)
	}
	return p.read(ctx)
}

// unfit says why files cannot be served at all.
func unfit(f Folder) error {
	var why error
	switch {
	case len(f.Base.Articles) == 0:
		why = ErrNoArticle
	case f.Base.Settings.Contact.IsZero():
		why = ErrNoContact
	}
	// What names no place only says once more that nothing is there.
	faults := slices.DeleteFunc(Errors(f.Problems), func(p knowledge.Problem) bool { return p.Source.File == "" || p == noContactLeft })
	if why == nil || len(faults) == 0 {
		return why
	}
	return UnfitError{why, faults}
}

// lastGood returns the version that served last and can still be read without an error; the files themselves when they
// are that version.
func (p *Publisher) lastGood(disk Folder, unreadable error) (Folder, versions.Version, bool) {
	if p.config.Versions == nil || p.ReadOnly() {
		return Folder{}, versions.Version{}, false
	}
	p.tellStore()
	for v := range p.config.Versions.Published() {
		if unreadable == nil && disk.ID == v.ID && len(Errors(disk.Problems)) == 0 {
			return disk, v, true
		}
		f, err := p.kept(v.ID)
		if err == nil {
			return f, v, true
		}
		p.log.Error("a kept version cannot be used; looking for an earlier one", zap.String("version", v.ID), zap.Error(err))
	}
	return Folder{}, versions.Version{}, false
}

// tellStore logs what cannot be read in the store.
func (p *Publisher) tellStore() {
	problems, err := p.config.Versions.Problems()
	if err != nil {
		p.log.Error("the kept versions cannot be read", zap.Error(err))
	}
	for _, problem := range problems {
		p.log.Warn("problem among the kept versions", problemFields(problem)...)
	}
}

// kept reads a version that was kept, if there is nothing wrong with it.
func (p *Publisher) kept(id string) (Folder, error) {
	return readKept(p.config.Versions, id, p.config.Load)
}

func readKept(s *versions.Store, id string, load Loader) (Folder, error) {
	files, err := s.FS(id)
	if err != nil {
		return Folder{}, err
	}
	f, err := toServe(Read(files, load))
	if err != nil {
		return f, err
	}
	if faults := Errors(f.Problems); len(faults) > 0 {
		return f, fmt.Errorf("version %s: %s", Short(id), faults[0])
	}
	return f, nil
}

// startFirst serves the first version, and keeps it unless there are errors in it: then it is served for want of a
// better one. The gate has nothing to compare with, and only says which golden questions fail.
func (p *Publisher) startFirst(ctx context.Context, f Folder, next built) error {
	report, err := p.compare(ctx, Side{}, f.Side(next.Snapshot))
	if err != nil {
		return err
	}
	for _, b := range report.Broken {
		p.log.Warn("a golden question is not answered as it should be", goldenFields(b)...)
	}
	v := versions.Version{ID: f.ID, At: p.config.Gate.Now(), Files: f.Files, Sections: len(f.Base.Sections())}
	if len(Errors(f.Problems)) == 0 && !p.ReadOnly() {
		v = p.keep(f, v)
	}
	p.goLive(f, next, v, report.answers)
	if !p.ReadOnly() {
		p.take(ctx, f, cause{}, time.Now())
	}
	return nil
}
