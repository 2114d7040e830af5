package office

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// book makes a workbook; fill puts something into it.
func book(t testing.TB, fill func(*excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXlsx(t *testing.T) {
	data := book(t, func(f *excelize.File) error {
		money, err := f.NewStyle(&excelize.Style{NumFmt: 177, CustomNumFmt: new(`"$"#,##0.00`)})
		if err != nil {
			return err
		}
		day, err := f.NewStyle(&excelize.Style{CustomNumFmt: new("d mmmm yyyy")})
		if err != nil {
			return err
		}
		_, err = f.NewSheet("Archive")
		return errors.Join(err,
			f.SetSheetRow("Sheet1", "A1", &[]any{"a", "b", "c"}),
			f.SetSheetRow("Sheet1", "A3", &[]any{1234.5, "two\nlines", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), 42}),
			f.SetCellStyle("Sheet1", "A3", "A3", money), f.SetCellStyle("Sheet1", "C3", "C3", day),
			f.SetSheetVisible("Archive", false))
	})
	sheets, err := ReadXlsx(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 2 || sheets[0].Name != "Sheet1" || !sheets[1].Hidden || len(sheets[0].Rows) != 2 {
		t.Fatalf("ReadXlsx = %+v, want two rows and a hidden sheet", sheets)
	}
	row := sheets[0].Rows[1]
	if want := []string{"$1,234.50", "two\nlines", "1 March 2026", "42"}; row.Number != 3 || !slices.Equal(row.Cells, want) {
		t.Errorf("row %d = %q, want row 3 = %q", row.Number, row.Cells, want)
	}
	for column, want := range map[int]string{1: "two\nlines", 2: "2026-03-01", 3: "42", 4: "", -1: ""} {
		if got := row.Day(column); got != want {
			t.Errorf("Day(%d) = %q, want %q", column, got, want)
		}
	}
}

func TestXlsxRefusals(t *testing.T) {
	good := book(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "x") })
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"half a file", good[:len(good)/2], "broken"},
		{"text", []byte("id,question"), "this is no .xlsx file"},
		{"a document", docx(t, para(run("", "x"))), "no spreadsheet"},
		{"no workbook", pack(t, "xl/x.xml", "<x/>"), "broken"},
		{"a bomb", pack(t, "xl/worksheets/sheet1.xml", strings.Repeat("x", 2<<20)), "packed too tightly"},
		{"too wide", book(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "XFD1", "x") }), "larger than"},
		{"too long", sheet(t, strings.Repeat("<row><c><v>1</v></c></row>", maxRows+1)), "larger than"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadXlsx(test.data)
			if refusal, ok := errors.AsType[*Refusal](err); !ok || !strings.Contains(refusal.Text, test.want) || refusal.Advice == "" {
				t.Errorf("ReadXlsx = %v, want a refusal with %q", err, test.want)
			}
		})
	}
}

// sheet makes a workbook of one sheet with these rows, written as XML.
func sheet(t testing.TB, rows string) []byte {
	t.Helper()
	return pack(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+rows+`</sheetData></worksheet>`)
}

// FuzzXlsxSheet reads any sheet of an otherwise good workbook.
func FuzzXlsxSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1"><v>45000</v></c></row>`)
	f.Add(`<row r="1048576"><c r="XFD1048576" s="9"><f>1/0</f><v>1e400</v></c></row><row/><row><c><v/></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		sheets, err := ReadXlsx(sheet(t, rows))
		if err != nil {
			return
		}
		for _, s := range sheets {
			for _, r := range s.Rows {
				for i := range r.Cells {
					r.Day(i)
				}
			}
		}
	})
}
