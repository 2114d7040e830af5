package journal

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// wordsOf finds what the pattern finds.
func FuzzWordsOf(f *testing.F) {
	for _, text := range []string{
		"", "O'Hara-Smith's dog", "a--b 'c' -d- e-", "¿Qué cuesta?", "Zoë’s e\u0301te\u0301", "\xff\xfea\x00b", "1a2", "’’a’’b’", "日本語 и это", "a-\u0301b",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := slices.Collect(wordsOf(text)), wordPattern.FindAllString(text, -1); !slices.Equal(got, want) {
			t.Errorf("wordsOf(%q) = %q, want %q", text, got, want)
		}
	})
}

// BenchmarkLearn learns 10,000 sections.
func BenchmarkLearn(b *testing.B) {
	var a knowledge.Article
	for i := range 10_000 {
		a.Sections = append(a.Sections, knowledge.Section{
			Title: "What does visit " + strconv.Itoa(i) + " cost?", Body: strings.Repeat("A visit costs forty dollars, and Nurse Maria helps. ", 10),
			Phrasings: []string{"what is the price", "is it expensive"},
		})
	}
	j := &Journal{}
	for b.Loop() {
		j.Learn(knowledge.Base{Articles: []knowledge.Article{a}})
	}
}
