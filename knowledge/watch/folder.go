package watch

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"

	"frontdesk/knowledge"
)

// A folder is what is watched: everything below dir, or one file in it.
type folder struct {
	path string // as given
	only string // the name of the one file; empty for all
}

// newFolder looks at what path leads to. The error is that of a path that leads nowhere.
func newFolder(path string) (folder, error) {
	info, err := os.Stat(path)
	if err != nil {
		return folder{}, err
	}
	if info.IsDir() {
		return folder{path: path}, nil
	}
	return folder{path: filepath.Dir(path), only: filepath.Base(path)}, nil
}

// counts reports whether a file's name, with or without the way to it, is one that may hold an article.
func (f folder) counts(name string) bool {
	name = filepath.Base(name)
	if f.only != "" {
		return name == f.only
	}
	return !knowledge.Hidden(name)
}

// A state is what can be told of the files without reading them, by path. It is never nil.
type state map[string]stamp

// A stamp changes with a file's content, but for two changes within one tick of a coarse clock.
type stamp struct {
	size int64
	mode fs.FileMode
	time time.Time
}

func (s state) equal(other state) bool {
	return maps.EqualFunc(s, other, func(a, b stamp) bool {
		return a.size == b.size && a.mode == b.mode && a.time.Equal(b.time)
	})
}

// state looks at all files that count, following links to files. It calls enter for each folder before it reads it.
// What cannot be read is left out: whoever loads the files says so.
func (f folder) state(enter func(dir string)) state {
	found := state{}
	if f.only != "" {
		enter(f.path)
		found.add(filepath.Join(f.path, f.only))
		return found
	}
	// A path that is itself a link is followed, and its name is of no importance.
	root, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return found
	}
	found.walk(root, enter)
	return found
}

// walk adds what is below dir. It is not filepath.WalkDir because a folder must be entered before it is read.
func (s state) walk(dir string, enter func(dir string)) {
	enter(dir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case knowledge.Hidden(e.Name()):
		case e.IsDir():
			s.walk(path, enter)
		default:
			s.add(path)
		}
	}
}

func (s state) add(path string) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return
	}
	s[path] = stamp{info.Size(), info.Mode(), info.ModTime()}
}
