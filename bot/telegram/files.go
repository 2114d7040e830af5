package telegram

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
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

// replace writes a file anew under its name, all or nothing, and returns it open for appending. On an error it
// returns old, which stays as it was.
func replace(old *os.File, name string, write func(*bufio.Writer)) (*os.File, error) {
	f, err := os.OpenFile(name+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return old, err
	}
	w := bufio.NewWriter(f)
	write(w)
	if err := errors.Join(w.Flush(), f.Sync()); err != nil {
		f.Close()
		return old, err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		f.Close()
		return old, err
	}
	if old != nil {
		old.Close()
	}
	return f, nil
}
