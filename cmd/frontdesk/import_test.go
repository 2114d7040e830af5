package main

import (
	"archive/zip"
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestImportAddress imports a Word document from a site, twice, and checks what was written.
func TestImportAddress(t *testing.T) {
	var answer atomic.Value
	answer.Store("Behind the house.")
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
		z := zip.NewWriter(w)
		part, err := z.Create("word/document.xml")
		if err == nil {
			_, err = part.Write([]byte(`<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Where can I park?</w:t></w:r></w:p>` +
				`<w:p><w:r><w:t>` + answer.Load().(string) + `</w:t></w:r></w:p></w:body></w:document>`))
		}
		if err != nil || z.Close() != nil {
			t.Errorf("write the document: %v", err)
		}
	}))
	defer site.Close()
	dir := t.TempDir()
	run := func(args ...string) (code int, out, errs string) {
		var o, e bytes.Buffer
		p := program{in: strings.NewReader(""), out: &o, errs: &e, env: func(string) string { return "" }}
		code = p.run(context.Background(), args)
		return code, o.String(), e.String()
	}
	address := site.URL + "/files/visit.docx"
	code, out, errs := run("import", "-lang", "en", "-o", dir, address)
	if code != exitOK || !strings.Contains(out, "new, with 1 section") {
		t.Fatalf("import = %d, %s%s", code, out, errs)
	}
	answer.Store("In front of the house.")
	if code, out, errs = run("import", "-o", dir, address); code != exitOK || !strings.Contains(out, "updated") {
		t.Fatalf("import once more = %d, %s%s", code, out, errs)
	}
	text, err := os.ReadFile(filepath.Join(dir, "visit.md"))
	if err != nil || !strings.Contains(string(text), "In front of the house.") || !strings.Contains(string(text), "from: \""+address+"\"") {
		t.Errorf("visit.md = %s, %v", text, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "desk.yaml"), []byte("contact: care@clinic.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs = run("check", dir); code != exitOK || !strings.Contains(out, "0 errors, 0 warnings") {
		t.Errorf("check = %d, %s%s", code, out, errs)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".import-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	site.Close()
	if code, _, errs = run("import", "-o", dir, address); code != exitFailed || !strings.Contains(errs, "import") {
		t.Errorf("import from a site that is down = %d, %s", code, errs)
	}
}

// TestImportWhileSomebodySaves leaves a file alone that was saved after the import had read it.
func TestImportWhileSomebodySaves(t *testing.T) {
	target := filepath.Join(t.TempDir(), "visits.md")
	for _, before := range [][]byte{nil, []byte("as the import read it")} {
		if err := os.WriteFile(target, []byte("saved since"), 0o644); err != nil {
			t.Fatal(err)
		}
		err := writeWhole(target, before, "imported")
		if got, _ := os.ReadFile(target); err == nil || !strings.Contains(err.Error(), "run the command again") || string(got) != "saved since" {
			t.Errorf("writeWhole() over %q = %v, and the file holds %q", before, err, got)
		}
	}
	if err := writeWhole(target, []byte("saved since"), "imported"); err != nil {
		t.Errorf("writeWhole() = %v", err)
	}
	if all, err := os.ReadDir(filepath.Dir(target)); err != nil || len(all) != 1 {
		t.Errorf("the folder holds %v, %v, want the one file", all, err)
	}
}
