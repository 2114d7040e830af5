// Package filetree makes files and folders of what is in memory, or somewhere else than on a disk.
package filetree

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Of returns files, by their slash-separated names, as a folder. The contents are not copied.
func Of(files map[string][]byte) fs.FS {
	t := New()
	for name, data := range files {
		t.Add(name, int64(len(data)), func() ([]byte, error) { return data, nil })
	}
	return t
}

// File returns an open file that holds data, which is not copied. name is without its folder.
func File(name string, data []byte) fs.File {
	return &openFile{Info(name, int64(len(data))), bytes.NewReader(data)}
}

// Info describes a file of so many bytes that nobody may write to. Its time is not known. name is without its folder.
func Info(name string, size int64) fs.FileInfo { return entry{name, size, false} }

// A Tree is a read-only folder whose files are read when they are opened. Once complete it is safe for concurrent use.
type Tree struct {
	files map[string]file
	dirs  map[string]map[string]bool // names in each folder
}

type file struct {
	size int64
	read func() ([]byte, error)
}

// New returns an empty folder.
func New() *Tree {
	return &Tree{files: map[string]file{}, dirs: map[string]map[string]bool{".": {}}}
}

// Add adds a file of so many bytes by its slash-separated name, unless that leaves the folder or is that of a folder.
func (t *Tree) Add(name string, size int64, read func() ([]byte, error)) {
	if !fs.ValidPath(name) || name == "." || t.dirs[name] != nil {
		return
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if _, taken := t.files[dir]; taken {
			return
		}
	}
	for at := name; at != "."; at = path.Dir(at) {
		dir := path.Dir(at)
		if t.dirs[dir] == nil {
			t.dirs[dir] = map[string]bool{}
		}
		t.dirs[dir][path.Base(at)] = true
	}
	t.files[name] = file{size, read}
}

// Open opens a file or folder.
func (t *Tree) Open(name string) (fs.File, error) {
	info, err := t.Stat(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if info.IsDir() {
		entries, err := t.ReadDir(name)
		return &openDir{info, entries}, err
	}
	data, err := t.files[name].read()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{info, bytes.NewReader(data)}, nil
}

// Stat describes a file or folder without opening it.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	if f, ok := t.files[name]; ok {
		return Info(path.Base(name), f.size), nil
	}
	if fs.ValidPath(name) && t.dirs[name] != nil {
		return entry{path.Base(name), 0, true}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder by name.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if t.dirs[name] == nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var entries []fs.DirEntry
	for base := range t.dirs[name] {
		f, isFile := t.files[path.Join(name, base)]
		entries = append(entries, fs.FileInfoToDirEntry(entry{base, f.size, !isFile}))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// An entry describes a file or folder.
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
