package publish

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"frontdesk/knowledge"
	"frontdesk/knowledge/filetree"
	"frontdesk/knowledge/versions"
)

// A Loader reads a folder, as knowledge.Load does.
type Loader func(fs.FS) (knowledge.Base, []knowledge.Problem)

// A Folder is staff's files as they were at one moment.
type Folder struct {
	ID       string // of the version that these files are
	FS       fs.FS  // the files that count, in memory
	Files    []versions.File
	Base     knowledge.Base
	Golden   []GoldenQuestion
	Problems []knowledge.Problem // of the articles, the settings and the golden questions
}

// Read reads a folder once: what is loaded, what its id is made of and what may be kept of it are the same bytes,
// whatever is saved meanwhile. Only the files that load reads, and questions.tsv, count.
func Read(fsys fs.FS, load Loader) (Folder, error) {
	r := &recorder{files: fsys, read: map[string][]byte{}}
	var f Folder
	f.Base, f.Problems = load(r)
	golden, problems := readGolden(r, f.Base)
	f.Golden, f.Problems = golden, append(f.Problems, problems...)
	f.FS = filetree.Of(r.read)
	var err error
	if f.ID, f.Files, err = versions.Describe(f.FS); err != nil {
		return f, fmt.Errorf("read the knowledge: %w", err)
	}
	sections := map[string]int{}
	for _, s := range f.Base.Sections() {
		sections[s.Source.File]++
	}
	for i := range f.Files {
		f.Files[i].Sections = sections[f.Files[i].Name]
	}
	return f, nil
}

// ReadPath reads the folder or file at path. The error says that there is none, or who may not read it.
func ReadPath(path string, load Loader) (Folder, error) {
	fsys, closer, err := knowledge.OpenDir(path)
	if err != nil {
		return Folder{}, err
	}
	defer closer.Close()
	return Read(fsys, load)
}

// Version returns the id of the version that files are.
func (p *Publisher) Version(fsys fs.FS) (string, error) {
	f, err := Read(fsys, p.config.Load)
	return f.ID, err
}

// noContactLeft keeps a folder from being served that other commands may well read.
var noContactLeft = knowledge.Problem{Source: knowledge.Position{File: "desk.yaml"}, Level: knowledge.Error,
	Text: "no contact link is left: people must always be able to reach a human", Advice: "write contact: with label: and url:"}

// toServe is a folder with what else keeps it from being served.
func toServe(f Folder, err error) (Folder, error) {
	if err == nil && f.Base.Settings.Contact.IsZero() {
		f.Problems = append(f.Problems, noContactLeft)
	}
	return f, err
}

// Errors returns those of the problems that keep a folder from being served.
func Errors(problems []knowledge.Problem) []knowledge.Problem {
	return among(problems, knowledge.Error)
}

func among(problems []knowledge.Problem, levels ...knowledge.Level) []knowledge.Problem {
	var some []knowledge.Problem
	for _, p := range problems {
		for _, level := range levels {
			if p.Level == level {
				some = append(some, p)
			}
		}
	}
	return some
}

// fingerprint tells apart what reading the files came to.
func (f Folder) fingerprint() string {
	var s strings.Builder
	s.WriteString(f.ID)
	for _, p := range f.Problems {
		s.WriteString("\n" + p.String())
	}
	return s.String()
}

// A recorder is a folder that remembers what was read of it: files that were read to their end.
type recorder struct {
	files fs.FS

	mu   sync.Mutex
	read map[string][]byte
}

// Open opens a file; what is read from it is remembered.
func (r *recorder) Open(name string) (fs.File, error) {
	f, err := r.files.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, nil
	}
	return &recording{File: f, name: name, recorder: r}, nil
}

// Stat describes a file.
func (r *recorder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.files, name) }

// ReadDir lists a folder.
func (r *recorder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.files, name) }

type recording struct {
	fs.File
	name     string
	data     []byte
	recorder *recorder
}

// Read reads on. At the end of the file, all of it is remembered.
func (f *recording) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	f.data = append(f.data, b[:n]...)
	if err == io.EOF {
		f.recorder.mu.Lock()
		f.recorder.read[f.name] = f.data
		f.recorder.mu.Unlock()
	}
	return n, err
}
