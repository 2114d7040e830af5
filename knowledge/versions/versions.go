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
	"time"
)

// A Version is one state of the knowledge folder.
type Version struct {
	ID       string       `json:"id"`                // a hash of all files' names and contents: see ID
	At       time.Time    `json:"at"`                // when it was kept
	Author   string       `json:"author,omitempty"`  // who published it, if known
	Reason   string       `json:"reason,omitempty"`  // in staff's words or the program's; may be empty
	Forced   bool         `json:"forced,omitempty"`  // the gate had blocked it
	Draft    bool         `json:"draft,omitempty"`   // it was never served: kept so that nothing is lost
	Sections int          `json:"sections"`          // in all files together
	Files    []File       `json:"files"`             // sorted by name
	Changes  []FileChange `json:"changes,omitempty"` // since the version kept before it, sorted by name
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

// An Approval lets one version go live although the gate blocks it.
type Approval struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Author string    `json:"author,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Back   bool      `json:"back,omitempty"` // the version is an earlier one that was brought back
}

// A Pin makes a kept version serve in the place of the files, until they change: for folders that cannot be written to.
type Pin struct {
	Approval
	Disk string `json:"disk"` // the version that the files are, for as long as the pin holds
}
