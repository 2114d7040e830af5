package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"frontdesk/knowledge/versions"
)

// errNoVersions is what bringing back comes to where nothing is kept.
var errNoVersions = errors.New("no versions are kept; set FRONTDESK_DATA to a folder that lasts")

// Rollback brings a kept version back: its files are written to the folder, after what is there was kept as a draft. id
// is a version's id, enough of its beginning, or "-1" for the version before. Where the folder cannot be written to, the
// version serves until the files change: Status has Pinned then.
func (p *Publisher) Rollback(ctx context.Context, id, author string) (Status, error) {
	if p.config.Versions == nil || p.ReadOnly() {
		return p.Status(), errNoVersions
	}
	end, err := p.begin(ctx)
	if err != nil {
		return p.Status(), err
	}
	defer end()
	v, err := p.config.Versions.Find(id)
	if err != nil {
		return p.Status(), err
	}
	order := versions.Approval{ID: v.ID, At: p.config.Gate.Now(), Author: author, Reason: "brought back"}
	began := time.Now()
	now, pinned, err := bring(ctx, p.config.Versions, p.config.Path, p.config.Load, order)
	if err != nil {
		return p.Status(), err
	}
	if pinned {
		p.reload(ctx, cause{author, order.Reason})
	} else {
		p.take(ctx, now, cause{author, order.Reason}, began)
	}
	if s := p.Status(); s.Serving.ID != v.ID {
		return s, errors.Join(ctx.Err(), fmt.Errorf("version %s is back in the folder but does not serve: %s", Short(v.ID), s.Fallback))
	}
	return p.Status(), nil
}

// Bring puts the files of a kept version back into the folder at path, and approves of it: whoever serves the folder
// with the same store then makes it live. What is in the folder is kept first. Files that are not knowledge are left
// alone, and so is what somebody saves at the same moment. pinned tells that the files could not all be put back, so
// that the version serves in their place until they change.
func Bring(ctx context.Context, s *versions.Store, path string, load Loader, order versions.Approval) (pinned bool, err error) {
	_, pinned, err = bring(ctx, s, path, load, order)
	return pinned, err
}

// bring is Bring, and returns the folder as it is then, which is the version unless that is pinned.
func bring(ctx context.Context, s *versions.Store, path string, load Loader, order versions.Approval) (now Folder, pinned bool, err error) {
	unlock, err := s.Lock(ctx)
	if err != nil {
		return now, false, err
	}
	defer unlock()
	if _, err := finish(s, path, load); err != nil {
		return now, false, err
	}
	if _, err := readKept(s, order.ID, load); err != nil {
		return now, false, fmt.Errorf("bring back: %w", err)
	}
	before, err := ReadPath(path, load)
	if err != nil {
		return now, false, err
	}
	_, err = s.Keep(before.FS, versions.Version{
		At: order.At, Author: order.Author, Draft: true, Files: before.Files, Reason: "as it was before " + Short(order.ID) + " was brought back",
	})
	if err != nil {
		return now, false, err
	}
	order.Back = true
	if err := s.Approve(order); err != nil {
		return now, false, err
	}
	folder, err := openFolder(path)
	if err != nil {
		return now, false, err
	}
	defer folder.Close()
	failed := s.Restore(folder, versions.Restore{Approval: order, From: before.ID})
	return pinUnlessRestored(s, path, load, order, failed)
}

// pinUnlessRestored makes a version serve in the place of files that are not its own, since putting them back failed or
// somebody saved others meanwhile. It returns the files as they are.
func pinUnlessRestored(
	s *versions.Store, path string, load Loader, order versions.Approval, failed error,
) (now Folder, pinned bool, err error) {
	now, err = toServe(ReadPath(path, load))
	switch {
	case err != nil:
		return now, false, err
	case now.ID == order.ID && len(Errors(now.Problems)) == 0:
		return now, false, s.Unpin()
	}
	why := "other files were saved at the same moment"
	if failed != nil {
		why = failed.Error()
	}
	return now, true, s.Pin(versions.Pin{Approval: order, Disk: now.ID, Why: why})
}

// finish does what is left of bringing a version back when a program was killed over it. The caller holds the lock.
func finish(s *versions.Store, path string, load Loader) (finished bool, err error) {
	r, ok := s.Restoring()
	if !ok {
		return false, nil
	}
	folder, err := openFolder(path)
	if err != nil {
		return false, err
	}
	defer folder.Close()
	_, _, err = pinUnlessRestored(s, path, load, r.Approval, s.FinishRestore(folder))
	return true, err
}

func (p *Publisher) finishRollback() {
	switch finished, err := finish(p.config.Versions, p.config.Path, p.config.Load); {
	case err != nil:
		p.log.Error("the version that was being brought back cannot be", zap.Error(err))
	case finished:
		p.log.Warn("bringing back a version had been cut short, and is finished now")
	}
}

// openFolder opens the folder that the knowledge at path is in.
func openFolder(path string) (*os.Root, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return nil, err
		}
		path = filepath.Dir(path)
	}
	return os.OpenRoot(path)
}

// followPin serves a pinned version for as long as the files stay as they are; false when there is none.
func (p *Publisher) followPin(ctx context.Context, f Folder) bool {
	s := p.config.Versions
	if s == nil {
		return false
	}
	pin, ok := s.Pinned()
	switch {
	case !ok:
		return false
	case pin.Disk != f.ID:
		if err := s.Unpin(); err != nil {
			p.log.Error("the files have changed, but the version pinned before cannot be let go of", zap.Error(err))
			return false
		}
		p.log.Info("the files have changed, so the version that was brought back no longer stands in for them", zap.String("version", pin.ID))
		p.seen = ""
		return false
	}
	before := p.Status()
	if before.Pinned && before.Serving.ID == pin.ID {
		return true
	}
	if err := p.servePinned(ctx, pin); err != nil {
		p.log.Error("the version that was brought back cannot be served", zap.String("version", pin.ID), zap.Error(err))
		return false
	}
	if before.Serving.ID != pin.ID {
		p.tell(Event{Kind: Back, Pinned: true})
	}
	return true
}

func (p *Publisher) servePinned(ctx context.Context, pin versions.Pin) error {
	f, err := p.kept(pin.ID)
	if err != nil {
		return err
	}
	before, release := p.serving()
	defer release()
	next, err := p.build(ctx, before.Snapshot, f.Base)
	if err != nil {
		return err
	}
	v := p.keep(f, versions.Version{Author: pin.Author, Reason: pin.Reason})
	p.goLive(f, next, v, memo{})
	p.change(func(s *Status) {
		s.Pinned, s.Fallback = true, fmt.Sprintf("version %s was brought back, but not its files (%s); it answers until they change", Short(v.ID), pin.Why)
	})
	p.disapprove(pin.Approval)
	p.log.Warn("an earlier version serves until the files change, since they could not be put back", zap.String("version", v.ID), zap.String("before", before.ID), zap.String("why", pin.Why))
	return nil
}

// approve lets one version pass the gate: until it does where there is a store, else until the program ends.
func (p *Publisher) approve(a versions.Approval) error {
	if p.config.Versions != nil {
		return p.config.Versions.Approve(a)
	}
	p.approved[a.ID] = a
	return nil
}

func (p *Publisher) approval(id string) (versions.Approval, bool) {
	if p.config.Versions != nil {
		return p.config.Versions.Approved(id)
	}
	a, ok := p.approved[id]
	return a, ok
}

// disapprove ends an approval that was made use of, so that the same files need another next time.
func (p *Publisher) disapprove(a versions.Approval) {
	delete(p.approved, a.ID)
	if p.config.Versions == nil || a.ID == "" {
		return
	}
	if err := p.config.Versions.Disapprove(a.ID); err != nil {
		p.log.Warn("an approval that was used remains", zap.String("version", a.ID), zap.Error(err))
	}
}
