package office

import (
	"slices"
	"strconv"
	"strings"
)

// Bounds on tables: what is larger is no table that people write.
const (
	maxColumns = 100
	maxRows    = 20_000
)

// table adds a table. One that only arranges text on the page, with a single row or column or with headings in it,
// becomes that text; one of questions and answers becomes headings with text.
func (w *writer) table(n *node) {
	w.flush()
	before, outer := w.number, w.blocks
	w.blocks = nil
	rows := w.rows(n)
	w.blocks = outer
	switch {
	case len(rows) == 0:
	case arranges(rows):
		for _, row := range rows {
			for _, c := range row {
				w.blocks = append(w.blocks, c...)
			}
		}
	case asksAndAnswers(rows[0]):
		level := 2
		for _, b := range slices.Backward(w.blocks) {
			if b.level > 0 {
				level = b.level + 1
				break
			}
		}
		for _, row := range rows[1:] {
			w.blocks = append(w.blocks, asSection(row, level)...)
		}
	default:
		w.number = before + len(rows)
		b := block{number: before + 1, rows: rows, header: isHeader(n, rows[0])}
		for _, row := range rows {
			for _, c := range row {
				for _, inner := range c {
					b.notes = append(b.notes, inner.notes...)
				}
			}
		}
		w.blocks = append(w.blocks, b)
	}
}

// rows reads the rows of a table. A cell that is merged with the one above says the same again, since rows are read one
// by one in a chat.
func (w *writer) rows(n *node) [][]cell {
	var rows [][]cell
	n.walk(func(c *node) bool {
		switch c.name {
		case "tr":
			if c.child("trPr", "del") == nil && len(rows) < maxRows {
				if row := w.row(c, rows); slices.ContainsFunc(row, func(c cell) bool { return len(c) > 0 }) {
					rows = append(rows, row)
				}
			}
			return false
		case "del", "moveFrom":
			return false
		}
		return true
	})
	return rows
}

func (w *writer) row(n *node, above [][]cell) []cell {
	var row []cell
	n.walk(func(c *node) bool {
		if c.name == "trPr" || c.name == "tblPrEx" {
			return false
		}
		if c.name != "tc" {
			return true
		}
		w.blocks = nil
		w.children(c)
		w.flush()
		content := cell(w.blocks)
		merge := c.child("tcPr", "vMerge")
		if merge != nil && merge.value("val") != "restart" && len(content) == 0 && len(above) > 0 && len(row) < len(above[len(above)-1]) {
			content = above[len(above)-1][len(row)]
			for i := range content {
				content[i].notes = nil // told above
			}
		}
		row = append(row, content)
		for span, _ := strconv.Atoi(c.child("tcPr").val("gridSpan")); span > 1 && len(row) < maxColumns; span-- {
			row = append(row, nil)
		}
		return false
	})
	return row[:min(len(row), maxColumns)]
}

// arranges reports whether a table is there for the look of the page.
func arranges(rows [][]cell) bool {
	wide := false
	for _, row := range rows {
		filled := 0
		for _, c := range row {
			if len(c) > 0 {
				filled++
			}
			for _, b := range c {
				if b.level > 0 || b.title {
					return true
				}
			}
		}
		wide = wide || filled > 1
	}
	return len(rows) < 2 || !wide
}

// isHeader reports whether a table's first row names its columns: the document says so, the table's style sets it off, or
// its cells alone are bold. A row that only might do so is none: what names a column may not be shown, and what stands in
// a table must be. That is also why a style counts only for three columns or more, where the names are shown.
func isHeader(n *node, first []cell) bool {
	if row := n.child("tr"); row.child("trPr").on("tblHeader") || len(first) > 2 && setsOffFirstRow(n.child("tblPr")) {
		return true
	}
	for _, c := range first {
		for _, b := range c {
			if !b.isBold() {
				return false
			}
		}
	}
	return true
}

// setsOffFirstRow reports whether a table has a style that makes its first row look unlike the others.
func setsOffFirstRow(properties *node) bool {
	style, look := properties.val("tblStyle"), properties.child("tblLook")
	if style == "" || style == "TableGrid" || style == "TableNormal" {
		return false
	}
	flags, err := strconv.ParseUint(look.value("val"), 16, 32)
	return look.value("firstRow") == "1" || look.value("firstRow") == "" && err == nil && flags&0x20 != 0
}

// The headings of a table of questions and answers, in the languages that people most often write them in.
var (
	questionWords = []string{"question", "questions", "pregunta", "preguntas", "frage", "fragen", "domanda", "pergunta", "vraag", "fråga", "pytanie", "вопрос"}
	answerWords   = []string{"answer", "answers", "respuesta", "respuestas", "antwort", "antworten", "réponse", "réponses", "risposta", "resposta", "antwoord", "svar", "odpowiedź", "ответ"}
)

func asksAndAnswers(header []cell) bool {
	return len(header) == 2 && slices.Contains(questionWords, strings.ToLower(oneLine(header[0].plain()))) &&
		slices.Contains(answerWords, strings.ToLower(oneLine(header[1].plain())))
}

// asSection makes a heading of the first cell and its text of the others.
func asSection(row []cell, level int) []block {
	var all []block
	if len(row) == 0 || len(row[0]) == 0 {
		return nil
	}
	title := block{number: row[0][0].number, level: level}
	for _, b := range row[0] {
		title.spans = append(append(title.spans, b.spans...), span{text: " "})
		title.notes = append(title.notes, b.notes...)
	}
	all = append(all, title)
	for _, c := range row[1:] {
		all = append(all, c...)
	}
	return all
}
