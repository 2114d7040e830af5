// Package versions keeps what was published of the knowledge folder: every version whole, so that any of them can be
// loaded again, listed and brought back.
//
// A store is a folder:
//
//	objects/3f/3f9a…             the content of files, by their SHA-256: equal files are kept once
//	records/20261123T073656.000000000Z-ab12….json
//	                             one version each: what it is, and which file has which content
//	orders/                      what staff want of the running server: see Approval, Pin and Restore
//
// Files appear whole or not at all: they are written beside, synced and renamed. What a crash leaves behind is either
// complete, or passed over and named by [Store.Problems].
package versions

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// A Version is one state of the knowledge folder.
type Version struct {
	ID       string       `json:"id"`                // a hash of all files' names and contents: see Describe
	At       time.Time    `json:"at"`                // when it was kept
	Author   string       `json:"author,omitempty"`  // who published it, if known
	Reason   string       `json:"reason,omitempty"`  // in staff's words or the program's; may be empty
	Forced   bool         `json:"forced,omitempty"`  // the gate had blocked it
	Draft    bool         `json:"draft,omitempty"`   // it was never served: kept so that nothing is lost
	Sections int          `json:"sections"`          // in all files together
	Files    []File       `json:"files"`             // sorted by name; not to be changed
	Changes  []FileChange `json:"changes,omitempty"` // since the version that served before it, sorted by name; none for the first
}

// A File is one file of a version.
type File struct {
	Name     string `json:"name"` // slash-separated, relative to the folder
	SHA256   string `json:"sha256"`
	Size     int64  `json:"size"`
	Sections int    `json:"sections"`
}

// A FileChange is what became of one file between two versions.
type FileChange struct {
	File   string `json:"file"`
	Kind   Kind   `json:"kind"`
	Before int    `json:"before"` // sections; 0 for an added file
	After  int    `json:"after"`  // sections; 0 for a removed file
}

// A Kind says how a file changed.
type Kind string

// The kinds.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Removed Kind = "removed"
)

// Describe returns the files of a folder, sorted by name and without those that are hidden, and the id that a version
// of just these files has. Sections are left at zero.
func Describe(fsys fs.FS) (id string, files []File, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case knowledge.Hidden(d.Name()) && d.IsDir():
			return fs.SkipDir
		case knowledge.Hidden(d.Name()) || d.IsDir():
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		files = append(files, File{Name: name, SHA256: hashOf(data), Size: int64(len(data))})
		return nil
	})
	if err != nil {
		return "", nil, fmt.Errorf("read the folder: %w", err)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return idOf(files), files, nil
}

// idOf is the id of a version with these files, sorted by name. No name holds a line break: fs.ValidPath allows them,
// so they are quoted.
func idOf(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %q\n", f.SHA256, f.Name)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// validID is what ids look like: they become names of files.
var validID = regexp.MustCompile(`^[0-9a-f]{24}$`)

// Diff returns what became of the files from one version to another, sorted by name.
func Diff(before, after []File) []FileChange {
	old := map[string]File{}
	for _, f := range before {
		old[f.Name] = f
	}
	var changes []FileChange
	for _, f := range after {
		was, known := old[f.Name]
		delete(old, f.Name)
		switch {
		case !known:
			changes = append(changes, FileChange{File: f.Name, Kind: Added, After: f.Sections})
		case was.SHA256 != f.SHA256:
			changes = append(changes, FileChange{f.Name, Changed, was.Sections, f.Sections})
		}
	}
	for _, f := range old {
		changes = append(changes, FileChange{File: f.Name, Kind: Removed, Before: f.Sections})
	}
	slices.SortFunc(changes, func(a, b FileChange) int { return strings.Compare(a.File, b.File) })
	return changes
}
