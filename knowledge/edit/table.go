package edit

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

func isTable(file string) bool {
	extension := strings.ToLower(path.Ext(file))
	return extension == ".csv" || extension == ".tsv"
}

// A sheet is a table under work.
type sheet struct {
	knowledge.Sheet
	text string
	row  knowledge.Row // the section's
}

// openSheet finds the row that begins at a line.
func openSheet(text string, line int) (sheet, error) {
	s, err := knowledge.SheetOf(text)
	if err != nil {
		return sheet{}, &RefusedError{Text: "the table cannot be read: " + err.Error()}
	}
	at := slices.IndexFunc(s.Rows, func(r knowledge.Row) bool { return r.Line == line })
	if at < 0 {
		return sheet{}, ErrGone
	}
	return sheet{s, text, s.Rows[at]}, nil
}

// writeRow changes a table's cells.
func (b *Book) writeRow(f found, s source, t sheet, now, wanted Text) (Change, error) {
	if wanted.Title != now.Title && isFormula(wanted.Title) {
		return Change{}, &RefusedError{Text: "a spreadsheet would take the title for a formula; begin it with a letter"}
	}
	if wanted.Body != now.Body {
		wanted.Body = plainStart(wanted.Body)
	}
	cells := map[int]string{}
	if wanted.Title != now.Title {
		cells[t.Columns["question"]] = wanted.Title
	}
	if wanted.Body != now.Body {
		cells[t.Columns["answer"]] = wanted.Body
	}
	if drop, add := without(now.Phrasings, wanted.Phrasings), without(wanted.Phrasings, now.Phrasings); len(drop)+len(add) > 0 {
		cells[t.Columns["alternates"]] = t.alternates(drop, add)
	}
	return b.propose(f, f.file, s.with(t.with(cells)), wanted, describe(now, wanted, f.section.ID))
}

// alternates returns the section's cell with phrasings, one a line, without some and with others.
func (t sheet) alternates(drop, add []string) string {
	var lines []string
	if i := t.Columns["alternates"]; i < len(t.row.Cells) {
		for line := range strings.SplitSeq(plainCell(t.text[t.row.Cells[i][0]:t.row.Cells[i][1]]), "\n") {
			if p := strings.TrimSpace(line); p != "" && !slices.Contains(drop, p) {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(append(lines, add...), "\n")
}

// with returns the table's text with other cells in the row, which is made longer where it has too few.
func (t sheet) with(cells map[int]string) string {
	end := t.row.Cells[len(t.row.Cells)-1][1]
	var tail strings.Builder
	for i := len(t.row.Cells); i < t.Width; i++ {
		if cell, ok := cells[i]; ok {
			for tail.Len() == 0 || strings.Count(tail.String(), string(t.Separator)) < i-len(t.row.Cells)+1 {
				tail.WriteRune(t.Separator)
			}
			tail.WriteString(cellText(cell, t.Separator))
		}
	}
	text := t.text[:end] + tail.String() + t.text[end:]
	for i := len(t.row.Cells) - 1; i >= 0; i-- {
		if cell, ok := cells[i]; ok {
			text = text[:t.row.Cells[i][0]] + cellText(cell, t.Separator) + text[t.row.Cells[i][1]:]
		}
	}
	return text
}

// cellText writes a cell, in quotation marks where it needs them.
func cellText(s string, separator rune) string {
	if strings.ContainsAny(s, "\"\n") || strings.ContainsRune(s, separator) || s != strings.TrimSpace(s) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// plainCell reads what cellText wrote.
func plainCell(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return s
}

// isFormula reports whether a spreadsheet takes a cell for a formula.
func isFormula(s string) bool { return s != "" && strings.ContainsRune("=+-@", rune(s[0])) }

// plainStart rewrites the start of a cell that a spreadsheet would take for a formula, so that it means the same in
// Markdown: a list gets other bullets, any other mark is escaped.
func plainStart(body string) string {
	if !isFormula(body) {
		return body
	}
	marker := body[:1]
	if (marker == "-" || marker == "+") && strings.HasPrefix(body[1:], " ") {
		lines := strings.Split(body, "\n")
		for i, line := range lines {
			switch {
			case strings.HasPrefix(line, marker+" "):
				lines[i] = "*" + line[1:]
			case strings.TrimSpace(line) != "" && !strings.HasPrefix(line, " "):
				return strings.Join(lines, "\n") // what follows is another list
			}
		}
		return strings.Join(lines, "\n")
	}
	return `\` + body
}

// newRow proposes a row at the end of a table.
func (b *Book) newRow(f found, s source, n NewSection) (Change, error) {
	t, err := knowledge.SheetOf(s.text)
	if err != nil {
		return Change{}, &RefusedError{Text: "the table cannot be read: " + err.Error()}
	}
	if isFormula(n.Title) {
		return Change{}, &RefusedError{Text: "a spreadsheet would take the title for a formula; begin it with a letter"}
	}
	id := freeID(slug(n.Title), f.view.base)
	cells := make([]string, t.Width)
	n.Body = plainStart(n.Body)
	for column, value := range map[string]string{
		"id": string(id), "question": n.Title, "answer": n.Body, "alternates": strings.Join(n.Phrasings, "\n"), "lang": n.Lang,
	} {
		if i, ok := t.Columns[column]; ok {
			cells[i] = cellText(value, t.Separator)
		} else if column == "alternates" && value != "" {
			return Change{}, &RefusedError{Text: "the table has no column for phrasings; add them once the section is there"}
		}
	}
	text := s.text
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	text += strings.Join(cells, string(t.Separator)) + "\n"
	return b.proposeNew(f, s.with(text), n)
}

// freeID returns an id that no section has.
func freeID(name string, base knowledge.Base) knowledge.SectionID {
	taken := byID(base)
	id := knowledge.SectionID(name)
	for n := 2; ; n++ {
		if _, ok := taken[id]; !ok {
			return id
		}
		id = knowledge.SectionID(fmt.Sprintf("%s-%d", name, n))
	}
}
