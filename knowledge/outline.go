package knowledge

import (
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"
)

// An Outline says where the parts of a Markdown article stand in its text, for whoever changes the file. Offsets are
// bytes of the text with plain newlines and without a byte order mark.
type Outline struct {
	Lines    []int  // where each line begins, the first at 0
	Front    [2]int // the YAML between the lines of dashes, which may be empty; both 0 without such lines
	Chapters []Chapter
	Notes    []Note
}

// A Chapter is a heading with the text below it, whether it makes a section or not.
type Chapter struct {
	Level int       // 1 to 6; 0 for the text before the first heading
	Title string    // plain text; of the heading that names the whole article as well
	ID    SectionID // that the heading fixes; empty for none
	Line  int       // of the heading, from 1
	Start int       // of the heading; of the text for a chapter without
	Text  int       // where the text below the heading begins
	End   int       // where the next chapter starts
	Also  [][2]int  // the comments with phrasings, each with its line end
}

// A Note is what front matter says about one section.
type Note struct {
	Name string // the heading or id that it finds its section by
	Line int    // where Name stands
	Of   int    // the Line of the section's chapter
}

// OutlineOf returns the outline of a file's text; false when the file is not read as Markdown.
func OutlineOf(name, text string) (Outline, bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
	case ".txt", ".text":
		if !markdownByAnotherName(name, text) {
			return Outline{}, false
		}
	default:
		return Outline{}, false
	}
	var p problems
	yaml, start := cutFrontMatter(name, text, &p)
	front := readFrontMatter(name, yaml, &p)
	d := markdownDoc{name: name, source: text[start:], above: countLines(text[:start]), problems: &p}
	o := Outline{Lines: lineStarts(text)}
	if _, err := boundMarkup(d.source); err != nil {
		return o, true
	}
	if start > 0 {
		from := strings.IndexByte(text, '\n') + 1
		o.Front = [2]int{from, from + len(yaml)}
	}
	for _, c := range d.chapters() {
		below := start + c.text
		if c.level > 0 && c.text < c.end { // the heading's line end
			below++
		}
		var also [][2]int
		for _, m := range alsoBelow.FindAllStringIndex(text[below:start+c.end], -1) {
			also = append(also, [2]int{below + m[0], below + m[1]})
		}
		o.Chapters = append(o.Chapters, Chapter{c.level, c.title, c.id, c.line, start + c.start, below, start + c.end, also})
	}
	sections := d.article(Article{}).Sections
	find := sectionFinder(sections)
	for _, note := range front.sections {
		if i := find(note.name); i >= 0 {
			o.Notes = append(o.Notes, Note{note.name, note.named.Line, sections[i].Source.Line})
		}
	}
	return o, true
}

// markdownByAnotherName reports whether plain text has enough headings to be read as Markdown.
func markdownByAnotherName(name, text string) bool {
	var p problems
	_, start := cutFrontMatter(name, text, &p)
	return len(markdownHeading.FindAllString(text[start:], 2)) > 1
}

// A Sheet says where the cells of a table stand in its text, for whoever changes the file. Offsets are as in Outline.
type Sheet struct {
	Separator rune
	Columns   map[string]int // index by name: id, question, answer, alternates and so on
	Width     int            // cells in the header
	Header    int            // where the header's last cell ends
	Rows      []Row          // below the header
}

// A Row is a line of a table, or several where cells hold line breaks.
type Row struct {
	Line  int // from 1
	Cells [][2]int
}

// SheetOf returns where the cells of a table's text stand. The error says where it stops being a table.
func SheetOf(text string) (Sheet, error) {
	var p problems
	t, records, err := openTable("", text, &p)
	if err != nil {
		return Sheet{}, err
	}
	if t.at == nil {
		return Sheet{}, errors.New("the first line names no columns")
	}
	s := Sheet{Separator: records.Comma, Columns: t.at, Width: t.width}
	body := len(text) - len(t.body)
	s.Header = body + len(strings.TrimRight(t.body[:records.InputOffset()], "\n"))
	starts := lineStarts(t.body)
	for {
		cells, err := records.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return Sheet{}, err
		}
		line, _ := records.FieldPos(0)
		row := Row{Line: t.above + line}
		for i := range cells {
			line, column := records.FieldPos(i)
			row.Cells = append(row.Cells, [2]int{body + starts[line-1] + column - 1, 0})
		}
		row.close(body+int(records.InputOffset()), text)
		s.Rows = append(s.Rows, row)
	}
}

// close sets where the cells end: before the next one's separator, and before the end of the line.
func (r Row) close(end int, text string) {
	for i := range r.Cells {
		if i+1 < len(r.Cells) {
			r.Cells[i][1] = r.Cells[i+1][0] - 1
			continue
		}
		r.Cells[i][1] = end
		if end > r.Cells[i][0] && text[end-1] == '\n' {
			r.Cells[i][1] = end - 1
		}
	}
}

// lineStarts returns where each line begins.
func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// openTable reads a table's header; without the columns that must be there, t.at is nil.
func openTable(name, text string, p *problems) (t table, records *csv.Reader, err error) {
	t = table{name: name, problems: p}
	body, skipped := strings.CutPrefix(text, "sep=")
	if skipped { // what Excel writes to say what separates cells
		_, body, _ = strings.Cut(body, "\n")
		t.above = 1
	}
	t.body = body
	records = csv.NewReader(strings.NewReader(body))
	records.Comma = separator(body)
	records.FieldsPerRecord = -1
	records.LazyQuotes = records.Comma == '\t' && strings.Count(body, `"`)%2 == 1
	header, err := records.Read()
	if err == nil && !t.header(header) {
		t.at = nil
	}
	return t, records, err
}
