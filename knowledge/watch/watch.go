// Package watch tells when a folder of articles has changed and come to rest.
//
//	fsnotify's events ─┐
//	                   ├─► look at every file's size and time ─► the same twice in a row, and not as last told ─► changed
//	the clock ─────────┘
//
// Events only say when to look: what counts is what is found. So a mount that sends none, a burst, an event that got
// lost and an editor's way of saving all come out the same.
package watch

import (
	"context"
	"fmt"
	"time"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/zap"
)

// Options say how patient to be. Zero values stand for the defaults.
type Options struct {
	Settle time.Duration // how long a folder must stay the same before a change counts; 200 ms
	Rescan time.Duration // how often to look without any event; a second
}

const (
	defaultSettle = 200 * time.Millisecond
	defaultRescan = time.Second
	// restless is how many times Settle a folder may keep changing before the change is told all the same: a file
	// that something appends to for ever must not hide the edits of others.
	restless = 15
	// share bounds the time spent looking: a look that took a second is followed by share seconds without a rescan.
	share = 20
)

// Run calls changed once at the start and then once after each change to the files at path, a folder with the folders
// in it or a single file, whenever they have come to rest. Files whose names are those of an editor's temporary copies
// do not count. It blocks until ctx ends and then returns nil; an error means that the watch could not begin.
//
// changed runs in Run's goroutine, so one call ends before the next begins; what changes meanwhile is told after it.
// The first call is there because files may have changed since the caller last read them.
func Run(ctx context.Context, path string, o Options, changed func(context.Context), log *zap.Logger) error {
	if o.Settle <= 0 {
		o.Settle = defaultSettle
	}
	if o.Rescan <= 0 {
		o.Rescan = defaultRescan
	}
	f, err := newFolder(path)
	if err != nil {
		return fmt.Errorf("watch %q: %w", path, err)
	}
	w := watcher{folder: f, options: o, changed: changed, log: log}
	return w.run(ctx)
}

// A watcher is one Run.
type watcher struct {
	folder  folder
	options Options
	changed func(context.Context)
	log     *zap.Logger

	notify  *fsnotify.Watcher // nil where the system has none to give
	told    state             // of which changed has been told
	pending state             // seen since; nil when nothing is under way
	written bool              // an event spoke of new content, which size and a coarse clock may not show
	began   time.Time         // when the folder stopped being as told
	took    time.Duration     // the last look
}

func (w *watcher) run(ctx context.Context) error {
	events, errs, stop := w.listen()
	defer stop()
	w.tell(ctx, w.look())
	next := time.NewTimer(w.pause())
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-events:
			w.written = w.written || (e.Has(fsnotify.Write) || e.Has(fsnotify.Create)) && w.folder.counts(e.Name)
			w.stir(next)
		case err := <-errs:
			w.log.Warn("events from the knowledge folder were lost; looking at it instead", zap.Error(err))
			w.stir(next)
		case <-next.C:
			w.check(ctx)
			next.Reset(w.pause())
		}
	}
}

// listen subscribes to the system's events. Without any, the clock alone has to do.
func (w *watcher) listen() (<-chan fsnotify.Event, <-chan error, func()) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		w.log.Warn("the system gives no events for the knowledge folder; looking at it now and then", zap.Error(err))
		return nil, nil, func() {}
	}
	w.notify = notify
	return notify.Events, notify.Errors, func() { notify.Close() }
}

// stir waits anew for the folder to come to rest.
func (w *watcher) stir(next *time.Timer) {
	w.pending = nil
	if w.began.IsZero() {
		w.began = time.Now()
	}
	if time.Since(w.began) < restless*w.options.Settle {
		next.Reset(w.options.Settle)
	}
}

// check looks, and tells of a change that has come to rest.
func (w *watcher) check(ctx context.Context) {
	now := w.look()
	switch {
	case now.equal(w.told) && !w.written:
		w.pending, w.began = nil, time.Time{} // as it was: a temporary file has come and gone
	case w.pending != nil && now.equal(w.pending), !w.began.IsZero() && time.Since(w.began) >= restless*w.options.Settle:
		w.tell(ctx, now)
	default:
		w.pending = now
		if w.began.IsZero() {
			w.began = time.Now()
		}
	}
}

func (w *watcher) tell(ctx context.Context, now state) {
	w.told, w.pending, w.written, w.began = now, nil, false, time.Time{}
	w.changed(ctx)
}

// pause is how long to wait before the next look if no event comes.
func (w *watcher) pause() time.Duration {
	if w.pending != nil {
		return w.options.Settle
	}
	return max(w.options.Rescan, share*w.took)
}

// look takes the folder's state and listens to every folder in it, new ones too. A folder is listened to before its
// files are looked at, so that nothing falls in between.
func (w *watcher) look() state {
	began := time.Now()
	now := w.folder.state(func(dir string) {
		if w.notify != nil {
			// Once more for a folder that is listened to already does no harm, and finds one that was replaced. An
			// error means too many of them, or one that has just gone: the next look tells.
			_ = w.notify.Add(dir)
		}
	})
	w.took = time.Since(began)
	return now
}
