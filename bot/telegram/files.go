package telegram

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// eachLine calls f with every whole line of a file; a missing file has none.
func eachLine(name string, f func(line []byte)) error {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for line := range bytes.Lines(data) {
		if whole, ok := bytes.CutSuffix(line, []byte("\n")); ok {
			f(whole)
		}
	}
	return err
}

// replace writes a file anew under its name, all or nothing, and returns it open for writing at its end. On an error it
// returns old, which stays as it was.
func replace(old *os.File, name string, content []byte) (*os.File, error) {
	f, err := os.OpenFile(name+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return old, err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		f.Close()
		return old, err
	}
	if old != nil {
		old.Close()
	}
	syncDir(filepath.Dir(name))
	return f, nil
}

// syncDir makes the names in a folder last. Not every file system can; the files themselves are safe.
func syncDir(name string) {
	if d, err := os.Open(name); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
