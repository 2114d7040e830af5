package importer

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFetch(t *testing.T) {
	mux := http.NewServeMux()
	serve := func(path, kind, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if len(r.Cookies()) > 0 {
				t.Errorf("%s came with cookies", path)
			}
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Set-Cookie", "a=b")
			fmt.Fprint(w, body)
		})
	}
	serve("/blog/Our-Therapy.html", "text/html; charset=utf-8", "<h1>Thérapie</h1>")
	serve("/latin/", "text/html; charset=iso-8859-2", "<h1>\xb6wiat</h1>")
	serve("/faq.csv", "text/plain", "id,question,answer")
	serve("/visit.docx", "application/octet-stream", "PK")
	serve("/picture", "image/png", "x")
	serve("/thing.exe", "application/octet-stream", "x")
	serve("/large", "text/html", strings.Repeat("x", maxBytes+1))
	mux.Handle("/moved", http.RedirectHandler("/blog/Our-Therapy.html#top", http.StatusFound))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.Handle("/away", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	server := httptest.NewServer(mux)
	defer server.Close()
	tests := []struct {
		path, name, kind, data, fails string
	}{
		{"/blog/Our-Therapy.html?a=b#c", "our-therapy", ".html", "<h1>Thérapie</h1>", ""},
		{"/latin/", "latin", ".html", "<h1>świat</h1>", ""},
		{"/moved", "our-therapy", ".html", "<h1>Thérapie</h1>", ""},
		{"/faq.csv", "faq", ".csv", "id,question,answer", ""},
		{"/visit.docx", "visit", ".docx", "PK", ""},
		{"/picture", "", "", "", "image/png is not read"},
		{"/thing.exe", "", "", "", "octet-stream is not read"},
		{"/large", "", "", "", "more than 10 MB"},
		{"/round", "", "", "", "too many redirects"},
		{"/away", "", "", "", `redirected to "file"`},
		{"/none", "", "", "", "404"},
	}
	for _, test := range tests {
		got, err := Fetch(t.Context(), server.URL+test.path)
		if test.fails != "" {
			if err == nil || !strings.Contains(err.Error(), test.fails) {
				t.Errorf("Fetch(%q) = %v, want an error with %q", test.path, err, test.fails)
			}
			continue
		}
		if err != nil || got.Name != test.name || got.Type != test.kind || string(got.Data) != test.data || strings.Contains(got.From, "#") || got.URL != "" {
			t.Errorf("Fetch(%q) = %+v, %v, want %q %q %q", test.path, got, err, test.name, test.kind, test.data)
		}
	}
	if _, err := Fetch(t.Context(), "http://"); err == nil {
		t.Error("Fetch of an address without a host: no error")
	}
}

func TestIsPublic(t *testing.T) {
	for host, want := range map[string]bool{"clinic.example": true, "93.184.216.34": true, "2606:2800::1": true, "localhost": false, "intranet": false,
		"desk.local": false, "127.0.0.1": false, "10.1.2.3": false, "192.168.1.9": false, "::1": false, "fd00::1": false} {
		if got := isPublic(host); got != want {
			t.Errorf("isPublic(%q) = %v, want %v", host, got, want)
		}
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "Our Visits (2).TXT")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(file)
	if err != nil || s.From != "Our Visits (2).TXT" || s.Name != "our-visits-2" || s.Type != ".txt" || string(s.Data) != "x" {
		t.Errorf("Open = %+v, %v", s, err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "none")} {
		if _, err := Open(name); err == nil {
			t.Errorf("Open(%q): no error", name)
		}
	}
}

func TestRead(t *testing.T) {
	table := Source{From: "faq.csv", Name: "faq", Type: ".csv", Data: []byte("id,question,answer,lang\na,Where?,Here.,\nb,¿Dónde?,Aquí.,es\n")}
	drafts, _, err := Read(table, "en")
	if err != nil || len(drafts) != 2 || drafts[0].Name != "faq" || drafts[1].Name != "faq-es" {
		t.Fatalf("Read of two languages = %+v, %v", drafts, err)
	}
	for i, want := range []string{"lang: en\n", "lang: es\n"} {
		if r, err := drafts[i].Merge(nil, today, false); err != nil || !strings.Contains(r.Text, want) {
			t.Errorf("draft %d = %v\n%s", i, err, r.Text)
		}
	}
	for _, s := range []Source{{From: "a.csv", Name: "a", Type: ".csv", Data: []byte("x,y\n")}, {From: "a.pdf", Name: "a", Type: ".pdf", Data: []byte("x")}, {From: "a.txt", Name: "a", Type: ".txt"}} {
		if _, _, err := Read(s, ""); err == nil || !strings.Contains(err.Error(), s.From) {
			t.Errorf("Read(%q) = %v, want an error", s.From, err)
		}
	}
}

// FuzzImport imports any text as any format: what is written must be read as what was meant, and a second import must
// change nothing.
func FuzzImport(f *testing.F) {
	for kind, text := range []string{"# A\n\nx\n\n## B {#b}\n\n<!-- also: c -->\n\n```\ny", first, "Our visits\n\nWe are here.\n\nParking\n\nBehind the house.\n", "id,question,answer,alternates\na b,W?,# x,\"p|q\nr\"\nc,d,<!--,\n"} {
		f.Add(uint8(kind), text)
	}
	f.Fuzz(func(t *testing.T, kind uint8, text string) {
		ending := []string{".md", ".html", ".txt", ".csv"}[kind%4]
		drafts, _, err := Read(Source{From: "a" + ending, Name: "a", Type: ending, Data: []byte(text)}, "")
		if err != nil {
			return
		}
		for _, d := range drafts {
			r, err := d.Merge(nil, today, false)
			if err != nil {
				continue // refused, and nothing is written
			}
			again, err := d.Merge([]byte(r.Text), today, false)
			if err != nil || again.Changed {
				t.Errorf("a second import of %q, which became %q: changed %v, %v, %v", text, r.Text, again.Changed, again.Changes, err)
			}
		}
	})
}
