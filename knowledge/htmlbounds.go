package knowledge

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxSpan bounds how many columns or rows one cell of a page's table spans; some pages write 999 for all that there are.
const maxSpan = 100

// boundTables shortens what cells span, and returns an error for a table with more cells than are read. Each row counts
// with as many cells as the longest has, since Markdown fills it up.
func boundTables(content *html.Node) error {
	for t := range content.Descendants() {
		if t.DataAtom != atom.Table {
			continue
		}
		rows, columns, below := 0, 0, 0
		for row := range t.Descendants() {
			if row.DataAtom != atom.Tr {
				continue
			}
			cells := 0
			for cell := range row.ChildNodes() {
				cells += boundSpan(cell, "colspan")
				below = max(below, boundSpan(cell, "rowspan")-1)
			}
			rows, columns = rows+1, max(columns, cells)
		}
		if columns > 0 && rows+below > maxCells/columns {
			return errCells
		}
	}
	return nil
}

// boundSpan returns what a cell spans, 1 if it does not say.
func boundSpan(cell *html.Node, name string) int {
	for i, a := range cell.Attr {
		if a.Key != name {
			continue
		}
		span, err := strconv.Atoi(strings.TrimSpace(a.Val))
		switch {
		case errors.Is(err, strconv.ErrSyntax):
			span = 1
		case span > maxSpan: // also one that is out of all range
			span = maxSpan
		}
		cell.Attr[i].Val = strconv.Itoa(max(span, 1))
		return max(span, 1)
	}
	return 1
}
