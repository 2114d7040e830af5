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
	root  *os.Root
	audit string
	texts *texts

	mu sync.Mutex // held while a file is written
}

// Open opens a folder. audit is the file that every change is listed in, outside of the folder; empty for none. What an
// earlier program that was killed had half written is removed.
func Open(dir, audit string) (*Book, error) {
	if err := outside(dir, audit); err != nil {
		return nil, fmt.Errorf("open the knowledge for changes: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the knowledge for changes: %w", err)
	}
	b := &Book{root: root, audit: audit, texts: newTexts()}
	b.sweep()
	return b, nil
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
func (b *Book) Close() error { return b.root.Close() }

// FS returns the folder as it is.
func (b *Book) FS() fs.FS { return b.root.FS() }

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

// Section returns a section as staff wrote it; ErrGone when the files have it no more.
func (b *Book) Section(s knowledge.Section) (Text, error) {
	f, err := b.find(s.ID, s.Source.File)
	if err != nil {
		return Text{}, fmt.Errorf("read a section: %w", err)
	}
	t, err := f.text()
	if err != nil {
		return Text{}, fmt.Errorf("read a section: %w", err)
	}
	b.texts.keep(t)
	return t, nil
}

// maxTexts bounds how many texts are kept for merging.
const maxTexts = 512

// A texts keeps what people had before them when they began to write, so that it can be told what they changed.
type texts struct {
	mu    sync.Mutex
	known map[string]Text
	order []string
}

func newTexts() *texts { return &texts{known: map[string]Text{}} }

func (t *texts) keep(text Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.known[text.Revision]; ok {
		return
	}
	if len(t.order) == maxTexts {
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
	t.known[text.Revision] = text
	t.order = append(t.order, text.Revision)
}

func (t *texts) get(revision string) (Text, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, ok := t.known[revision]
	return text, ok
}
