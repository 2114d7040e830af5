package edit

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// document makes a .docx file with one heading and one paragraph.
func document(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	const text = `<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>A session costs 120 dollars.</w:t></w:r></w:p></w:body></w:document>`
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOtherFormats gives phrasings to files that have no place for them, and leaves their text alone.
func TestOtherFormats(t *testing.T) {
	for name, text := range map[string]string{
		"fees.docx": document(t),
		"fees.txt":  "Fees\n\nA session costs 120 dollars, and the first talk is free.\n\nRefunds\n\nWe pay back what you paid, up to a day before.\n",
		"fees.md":   "# Fees\n\nA session in the caf\xe9 costs 120 dollars.\n\n## Refunds\n\nWe pay back what you paid.\n", // Windows-1252
	} {
		dir := t.TempDir()
		write(t, dir, map[string]string{name: text})
		b, _ := reopen(t, dir)
		all := load(b.FS()).base.Sections()
		if len(all) == 0 {
			t.Errorf("%s: nothing is read: %v", name, load(b.FS()).problems)
			continue
		}
		s := all[0]
		apply(t, b, "test", func() (Change, error) { return b.AddPhrasing(s, "how much") })
		apply(t, b, "test", func() (Change, error) { return b.AddPhrasing(s, "price") })
		if got, want := read(t, dir, knowledge.PhrasingsFile), "how much\t"+string(s.ID)+"\nprice\t"+string(s.ID)+"\n"; got != want {
			t.Errorf("%s: phrasings.tsv is %q, want %q", name, got, want)
		}
		now, err := b.Section(s)
		if err != nil || !slices.Equal(now.Phrasings, []string{"how much", "price"}) {
			t.Errorf("%s: Section = %+v, %v", name, now, err)
		}
		now.Phrasings = now.Phrasings[1:]
		apply(t, b, "test", func() (Change, error) { return b.Replace(s, now) })
		if got, want := read(t, dir, knowledge.PhrasingsFile), "price\t"+string(s.ID)+"\n"; got != want {
			t.Errorf("%s: phrasings.tsv is %q, want %q", name, got, want)
		}
		now.Phrasings = nil
		apply(t, b, "test", func() (Change, error) { return b.Replace(s, now) })
		if got, err := b.Section(s); err != nil || len(got.Phrasings) > 0 {
			t.Errorf("%s: without its last phrasing, Section = %+v, %v", name, got, err)
		}
		now.Body = "It is free."
		if c, err := b.Replace(s, now); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: Replace = %v, want ErrFormat; it would be\n%s", name, err, c.Diff())
		}
		if read(t, dir, name) != text {
			t.Errorf("%s was changed", name)
		}
	}
}
