package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pack makes an archive of name, content, name, content and so on.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
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

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:wps="w" xmlns:v="urn:schemas-microsoft-com:vml"`

// docx makes a document of a body, with Word's usual styles and lists and, after it, other parts.
func docx(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	all := []string{
		"[Content_Types].xml", `<Types/>`,
		"_rels/.rels", `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + namespaces + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
	}
	usual := []string{
		"word/_rels/document.xml.rels", `<Relationships>` +
			`<Relationship Id="link" Type="x/hyperlink" Target="https://clinic.example/a b" TargetMode="External"/>` +
			`<Relationship Id="script" Type="x/hyperlink" Target="javascript:alert(1)"/></Relationships>`,
		"word/styles.xml", `<w:styles ` + namespaces + `><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="Überschrift 2"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Our heading"/><w:basedOn w:val="Heading1"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Outline"><w:name w:val="Something"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="ListBullet2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>`,
		"word/numbering.xml", `<w:numbering ` + namespaces + `><w:abstractNum w:abstractNumId="0">` +
			`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
			`<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`,
	}
	for i := 0; i < len(usual); i += 2 {
		if !slices.Contains(parts, usual[i]) {
			all = append(all, usual[i], usual[i+1])
		}
	}
	return pack(t, append(all, parts...)...)
}

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + run("", text) + `</w:p>`
}

func para(inner ...string) string { return `<w:p>` + strings.Join(inner, "") + `</w:p>` }

func run(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func listed(list string, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%s"/></w:numPr></w:pPr>%s</w:p>`, level, list, run("", text))
}

func grid(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl><w:tblPr/>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, c := range row {
			if !strings.HasPrefix(c, "<w:") {
				c = para(run("", c))
			}
			b.WriteString("<w:tc>" + c + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

const bold, italic = `<w:b/>`, `<w:i/>`

func isKey(key string) bool { return slices.Contains([]string{"review_by", "title"}, key) }

func TestDocx(t *testing.T) {
	tests := []struct {
		name, body, want string
	}{
		{"headings by style, by another language's, by inheritance, by outline", styled("Heading1", "One") + styled("berschrift2", "Two") + styled("Mine", "Three") + styled("Outline", "Four") + para(run("", "Text")),
			"# One\n\n## Two\n\n# Three\n\n### Four\n\nText\n"},
		{"a title", styled("Title", "Visits") + styled("Heading1", "Before") + para(run("", "x")), "# Visits\n\n## Before\n\nx\n"},
		{"a level of its own", `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>` + run(bold, "One") + `</w:p>` + para(run("", "x")), "# One\n\nx\n"},
		{"bold paragraphs where there are no headings", para(run(bold, "What is it?")) + para(run("", "This.")) + para(run(bold, "And "), run(bold, "that?")) + para(run("", "Yes.")),
			"## What is it?\n\nThis.\n\n## And that?\n\nYes.\n"},
		{"a bold title above bold headings", `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + run(bold, "Visits") + `</w:p>` + para(run("", "x")) + para(run(bold, "Fees")) + para(run("", "y")),
			"# Visits\n\nx\n\n## Fees\n\ny\n"},
		{"bold paragraphs below headings stay", styled("Heading1", "A") + para(run(bold, "Note")) + para(run("", "x")), "# A\n\n**Note**\n\nx\n"},
		{"bold questions in a list", strings.Replace(listed("2", 0, "Why?"), "<w:rPr>", "<w:rPr><w:b/>", 1) + para(run("", "So.")) + strings.Replace(listed("2", 0, "How?"), "<w:rPr>", "<w:rPr><w:b/>", 1) + para(run("", "Thus.")),
			"## Why?\n\nSo.\n\n## How?\n\nThus.\n"},
		{"lists", listed("1", 0, "a") + listed("1", 1, "b") + listed("1", 0, "c") + para(run("", "text")) + listed("2", 0, "one") + listed("2", 1, "deeper") + listed("2", 1, "still") + listed("2", 0, "two") + para(run("", "between")) + listed("2", 0, "three") + listed("3", 0, "anew"),
			"- a\n  - b\n- c\n\ntext\n\n1. one\n   1. deeper\n   2. still\n2. two\n\nbetween\n\n3. three\n1) anew\n"},
		{"lists by style", styled("ListBullet", "a") + styled("ListBullet2", "b") + styled("ListBullet", "c"), "- a\n  - b\n- c\n"},
		{"typed lists", para(run("", "• a")) + para(run("", "-\tb")) + para(run("", "1. c")) + para(run("", "2024. d")), "- a\n- b\n1. c\n\n2024\\. d\n"},
		{"a list that begins deep", listed("1", 1, "a") + listed("1", 0, "b"), "- a\n- b\n"},
		{"emphasis", para(run("", "a "), run(bold, "b "), run(bold+italic, "c"), run("", ", "), run(italic, "d"), run(`<w:strike/>`, " e"), run(`<w:rStyle w:val="Strong"/>`, " f")), "a **b** ***c***, *d* ~~e~~ **f**\n"},
		{"emphasis that Markdown cannot tell", para(run(bold, "Note:"), run("", "now "), run(bold, "x"), run(italic, "y")), "Note:now **x**y\n"},
		{"emphasis switched off, hidden text", para(run(`<w:b w:val="0"/>`, "a"), run(`<w:vanish/>`, "b"), run(`<w:b w:val="false"/>`, "c")), "ac\n"},
		{"links", para(`<w:hyperlink r:id="link">`+run("", "our ")+run(bold, "site")+`</w:hyperlink>`, run("", " and "), `<w:hyperlink r:id="script">`+run("", "this")+`</w:hyperlink>`, `<w:hyperlink w:anchor="x">`+run("", " that")+`</w:hyperlink>`),
			"[our **site**](https://clinic.example/a%20b) and this that\n"},
		{"link fields", para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.example/(1)" \o "tip" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run("", "here"), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`, run("", "."),
			`<w:fldSimple w:instr="HYPERLINK &quot;mailto:a@b.example&quot;">`+run("", " us")+`</w:fldSimple>`), "[here](https://x.example/%281%29). [us](mailto:a@b.example)\n"},
		{"line breaks and tabs", para(`<w:r><w:t>a </w:t><w:br/><w:t># b</w:t><w:tab/><w:t>c</w:t><w:br/><w:br/><w:t>d</w:t><w:br w:type="page"/></w:r>`), "a\\\n\\# b c\n\nd\n"},
		{"tracked changes", para(run("", "We are "), `<w:del><w:r><w:delText>closed</w:delText></w:r></w:del>`, `<w:ins>`+run("", "open")+`</w:ins>`, `<w:moveFrom>`+run("", "gone")+`</w:moveFrom>`, `<w:moveTo>`+run("", " now")+`</w:moveTo>`, `<w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>.</w:t></w:r>`) +
			`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("", "joined ") + `</w:p>` + para(run("", "to this")), "We are open now.\n\njoined to this\n"},
		{"a last paragraph whose end was deleted", para(run("", "a")) + `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("", "b") + `</w:p>`, "a\n\nb\n"},
		{"a table", para(run("", "Fees:")) + grid([]string{para(run(bold, "Visit")), para(run(bold, "Price"))}, []string{"First | long", para(run(bold, "$90")) + listed("1", 0, "cash")}, []string{"Next", ""}),
			"Fees:\n\n| Visit | Price |\n|---|---|\n| First \\| long | **$90**; cash |\n| Next |  |\n"},
		{"merged cells", `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + para(run("", "Plan")) + `</w:tc><w:tc>` + para(run("", "C")) + `</w:tc></w:tr>` +
			`<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + para(run("", "Full")) + `</w:tc><w:tc>` + para(run("", "1")) + `</w:tc><w:tc>` + para(run("", "2")) + `</w:tc></w:tr>` +
			`<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>` + para(run("", "3")) + `</w:tc><w:tc>` + para(run("", "4")) + `</w:tc></w:tr></w:tbl>`,
			"|  |  |  |\n|---|---|---|\n| Plan |  | C |\n| Full | 1 | 2 |\n| Full | 3 | 4 |\n"},
		{"a table that names its columns", strings.Replace(grid([]string{"Day", "Hours"}, []string{"Mon", "9"}), "<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1), "| Day | Hours |\n|---|---|\n| Mon | 9 |\n"},
		{"a table whose style sets its first row off", strings.Replace(grid([]string{"Plan", "Price", "Notice"}, []string{"Basic", "$9", "none"}), "<w:tblPr/>", `<w:tblPr><w:tblStyle w:val="GridTable4"/><w:tblLook w:val="04A0"/></w:tblPr>`, 1),
			"| Plan | Price | Notice |\n|---|---|---|\n| Basic | $9 | none |\n"},
		{"tables that only arrange", grid([]string{"left", "right"}) + grid([]string{"a"}, []string{"b"}) + grid([]string{styled("Heading1", "H"), "x"}, []string{"y", ""}), "left\n\nright\n\na\n\nb\n\n# H\n\nx\n\ny\n"},
		{"a table of questions", styled("Heading1", "Fees") + grid([]string{"Question", "Answer"}, []string{"How much?", para(run("", "$90.")) + para(run("", "Cash."))}), "# Fees\n\n## How much?\n\n$90.\n\nCash.\n"},
		{"pictures", para(run("", "See"), `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A map of our rooms"/></wp:inline></w:drawing></w:r>`, `<w:r><w:drawing><wp:docPr descr="IMG_1.jpg"/></w:drawing></w:r>`, `<w:r><w:drawing><wp:docPr descr="A tree&#10;&#10;Description automatically generated"/></w:drawing></w:r>`),
			"See\n\n*A map of our rooms*\n"},
		{"text boxes, once", para(run("", "a"), `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>`+para(run("", "box"))+`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+para(run("", "box"))+`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`) + para(run("", "b")), "a\n\nbox\n\nb\n"},
		{"content controls", `<w:sdt><w:sdtPr/><w:sdtContent>` + para(run("", "kept")) + `</w:sdtContent></w:sdt>` + para(`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>`+run("", "Click here")+`</w:sdtContent></w:sdt>`, run("", "x")), "kept\n\nx\n"},
		{"what looks like markup", para(run("", "*a* _b_ snake_case [c](d) &amp;amp; &lt;br&gt; `e` \\ ~~f~~")) + para(run("", "# g")) + para(run("", "&gt; h")) + para(run("", "---")) + para(run("", "5 &lt; 6")),
			"\\*a\\* \\_b\\_ snake_case \\[c\\](d) \\&amp; \\<br> \\`e\\` \\\\ \\~\\~f\\~\\~\n\n\\# g\n\n\\> h\n\n\\---\n\n5 < 6\n"},
		{"nothing to see", para() + para(run("", " ")) + styled("Heading1", ""), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := ReadDocx(docx(t, test.body), isKey)
			if err != nil {
				t.Fatalf("ReadDocx: %v", err)
			}
			if diff := cmp.Diff(test.want, doc.Markdown); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDocxNotes(t *testing.T) {
	notes := `<w:footnotes ` + namespaces + `><w:footnote w:type="separator" w:id="-1">` + para(run("", "-")) + `</w:footnote>` +
		`<w:footnote w:id="2">` + para(run("", " By card "), run(italic, "only."), `<w:r><w:footnoteReference w:id="2"/></w:r>`) + `</w:footnote></w:footnotes>`
	body := styled("Heading1", "Fees") + para(run("", "$90"), `<w:r><w:footnoteReference w:id="2"/></w:r>`, run("", ".")) + para(run("", "More.")) + styled("Heading1", "Else") + para(run("", "x"))
	doc, err := ReadDocx(docx(t, body, "word/footnotes.xml", notes), isKey)
	if want := "# Fees\n\n$90¹.\n\nMore.\n\n¹ By card *only.*\n\n# Else\n\nx\n"; err != nil || doc.Markdown != want {
		t.Errorf("ReadDocx = %q, %v, want %q", doc.Markdown, err, want)
	}
}

func TestDocxLeavesOut(t *testing.T) {
	body := `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + para(run("", "Contents")) + `</w:sdtContent></w:sdt>` +
		styled("TOC1", "Fees 3") + para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run("", "Visits 4")) +
		para(run("", "Rooms 5"), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`) + `<w:altChunk r:id="x"/>` + para(run("", "Text"))
	doc, err := ReadDocx(docx(t, body), isKey)
	want := []LeftOut{{"Contents", "table of contents", 1}, {"Fees 3", "table of contents", 2}, {"Visits 4", "table of contents", 3},
		{"Rooms 5", "table of contents", 4}, {"", "a file that is embedded in the document", 5}}
	if diff := cmp.Diff(want, doc.LeftOut); err != nil || diff != "" || doc.Markdown != "Text\n" {
		t.Errorf("ReadDocx = %q, %v, left out: %s", doc.Markdown, err, diff)
	}
}

func TestDocxProperties(t *testing.T) {
	core := `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title> Our  visits</dc:title><dc:language>es-MX</dc:language><cp:keywords>fees; visits,  rooms</cp:keywords></cp:coreProperties>`
	body := styled("Title", "Visits") + grid([]string{"Review_by:", "2026-03-01"}, []string{"Title", "All visits"}) + styled("Heading1", "Fees") + para() + grid([]string{"a", "b"}, []string{"c", "d"}, []string{"e", "f"}) + listed("1", 0, "x") + para(run("", "y"))
	doc, err := ReadDocx(docx(t, body, "docProps/core.xml", core), isKey)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Title != "Our visits" || doc.Lang != "es-MX" || !slices.Equal(doc.Keywords, []string{"fees", "visits", "rooms"}) {
		t.Errorf("ReadDocx = title %q, language %q, keywords %q", doc.Title, doc.Lang, doc.Keywords)
	}
	if diff := cmp.Diff([]Field{{"review_by", "2026-03-01", 2}, {"title", "All visits", 3}}, doc.Fields); diff != "" {
		t.Error(diff)
	}
	numbers := map[string]int{}
	for i, line := range strings.Split(doc.Markdown, "\n") {
		numbers[line] = doc.Paragraph(i + 1)
	}
	for line, want := range map[string]int{"# Visits": 1, "## Fees": 4, "| a | b |": 5, "| e | f |": 7, "- x": 8, "y": 9} {
		if numbers[line] != want {
			t.Errorf("Paragraph of %q = %d, want %d in\n%s", line, numbers[line], want, doc.Markdown)
		}
	}
}

func TestRefusals(t *testing.T) {
	old := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 512)...)
	good := docx(t, para(run("", "x")))
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"an old file", old, "old Office file"},
		{"protected", append(old, utf16("EncryptedPackage")...), "password"},
		{"rich text", []byte(`{\rtf1 x}`), "RTF"},
		{"a PDF", []byte("%PDF-1.7"), "PDF"},
		{"text", []byte("hello"), "this is no .docx file"},
		{"nothing", nil, "this is no .docx file"},
		{"half a file", good[:len(good)/2], "broken"},
		{"a spreadsheet", pack(t, "xl/workbook.xml", "<x/>"), "a spreadsheet"},
		{"an OpenDocument file", pack(t, "content.xml", "<x/>"), "OpenDocument"},
		{"some archive", pack(t, "a.txt", "x"), "no text document"},
		{"broken XML", pack(t, "word/document.xml", "<w:document><w:body><w:p></w:body>"), "broken"},
		{"an unknown entity", pack(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document><w:body><w:p>&a;</w:p></w:body></w:document>`), "broken"},
		{"no body", pack(t, "word/document.xml", "<w:document/>"), "no text"},
		{"deep", pack(t, "word/document.xml", "<w:document><w:body>"+strings.Repeat("<w:sdt>", 300)), "nested too deeply"},
		{"a bomb", pack(t, "word/document.xml", strings.Repeat(" ", 2<<20)), "packed too tightly"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadDocx(test.data, isKey)
			refusal, ok := errors.AsType[*Refusal](err)
			if !ok || !strings.Contains(refusal.Text, test.want) || refusal.Advice == "" {
				t.Errorf("ReadDocx = %v, want a refusal with %q", err, test.want)
			}
		})
	}
	if _, err := open(pack(t, "a", "", "b", "", "c", ""), ".docx", bounds{entries: 2, total: 1000, part: 10, ratio: 1000}); err == nil {
		t.Error("open of three parts, of which two are allowed: no error")
	}
	if _, err := open(pack(t, "a", strings.Repeat("x1y2", 100), "b", strings.Repeat("x", 700)), ".docx", bounds{entries: 9, total: 1000, part: 10, ratio: 1000}); err == nil {
		t.Error("open of 1100 bytes, of which 1000 are allowed: no error")
	}
	if _, err := open(pack(t, "xl/a.xml", "hello world"), ".xlsx", bounds{entries: 9, total: 1000, part: 10, ratio: 1000}); err == nil {
		t.Error("open of a table's part of 11 bytes, of which 10 are allowed: no error")
	}
	a, err := open(pack(t, "a", "hello world"), ".docx", bounds{entries: 9, total: 1000, part: 10, ratio: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.part("a"); err == nil {
		t.Error("part of 11 bytes, of which 10 are allowed: no error")
	}
}

// TestScannerCounts has paragraphs count that hold nothing: a small file can have millions of them.
func TestScannerCounts(t *testing.T) {
	s := newScanner([]byte("<body><p/><p/></body>"))
	if _, err := s.enter("body"); err != nil {
		t.Fatal(err)
	}
	s.nodes = maxNodes - 1
	if _, err := s.next(); err != nil {
		t.Errorf("element %d: %v", maxNodes, err)
	}
	if _, err := s.next(); err == nil {
		t.Errorf("element %d: no error", maxNodes+1)
	}
}
