package versions

import (
	"io/fs"

	"frontdesk/knowledge"
)

// A Store keeps versions in a folder. It is safe for concurrent use, also by several programs.
type Store struct {
	dir  string
	keep int
}

// Open opens the store in dir, which is made when it is not there. keep bounds how many versions are kept; 50 when it
// is 0 or less.
func Open(dir string, keep int) (*Store, error) { panic("soon") }

// Keep keeps all files of fsys that are not hidden as one version. v says who and why, and in Files how many sections
// each file has; ID, hashes, Changes and Sections are filled in. The newest version is returned as it is when it has
// the same files and is no less than v: no draft for one that serves.
func (s *Store) Keep(fsys fs.FS, v Version) (Version, error) { panic("soon") }

// List returns the versions, newest first. What cannot be read is passed over: see Problems.
func (s *Store) List() ([]Version, error) { panic("soon") }

// Problems says which of the store's records cannot be read.
func (s *Store) Problems() ([]knowledge.Problem, error) { panic("soon") }

// Version returns the newest version with this id, or with the only one that begins so; fs.ErrNotExist for none.
func (s *Store) Version(id string) (Version, error) { panic("soon") }

// FS returns a version as a folder, for knowledge.Load; fs.ErrNotExist when there is no such version. A file whose
// content is damaged cannot be opened.
func (s *Store) FS(id string) (fs.FS, error) { panic("soon") }

// Approve lets the version with a.ID pass the gate.
func (s *Store) Approve(a Approval) error { panic("soon") }

// Approved returns the approval of a version, if there is one.
func (s *Store) Approved(id string) (Approval, bool) { panic("soon") }
