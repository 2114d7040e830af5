package edit

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// attempts is how often Apply looks at a file again that others keep changing.
const attempts = 5

// Apply writes a change whole or not at all, and lists it with its author. When the file has changed since the change
// was proposed, the same is proposed again for the file as it is, or else both are merged line by line; what cannot be
// merged is a *ConflictError, and nothing is written. A change that somebody else has made already is no error.
func (b *Book) Apply(ctx context.Context, author string, c Change) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range attempts {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("change %s: %w", c.File, err)
		}
		now, err := b.readIfThere(c.File)
		if err != nil {
			return fmt.Errorf("change %s: %w", c.File, err)
		}
		if same(now, c.After) {
			return nil
		}
		if !same(now, c.Before) {
			if c, err = b.rebase(c, now); errors.Is(err, ErrSame) {
				return nil
			} else if err != nil {
				return err
			}
			continue // the file may be another one now
		}
		switch err := b.put(author, c); {
		case errors.Is(err, errMoved):
			continue
		case err != nil:
			return fmt.Errorf("change %s: %w", c.File, err)
		}
		return nil
	}
	return fmt.Errorf("change %s: the file is being changed all the time", c.File)
}

func same(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }

// rebase makes a change fit a file that has changed.
func (b *Book) rebase(c Change, now []byte) (Change, error) {
	if c.again != nil {
		again, err := c.again()
		again.again = c.again
		return again, err
	}
	if now == nil || c.Before == nil || c.After == nil {
		return c, &ConflictError{File: c.File, Theirs: now, Merged: []byte(strings.Join(marked(split(string(c.After)), split(string(now))), ""))}
	}
	lines, clean := merge(split(string(c.Before)), split(string(c.After)), split(string(now)))
	merged := []byte(strings.Join(lines, ""))
	if !clean {
		return c, &ConflictError{File: c.File, Theirs: now, Merged: merged}
	}
	if found := newErrors(b.look(c.File, now).problems, b.look(c.File, merged).problems); len(found) > 0 {
		return c, &RefusedError{Text: "together with what somebody else changed meanwhile this would break the files", Problems: found}
	}
	c.Before, c.After = now, merged
	return c, nil
}

// errMoved says that a file changed while its successor was being written.
var errMoved = errors.New("the file has changed")

// ours begins the names of files that are half written. Package knowledge and its watcher pass over them.
const ours = ".frontdesk-"

// put replaces a file: the new content is on the disk before it takes the old one's place.
func (b *Book) put(author string, c Change) error {
	root, err := b.folder()
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if info, err := root.Lstat(c.File); err == nil {
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%q is a link; change the file that it leads to", c.File)
		}
		mode = info.Mode().Perm()
	}
	entry := Entry{At: time.Now().UTC(), Author: author, File: c.File, Summary: c.Summary, Before: hash(c.Before), After: hash(c.After)}
	if c.After == nil {
		if now, err := b.readIfThere(c.File); err != nil || !same(now, c.Before) { // as late as can be
			return errors.Join(errMoved, err)
		}
		if err := b.list(entry); err != nil {
			return err
		}
		if err := root.Remove(c.File); err != nil {
			return errors.Join(err, b.list(entry.unwritten()))
		}
		syncDir(root, path.Dir(c.File))
		return nil
	}
	temp := path.Join(path.Dir(c.File), ours+strings.ToLower(rand.Text())+".tmp")
	if err := writeFile(root, temp, c.After, mode); err != nil {
		return errors.Join(err, remove(root, temp))
	}
	if now, err := b.readIfThere(c.File); err != nil || !same(now, c.Before) { // as late as can be
		return errors.Join(errMoved, err, remove(root, temp))
	}
	// Listed first: a change that is not in the list cannot be, and one that was not made after all is told by its hash.
	if err := b.list(entry); err != nil {
		return errors.Join(err, remove(root, temp))
	}
	if err := root.Rename(temp, c.File); err != nil {
		return errors.Join(err, remove(root, temp), b.list(entry.unwritten()))
	}
	syncDir(root, path.Dir(c.File))
	return nil
}

// unwritten takes an entry back, in an entry of its own.
func (e Entry) unwritten() Entry {
	e.Summary, e.After = "not written: "+e.Summary, e.Before
	return e
}

func writeFile(root *os.Root, name string, data []byte, mode fs.FileMode) (err error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil { // whatever the mask says: others could read the old one too
		return err
	}
	return f.Sync()
}

func remove(root *os.Root, name string) error {
	if err := root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir writes a folder's list of names to the disk. Not every file system can; the file itself is safe.
func syncDir(root *os.Root, dir string) {
	if f, err := root.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}

// sweep removes half-written files of programs that were killed. What is young may be another program's at work.
func sweep(root *os.Root) {
	const old = time.Hour
	_ = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), ours) || !strings.HasSuffix(d.Name(), ".tmp") {
			return nil
		}
		if info, err := d.Info(); err == nil && time.Since(info.ModTime()) > old {
			_ = root.Remove(name)
		}
		return nil
	})
}
