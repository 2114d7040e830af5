package versions

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Memory returns files, by their slash-separated names, as a folder. The contents are not copied.
func Memory(files map[string][]byte) fs.FS {
	t := newTree(func(f File) ([]byte, error) { return files[f.Name], nil })
	for name, data := range files {
		t.add(File{Name: name, Size: int64(len(data))})
	}
	return t
}

// A tree is a read-only folder whose files are fetched when they are opened.
type tree struct {
	files map[string]File
	dirs  map[string]map[string]bool // names in each folder
	fetch func(File) ([]byte, error)
}

func newTree(fetch func(File) ([]byte, error)) *tree {
	return &tree{files: map[string]File{}, dirs: map[string]map[string]bool{".": {}}, fetch: fetch}
}

// add adds a file, unless its name leaves the folder or is that of a folder.
func (t *tree) add(f File) {
	if !fs.ValidPath(f.Name) || f.Name == "." || t.dirs[f.Name] != nil {
		return
	}
	for at := f.Name; at != "."; at = path.Dir(at) {
		dir := path.Dir(at)
		if _, file := t.files[dir]; file {
			return
		}
		if t.dirs[dir] == nil {
			t.dirs[dir] = map[string]bool{}
		}
		t.dirs[dir][path.Base(at)] = true
	}
	t.files[f.Name] = f
}

// Open opens a file or folder.
func (t *tree) Open(name string) (fs.File, error) {
	info, err := t.Stat(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if info.IsDir() {
		entries, err := t.ReadDir(name)
		return &openDir{info, entries}, err
	}
	data, err := t.fetch(t.files[name])
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{info, bytes.NewReader(data)}, nil
}

// Stat describes a file or folder without opening it.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	if f, ok := t.files[name]; ok {
		return entry{path.Base(name), f.Size, false}, nil
	}
	if fs.ValidPath(name) && t.dirs[name] != nil {
		return entry{path.Base(name), 0, true}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder by name.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if t.dirs[name] == nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var entries []fs.DirEntry
	for base := range t.dirs[name] {
		f, file := t.files[path.Join(name, base)]
		entries = append(entries, fs.FileInfoToDirEntry(entry{base, f.Size, !file}))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// An entry describes a file or folder. Its time is of no importance.
type entry struct {
	name string
	size int64
	dir  bool
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	info fs.FileInfo
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	info fs.FileInfo
	left []fs.DirEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.Name(), Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.left)
	} else if len(d.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.left))
	some := d.left[:n]
	d.left = d.left[n:]
	return some, nil
}
