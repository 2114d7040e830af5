package console

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge/edit"
)

// landTime bounds how long a change may take to be tried, or to go live. It is less than the server's patience with an answer.
const landTime = 25 * time.Second

// A landing is what came of a change.
type landing struct {
	Held *publish.Report // the gate would hold it back, so nothing was written; nil when it was
	Anew bool            // it was to go live all the same, but Held is not what the author has read
	Said string          // what to tell whoever made it
	Live bool
}

// A plea asks that a change goes live whatever the gate says. It counts for the files of which the gate has said it.
type plea struct {
	Reason  string // empty for no plea
	Version string // that the gate's report was about
}

// land tries a change, writes it to its file and lets it go live. With a plea it is not tried.
func (c *Console) land(ctx context.Context, author string, change edit.Change, p plea) (landing, error) {
	// What has begun is finished, even if the browser has gone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), landTime)
	defer cancel()
	if p.Reason != "" {
		version, err := c.config.Publisher.Version(c.config.Book.Try(change))
		if err != nil {
			return landing{}, fmt.Errorf("try the files: %w", err)
		}
		if version == p.Version {
			return c.bringOut(ctx, author, change, p)
		}
	}
	report, err := c.tryOut(ctx, c.config.Book.Try(change), nil)
	if err != nil {
		return landing{}, err // and nothing is written
	}
	if report.Blocks && breaksMore(report, c.config.Publisher.Status().Blocked) {
		return landing{Held: &report, Anew: p.Reason != ""}, nil
	}
	return c.bringOut(ctx, author, change, plea{Version: report.Version})
}

// bringOut writes a change and waits, until ctx ends, for it to go live. The plea's version is what the files come to
// with it.
func (c *Console) bringOut(ctx context.Context, author string, change edit.Change, p plea) (landing, error) {
	if err := c.config.Book.Apply(ctx, author, change); err != nil {
		return landing{}, err
	}
	status := c.config.Publisher.Saved(ctx, author, change.Summary)
	if status.Blocked != nil && p.Reason != "" && ctx.Err() == nil {
		var err error
		if status, err = c.config.Publisher.Publish(ctx, p.Version, author, p.Reason); err != nil && ctx.Err() == nil {
			return landing{}, fmt.Errorf("it is saved in %s, but does not go live: %w", change.File, err)
		}
	}
	if ctx.Err() != nil && status.Serving.ID != p.Version { // so the status may be that of before
		return landing{Said: "Saved in " + change.File + ", but not live yet: it takes longer than this page waits. It goes live by itself, unless something holds it back; Today shows it."}, nil
	}
	said, live := whatCame(change.File, status)
	return landing{Said: said, Live: live}, nil
}

// whatCame says in plain words whether a change is live, once the files were looked at.
func whatCame(file string, s publish.Status) (said string, live bool) {
	switch {
	case len(publish.Errors(s.Problems)) > 0:
		return "Saved in " + file + ", but not live yet: there is an error in the files, which Today shows. The version before goes on answering.", false
	case s.Blocked != nil:
		return "Saved in " + file + ", but not live yet: the files hold another change that is held back, which Today shows.", false
	}
	return "Saved in " + file + ". It is live.", true
}

// tryOut takes files through check and gate, and lets ask look at the draft that they are; nil asks nothing.
func (c *Console) tryOut(ctx context.Context, files fs.FS, ask func(*index.Snapshot)) (publish.Report, error) {
	ctx, cancel := context.WithTimeout(ctx, landTime)
	defer cancel()
	select { // one at a time: it takes a processor to itself
	case c.trying <- struct{}{}:
		defer func() { <-c.trying }()
	case <-ctx.Done():
		return publish.Report{}, ctx.Err()
	}
	snapshot, report, err := c.config.Publisher.Draft(ctx, files)
	if err != nil {
		return report, fmt.Errorf("try the files: %w", err)
	}
	if snapshot != nil {
		defer snapshot.Close()
		if ask != nil {
			ask(snapshot)
		}
	}
	return report, nil
}

// breaksMore reports whether a draft breaks what the files, which may be held back already, do not.
func breaksMore(draft publish.Report, files *publish.Report) bool {
	if files == nil || draft.Unknown > files.Unknown {
		return true
	}
	return slices.ContainsFunc(draft.Broken, func(b publish.BrokenGolden) bool {
		return b.Blocks && !slices.ContainsFunc(files.Broken, func(known publish.BrokenGolden) bool {
			return known.Blocks && known.Question == b.Question && known.Lang == b.Lang && slices.Equal(known.Want, b.Want)
		})
	})
}

// sayWhy is said to whoever insists without a reason.
const sayWhy = "Say in a few words why this should go live all the same: your colleagues will read it beside the version."

// readAnew is said of a report that somebody has not read yet, although they have said why it should not count.
const readAnew = "The files have changed since you read what would break. Nothing was saved; this is what would break now."

// reason says in plain words why a change was not made. What is the program's fault is logged.
func (c *Console) reason(err error) string {
	text, known := explain(err)
	if known {
		return text
	}
	c.log.Error("a change from the console failed", zap.Error(err))
	if edit.IsReadOnly(err) {
		return "The server may not write to the knowledge folder, or to the list of changes, so nothing was saved. Copy what you wrote, and tell whoever runs the server."
	}
	return upperFirst(err.Error())
}

// explain says in plain words why a change cannot be made; false for what is the program's fault.
func explain(err error) (string, bool) {
	var refused *edit.RefusedError
	var conflict *edit.ConflictError
	switch {
	case errors.As(err, &refused):
		return "This cannot be saved: " + refused.Error() + ".", true
	case errors.As(err, &conflict):
		return "Somebody else has changed " + conflict.File + " in the same place meanwhile. Nothing was saved; look at it again.", true
	case errors.Is(err, context.DeadlineExceeded):
		return "Trying this takes longer than this page waits. Nothing was saved; send it again in a minute.", true
	case errors.Is(err, edit.ErrSame):
		return "Nothing is different from what the file says.", true
	case errors.Is(err, edit.ErrGone):
		return "The section is not in the files any more: somebody has removed or renamed it. Copy what you wrote before you leave this page.", true
	case errors.Is(err, edit.ErrNotUTF8):
		return "The file is not in UTF-8, so it is not changed here: every line of it would be. Open it in an editor, save it as UTF-8, and send this again.", true
	case errors.Is(err, edit.ErrFormat):
		return "This kind of file is not changed here. Turn it into Markdown first: frontdesk import FILE", true
	case errors.Is(err, edit.ErrName):
		return "No file can have this name: " + err.Error(), true
	}
	return "", false
}
