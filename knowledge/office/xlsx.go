package office

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Sheet is one sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool // nothing of it is read
	Rows   []Row
}

// A Row is a row of a sheet in which something stands.
type Row struct {
	Number int      // as the program shows it, from 1
	Cells  []string // as the program shows them, dates and numbers too; those after the last one filled are not there
	dates  map[int]time.Time
}

// Day returns the date in a cell as 2026-03-01, whatever the form in which the sheet shows it; for anything but a date,
// the cell as it is shown, and nothing for a cell that is not there.
func (r Row) Day(column int) string {
	if day, ok := r.dates[column]; ok {
		return day.Format(time.DateOnly)
	}
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// ReadXlsx reads a .xlsx workbook. An error is a *Refusal, whose text is for staff.
func ReadXlsx(data []byte) (sheets []Sheet, err error) {
	a, err := open(data, ".xlsx", usual)
	if err != nil {
		return nil, err
	}
	if !a.holds("xl/") {
		return nil, refuse("this is no spreadsheet", "open it, and save it as .xlsx")
	}
	// Both bounds are the same: what is above the second would be written to a temporary file.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: int64(usual.total), UnzipXMLSizeLimit: int64(usual.total)})
	if err != nil {
		return nil, refuse("the workbook is broken: "+err.Error(), saveAnew)
	}
	defer book.Close()
	properties, err := book.GetWorkbookProps()
	from1904 := err == nil && properties.Date1904 != nil && *properties.Date1904
	for _, name := range book.GetSheetList() {
		s := Sheet{Name: name}
		if visible, err := book.GetSheetVisible(name); err == nil && !visible {
			s.Hidden = true
			sheets = append(sheets, s)
			continue
		}
		if s.Rows, err = readRows(book, name, from1904); err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// readRows reads a sheet twice side by side: as it is shown, and as it is kept, which tells dates apart.
func readRows(book *excelize.File, name string, from1904 bool) ([]Row, error) {
	shown, err := book.Rows(name)
	if err != nil {
		return nil, nil // a sheet of another kind, such as a chart
	}
	defer shown.Close()
	kept, err := book.Rows(name)
	if err != nil {
		return nil, nil
	}
	defer kept.Close()
	var rows []Row
	for number := 1; shown.Next() && kept.Next(); number++ {
		r := Row{Number: number}
		if r.Cells, err = shown.Columns(); err != nil {
			return nil, refuse(fmt.Sprintf("the sheet %q is broken in row %d: %v", name, number, err), saveAnew)
		}
		raw, err := kept.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, refuse(fmt.Sprintf("the sheet %q is broken in row %d: %v", name, number, err), saveAnew)
		}
		if strings.TrimSpace(strings.Join(r.Cells, "")) == "" {
			continue
		}
		if len(r.Cells) > maxCells || len(rows) == maxRows {
			return nil, refuse(fmt.Sprintf("the sheet %q is larger than %d rows and %d columns", name, maxRows, maxCells), "split it, or clear what is not needed")
		}
		r.dates = dates(r.Cells, raw, from1904)
		rows = append(rows, r)
	}
	if err := shown.Error(); err != nil {
		return nil, refuse(fmt.Sprintf("the sheet %q is broken: %v", name, err), saveAnew)
	}
	return rows, nil
}

// maxCells bounds the cells of a row.
const maxCells = 256

// dates finds the cells that are kept as a number of days and are not shown as that number.
func dates(shown, raw []string, from1904 bool) map[int]time.Time {
	var found map[int]time.Time
	for i := range min(len(shown), len(raw)) {
		serial, err := strconv.ParseFloat(raw[i], 64)
		if err != nil || shown[i] == raw[i] || serial < 1 || serial > lastDay {
			continue
		}
		day, err := excelize.ExcelDateToTime(serial, from1904)
		if err != nil {
			continue
		}
		if found == nil {
			found = map[int]time.Time{}
		}
		found[i] = day
	}
	return found
}

// lastDay is 9999-12-31 as spreadsheets count days.
const lastDay = 2_958_465
