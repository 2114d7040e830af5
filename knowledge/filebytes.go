package knowledge

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// hasFrontMatter reports whether a file begins as front matter does.
func (l *loader) hasFrontMatter(name string) bool {
	f, err := l.fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, 8)
	n, _ := io.ReadFull(f, start)
	return strings.HasPrefix(strings.TrimPrefix(string(start[:n]), "\ufeff"), "---")
}

// text reads and decodes a file.
func (l *loader) text(name string) (string, bool) {
	data, ok := l.bytes(name)
	if !ok {
		return "", false
	}
	text, found, ok := TextOf(name, data)
	if l.problems = append(l.problems, found...); !ok {
		return "", false
	}
	if strings.TrimSpace(text) == "" {
		l.problems.add(Position{File: name}, Error, "the file is empty", "write something into it, or remove it")
		return "", false
	}
	return text, true
}

// bytes reads a file within the limits.
func (l *loader) bytes(name string) ([]byte, bool) {
	at := Position{File: name}
	f, err := l.fsys.Open(name)
	if err != nil {
		l.problems.add(at, Error, "cannot be opened: "+reason(err), "check who may read it")
		return nil, false
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > l.limits.file {
		l.problems.add(at, Error, fmt.Sprintf("the file has %s; more than %s are not read", megabytes(info.Size()), megabytes(l.limits.file)), "split it")
		return nil, false
	}
	if l.read > l.limits.total {
		l.problems.add(at, Error, "left out: the folder's files have more than "+megabytes(l.limits.total)+" together", "split the folder")
		return nil, false
	}
	data, err := io.ReadAll(io.LimitReader(f, l.limits.file+1))
	l.read += int64(len(data))
	switch {
	case err != nil:
		l.problems.add(at, Error, "cannot be read: "+reason(err), "check who may read it")
	case int64(len(data)) > l.limits.file:
		l.problems.add(at, Error, fmt.Sprintf("the file has more than %s, which are not read", megabytes(l.limits.file)), "split it")
	default:
		return data, true
	}
	return nil, false
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// reason returns what went wrong without the path, which the position tells.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
