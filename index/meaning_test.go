package index_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// A toyEmbedder knows three things that texts can be about, by words that no thesaurus has.
type toyEmbedder struct{ broken bool }

var toyWords = [][]string{{"zorp", "blick"}, {"quandle", "frim"}, {"mervit", "snool"}}

func (e toyEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if e.broken {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		v := make([]float32, len(toyWords))
		var sum float64
		for k, words := range toyWords {
			for _, w := range words {
				v[k] += float32(strings.Count(strings.ToLower(text), w))
			}
			sum += float64(v[k] * v[k])
		}
		for k := range v {
			if sum > 0 {
				v[k] /= float32(math.Sqrt(sum))
			}
		}
		vectors[i] = v
	}
	return vectors, nil
}

func meaningBase() knowledge.Base {
	section := func(id, title, body string) knowledge.Section {
		return knowledge.Section{ID: knowledge.SectionID(id), Kind: knowledge.Answer, Article: "Things", ArticleID: "a", Title: title, Body: body, Lang: "en"}
	}
	return knowledge.Base{Articles: []knowledge.Article{{ID: "a", Title: "Things", Lang: "en", Sections: []knowledge.Section{
		section("zorp", "The zorp", "A zorp is kept in the cellar. It is quiet."),
		section("quandle", "The quandle", "A quandle is kept in the garden. It is loud."),
		section("mervit", "The mervit", "A mervit is kept in the attic. It is slow."),
	}}}}
}

// A listener hears what is embedded.
type listener struct {
	toyEmbedder
	heard map[string]bool
}

func (l listener) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	for _, text := range texts {
		l.heard[text] = true
	}
	return l.toyEmbedder.Embed(ctx, texts)
}

// TestQuestionsAreNotKept: what keeps vectors hears staff's texts alone.
func TestQuestionsAreNotKept(t *testing.T) {
	kept, asked := listener{heard: map[string]bool{}}, listener{heard: map[string]bool{}}
	s, err := index.Build(t.Context(), meaningBase(), index.Options{Embedder: asked, Kept: kept, Patience: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const question = "where is the blick"
	hits, err := s.Search(t.Context(), index.Query{Text: question}, 1)
	if err != nil || len(hits) != 1 || hits[0].Section.ID != "zorp" {
		t.Fatalf("Search(%q) = %v, %v, want zorp", question, hits, err)
	}
	if kept.heard[question] || len(kept.heard) == 0 || len(asked.heard) != 1 || !asked.heard[question] {
		t.Errorf("Kept hears %v, Embedder %v, want staff's texts and the question", kept.heard, asked.heard)
	}
}

func TestMeaningFindsWhatWordsDoNot(t *testing.T) {
	search := func(e index.Embedder) []index.Hit {
		s, err := index.Build(context.Background(), meaningBase(), index.Options{Embedder: e})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		hits, err := s.Search(context.Background(), index.Query{Text: "frim"}, 3)
		if err != nil {
			t.Fatal(err)
		}
		return hits
	}
	if hits := search(toyEmbedder{}); len(hits) == 0 || hits[0].Section.ID != "quandle" {
		t.Errorf("Search(%q) with meaning = %v, want quandle first", "frim", hits)
	}
	if hits := search(nil); len(hits) > 0 && hits[0].Confidence > 0.3 {
		t.Errorf("Search(%q) by words alone is %.2f sure, want it not to know", "frim", hits[0].Confidence)
	}
}

func TestQuestionsDoNotWaitForMeaning(t *testing.T) {
	e := &switchable{}
	s, err := index.Build(context.Background(), meaningBase(), index.Options{Embedder: e, Patience: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e.toyEmbedder.broken = true
	hits, err := s.Search(context.Background(), index.Query{Text: "where is the quandle kept?"}, 3)
	if err != nil || len(hits) == 0 || hits[0].Section.ID != "quandle" {
		t.Errorf("Search with a hanging embedder = %v, %v, want quandle first", hits, err)
	}
}

type switchable struct{ toyEmbedder }

func TestBuildSaysThatEmbeddingFailed(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := index.Build(ctx, meaningBase(), index.Options{Embedder: toyEmbedder{broken: true}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Build = %v, want the embedder's error", err)
	}
}
