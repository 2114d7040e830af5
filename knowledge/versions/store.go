package versions

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unique"

	"frontdesk/knowledge"
	"frontdesk/knowledge/filetree"
)

// A Store keeps versions in a folder. It is safe for concurrent use, also by several programs.
type Store struct {
	dir  string
	root *os.Root
	keep int

	mu    sync.Mutex
	known map[string]Version // records read, by the name of their file: a record never changes
}

// usualKeep is how many versions are kept where nobody says.
const usualKeep = 50

const (
	objectsDir = "objects"
	recordsDir = "records"
	ordersDir  = "orders"
)

// Open opens the store in dir, which is made when it is not there. keep bounds how many versions are kept; 50 when it
// is 0 or less.
func Open(dir string, keep int) (*Store, error) {
	if keep <= 0 {
		keep = usualKeep
	}
	for _, sub := range []string{objectsDir, recordsDir, ordersDir} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, fmt.Errorf("open versions: %w", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open versions: %w", err)
	}
	s := &Store{dir: dir, root: root, keep: keep, known: map[string]Version{}}
	removeTemps(root, recordsDir, abandoned)
	removeTemps(root, ordersDir, abandoned)
	return s, nil
}

// Close frees the store's folder.
func (s *Store) Close() error { return s.root.Close() }

// notKept says that there is no such version. It is fs.ErrNotExist.
type notKept string

func (e notKept) Error() string        { return string(e) }
func (e notKept) Is(target error) bool { return target == fs.ErrNotExist }

// List returns the versions, newest first. What cannot be read is passed over: see Problems.
func (s *Store) List() ([]Version, error) {
	names, err := s.records()
	if err != nil {
		return nil, err
	}
	return slices.Collect(s.read(names, nil)), nil
}

// Problems says which of the store's records and orders cannot be read.
func (s *Store) Problems() ([]knowledge.Problem, error) {
	names, err := s.records()
	if err != nil {
		return nil, err
	}
	problems := s.orderProblems()
	for range s.read(names, func(name string, err error) {
		problems = append(problems, knowledge.Problem{
			Source: knowledge.Position{File: filepath.Join(s.dir, recordsDir, name)}, Level: knowledge.Warning,
			Text: "this version cannot be read: " + err.Error(), Advice: "remove the file; the other versions are not affected",
		})
	}) {
	}
	return problems, nil
}

// Version returns the newest version with this id, or with the only one that begins so, given four characters of it or
// more; an error that is fs.ErrNotExist when there is none.
func (s *Store) Version(id string) (Version, error) {
	names, err := s.records()
	if err != nil {
		return Version{}, err
	}
	var found Version
	for v := range s.read(names, nil) {
		switch {
		case v.ID == id:
			return v, nil
		case len(id) < 4 || !strings.HasPrefix(v.ID, id) || v.ID == found.ID:
		case found.ID != "":
			return Version{}, fmt.Errorf("versions %s and %s both begin with %q; write more of the id", found.ID, v.ID, id)
		default:
			found = v
		}
	}
	if found.ID == "" {
		return Version{}, notKept(fmt.Sprintf("version %q is not kept", id))
	}
	return found, nil
}

// Find returns a version by its id, as Version does, or by how many versions ago it served: "-1" for the one that served
// before the newest.
func (s *Store) Find(spec string) (Version, error) {
	ago, err := strconv.Atoi(spec)
	if err != nil || ago >= 0 {
		return s.Version(spec)
	}
	seen := map[string]bool{}
	for v := range s.Published() {
		if seen[v.ID] {
			continue
		}
		if len(seen) == -ago {
			return v, nil
		}
		seen[v.ID] = true
	}
	return Version{}, notKept(fmt.Sprintf("version %s is not kept: %d served so far", spec, len(seen)))
}

// Published returns the versions that served, newest first, reading no more of them than are asked for.
func (s *Store) Published() iter.Seq[Version] {
	return func(yield func(Version) bool) {
		names, err := s.records()
		if err != nil {
			return
		}
		for v := range s.read(names, nil) {
			if !v.Draft && !yield(v) {
				return
			}
		}
	}
}

// FS returns a version as a folder, for knowledge.Load; an error that is fs.ErrNotExist when there is no such version.
// A file whose content is damaged cannot be opened.
func (s *Store) FS(id string) (fs.FS, error) {
	v, err := s.Version(id)
	if err != nil {
		return nil, err
	}
	t := filetree.New()
	for _, f := range v.Files {
		t.Add(f.Name, f.Size, func() ([]byte, error) { return s.object(f) })
	}
	return t, nil
}

// records returns the names of the records' files, the newest first.
func (s *Store) records() ([]string, error) {
	entries, err := fs.ReadDir(s.root.FS(), recordsDir)
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".json") {
			names = append(names, e.Name())
		}
	}
	slices.Reverse(names) // they begin with the time
	return names, nil
}

// read returns the records of these names as far as they can be read, and tells bad of the others.
func (s *Store) read(names []string, bad func(name string, err error)) iter.Seq[Version] {
	return func(yield func(Version) bool) {
		for _, name := range names {
			v, err := s.record(name)
			switch {
			case err == nil && !yield(v):
				return
			case err != nil && !errors.Is(err, fs.ErrNotExist) && bad != nil:
				bad(name, err)
			}
		}
	}
}

func (s *Store) record(name string) (Version, error) {
	s.mu.Lock()
	v, known := s.known[name]
	s.mu.Unlock()
	if known {
		return v, nil
	}
	data, err := s.root.ReadFile(path.Join(recordsDir, name))
	if err != nil {
		return Version{}, err
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return Version{}, fmt.Errorf("broken record: %w", err)
	}
	if v.ID != idOf(v.Files) || name != recordName(v) {
		return Version{}, errors.New("broken record: its content does not go with its name")
	}
	for i, f := range v.Files { // most files are the same in many versions
		v.Files[i].Name, v.Files[i].SHA256 = unique.Make(f.Name).Value(), unique.Make(f.SHA256).Value()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[name] = v
	return v, nil
}

func recordName(v Version) string {
	return v.At.UTC().Format("20060102T150405.000000000Z") + "-" + v.ID + ".json"
}

// object returns the content of a file.
func (s *Store) object(f File) ([]byte, error) {
	data, err := s.root.ReadFile(objectName(f.SHA256))
	if err != nil {
		return nil, err
	}
	if hashOf(data) != f.SHA256 {
		return nil, errors.New("the kept content is damaged")
	}
	return data, nil
}

// objectName is where the content with this hash is, which may come from a record and be anything: root holds it in.
func objectName(hash string) string { return path.Join(objectsDir, hash[:min(2, len(hash))], hash) }
