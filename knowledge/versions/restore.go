package versions

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"time"
)

// Restore replaces the files of version r.From in a folder by those of version r.ID, each whole or not at all. Files of
// neither version are left alone, and so are files that are no longer as From has them: somebody changed them
// meanwhile. The caller holds the lock.
//
// The order is written down first, so that whoever comes next can finish it with FinishRestore. An error leaves the
// folder as it was, or with files of both versions when it came up late.
func (s *Store) Restore(folder *os.Root, r Restore) error {
	if err := s.order(restoreFile, r); err != nil {
		return err
	}
	return s.FinishRestore(folder)
}

// FinishRestore does what is left of a restore that was cut short; nothing when there is none. The caller holds the
// lock.
func (s *Store) FinishRestore(folder *os.Root) error {
	r, ok := s.Restoring()
	if !ok {
		return nil
	}
	err := s.replace(folder, r)
	return errors.Join(err, s.withdraw(restoreFile))
}

func (s *Store) replace(folder *os.Root, r Restore) error {
	from, err := s.Version(r.From)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	to, err := s.Version(r.ID)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	plan := newReplacement(s, folder)
	defer plan.drop()
	for _, c := range Diff(from.Files, to.Files) {
		if err := plan.stage(c.File, from.file(c.File), to.file(c.File)); err != nil {
			return fmt.Errorf("restore %q: %w", c.File, err)
		}
	}
	if err := plan.carryOut(); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// file returns the file of that name; a zero one when the version has none.
func (v Version) file(name string) File {
	if i := slices.IndexFunc(v.Files, func(f File) bool { return f.Name == name }); i >= 0 {
		return v.Files[i]
	}
	return File{}
}

// A replacement is the change of a folder's files, first written beside them, then carried out.
type replacement struct {
	store   *Store
	folder  *os.Root
	temps   map[string]string // temporary file → the file whose place it takes
	removed []string
	was     map[string]string // hash of each file that is replaced or removed, as it was when that was prepared
	dirs    map[string]bool   // touched
}

func newReplacement(s *Store, folder *os.Root) *replacement {
	return &replacement{store: s, folder: folder, temps: map[string]string{}, was: map[string]string{}, dirs: map[string]bool{}}
}

// hash returns that of a file as it is now; empty when it is not there.
func (r *replacement) hash(name string) (string, error) {
	data, err := r.folder.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	}
	return hashOf(data), nil
}

// stage prepares one file; before and after are zero where a version has none.
func (r *replacement) stage(name string, before, after File) error {
	now, err := r.hash(name)
	if err != nil {
		return err
	}
	if r.was[name] = now; now == after.SHA256 || now != before.SHA256 {
		return nil // done already, or changed by somebody else
	}
	dir := path.Dir(name)
	if !r.dirs[dir] {
		if err := r.folder.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		r.dirs[dir] = true
		removeTemps(r.folder, dir, 0) // of a restore that was cut short
	}
	if after.SHA256 == "" {
		r.removed = append(r.removed, name)
		return r.writable(dir)
	}
	content, err := r.store.object(after)
	if err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if info, err := r.folder.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := stage(r.folder, dir, content, mode)
	if err != nil {
		return err
	}
	r.temps[temp] = name
	if now == "" {
		return nil
	}
	return r.folder.Chmod(temp, mode) // whatever the mask says: whoever could change the file before still can
}

// writable returns an error when files in dir cannot be removed, before any of them is.
func (r *replacement) writable(dir string) error {
	temp, err := stage(r.folder, dir, nil, 0o644)
	if err != nil {
		return err
	}
	return r.folder.Remove(temp)
}

// carryOut puts the prepared files in their places, but not in that of a file that somebody has saved meanwhile:
// preparing many takes seconds.
func (r *replacement) carryOut() error {
	for temp, name := range r.temps {
		if now, err := r.hash(name); err != nil {
			return err
		} else if now != r.was[name] {
			continue
		}
		if err := r.folder.Rename(temp, name); err != nil {
			return err
		}
		delete(r.temps, temp)
	}
	for _, name := range r.removed {
		if now, err := r.hash(name); err != nil {
			return err
		} else if now != r.was[name] {
			continue
		}
		if err := r.folder.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for dir := range maps.Keys(r.dirs) {
		if err := syncDir(r.folder, dir); err != nil {
			return err
		}
	}
	return nil
}

// drop removes what was prepared and not carried out.
func (r *replacement) drop() {
	for temp := range r.temps {
		r.folder.Remove(temp)
	}
}

// lockPoll is how often a program looks whether another has let go of the lock.
const lockPoll = 10 * time.Millisecond

// Lock waits until no other program restores files, or ctx ends. A program that is killed lets go of it.
func (s *Store) Lock(ctx context.Context) (unlock func(), err error) {
	f, err := s.root.OpenFile("lock", os.O_CREATE|os.O_RDWR, 0o644)
	if errors.Is(err, fs.ErrPermission) {
		f, err = s.root.Open("lock") // another user made it, and it can be locked all the same
	}
	if err != nil {
		return nil, fmt.Errorf("lock versions: %w", err)
	}
	tick := time.NewTicker(lockPoll)
	defer tick.Stop()
	for !tryLock(f) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		}
	}
	return func() { f.Close() }, nil
}
