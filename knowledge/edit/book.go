package edit

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"frontdesk/knowledge"
)

// A Book is a folder of staff's files that may be changed. It is safe for concurrent use.
type Book struct {
	root  *os.Root
	audit string
}

var errTodo = errors.New("not written yet")

// Open opens a folder. audit is the file that every change is listed in, outside of the folder; empty for none.
func Open(dir, audit string) (*Book, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Book{root: root, audit: audit}, nil
}

// Close frees the folder.
func (b *Book) Close() error { return b.root.Close() }

// FS returns the folder as it is.
func (b *Book) FS() fs.FS { return b.root.FS() }

// Section returns a section as staff wrote it; ErrGone when the files have it no more.
func (b *Book) Section(s knowledge.Section) (Text, error) { return Text{}, errTodo }

// Replace proposes another title, body and phrasings for a section.
func (b *Book) Replace(s knowledge.Section, t Text) (Change, error) { return Change{}, errTodo }

// AddPhrasing proposes one more phrasing for a section, of any format.
func (b *Book) AddPhrasing(s knowledge.Section, phrasing string) (Change, error) {
	return Change{}, errTodo
}

// NewSection proposes a section, in a file that is there or in a new one.
func (b *Book) NewSection(n NewSection) (Change, error) { return Change{}, errTodo }

// OutOfScope proposes a row of questions.tsv that says that no section answers a question.
func (b *Book) OutOfScope(question, lang string) (Change, error) { return Change{}, errTodo }

// Golden proposes a row of questions.tsv that says which section answers a question.
func (b *Book) Golden(question string, id knowledge.SectionID) (Change, error) {
	return Change{}, errTodo
}

// Try returns the folder as it would be with a change.
func (b *Book) Try(c Change) fs.FS { return b.root.FS() }

// Apply writes a change and lists it. When the file has changed since the change was proposed, both are merged; what
// cannot be is a *ConflictError, and nothing is written.
func (b *Book) Apply(ctx context.Context, author string, c Change) error { return errTodo }

// Diff returns the change as a unified diff.
func (c Change) Diff() string { return "" }

// Audit returns the last n entries of the audit list, newest first.
func (b *Book) Audit(n int) ([]Entry, error) { return nil, errTodo }
