package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// library makes n sections of real length: nine words of heading and about ninety of text, in words as common as
// those of a language are (Zipf's law), with a sentence end now and then.
func library(n int) knowledge.Base { return libraryOf(n, 60) }

// libraryOf makes n sections of so many words and up to twice as many.
func libraryOf(n, words int) knowledge.Base {
	random := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(random, 1.1, 4, 20_000)
	word := func() string { return syllables(zipf.Uint64()) }
	article := knowledge.Article{ID: "a", Title: "Library", Lang: "en"}
	for i := range n {
		var title, body strings.Builder
		for range 9 {
			title.WriteString(word() + " ")
		}
		for j := range words + random.IntN(words) {
			body.WriteString(word())
			if j%12 == 11 {
				body.WriteString(".")
			}
			body.WriteString(" ")
		}
		article.Sections = append(article.Sections, knowledge.Section{
			ID: knowledge.SectionID(fmt.Sprintf("s%d", i)), Kind: knowledge.Answer, Article: "Library", ArticleID: "a",
			Title: strings.TrimSpace(title.String()), Body: strings.TrimSpace(body.String()) + ".", Lang: "en",
		})
	}
	return knowledge.Base{Articles: []knowledge.Article{article}}
}

// syllables spells a number as a word.
func syllables(n uint64) string {
	parts := []string{"ba", "co", "di", "fu", "ge", "ha", "ki", "lo", "mu", "ne", "pa", "ri", "so", "tu", "ve", "wa"}
	s := ""
	for ; s == "" || n > 0; n /= 16 {
		s += parts[n%16]
	}
	return s + "n"
}

// questionsFor takes six words of every so-manieth section.
func questionsFor(base knowledge.Base) []string {
	var all []string
	sections := base.Sections()
	for i := 0; i < len(sections); i += max(len(sections)/50, 1) {
		words := strings.Fields(sections[i].Title + " " + sections[i].Body)
		all = append(all, "what about "+strings.Join([]string{words[1], words[3], words[5], words[12], words[20], words[30]}, " "))
	}
	return all
}

// plainIndex is what anybody would build with bleve: one document a section with two fields.
func plainIndex(t testing.TB, base knowledge.Base) bleve.Index {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = en.AnalyzerName
	m.ScoringModel = "bm25"
	x, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	batch := x.NewBatch()
	for _, s := range base.Sections() {
		if err := batch.Index(string(s.ID), map[string]string{"title": s.Title, "text": s.Body}); err != nil {
			t.Fatal(err)
		}
		if batch.Size() == 500 {
			if err := x.Batch(batch); err != nil {
				t.Fatal(err)
			}
			batch.Reset()
		}
	}
	if err := x.Batch(batch); err != nil {
		t.Fatal(err)
	}
	return x
}

func plainSearch(x bleve.Index, text string) error {
	title, body := query.NewMatchQuery(text), query.NewMatchQuery(text)
	title.SetField("title")
	body.SetField("text")
	_, err := x.Search(bleve.NewSearchRequestOptions(query.NewDisjunctionQuery([]query.Query{title, body}), 10, 0, false))
	return err
}

// BenchmarkSearch prints what a full answer takes beside a plain match of two fields on the same sections in the same
// run, as the ratio x-plain: medians, since other processes on the machine stretch a few of them.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{100, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			base := library(n)
			s, err := index.Build(b.Context(), base, index.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			plain := plainIndex(b, base)
			defer plain.Close()
			questions := questionsFor(base)
			var ours, theirs []time.Duration
			for i := 0; b.Loop(); i++ {
				q := questions[i%len(questions)]
				start := time.Now()
				if _, err := s.Search(context.Background(), index.Query{Text: q}, 10); err != nil {
					b.Fatal(err)
				}
				middle := time.Now()
				if err := plainSearch(plain, q); err != nil {
					b.Fatal(err)
				}
				ours, theirs = append(ours, middle.Sub(start)), append(theirs, time.Since(middle))
			}
			b.ReportMetric(float64(median(ours).Microseconds()), "µs-ours")
			b.ReportMetric(float64(median(theirs).Microseconds()), "µs-plain")
			b.ReportMetric(float64(median(ours))/float64(median(theirs)), "x-plain")
		})
	}
}

// BenchmarkBuild prints the time and the memory that a snapshot takes beside a plain build, as ratios.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			base := library(n)
			var ours, theirs time.Duration
			var oursHeld, theirsHeld uint64
			if first, err := index.Build(b.Context(), base, index.Options{}); err != nil { // reads the languages, once a process
				b.Fatal(err)
			} else {
				first.Close()
			}
			for b.Loop() {
				held := inUse()
				start := time.Now()
				s, err := index.Build(b.Context(), base, index.Options{})
				if err != nil {
					b.Fatal(err)
				}
				ours += time.Since(start)
				oursHeld += inUse() - held
				s.Close()
				s = nil
				held = inUse()
				start = time.Now()
				plain := plainIndex(b, base)
				theirs += time.Since(start)
				theirsHeld += inUse() - held
				plain.Close()
			}
			b.ReportMetric(ours.Seconds()/float64(b.N), "s-ours")
			b.ReportMetric(float64(ours)/float64(theirs), "x-plain-time")
			b.ReportMetric(float64(oursHeld)/float64(b.N)/(1<<20), "MB-ours")
			b.ReportMetric(float64(oursHeld)/float64(theirsHeld), "x-plain-memory")
		})
	}
}

// BenchmarkSynonyms prints what 200 groups of staff's synonyms cost: the build, a question that uses one and a question
// that uses none, each as a ratio to the same without the groups.
func BenchmarkSynonyms(b *testing.B) {
	base := library(5_000)
	with := base
	words := strings.Fields(base.Articles[0].Sections[7].Body)
	for i := range 200 {
		with.Settings.Synonyms = append(with.Settings.Synonyms, []string{fmt.Sprintf("stafword%dn", i), syllables(uint64(19_000 + i)), words[0] + " " + syllables(uint64(18_000+i))})
	}
	var took [2][3]time.Duration // without and with: build, a question without, a question with
	for b.Loop() {
		for i, base := range []knowledge.Base{base, with} {
			start := time.Now()
			s, err := index.Build(b.Context(), base, index.Options{})
			if err != nil {
				b.Fatal(err)
			}
			took[i][0] += time.Since(start)
			for j, more := range []string{"", " stafword9n"} {
				for _, q := range questionsFor(base) {
					start = time.Now()
					if _, err := s.Search(b.Context(), index.Query{Text: q + more}, 10); err != nil {
						b.Fatal(err)
					}
					took[i][1+j] += time.Since(start)
				}
			}
			s.Close()
		}
	}
	for i, name := range []string{"x-build", "x-question", "x-question-with-synonym"} {
		b.ReportMetric(float64(took[1][i])/float64(took[0][i]), name)
	}
}

// BenchmarkLongSections prints what 17,800 sections of 200 to 400 words take to build and to hold, and the median
// question, beside a plain index of the same.
func BenchmarkLongSections(b *testing.B) {
	base := libraryOf(17_800, 200)
	questions := questionsFor(base)
	for b.Loop() {
		held, start := inUse(), time.Now()
		s, err := index.Build(b.Context(), base, index.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "s-build")
		b.ReportMetric(float64(inUse()-held)/(1<<20), "MB")
		b.ReportMetric(medianOf(b, questions, func(q string) error {
			_, err := s.Search(b.Context(), index.Query{Text: q}, 10)
			return err
		}).Seconds()*1000, "ms-question")
		s.Close()
		s = nil
		held, start = inUse(), time.Now()
		plain := plainIndex(b, base)
		b.ReportMetric(time.Since(start).Seconds(), "s-build-plain")
		b.ReportMetric(float64(inUse()-held)/(1<<20), "MB-plain")
		b.ReportMetric(medianOf(b, questions, func(q string) error { return plainSearch(plain, q) }).Seconds()*1000, "ms-question-plain")
		plain.Close()
	}
}

// medianOf returns what the median question takes, each asked five times.
func medianOf(b *testing.B, questions []string, ask func(string) error) time.Duration {
	var took []time.Duration
	for range 5 {
		for _, q := range questions {
			start := time.Now()
			if err := ask(q); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	return median(took)
}

func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

// BenchmarkRebuildOneOf10000 prints what a snapshot costs after one section of 10,000 has changed, in time and in
// memory held beside the one before, and what part that is of a full build.
func BenchmarkRebuildOneOf10000(b *testing.B) {
	base := library(10_000)
	empty := inUse()
	start := time.Now()
	s, err := index.Build(b.Context(), base, index.Options{})
	if err != nil {
		b.Fatal(err)
	}
	full := time.Since(start)
	fullHeld := inUse() - empty
	defer func() { s.Close() }()
	var took time.Duration
	var held uint64
	for i := 0; b.Loop(); i++ {
		sections := base.Sections()
		sections[i*97%len(sections)].Body += fmt.Sprintf(" And then came round%dn.", i)
		base = knowledge.Base{Articles: []knowledge.Article{{ID: "a", Sections: sections}}}
		before := inUse()
		start := time.Now()
		next, err := s.Rebuild(b.Context(), base)
		if err != nil {
			b.Fatal(err)
		}
		took += time.Since(start)
		held += inUse() - before
		s.Close()
		s = next
	}
	each := took / time.Duration(b.N)
	b.ReportMetric(full.Seconds(), "s-full")
	b.ReportMetric(float64(each.Milliseconds()), "ms-rebuild")
	b.ReportMetric(float64(full)/float64(each), "full/rebuild")
	b.ReportMetric(float64(fullHeld)/(1<<20), "MB-full")
	b.ReportMetric(float64(held)/float64(b.N)/(1<<20), "MB-more")
}

// inUse is the memory held after two collections: what lies in pools outlives one.
func inUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
