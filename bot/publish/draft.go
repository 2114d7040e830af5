package publish

import (
	"context"
	"io/fs"

	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// Try takes a draft through check and gate, compared with what serves. Nothing goes live. A draft with errors is no
// error: the report has them as Problems, and nothing else but the files.
func (p *Publisher) Try(ctx context.Context, fsys fs.FS) (Report, error) {
	s, report, err := p.Draft(ctx, fsys)
	if s != nil {
		s.Close()
	}
	return report, err
}

// Draft is Try that also returns the draft's snapshot, to ask it questions; nil when errors keep it from being built.
// The caller closes it.
func (p *Publisher) Draft(ctx context.Context, fsys fs.FS) (*index.Snapshot, Report, error) {
	f, err := toServe(Read(fsys, p.config.Load))
	if err != nil {
		return nil, Report{}, err
	}
	before, release := p.serving()
	defer release()
	report := Report{Version: f.ID, Against: before.ID, Files: versions.Diff(before.Files, f.Files), Problems: f.told()}
	if len(Errors(f.Problems)) > 0 {
		report.finish()
		return nil, report, nil
	}
	next, err := p.fresh(ctx, before.Snapshot, f.Base)
	if err != nil {
		return nil, report, err
	}
	if report, err = p.compare(ctx, before, f.Side(next)); err != nil {
		next.Close()
		return nil, report, err
	}
	report.Problems = f.told()
	return next, report, nil
}

// told are the problems that staff are told of: notices only say what was left out on purpose.
func (f Folder) told() []knowledge.Problem {
	return among(f.Problems, knowledge.Error, knowledge.Warning)
}
