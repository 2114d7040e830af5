package lint_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"frontdesk/index"
	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

// library makes n sections, each with a heading, two phrasings and about ninety words of text.
func library(n int) knowledge.Base {
	random := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(random, 1.1, 4, 20_000)
	words := func(n int) string {
		var all []string
		for range n {
			all = append(all, fmt.Sprintf("w%xe", zipf.Uint64()))
		}
		return strings.Join(all, " ")
	}
	a := knowledge.Article{ID: "a", Title: "Library", Lang: "en", Source: knowledge.Position{File: "a.md"}}
	for i := range n {
		a.Sections = append(a.Sections, knowledge.Section{
			ID: knowledge.SectionID(fmt.Sprintf("s%d", i)), Kind: knowledge.Answer, Article: a.Title, ArticleID: a.ID, Lang: "en",
			Title: words(8), Phrasings: []string{words(5), words(6)}, Body: words(30) + ". " + words(30) + ". " + words(30) + ".",
			Source: knowledge.Position{File: "a.md", Line: 1 + 5*i},
		})
	}
	return knowledge.Base{Articles: []knowledge.Article{a}}
}

// BenchmarkRun prints what advice on a folder takes once its index is built.
func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			base := library(n)
			s, err := index.Build(b.Context(), base, index.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			for b.Loop() {
				start := time.Now()
				found, err := lint.Run(b.Context(), s, fstest.MapFS{}, today, outright)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(start).Seconds(), "s")
				b.ReportMetric(float64(len(found)), "findings")
			}
		})
	}
}
