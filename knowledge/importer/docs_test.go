package importer

import (
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDocumentedImport imports the table of docs/articles.md and wants the file that stands there.
func TestDocumentedImport(t *testing.T) {
	doc, err := os.ReadFile("../../docs/articles.md")
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile("(?s)```csv example:faq.csv\n(.*?)```").FindSubmatch(doc)
	want := regexp.MustCompile("(?s)```markdown import:faq.csv\n(.*?)```").FindSubmatch(doc)
	if table == nil || want == nil {
		t.Fatal("docs/articles.md has no example of an import")
	}
	if diff := cmp.Diff(string(want[1]), imported(t, "faq.csv", string(table[1]))); diff != "" {
		t.Error(diff)
	}
}
