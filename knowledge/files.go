package knowledge

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// limits say how much is read. Files beyond them are errors and are not read.
type limits struct {
	file  int64 // bytes in one file
	total int64 // bytes in all files together
	files int
}

var defaultLimits = limits{file: 10 << 20, total: 64 << 20, files: 20_000}

// A folder is what walk found.
type folder struct {
	articles []string // sorted
	desk     string   // the path of desk.yaml; empty for none
	crisis   string   // the path of crisis.yaml; empty for none

	phrasings string // the path of phrasings.tsv; empty for none
}

// walk lists the files to read. It follows links to files, as far as fsys allows, but not links to folders.
func (l *loader) walk() folder {
	var found folder
	seen := 0
	err := fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			l.problems.add(Position{File: name}, Error, "cannot be read: "+reason(err), "check that the file is there and who may read it")
			return nil
		case name == ".":
			return nil
		case Hidden(d.Name()) && d.IsDir():
			return fs.SkipDir
		case Hidden(d.Name()):
			return nil
		case !showable(d.Name()):
			return l.unshowable(name, d)
		case d.IsDir():
			if settingsFile(name) {
				l.problems.add(Position{File: name}, Error, "this is a folder with the name of a file", "put the file in its place")
			}
			return nil
		}
		if seen++; seen > l.limits.files {
			l.problems.add(Position{}, Error, fmt.Sprintf("the folder holds more than %d files; the rest was not read", l.limits.files), "split the folder")
			return fs.SkipAll
		}
		if l.readable(name, d) {
			l.sort(name, &found)
		}
		return nil
	})
	if err != nil {
		l.problems.add(Position{}, Error, "the folder cannot be read: "+reason(err), "check its path and who may read it")
	}
	slices.Sort(found.articles)
	return found
}

// showable reports whether a name can be shown as it is: in one line, from which a terminal takes no orders.
func showable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
	})
}

// unshowable leaves out what has a name that cannot be shown. It is an error for what may hold articles, and not for what
// systems make, such as the file of a folder's icon.
func (l *loader) unshowable(name string, d fs.DirEntry) error {
	at, level := Position{File: strconv.Quote(name)}, Notice
	if _, article := readers()[strings.ToLower(path.Ext(name))]; article || d.IsDir() {
		level = Error
	}
	l.problems.add(at, level, "left out: its name holds a line break or another character that cannot be shown", "rename it")
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// settingsFile reports whether a file of this path would be read for what it says of the whole folder.
func settingsFile(name string) bool {
	switch strings.ToLower(name) {
	case "desk.yaml", "desk.yml", "crisis.yaml", "crisis.yml", PhrasingsFile, QuestionsFile:
		return true
	}
	return false
}

// sort puts a file where it belongs.
func (l *loader) sort(name string, found *folder) {
	base, at := strings.ToLower(path.Base(name)), Position{File: name}
	extension := path.Ext(base)
	_, article := readers()[extension]
	switch {
	case base == "desk.yaml" || base == "desk.yml":
		l.only(&found.desk, name)
	case base == "crisis.yaml" || base == "crisis.yml":
		l.only(&found.crisis, name)
	case base == PhrasingsFile:
		l.only(&found.phrasings, name)
	case base == QuestionsFile:
		// golden questions, for the command that checks answers
	case strings.TrimSuffix(base, extension) == "readme" && !l.hasFrontMatter(name):
		l.problems.add(at, Notice, "left out: a README describes the folder", "give it front matter if it is an article")
	case saveAs[extension] != "":
		l.problems.add(at, Warning, "left out: files that end in "+extension+" are not read", "open it, and save it as "+saveAs[extension])
	case !article:
		l.problems.add(at, Notice, "left out: articles end in "+strings.Join(extensions(), ", "), "")
	default:
		found.articles = append(found.articles, name)
	}
}

// saveAs are formats of articles that are not read, with one that they can be saved in.
var saveAs = map[string]string{
	".doc": ".docx", ".odt": ".docx", ".rtf": ".docx", ".pages": ".docx", ".docm": ".docx",
	".xls": ".xlsx", ".ods": ".xlsx", ".numbers": ".xlsx", ".xlsm": ".xlsx",
}

// only takes a settings file, of which there is one, at the top of the folder.
func (l *loader) only(into *string, name string) {
	switch {
	case strings.Contains(name, "/"):
		l.problems.add(Position{File: name}, Warning, "left out: it counts only at the top of the folder", "move the file up, or remove it")
	case *into != "":
		l.problems.add(Position{File: name}, Error, fmt.Sprintf("there is also %s", *into), "keep one of the two")
	default:
		*into = name
	}
}

// readable reports whether name is a file, or a link to one within the folder.
func (l *loader) readable(name string, d fs.DirEntry) bool {
	at, kind := Position{File: name}, d.Type()
	if kind&fs.ModeSymlink != 0 {
		info, err := fs.Stat(l.fsys, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			l.problems.add(at, Error, "the link leads nowhere", "put the file in its place, or remove the link")
			return false
		case err != nil && settingsFile(name): // without it there may be no contact, and other helplines
			l.problems.add(at, Error, "the link leaves the folder, or cannot be followed", "copy the file here instead of linking to it")
			return false
		case err != nil:
			l.problems.add(at, Warning, "left out: the link leaves the folder, or cannot be followed", "copy the file here instead of linking to it")
			return false
		}
		if info.IsDir() {
			l.problems.add(at, Warning, "left out: links to folders are not followed", "move the folder here")
			return false
		}
		kind = info.Mode().Type()
	}
	if !kind.IsRegular() {
		l.problems.add(at, Warning, "left out: not a file", "put a file in its place, or remove it")
		return false
	}
	return true
}

// Hidden reports whether name belongs to the system or is an editor's half-written copy.
func Hidden(name string) bool {
	lower := strings.ToLower(name)
	for _, ending := range []string{"~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".part", ".crdownload"} {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

// extensions lists what articles end in.
func extensions() []string { return slices.Sorted(maps.Keys(readers())) }
