package lint

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// places finds lines in staff's files. A file is read when it is first asked for; one that is no text has no lines.
type places struct {
	fsys  fs.FS
	files map[string][]string
}

func newPlaces(fsys fs.FS) *places { return &places{fsys, map[string][]string{}} }

// maxFile bounds a file whose lines are looked at, in bytes, as package knowledge bounds it.
const maxFile = 10 << 20

// lines returns a file's lines; none when it cannot be read as text.
func (p *places) lines(file string) []string {
	lines, ok := p.files[file]
	if !ok {
		lines = readLines(p.fsys, file)
		p.files[file] = lines
	}
	return lines
}

func readLines(fsys fs.FS, file string) []string {
	if !fs.ValidPath(file) || slices.Contains([]string{".docx", ".xlsx"}, strings.ToLower(path.Ext(file))) {
		return nil
	}
	info, err := fs.Stat(fsys, file)
	if err != nil || info.Size() > maxFile || !info.Mode().IsRegular() { // a pipe would wait for ever
		return nil
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil
	}
	text, _, ok := knowledge.TextOf(file, data)
	if !ok {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// find returns the line on which a text stands: the first from the section's own on, else the first of the file; 0 when
// there is none. Of a text with several lines the first counts.
func (p *places) find(s knowledge.Section, text string) int {
	text, _, _ = strings.Cut(text, "\n")
	if text = strings.TrimSpace(text); text == "" {
		return 0
	}
	lines := p.lines(s.Source.File)
	from := min(max(s.Source.Line-1, 0), len(lines))
	for i := range lines {
		at := (from + i) % len(lines)
		if strings.Contains(lines[at], text) {
			return at + 1
		}
	}
	return 0
}

// phrasing returns where a phrasing stands: in the section's file, or in the one that holds those of all.
func (p *places) phrasing(s knowledge.Section, phrasing string) knowledge.Position {
	if line := p.find(s, phrasing); line > 0 {
		return knowledge.Position{File: s.Source.File, Line: line}
	}
	for i, line := range p.lines(knowledge.PhrasingsFile) {
		if written, id, _ := strings.Cut(line, "\t"); strings.TrimSpace(written) == phrasing && strings.TrimSpace(id) == string(s.ID) {
			return knowledge.Position{File: knowledge.PhrasingsFile, Line: i + 1}
		}
	}
	return s.Source
}

// has reports whether the folder has a file.
func (p *places) has(file string) bool {
	if !fs.ValidPath(file) {
		return false
	}
	info, err := fs.Stat(p.fsys, file)
	return err == nil && info.Mode().IsRegular()
}
