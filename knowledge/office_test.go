package knowledge

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// word makes a .docx file of its body; ¶ stands for a paragraph with a style and text, such as "¶Heading1|Fees".
func word(t testing.TB, body string) []byte {
	t.Helper()
	var xml strings.Builder
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "¶"); ok {
			style, text, _ := strings.Cut(rest, "|")
			line = `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
		}
		xml.WriteString(line)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"word/document.xml": `<w:document xmlns:w="w"><w:body>` + xml.String() + `</w:body></w:document>`,
		"docProps/core.xml": `<c:coreProperties xmlns:c="c" xmlns:dc="d"><dc:title>Old title</dc:title><c:keywords>visits</c:keywords></c:coreProperties>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// beside makes a folder of one file beside a desk.yaml.
func beside(name string, data []byte) fstest.MapFS {
	folder := files("desk.yaml", "lang: en")
	folder[name] = &fstest.MapFile{Data: data}
	return folder
}

func TestLoadDocx(t *testing.T) {
	row := func(key, value string) string {
		return `<w:tr><w:tc><w:p><w:r><w:t>` + key + `</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>` + value + `</w:t></w:r></w:p></w:tc></w:tr>`
	}
	data := word(t, `¶Title|Your visit
<w:tbl>`+row("Review by", "2026-03-01")+row("Tags", "rooms; fees")+row("Contact", "care@clinic.example")+row("Expires at", "soon")+`</w:tbl>
¶|Come in.
¶Heading1|What does it cost?
¶|Ninety dollars.
¶Heading1|Empty
¶Heading1|Parking
¶Heading2|By car {#car}
¶|Behind the house.`)
	base, problems := Load(beside("guides/visit.docx", data), Handoff{})
	want := []string{
		"guides/visit#introduction | introduction | Your visit | Come in.",
		"guides/visit#what-does-it-cost | answer | What does it cost? | Ninety dollars.",
		"car | answer | By car | Behind the house.",
	}
	if diff := cmp.Diff(want, show(base)); diff != "" {
		t.Error(diff)
	}
	wantProblems(t, problems, `guides/visit.docx:5: warning: expires_at: "soon" is no date`, `guides/visit.docx:9: warning: left out: the heading "Empty" has no text`)
	s := base.Sections()[2]
	if s.Source.Line != 11 || !slices.Equal(s.Tags, []string{"rooms", "fees", "visits"}) || s.Handoff.URL != "mailto:care@clinic.example" ||
		s.ReviewBy != time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) || !slices.Equal(s.Above, []string{"Parking"}) {
		t.Errorf("section = %+v, want paragraph 11 with the tags, the contact and the date of the document", s)
	}
	if base, _ = Load(beside("a.docx", word(t, "¶|Text.")), contact); base.Articles[0].Title != "Old title" {
		t.Errorf("title = %q, want that of the properties", base.Articles[0].Title)
	}
	_, problems = Load(beside("a.docx", []byte("PK nothing")), contact)
	wantProblems(t, problems, "error: there is no article", "a.docx: error: the file is broken")
}

// workbook makes a .xlsx file of sheets, each by its name and rows.
func workbook(t testing.TB, fill func(*excelize.File) error) []byte {
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

func TestLoadWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Prices")
		_, err2 := f.NewSheet("Notes")
		return errors.Join(err, err2,
			f.SetSheetRow("Sheet1", "A1", &[]any{"Our questions"}),
			f.SetSheetRow("Sheet1", "A3", &[]any{"ID", "Question", "Alternates", "ANSWER", "Review_by"}),
			f.SetSheetRow("Sheet1", "A4", &[]any{"park", "Where?", "parking\ncar", "*Behind* the house.", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "a note beside"}),
			f.SetSheetRow("Sheet1", "A6", &[]any{"", "When?", "", "Now."}),
			f.SetSheetRow("Prices", "A1", &[]any{"answer", "id", "question"}),
			f.SetSheetRow("Prices", "A2", &[]any{90.5, "fee", "How much?"}),
			f.SetSheetRow("Notes", "A1", &[]any{"to do"}))
	})
	base, problems := Load(beside("faq.xlsx", data), contact)
	if diff := cmp.Diff([]string{"park | answer | Where? | *Behind* the house.", "fee | answer | How much? | 90.5"}, show(base)); diff != "" {
		t.Error(diff)
	}
	wantProblems(t, problems, `faq.xlsx: notice: the sheet "Notes" is not read`, `faq.xlsx:6: error: sheet "Sheet1": row left out: it has no id`)
	first, second := base.Articles[0], base.Articles[1]
	if first.ID != "faq" || first.Title != "Faq" || second.ID != "faq/prices" || second.Title != "Prices" {
		t.Errorf("articles %q %q and %q %q", first.ID, first.Title, second.ID, second.Title)
	}
	s := first.Sections[0]
	if s.Source.Line != 4 || s.ReviewBy.Format(time.DateOnly) != "2026-03-01" || !slices.Equal(s.Phrasings, []string{"parking", "car"}) {
		t.Errorf("section = %+v, want row 4, its date and its phrasings", s)
	}
	_, problems = Load(beside("a.xlsx", workbook(t, func(f *excelize.File) error { return f.SetSheetRow("Sheet1", "A1", &[]any{"id", "answer"}) })), contact)
	wantProblems(t, problems, "error: there is no article", "a.xlsx: error: no sheet has the columns")
}
