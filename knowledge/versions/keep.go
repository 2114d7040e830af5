package versions

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"golang.org/x/sync/errgroup"
)

// writers is how many files are written at a time: each waits for the disk.
const writers = 8

// Keep keeps all files of fsys that are not hidden as one version. v says who and why, when (zero for now), and in
// Files how many sections each file has; the rest is filled in. What is kept already as the newest is not kept again, nor a
// draft that serves: then the version that is there comes back.
func (s *Store) Keep(fsys fs.FS, v Version) (Version, error) {
	sections := map[string]int{}
	for _, f := range v.Files {
		sections[f.Name] = f.Sections
	}
	var err error
	if v.ID, v.Files, err = Describe(fsys); err != nil {
		return v, fmt.Errorf("keep a version: %w", err)
	}
	v.Sections = 0
	for i := range v.Files {
		v.Files[i].Sections = sections[v.Files[i].Name]
		v.Sections += v.Files[i].Sections
	}
	newest, served, err := s.newest()
	switch {
	case err != nil:
		return v, err
	case newest.ID == v.ID && (v.Draft || !newest.Draft):
		return newest, nil
	case v.Draft && served.ID == v.ID:
		return served, nil
	}
	if v.At.IsZero() {
		v.At = time.Now()
	}
	if v.At = v.At.UTC().Round(0); !v.At.After(newest.At) {
		v.At = newest.At.Add(1) // whatever the clock says, the order in which versions came about stays
	}
	if v.Changes = nil; served.ID != "" {
		v.Changes = Diff(served.Files, v.Files)
	}
	if err := s.write(fsys, v); err != nil {
		return v, fmt.Errorf("keep version %s: %w", v.ID, err)
	}
	return v, s.sweep()
}

// newest returns the version kept last, and the one that served last; zero ones when there are none.
func (s *Store) newest() (newest, served Version, err error) {
	names, err := s.records()
	if err != nil {
		return newest, served, err
	}
	for v := range s.read(names, nil) {
		if newest.ID == "" {
			newest = v
		}
		if !v.Draft {
			return newest, v, nil
		}
	}
	return newest, Version{}, nil
}

// write writes a version's contents and then, once they last, its record.
func (s *Store) write(fsys fs.FS, v Version) error {
	dirs := map[string]bool{}
	var work errgroup.Group
	work.SetLimit(writers)
	for _, f := range v.Files {
		name := objectName(f.SHA256)
		if s.refresh(name, f.Size) {
			continue
		}
		if dir := path.Dir(name); !dirs[dir] {
			if err := s.root.MkdirAll(dir, 0o755); err != nil {
				return errors.Join(err, work.Wait())
			}
			dirs[dir] = true
		}
		work.Go(func() error {
			data, err := fs.ReadFile(fsys, f.Name)
			if err != nil {
				return err
			}
			if hashOf(data) != f.SHA256 {
				return fmt.Errorf("%q changed while it was kept", f.Name)
			}
			return writeFile(s.root, name, data)
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	if len(dirs) > 0 {
		dirs[objectsDir] = true
	}
	for dir := range dirs {
		if err := syncDir(s.root, dir); err != nil {
			return err
		}
	}
	record, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		return err
	}
	if err := writeFile(s.root, path.Join(recordsDir, recordName(v)), record); err != nil {
		return err
	}
	return syncDir(s.root, recordsDir)
}

// refresh reports whether content is there, and makes it new, so that no sweep takes it before its record is written.
func (s *Store) refresh(name string, size int64) bool {
	info, err := s.root.Stat(name)
	if err != nil || info.Size() != size {
		return false
	}
	now := time.Now()
	return s.root.Chtimes(name, now, now) == nil
}

// sweep removes the oldest records beyond what is to be kept, and then contents that no record names any more. What was
// written within the hour stays: its record may be on its way.
func (s *Store) sweep() error {
	names, err := s.records()
	if err != nil || len(names) <= s.keep {
		return err
	}
	_, served, err := s.newest()
	if err != nil {
		return err
	}
	for _, name := range names[s.keep:] {
		if served.ID != "" && name == recordName(served) {
			continue // drafts must not push out what serves
		}
		if err := s.root.Remove(path.Join(recordsDir, name)); err != nil {
			return fmt.Errorf("drop an old version: %w", err)
		}
		s.mu.Lock()
		delete(s.known, name)
		s.mu.Unlock()
	}
	if err := s.sweepObjects(); err != nil {
		return fmt.Errorf("drop what old versions held: %w", err)
	}
	return nil
}

func (s *Store) sweepObjects() error {
	names, err := s.records()
	if err != nil {
		return err
	}
	used, whole := map[string]bool{}, true
	for v := range s.read(names, func(string, error) { whole = false }) {
		for _, f := range v.Files {
			used[f.SHA256] = true
		}
	}
	if !whole {
		return nil // a record that cannot be read may be mended by hand
	}
	dirs, err := fs.ReadDir(s.root.FS(), objectsDir)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		removeTemps(s.root, path.Join(objectsDir, dir.Name()), abandoned)
		objects, err := fs.ReadDir(s.root.FS(), path.Join(objectsDir, dir.Name()))
		if err != nil {
			return err
		}
		for _, o := range objects {
			info, err := o.Info()
			if err != nil || used[o.Name()] || time.Since(info.ModTime()) < abandoned {
				continue
			}
			if err := s.root.Remove(path.Join(objectsDir, dir.Name(), o.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
