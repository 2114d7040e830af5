package main

import (
	"context"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/watch"
)

// A reloader keeps the served knowledge in step with staff's files: a change that loads without an error takes the
// place of what is served, between two questions; any other leaves the last good version serving and is told of.
type reloader struct {
	read    func() (knowledge.Base, []knowledge.Problem, error)
	live    *index.Live
	options index.Options
	log     *zap.Logger
	version string // fingerprint of the files last looked at
	faults  atomic.Int64
}

// newReloader returns a reloader for the knowledge at path, of which live serves what the caller has loaded.
func (p program) newReloader(path string, live *index.Live, o index.Options, log *zap.Logger) *reloader {
	return &reloader{
		read: func() (knowledge.Base, []knowledge.Problem, error) { return p.read(path) },
		live: live, options: o, log: log,
	}
}

// Faults returns how many errors keep staff's last change from being served; none when it is.
func (r *reloader) Faults() int { return int(r.faults.Load()) }

// run follows the files at path until ctx ends. The sample, whose path is empty, does not change.
func (r *reloader) run(ctx context.Context, path string) error {
	if path == "" {
		return nil
	}
	return watch.Run(ctx, path, watch.Options{}, r.reload, r.log)
}

// reload serves what the files say now, if that is something new and nothing is wrong with it.
func (r *reloader) reload(ctx context.Context) {
	began := time.Now()
	base, problems, err := r.read()
	if err != nil {
		r.faults.Store(1)
		r.log.Error("the knowledge cannot be read; the last good version goes on serving", zap.Error(err))
		return
	}
	if base.Settings.Contact.IsZero() {
		problems = append(problems, knowledge.Problem{Source: knowledge.Position{File: "desk.yaml"}, Level: knowledge.Error,
			Text: "no contact link is left: people must always be able to reach a human", Advice: "write contact: with label: and url:"})
	}
	seen := fingerprint(base, problems)
	if seen == r.version && r.Faults() == len(errorsAmong(problems)) {
		return // told already
	}
	r.version = seen
	if r.refuse(errorsAmong(problems)) {
		return
	}
	for _, problem := range problems {
		if problem.Level == knowledge.Warning {
			r.log.Warn("problem in the knowledge", problemFields(problem)...)
		}
	}
	serving := r.serving()
	if base.Version == serving {
		return
	}
	snapshot, err := index.Build(ctx, base, r.options)
	switch {
	case ctx.Err() != nil:
		if err == nil {
			snapshot.Close()
		}
		return
	case err != nil:
		r.faults.Store(1)
		r.log.Error("the knowledge cannot be indexed; the last good version goes on serving", zap.Error(err))
		return
	}
	r.live.Swap(snapshot)
	r.log.Info("new knowledge is live", zap.Int("articles", len(base.Articles)), zap.Int("sections", len(base.Sections())),
		zap.String("version", base.Version), zap.String("before", serving), zap.Duration("took", time.Since(began)))
}

// refuse tells of the errors that keep a change from being served; false when there are none.
func (r *reloader) refuse(faults []knowledge.Problem) bool {
	r.faults.Store(int64(len(faults)))
	for _, problem := range faults {
		r.log.Error("problem in the knowledge; the last good version goes on serving", problemFields(problem)...)
	}
	return len(faults) > 0
}

// serving returns the version that answers now.
func (r *reloader) serving() string {
	s, release := r.live.Acquire()
	defer release()
	return s.Base().Version
}

// fingerprint tells apart what reading the files came to.
func fingerprint(base knowledge.Base, problems []knowledge.Problem) string {
	s := base.Version
	for _, problem := range problems {
		s += "\n" + problem.String()
	}
	return s
}

func errorsAmong(problems []knowledge.Problem) []knowledge.Problem {
	var errors []knowledge.Problem
	for _, problem := range problems {
		if problem.Level == knowledge.Error {
			errors = append(errors, problem)
		}
	}
	return errors
}

// problemFields is a problem for the log. Its text is about staff's own files, never about what people wrote.
func problemFields(p knowledge.Problem) []zap.Field {
	return []zap.Field{zap.Stringer("at", p.Source), zap.String("problem", p.Text), zap.String("advice", p.Advice)}
}
