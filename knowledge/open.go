package knowledge

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// OpenDir opens a folder of articles, or a single file as a folder that holds nothing else, for [Load]. Links that
// leave the folder cannot be followed through it. The closer frees the folder; the file system is of no use after.
func OpenDir(path string) (fs.FS, io.Closer, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("open knowledge: %w; check the path, or make a folder to start from: frontdesk init %s", err, path)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open knowledge: %w", err)
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, nil, fmt.Errorf("open knowledge: %w", err)
		}
		return root.FS(), root, nil
	}
	target, err := filepath.EvalSymlinks(path) // who names a link by hand means the file behind it
	if err != nil {
		return nil, nil, fmt.Errorf("open knowledge: %w", err)
	}
	root, err := os.OpenRoot(filepath.Dir(target))
	if err != nil {
		return nil, nil, fmt.Errorf("open knowledge: %w", err)
	}
	return oneFile{root.FS(), filepath.Base(path), filepath.Base(target)}, root, nil
}

// oneFile shows a single file of a folder, under its own name or, behind a link, the link's.
type oneFile struct {
	folder       fs.FS
	name, target string
}

// Open opens the file, or the folder as far as it shows.
func (f oneFile) Open(name string) (fs.File, error) {
	switch name {
	case ".":
		return f.folder.Open(".")
	case f.name:
		return f.folder.Open(f.target)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Stat describes what Open opens.
func (f oneFile) Stat(name string) (fs.FileInfo, error) {
	if name == f.name {
		return fs.Stat(f.folder, f.target)
	}
	return fs.Stat(f.folder, name)
}

// ReadDir lists the one file.
func (f oneFile) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	info, err := fs.Stat(f.folder, f.target)
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{renamed{fs.FileInfoToDirEntry(info), f.name}}, nil
}

// renamed is a directory entry under another name.
type renamed struct {
	fs.DirEntry
	name string
}

// Name returns the name that the entry goes by.
func (r renamed) Name() string { return r.name }
