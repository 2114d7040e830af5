package knowledge

import (
	"bytes"
	"cmp"
	"io/fs"
	"time"
)

// ReadFile reads one file as [Load] reads each, without the folder around it: there are no settings, so that contact,
// language and dates are what the file itself says or, for the language, what its text looks like. name is the file's
// path in the folder; its ending says the format. lang is the article's language; empty to do without. There are several
// articles where a workbook has several sheets, and none when an error among the problems, or what is in the file, leaves
// nothing to use.
func ReadFile(name string, data []byte, lang string) ([]Article, []Problem) {
	l := loader{fsys: oneInMemory{name, data}, limits: defaultLimits}
	articles := l.articles(name)
	for i := range articles {
		articles[i].Lang = cmp.Or(lang, articles[i].Lang)
	}
	articles = complete(articles, Settings{Lang: "en"}, &l.problems)
	return articles, l.problems.sorted()
}

// oneInMemory is a file system of one file.
type oneInMemory struct {
	name string
	data []byte
}

// Open opens the one file.
func (f oneInMemory) Open(name string) (fs.File, error) {
	if name != f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return opened{bytes.NewReader(f.data), f}, nil
}

// opened is the one file, opened.
type opened struct {
	*bytes.Reader
	file oneInMemory
}

func (o opened) Stat() (fs.FileInfo, error) { return fileInfo{o.file}, nil }
func (o opened) Close() error               { return nil }

// fileInfo describes the one file.
type fileInfo struct{ file oneInMemory }

func (i fileInfo) Name() string     { return i.file.name }
func (i fileInfo) Size() int64      { return int64(len(i.file.data)) }
func (fileInfo) Mode() fs.FileMode  { return 0o444 }
func (fileInfo) ModTime() time.Time { return time.Time{} }
func (fileInfo) IsDir() bool        { return false }
func (fileInfo) Sys() any           { return nil }
