package knowledge

import (
	"crypto/sha256"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"frontdesk/knowledge/lang"
)

// A Memory loads folders, and remembers how files were read: of a folder that is loaded again, only files that changed
// are taken apart anew. Its zero value is ready. It is safe for concurrent use.
type Memory struct {
	mu    sync.Mutex
	loads int
	files map[fileContent]*fileRead
}

// A fileContent is what a file is read from: some formats make ids and titles of its name.
type fileContent struct {
	name string
	sum  [sha256.Size]byte
}

// A fileRead is what was made of it, before anything else in the folder counts.
type fileRead struct {
	articles []Article
	problems problems
	last     int // load that needed it
}

// forgotten is after how many loads a file that none of them needed is forgotten: between two saves of one file, a draft
// of another may be tried.
const forgotten = 4

// Load is the function Load.
func (m *Memory) Load(fsys fs.FS, fallback Handoff) (Base, []Problem) {
	m.begin()
	return load(fsys, fallback, defaultLimits, m)
}

// begin counts a load, and forgets what the last ones did not need.
func (m *Memory) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	for content, read := range m.files {
		if read.last < m.loads-forgotten {
			delete(m.files, content)
		}
	}
}

// recall returns what read makes of a file, by reading it unless that is remembered. What comes back is the caller's to
// change, but for the elements of slices within sections. A nil memory remembers nothing.
func (m *Memory) recall(name string, content []byte, read func(*problems) []Article) ([]Article, problems) {
	if m == nil {
		var p problems
		return read(&p), p
	}
	key := fileContent{name, sha256.Sum256(content)}
	known := m.find(key)
	if known == nil {
		known = &fileRead{}
		known.articles = read(&known.problems)
		m.keep(key, known)
	}
	return copied(known.articles), slices.Clone(known.problems)
}

func (m *Memory) find(key fileContent) *fileRead {
	m.mu.Lock()
	defer m.mu.Unlock()
	known := m.files[key]
	if known != nil {
		known.last = m.loads
	}
	return known
}

func (m *Memory) keep(key fileContent, read *fileRead) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[fileContent]*fileRead{}
	}
	read.last = m.loads
	m.files[key] = read
}

// copied returns articles whose fields, and those of their sections, may be set.
func copied(articles []Article) []Article {
	all := slices.Clone(articles)
	for i := range all {
		all[i].Sections = slices.Clone(all[i].Sections)
	}
	return all
}

// recall returns what read makes of a file's content, and adds what is wrong with it.
func (l *loader) recall(name string, content []byte, p *problems, read func(*problems) []Article) []Article {
	all, found := l.memory.recall(name, content, func(p *problems) []Article {
		articles := readSafely(name, p, func() []Article { return read(p) })
		for i := range articles {
			if articles[i].Lang == "" {
				articles[i].Lang = looksLike(articles[i])
			}
		}
		return articles
	})
	*p = append(*p, found...)
	return all
}

// looksLike returns the language that an article's text looks like; empty when that cannot be told.
func looksLike(a Article) string {
	var text strings.Builder
	for _, sec := range a.Sections {
		text.WriteString(sec.Title + "\n" + sec.Body + "\n")
		if text.Len() > 32<<10 {
			break
		}
	}
	code, _ := lang.Detect(text.String(), nil)
	return code
}
