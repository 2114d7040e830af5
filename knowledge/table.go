package knowledge

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The columns of a table, by every name that its header may use; id, question and answer must be there.
var columns = map[string]string{
	"id": "id", "question": "question", "answer": "answer", "alternates": "alternates", "phrasings": "alternates",
	"url": "url", "tags": "tags", "lang": "lang", "contact": "contact",
	"reviewed": "reviewed", "review_by": "review_by", "expires_at": "expires_at",
}

// readTable reads CSV or TSV with a header line. Every row is a section; cells are taken as they are. An article by
// that name holds them. Rows that cannot be read are left out, each with a problem.
func readTable(name, text string, p *problems) Article {
	t, records, err := openTable(name, text, p)
	if err != nil {
		t.broken(err)
	}
	if err != nil || t.at == nil {
		return Article{}
	}
	return Article{Sections: t.rows(func() ([]string, int, error) {
		cells, err := records.Read()
		if err != nil {
			return nil, 0, err
		}
		line, _ := records.FieldPos(0)
		return cells, t.above + line, nil
	})}
}

// A table is a file of rows.
type table struct {
	name     string
	body     string         // from the header on
	above    int            // lines above the header
	at       map[string]int // column → index
	width    int
	problems *problems
}

// separator returns what stands between the header's cells.
func separator(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, r := range []rune{',', ';', '\t'} {
		named := 0
		for cell := range strings.SplitSeq(header, string(r)) {
			if _, known := columns[columnName(cell)]; known {
				named++
			}
		}
		if named > most {
			best, most = r, named
		}
	}
	return best
}

func columnName(cell string) string { return strings.ToLower(strings.Trim(cell, " \t\r\n\"\ufeff")) }

// header finds the columns; false when one that must be there is not.
func (t *table) header(cells []string) bool {
	t.at, t.width = map[string]int{}, len(cells)
	at := Position{t.name, t.above + 1}
	for i, cell := range cells {
		column, known := columns[columnName(cell)]
		_, twice := t.at[column]
		switch {
		case columnName(cell) == "":
		case !known:
			t.problems.add(at, Notice, fmt.Sprintf("the column %q is not read", cell), "")
		case twice:
			t.problems.add(at, Error, fmt.Sprintf("the column %q comes twice", cell), "remove one of the two")
			return false
		default:
			t.at[column] = i
		}
	}
	var missing []string
	for _, column := range []string{"id", "question", "answer"} {
		if _, ok := t.at[column]; !ok {
			missing = append(missing, column)
		}
	}
	if len(missing) > 0 {
		t.problems.add(at, Error, "the first line names no column "+strings.Join(missing, ", "), "begin the file with id,question,alternates,answer")
		return false
	}
	return true
}

// rows reads all rows, leaving out the bad ones. next returns a row's cells and its line, and io.EOF after the last.
func (t *table) rows(next func() (cells []string, line int, err error)) []Section {
	var sections []Section
	first := map[SectionID]int{}
	for {
		cells, line, err := next()
		if errors.Is(err, io.EOF) {
			return sections
		}
		if err != nil {
			t.broken(err)
			return nil
		}
		at := Position{t.name, line}
		s, ok := t.row(cells, at)
		if !ok {
			continue
		}
		if earlier, twice := first[s.ID]; twice {
			t.problems.add(at, Error, fmt.Sprintf("id %q is taken by %s", s.ID, Position{t.name, earlier}), "give one of the two another id")
			continue
		}
		first[s.ID] = at.Line
		sections = append(sections, s)
	}
}

// row makes a section of one row.
func (t *table) row(cells []string, at Position) (Section, bool) {
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return Section{}, false
	}
	cell := func(column string) string {
		if i, ok := t.at[column]; ok && i < len(cells) {
			return cells[i]
		}
		return ""
	}
	for _, column := range []string{"id", "question", "answer"} {
		if strings.TrimSpace(cell(column)) == "" {
			level := Error
			if column == "answer" {
				level = Warning // a question whose answer is yet to be written
			}
			t.problems.add(at, level, "row left out: it has no "+column, "fill the cell, or remove the row")
			return Section{}, false
		}
	}
	if len(cells) > t.width && strings.Join(cells[t.width:], "") != "" {
		t.problems.add(at, Error, "row left out: it has more cells than the header", "put quotes around cells that hold the separator")
		return Section{}, false
	}
	if _, err := boundMarkup(cell("answer")); err != nil {
		t.problems.add(at, Error, "row left out: "+err.Error(), "split it")
		return Section{}, false
	}
	s := Section{
		Kind: Answer, ID: SectionID(cell("id")), Title: strings.TrimSpace(cell("question")), Body: trimBlankLines(cell("answer")),
		Phrasings: lines(cell("alternates")), Tags: labels(cell("tags")), Lang: baseLanguage(cell("lang")), Source: at,
		Handoff: Handoff{URL: strings.TrimSpace(cell("contact"))}.checked(at, t.problems),
	}
	url, err := link(cell("url"))
	if err != nil || url != "" && !strings.HasPrefix(url, "http") {
		t.problems.add(at, Error, fmt.Sprintf("url %q is no web address", cell("url")), "write it with https://")
		url = ""
	}
	s.URL = url
	s.Reviewed = readDate("reviewed", cell("reviewed"), at, t.problems)
	s.ReviewBy = readDate("review_by", cell("review_by"), at, t.problems)
	s.Expires = readDate("expires_at", cell("expires_at"), at, t.problems)
	return s, true
}

// broken reports where the file stops being a table. Nothing of it is used: rows may have run into each other.
func (t *table) broken(err error) {
	at := Position{t.name, 0}
	text := err.Error()
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		at.Line = t.above + parse.StartLine
		text = parse.Err.Error()
	}
	t.problems.add(at, Error, "broken table: "+text, `put quotes around cells with quotes or line breaks, and write " inside them twice`)
}

// lines returns the lines of a cell that are not blank.
func lines(cell string) []string {
	var all []string
	for line := range strings.Lines(cell) {
		if s := strings.TrimSpace(line); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// labels cuts a cell with several words, between commas, semicolons or lines.
func labels(cell string) []string {
	var all []string
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}
