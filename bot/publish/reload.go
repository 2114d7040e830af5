package publish

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// A cause says where a change comes from.
type cause struct{ author, reason string }

// Reload looks at the files now, and publishes what is new and good in them.
func (p *Publisher) Reload(ctx context.Context) Status { return p.Saved(ctx, "", "") }

// Saved is Reload after somebody who is known saved a file, for a reason that may be empty.
func (p *Publisher) Saved(ctx context.Context, author, reason string) Status {
	if end, err := p.begin(ctx); err == nil {
		defer end()
		p.reload(ctx, cause{author, reason})
	}
	return p.Status()
}

// ErrChanged says that somebody insists on a report which is not that of the files any more.
var ErrChanged = errors.New("the files have changed since the gate reported; look at the new report first")

// Publish lets the files go live as they are although the gate blocks them. version is that of the report which whoever
// insists has read. Errors in the files are not overridden, nor is anything that was saved since: then the error is
// ErrChanged, and Status has the new report.
func (p *Publisher) Publish(ctx context.Context, version, author, reason string) (Status, error) {
	end, err := p.begin(ctx)
	if err != nil {
		return p.Status(), err
	}
	defer end()
	p.reload(ctx, cause{author, reason})
	now := p.Status()
	switch {
	case len(Errors(now.Problems)) > 0:
		return now, fmt.Errorf("publish: the files have errors: %s", Errors(now.Problems)[0])
	case now.Blocked == nil:
		return now, ctx.Err()
	case now.Blocked.Version != version:
		return now, fmt.Errorf("publish: %w", ErrChanged)
	}
	err = p.approve(versions.Approval{ID: version, At: p.config.Gate.Now(), Author: author, Reason: reason})
	if err != nil {
		return now, fmt.Errorf("publish: %w", err)
	}
	p.reload(ctx, cause{author, reason})
	if now = p.Status(); now.Serving.ID != version {
		p.disapprove(versions.Approval{ID: version})
		return now, fmt.Errorf("publish: %w", errors.Join(ctx.Err(), ErrChanged))
	}
	return now, nil
}

// reload takes the files the whole way, as far as they are good for it. The caller has begun.
func (p *Publisher) reload(ctx context.Context, why cause) {
	if p.ReadOnly() {
		return
	}
	began := time.Now()
	f, err := p.read(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		p.unreadable(err)
	default:
		p.take(ctx, f, why, began)
	}
}

// take takes what was read the rest of the way.
func (p *Publisher) take(ctx context.Context, f Folder, why cause, began time.Time) {
	if p.followPin(ctx, f) {
		return
	}
	approval, approved := p.approval(f.ID)
	fingerprint := fmt.Sprint(approved, f.fingerprint())
	if fingerprint == p.seen {
		return // told already
	}
	if faults := Errors(f.Problems); len(faults) > 0 {
		p.refuse(f, faults)
		p.seen = fingerprint
		return
	}
	for _, problem := range among(f.Problems, knowledge.Warning) {
		p.log.Warn("problem in the knowledge", problemFields(problem)...)
	}
	if approved && why == (cause{}) {
		why = cause{approval.Author, approval.Reason}
	}
	if f.ID == p.Status().Serving.ID {
		p.settle(f, approval)
	} else if !p.replace(ctx, f, why, approval, began) {
		return
	}
	p.seen = fmt.Sprint(false, f.fingerprint()) // an approval is used up
	p.disapprove(approval)
}

// read reads the files, once nobody is in the middle of putting them back.
func (p *Publisher) read(ctx context.Context) (Folder, error) {
	if s := p.config.Versions; s != nil {
		unlock, err := s.Lock(ctx)
		switch {
		case err == nil:
			defer unlock()
			p.finishRollback()
		case ctx.Err() != nil:
			return Folder{}, ctx.Err()
		default:
			p.log.Error("the folder of versions is out of order; going on without it", zap.Error(err))
		}
	}
	return toServe(ReadPath(p.config.Path, p.config.Load))
}

// replace builds what the files say, takes it through the gate and makes it live; false when it could not be told
// whether it may. The approval is zero where there is none.
func (p *Publisher) replace(ctx context.Context, f Folder, why cause, approval versions.Approval, began time.Time) bool {
	before, release := p.serving()
	defer release()
	next, err := p.build(ctx, before.Snapshot, f.Base)
	var report Report
	if err == nil {
		report, err = p.compare(ctx, before, f.Side(next.Snapshot))
	}
	switch {
	case ctx.Err() != nil:
		next.discard()
		return false
	case err != nil:
		next.discard()
		p.unreadable(err)
		return false
	}
	report.Problems = f.told()
	if report.Blocks && approval.ID == "" {
		next.discard()
		p.block(f, report)
		return true
	}
	p.publish(f, next, why, report, approval, time.Since(began))
	return true
}

// compare asks the gate, with what people asked lately.
func (p *Publisher) compare(ctx context.Context, before, after Side) (Report, error) {
	var recent []Question
	if p.config.Recent != nil && before.Snapshot != nil {
		limited, cancel := context.WithTimeout(ctx, recentPatience)
		defer cancel()
		var err error
		if recent, err = p.config.Recent(limited); err != nil && ctx.Err() == nil {
			p.log.Warn("the gate does without the questions that people asked lately", zap.Error(err))
		}
	}
	return p.config.Gate.Compare(ctx, before, after, recent)
}

// publish makes a version live, after it was kept. What cannot be kept goes live all the same: an answer that staff have
// put right must not wait for a full disk.
func (p *Publisher) publish(f Folder, next built, why cause, report Report, approval versions.Approval, took time.Duration) {
	before := p.Status().Serving
	v := p.keep(f, versions.Version{Author: why.author, Reason: why.reason, Forced: report.Blocks && !approval.Back})
	p.goLive(f, next, v, report.answers)
	for _, b := range report.Broken {
		p.log.Warn("a golden question is not answered as it should be", goldenFields(b)...)
	}
	p.log.Info("new knowledge is live", zap.Int("articles", len(f.Base.Articles)), zap.Int("sections", v.Sections),
		zap.String("version", v.ID), zap.String("before", before.ID), zap.Bool("forced", v.Forced), zap.Int("answers_changed", report.Changed),
		zap.Int("answers_lost", report.Lost), zap.Duration("took", took))
	kind := Live
	if approval.Back {
		kind = Back
	}
	p.tell(Event{Kind: kind, Version: v, Report: &report})
}

// keep keeps a version where there is a store. Its files, and what changed in them, are filled in whatever comes of it.
func (p *Publisher) keep(f Folder, v versions.Version) versions.Version {
	v.ID, v.At, v.Files, v.Sections = f.ID, p.config.Gate.Now(), f.Files, len(f.Base.Sections())
	if before := p.Status().Serving; before.ID != "" {
		v.Changes = versions.Diff(before.Files, f.Files)
	}
	if p.config.Versions == nil {
		return v
	}
	kept, err := p.config.Versions.Keep(f.FS, v)
	if err != nil {
		p.log.Error("the version is not kept, so it cannot be brought back later", zap.String("version", v.ID), zap.Error(err))
		return v
	}
	return kept
}
