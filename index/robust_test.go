package index_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"frontdesk/index"
)

// strange are messages that nobody means and somebody sends.
func strange() map[string]string {
	return map[string]string{
		"nothing":            "",
		"spaces":             " \n\t ",
		"question marks":     strings.Repeat("?", 5000),
		"emoji only":         strings.Repeat("😀🎉", 200),
		"controls":           "\x00\x01\x02opening\x00hours\x7f",
		"right to left":      "\u202eopening hours\u202c",
		"zero width":         "open\u200bing ho\u200durs",
		"not UTF-8":          "opening \xff\xfe hours",
		"combining marks":    "o" + strings.Repeat("\u0301", 3000) + "pening",
		"one endless word":   strings.Repeat("a", 1<<20),
		"many unknown words": strings.Repeat("xqzzy blorft ", 5000),
		"ten megabytes":      strings.Repeat("when do you open in the morning? ", 10<<20/33),
		"query syntax":       `heading_en:"open -hours^5 ~2 /regexp/ [a TO z]`,
		"apostrophes":        "''''''''",
		"angle brackets":     "<money> <phone>",
	}
}

func TestStrangeMessages(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	for name, text := range strange() {
		start := time.Now()
		hits, err := s.Search(t.Context(), index.Query{Text: text}, 3)
		if err != nil {
			t.Errorf("%s: Search = %v", name, err)
		}
		for _, h := range hits {
			if h.Confidence < 0 || h.Confidence > 1 || h.Confidence != h.Confidence {
				t.Errorf("%s: confidence %v", name, h.Confidence)
			}
		}
		s.Suggest(t.Context(), index.Query{Text: text}, 3)
		if took := time.Since(start); took > 10*time.Second { // milliseconds on an idle machine
			t.Errorf("%s: it takes %v to search, however short the base is", name, took)
		}
	}
}

// TestLanguagesMadeUp asks in languages that nobody speaks, as a program may say: none of them costs memory for good.
func TestLanguagesMadeUp(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for i := range 100 {
		s.Suggest(t.Context(), index.Query{Text: "zq xv", Lang: fmt.Sprint("q", i)}, 3)
	}
	if grown := int64(heap()) - int64(before); grown > 16<<20 {
		t.Errorf("a hundred made-up languages hold %d MB", grown>>20)
	}
}

func TestZeroWidthDoesNotHide(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	for _, text := range []string{"open\u200bing ho\u200durs", "\u202eopening hours\u202c", "ＯＰＥＮＩＮＧ hours", "OPENING HOURS!!!", "oppening huors"} {
		hits, err := s.Search(t.Context(), index.Query{Text: text}, 1)
		if err != nil || len(hits) == 0 || hits[0].Section.Title != "Opening hours" {
			t.Errorf("Search(%q) = %v, %v, want the opening hours", text, titles(hits), err)
		}
	}
}

func TestFewerThanNone(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	q := index.Query{Text: "opening hours"}
	if hits, err := s.Search(t.Context(), q, -1); err != nil || len(hits) > 0 {
		t.Errorf("Search for -1 sections = %v, %v, want none", titles(hits), err)
	}
	if sections := s.Suggest(t.Context(), q, -1); len(sections) > 0 {
		t.Errorf("Suggest of -1 sections = %d of them, want none", len(sections))
	}
	if e, err := s.Explain(t.Context(), q, -1); err != nil || len(e.Candidates) > 0 {
		t.Errorf("Explain of -1 candidates = %d of them, %v, want none", len(e.Candidates), err)
	}
}

func TestSearchStopsWithItsContext(t *testing.T) {
	s := build(t, map[string]string{"bakery.md": bakery})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, index.Query{Text: "opening hours"}, 1); err == nil {
		t.Error("Search with an ended context = nil error")
	}
}

func FuzzSearch(f *testing.F) {
	for _, text := range strange() {
		if len(text) < 10_000 {
			f.Add(text, "en")
		}
	}
	f.Add("wie viel kostet das", "de")
	s := build(f, map[string]string{"bakery.md": bakery, "es.md": panaderia, "pool.md": longSection})
	f.Fuzz(func(t *testing.T, text, lang string) {
		hits, err := s.Search(t.Context(), index.Query{Text: text, Lang: lang}, 5)
		if err != nil {
			t.Fatalf("Search(%q) = %v", text, err)
		}
		for _, h := range hits {
			part := h.Section.Body[h.Passage.Start:h.Passage.End]
			if part == "" || !utf8.ValidString(part) {
				t.Errorf("Search(%q) passage = %q", text, part)
			}
		}
		s.Suggest(t.Context(), index.Query{Text: text, Lang: lang}, 5)
		if _, err := s.Explain(t.Context(), index.Query{Text: text}, 2); err != nil {
			t.Fatalf("Explain(%q) = %v", text, err)
		}
	})
}
