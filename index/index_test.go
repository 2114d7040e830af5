package index_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestPackageDocIsAMap: a stranger finds each of the package's files in its doc.
func TestPackageDocIsAMap(t *testing.T) {
	source, err := os.ReadFile("index.go")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, _ := strings.Cut(string(source), "package index\n")
	words := strings.FieldsFunc(doc, func(r rune) bool { return !unicode.IsLetter(r) })
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v, want the package's files", files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".go")
		if !strings.HasSuffix(name, "_test") && !slices.Contains(words, name) {
			t.Errorf("the package doc does not name %s", file)
		}
	}
}
