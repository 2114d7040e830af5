package edit

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"frontdesk/knowledge"
	"frontdesk/knowledge/filetree"
)

// Try returns the folder as it would be with a change. It reads from the folder, so that it is of no use once the book
// is closed.
func (b *Book) Try(c Change) fs.FS { return overlay{folder: b.FS(), file: c.File, data: c.After} }

// An overlay is a folder in which one file is another, new or not there.
type overlay struct {
	folder fs.FS
	file   string // empty for the folder as it is
	data   []byte // nil for a file that is not there
	only   string // list no article but this one; empty to list them all
}

// lists reports whether ReadDir tells of an entry.
func (o overlay) lists(name string, d fs.DirEntry) bool {
	switch {
	case o.only == "" || name == o.only:
		return true
	case d.IsDir():
		return strings.HasPrefix(o.only, name+"/")
	}
	return strings.HasPrefix(strings.ToLower(name), "desk.y") || name == knowledge.PhrasingsFile
}

// Open opens the file, or what the folder has.
func (o overlay) Open(name string) (fs.File, error) {
	if name != o.file {
		return o.folder.Open(name)
	}
	if o.data == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return filetree.File(path.Base(name), o.data), nil
}

// Stat describes what Open opens.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if name != o.file {
		return fs.Stat(o.folder, name)
	}
	if o.data == nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return o.info(), nil
}

// ReadDir lists a folder with the file in it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.folder, name)
	if err != nil {
		return entries, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		at := path.Join(name, e.Name())
		return at == o.file || !o.lists(at, e)
	})
	if o.file == "" || path.Dir(o.file) != name {
		return entries, nil
	}
	if o.data != nil {
		entries = append(entries, fs.FileInfoToDirEntry(o.info()))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

func (o overlay) info() fs.FileInfo { return filetree.Info(path.Base(o.file), int64(len(o.data))) }
