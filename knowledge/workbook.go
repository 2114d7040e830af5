package knowledge

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"frontdesk/knowledge/office"
)

// readWorkbook reads the sheets of a workbook that have the columns of a table, each as an article. Lines are the
// numbers of rows.
func readWorkbook(name string, data []byte, p *problems) []Article {
	sheets, err := office.ReadXlsx(data)
	if err != nil {
		p.refused(name, err)
		return nil
	}
	var tables []office.Sheet
	var others problems
	for _, s := range sheets {
		header, ok := headerRow(s)
		switch {
		case s.Hidden:
			others.add(Position{File: name}, Notice, fmt.Sprintf("the sheet %q is hidden and is not read", s.Name), "")
		case !ok:
			others.add(Position{File: name}, Notice, fmt.Sprintf("the sheet %q is not read: it has no columns id, question and answer", s.Name), "")
		default:
			s.Rows = s.Rows[header:]
			tables = append(tables, s)
		}
	}
	if len(tables) == 0 {
		p.add(Position{File: name}, Error, "no sheet has the columns id, question and answer", "begin the first sheet with id, question, alternates, answer")
		return nil
	}
	*p = append(*p, others...)
	var all []Article
	for i, s := range tables {
		var found problems
		a := readSheet(name, s, &found)
		if len(tables) > 1 {
			for j := range found {
				found[j].Text = fmt.Sprintf("sheet %q: %s", s.Name, found[j].Text)
			}
			if !unnamedSheet.MatchString(s.Name) {
				a.Title = s.Name
			}
			if i > 0 {
				a.ID = ArticleID(fmt.Sprintf("%s/%s", stemOf(name), slug(s.Name)))
			}
		}
		*p = append(*p, found...)
		all = append(all, a)
	}
	return all
}

// unnamedSheet is what spreadsheet programs call sheets that nobody has named.
var unnamedSheet = regexp.MustCompile(`^(Sheet|Tabelle|Hoja|Feuil|Feuille|Foglio|Planilha|Folha|Blad|Ark|Arkusz|Лист) ?\d+$`)

// headerRow finds the row that names the columns among a sheet's first ones.
func headerRow(s office.Sheet) (at int, ok bool) {
	for i, r := range s.Rows[:min(len(s.Rows), 20)] {
		named := map[string]bool{}
		for _, cell := range r.Cells {
			named[columns[columnName(cell)]] = true
		}
		if named["id"] && named["question"] && named["answer"] {
			return i, true
		}
	}
	return 0, false
}

// readSheet reads a sheet whose first row is the header.
func readSheet(name string, s office.Sheet, p *problems) Article {
	t := table{name: name, above: s.Rows[0].Number - 1, problems: p}
	if !t.header(s.Rows[0].Cells) {
		return Article{}
	}
	rest := s.Rows[1:]
	return Article{Sections: t.rows(func() ([]string, int, error) {
		if len(rest) == 0 {
			return nil, 0, io.EOF
		}
		r := rest[0]
		rest = rest[1:]
		cells := make([]string, min(len(r.Cells), t.width)) // what stands beside the table is none of its business
		for i := range cells {
			cells[i] = strings.ReplaceAll(r.Cells[i], "\r\n", "\n")
		}
		for _, column := range []string{"reviewed", "review_by", "expires_at"} {
			if i, ok := t.at[column]; ok && i < len(cells) {
				cells[i] = r.Day(i)
			}
		}
		return cells, r.Number, nil
	})}
}
