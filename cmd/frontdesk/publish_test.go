package main

import (
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"frontdesk/bot/publish"
	"frontdesk/index"
)

// TestDocumentedQuestions asks the golden questions that docs/publishing.md shows of the sample.
func TestDocumentedQuestions(t *testing.T) {
	page, err := os.ReadFile("../../docs/publishing.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rows, found := strings.Cut(string(page), "```\nquestion\tsection")
	rows, _, closed := strings.Cut(rows, "```")
	if !found || !closed {
		t.Fatal("docs/publishing.md shows no questions.tsv")
	}
	files := fstest.MapFS{"questions.tsv": {Data: []byte("question\tsection" + rows)}}
	if err := fs.WalkDir(sample(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sample(), name)
		if _, own := files[name]; !own {
			files[name] = &fstest.MapFile{Data: data}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	p := program{out: io.Discard, errs: io.Discard, env: func(string) string { return "" }}
	folder, err := publish.Read(files, p.readFiles)
	if err != nil || len(publish.Errors(folder.Problems)) > 0 || len(folder.Golden) < 4 {
		t.Fatalf("Read() = %d golden questions, %v, %v", len(folder.Golden), folder.Problems, err)
	}
	s, err := index.Build(t.Context(), folder.Base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	report, err := publish.Gate{Golden: time.Minute}.Compare(t.Context(), publish.Side{}, folder.Side(s), nil)
	if err != nil || report.Golden != len(folder.Golden) || len(report.Broken) > 0 {
		t.Errorf("Compare() = %s, %v, want no golden question to fail", report, err)
	}
}
