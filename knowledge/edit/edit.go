// Package edit changes staff's files the way a careful colleague would: it touches only the lines concerned, shows the
// change before it is made, writes it whole or not at all, and never over somebody else's words.
//
//	Section ─► Text ─► Replace, AddPhrasing, NewSection … ─► Change ─► Try (look at it) ─► Apply (merge, write, audit)
//
// Before a Change is handed out, the folder is loaded as it would be: exactly the section that was meant has changed,
// and no error is new.
package edit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"

	"frontdesk/knowledge"
)

// A Change is one file before and after.
type Change struct {
	File    string              // slash-separated, relative to the folder
	Before  []byte              // nil for a new file
	After   []byte              // nil for a file that is removed
	Summary string              // one line for people, such as `add the phrasing "how much" to therapy#cost`
	Section knowledge.SectionID // that it is about; empty for none

	again func() (Change, error) // proposes the same for the files as they are by now; nil when nobody knows how
}

// A Text is a section as staff wrote it.
type Text struct {
	File      string
	Title     string // the heading, as plain text on one line
	Body      string // Markdown below the heading, without comments that hold phrasings
	Phrasings []string
	Revision  string // of this text; it tells Replace what the person who changed it had before them. Empty: not known
}

// A NewSection is a section that is yet to be written.
type NewSection struct {
	Article   knowledge.ArticleID // to add it to: Markdown or a table; empty for File
	File      string              // the new Markdown file, or one to add to; empty for a name made of the title. Only without Article
	Heading   string              // the title of a new file's article; empty for the section's own
	Title     string
	Body      string // Markdown
	Phrasings []string
	Lang      string    // of a new file (BCP 47); empty when unknown
	Author    string    // named in a comment, with At; empty for nobody
	At        time.Time // when it was written; zero for no date
}

// An Entry is a line of the audit list.
type Entry struct {
	At      time.Time `json:"at"`
	Author  string    `json:"author"`
	File    string    `json:"file"`
	Summary string    `json:"summary"`
	Before  string    `json:"before,omitempty"` // SHA-256 of the file, in hexadecimal; empty for none
	After   string    `json:"after,omitempty"`
}

// The errors that callers tell apart.
var (
	ErrFormat  = errors.New("this kind of file is not edited here") // HTML, plain text, .docx, .xlsx: see Replace
	ErrNotUTF8 = errors.New("the file is not UTF-8")                // ErrFormat too
	ErrGone    = errors.New("the section is not in the files any more")
	ErrSame    = errors.New("there is nothing to change")
	ErrName    = errors.New("not a name for an article's file")
)

// IsReadOnly reports whether a change was not made because the program may not write to the folder, or to the audit list.
func IsReadOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// A ConflictError says that somebody else changed the same lines meanwhile. Nothing was written.
type ConflictError struct {
	File   string
	Theirs []byte // the file as it is now
	Merged []byte // both versions of the file with markers around what differs; nil when Text is set
	Text   *Text  // the section as it is now, with its Revision; nil when the file as a whole was to be changed
	Joined Text   // both versions of the section, with markers in the body around lines that differ. A title that both changed is yours
}

// Error names the file.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s: somebody else changed the same lines meanwhile; nothing was written", e.File)
}

// A RefusedError says why a change would do something else than it is meant to. Its text is for staff.
type RefusedError struct {
	Text     string
	Problems []knowledge.Problem // errors that the change would bring; may be empty
}

// Error lists the reasons on one line.
func (e *RefusedError) Error() string {
	text := e.Text
	for _, p := range e.Problems {
		text += "; " + p.String()
	}
	return text
}

// revision names a text.
func (t Text) revision() string {
	t.Revision = ""
	data, err := json.Marshal(t)
	if err != nil {
		panic(err) // a plain struct of strings
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}
