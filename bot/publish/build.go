package publish

import (
	"context"
	"fmt"

	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// A built is a snapshot that may be the one that serves already: then it is not to be closed.
type built struct {
	*index.Snapshot
	serves bool
}

// discard frees a snapshot that does not go live.
func (b built) discard() {
	if b.Snapshot != nil && !b.serves {
		b.Close()
	}
}

// build makes a snapshot of base; the one that serves, when it says the same.
func (p *Publisher) build(ctx context.Context, serving *index.Snapshot, base knowledge.Base) (built, error) {
	if serving != nil && serving.Base().Version == base.Version {
		return built{serving, true}, nil
	}
	s, err := p.fresh(ctx, serving, base)
	return built{s, false}, err
}

// fresh makes a snapshot of base, with what serving has worked out already where something serves.
func (p *Publisher) fresh(ctx context.Context, serving *index.Snapshot, base knowledge.Base) (s *index.Snapshot, err error) {
	if serving != nil {
		s, err = serving.Rebuild(ctx, base)
	} else {
		s, err = index.Build(ctx, base, p.config.Options)
	}
	if err != nil {
		return nil, fmt.Errorf("index the knowledge: %w", err)
	}
	if err := ctx.Err(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// serving returns what serves, for as long as it takes until release. Its snapshot is nil before the start.
func (p *Publisher) serving() (s Side, release func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s = Side{ID: p.status.Serving.ID, Files: p.status.Serving.Files, Golden: p.golden, known: p.known}
	if p.live == nil {
		return s, func() {}
	}
	s.Snapshot, release = p.live.Acquire()
	return s, release
}

// goLive makes a version the one that serves. known is what it answers to questions, as far as it was asked.
func (p *Publisher) goLive(f Folder, next built, v versions.Version, known memo) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.live == nil:
		p.live = index.NewLive(next.Snapshot)
	case !next.serves:
		p.live.Swap(next.Snapshot)
	}
	p.golden, p.known = f.Golden, known
	p.status = Status{Serving: v, Problems: f.told()}
}
