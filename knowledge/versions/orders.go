package versions

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// Orders are small files by which one program tells another that shares the store what staff want:
//
//	orders/approve-ID.json   an Approval
//	orders/pin.json          a Pin
//	orders/restore.json      a Restore, while the knowledge folder is being written to

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
	Why  string `json:"why"`  // what kept the files from being put back
}

// A Restore is under way, or was cut short: the files of version From are being replaced by those of version ID.
type Restore struct {
	Approval
	From string `json:"from"`
}

const (
	pinFile     = "pin.json"
	restoreFile = "restore.json"
)

// Orders returns the folder with the orders, to be watched.
func (s *Store) Orders() string { return filepath.Join(s.dir, ordersDir) }

// Approve lets the version with a.ID pass the gate. It need not be kept yet.
func (s *Store) Approve(a Approval) error {
	if !validID.MatchString(a.ID) {
		return fmt.Errorf("approve %q: no id of a version", a.ID)
	}
	return s.order(approvalFile(a.ID), a)
}

// Approved returns the approval of a version, if there is one.
func (s *Store) Approved(id string) (Approval, bool) {
	var a Approval
	ok := validID.MatchString(id) && s.ordered(approvalFile(id), &a) == nil && a.ID == id
	return a, ok
}

// Disapprove takes an approval back; no error when there is none.
func (s *Store) Disapprove(id string) error {
	if !validID.MatchString(id) {
		return nil
	}
	return s.withdraw(approvalFile(id))
}

func approvalFile(id string) string { return "approve-" + id + ".json" }

// Pin makes a kept version serve in the place of the files.
func (s *Store) Pin(p Pin) error { return s.order(pinFile, p) }

// Pinned returns the pin, if there is one.
func (s *Store) Pinned() (Pin, bool) {
	var p Pin
	ok := s.ordered(pinFile, &p) == nil && p.ID != ""
	return p, ok
}

// Unpin lets the files serve again.
func (s *Store) Unpin() error { return s.withdraw(pinFile) }

// Restoring returns what is being restored, or was when a program was killed.
func (s *Store) Restoring() (Restore, bool) {
	var r Restore
	ok := s.ordered(restoreFile, &r) == nil && r.ID != ""
	return r, ok
}

// Waiting reports whether there are orders that nobody has carried out: an approval, a restore, or a pin that is not as
// pinned says.
func (s *Store) Waiting(pinned bool) bool {
	entries, err := fs.ReadDir(s.root.FS(), ordersDir)
	if err != nil {
		return false
	}
	pin := false
	for _, e := range entries {
		switch {
		case e.Name() == pinFile:
			pin = true
		case strings.HasSuffix(e.Name(), ".json"):
			return true
		}
	}
	return pin != pinned
}

func (s *Store) order(name string, what any) error {
	data, err := json.MarshalIndent(what, "", "\t")
	if err != nil {
		return err
	}
	if err := writeFile(s.root, path.Join(ordersDir, name), data); err != nil {
		return fmt.Errorf("write an order: %w", err)
	}
	return syncDir(s.root, ordersDir)
}

func (s *Store) ordered(name string, what any) error {
	data, err := s.root.ReadFile(path.Join(ordersDir, name))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, what)
}

func (s *Store) withdraw(name string) error {
	if err := s.root.Remove(path.Join(ordersDir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("withdraw an order: %w", err)
	}
	return syncDir(s.root, ordersDir)
}

// orderProblems says which orders cannot be read, as those that another user's program wrote may be.
func (s *Store) orderProblems() []knowledge.Problem {
	entries, err := fs.ReadDir(s.root.FS(), ordersDir)
	if err != nil {
		return nil
	}
	var problems []knowledge.Problem
	for _, e := range entries {
		var anything map[string]any
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		if err := s.ordered(e.Name(), &anything); err != nil {
			problems = append(problems, knowledge.Problem{
				Source: knowledge.Position{File: filepath.Join(s.Orders(), e.Name())}, Level: knowledge.Warning,
				Text: "this order cannot be read: " + err.Error(), Advice: "remove the file and give the order again",
			})
		}
	}
	return problems
}
