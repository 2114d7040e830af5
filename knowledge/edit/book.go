package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"frontdesk/knowledge"
)

// A Book is a folder of staff's files that may be changed. It is safe for concurrent use; whoever works on the same
// folder should share one, so that changes wait for each other.
type Book struct {
	dir   string
	audit string
	texts *texts

	mu sync.Mutex // held while a file is written

	at     sync.Mutex // guards the two below
	root   *os.Root   // of the folder that dir led to when it was last needed; nil while there is none
	closed bool
}

// Open opens a folder. audit is the file that every change is listed in, outside of the folder; empty for none. What an
// earlier program that was killed had half written is removed.
func Open(dir, audit string) (*Book, error) {
	b := At(dir, audit)
	if _, err := b.folder(); err != nil {
		return nil, err
	}
	return b, nil
}

// At returns the book of a folder that need not be there yet, such as one that is mounted late: it opens once the folder
// has come. See Ready.
func At(dir, audit string) *Book { return &Book{dir: dir, audit: audit, texts: newTexts()} }

// Ready returns nil when there is a folder to change, and else why not: errors of package os, or that it is none. A nil
// book is not ready.
func (b *Book) Ready() error {
	if b == nil {
		return errors.New("there are no files to change")
	}
	_, err := b.folder()
	return err
}

// folder returns the folder that dir leads to now: another one may have been mounted there, or a link turned round, since
// it was last looked at. What still reads from the one before may go on doing so.
func (b *Book) folder() (*os.Root, error) {
	b.at.Lock()
	defer b.at.Unlock()
	root, err := b.reopened()
	if err != nil {
		return nil, fmt.Errorf("open the knowledge for changes: %w", err)
	}
	return root, nil
}

// reopened is folder, for whoever holds at.
func (b *Book) reopened() (*os.Root, error) {
	if b.closed {
		return nil, fs.ErrClosed
	}
	there, err := os.Stat(b.dir)
	if err != nil {
		return nil, err
	}
	if b.root != nil {
		if open, err := b.root.Stat("."); err == nil && os.SameFile(open, there) {
			return b.root, nil
		}
	}
	if err := outside(b.dir, b.audit); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(b.dir)
	if err != nil {
		return nil, err
	}
	b.root = root // the one before closes itself once nobody reads from it
	sweep(root)
	return root, nil
}

// outside returns an error when the audit list would lie among staff's files, or dir is no folder.
func outside(dir, audit string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%q is not a folder", dir)
	}
	if audit == "" {
		return nil
	}
	folder, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return err
	}
	of, err := filepath.EvalSymlinks(filepath.Dir(audit))
	if err != nil {
		return fmt.Errorf("the audit list's folder: %w", err)
	}
	if folder, err = filepath.Abs(folder); err == nil {
		of, err = filepath.Abs(of)
	}
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(folder, of); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("the audit list %q would lie in the knowledge folder", audit)
	}
	return nil
}

// Close frees the folder.
func (b *Book) Close() error {
	b.at.Lock()
	defer b.at.Unlock()
	b.closed = true
	if b.root == nil {
		return nil
	}
	return b.root.Close()
}

// FS returns the folder as it is; while there is none, one in which nothing can be opened.
func (b *Book) FS() fs.FS {
	root, err := b.folder()
	if err != nil {
		return nowhere{err}
	}
	return root.FS()
}

// A nowhere is a folder that is not there.
type nowhere struct{ why error }

// Open returns why the folder is not there.
func (n nowhere) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: n.why}
}

// A found is a section in its file.
type found struct {
	file    string
	data    []byte
	view    view // of the file alone, or, for a new section, of the whole folder
	section knowledge.Section
}

// find looks a section up in the files as they are. The section may have moved to another file.
func (b *Book) find(id knowledge.SectionID, file string) (found, error) {
	for range 3 {
		f := found{file: file}
		var err error
		if f.data, err = b.read(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
		f.view = b.lookAt(file, file, f.data)
		var ok bool
		if f.section, ok = f.view.section(id); ok {
			return f, nil
		}
		if f.section, ok = b.look("", nil).section(id); !ok {
			return f, fmt.Errorf("%q: %w", id, ErrGone)
		}
		file = f.section.Source.File
	}
	return found{}, fmt.Errorf("%q: the files are changing too fast", id)
}

// read returns a file of the folder; fs.ErrNotExist when there is none.
func (b *Book) read(file string) ([]byte, error) {
	if !fs.ValidPath(file) || file == "." {
		return nil, fmt.Errorf("%q: %w", file, ErrName)
	}
	return fs.ReadFile(b.FS(), file)
}

// text returns a section as staff wrote it.
func (f found) text() (Text, error) {
	t := Text{File: f.file, Title: f.section.Title, Body: f.section.Body, Phrasings: f.section.Phrasings}
	p, ok, err := f.page()
	if err != nil {
		return Text{}, err
	}
	if ok {
		t.Body = p.body()
	}
	t.Revision = t.revision()
	return t, nil
}

// page opens the section's Markdown; false when its file is none.
func (f found) page() (page, bool, error) {
	s, err := readSource(f.file, f.data)
	if err != nil {
		return page{}, false, nil // read all the same, but not for changes: see Replace
	}
	return openPage(f.file, s.text, f.section.Source.Line)
}

// said looks a section up with its text as staff wrote it.
func (b *Book) said(s knowledge.Section) (found, Text, error) {
	f, err := b.find(s.ID, s.Source.File)
	if err != nil {
		return found{}, Text{}, err
	}
	t, err := f.text()
	return f, t, err
}

// Section returns a section as staff wrote it; ErrGone when the files have it no more.
func (b *Book) Section(s knowledge.Section) (Text, error) {
	_, t, err := b.said(s)
	if err != nil {
		return Text{}, fmt.Errorf("read a section: %w", err)
	}
	b.texts.keep(t)
	return t, nil
}
