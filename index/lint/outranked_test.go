package lint

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"frontdesk/knowledge"
)

// TestOutranked judges answers as an index might give them. The index puts a section first on its own wording nearly
// always, so that no small folder shows the rule.
func TestOutranked(t *testing.T) {
	section := func(id knowledge.SectionID, code, title string, phrasings ...string) knowledge.Section {
		return knowledge.Section{ID: id, Kind: knowledge.Answer, Title: title, Phrasings: phrasings, Lang: code, Source: knowledge.Position{File: "a.md", Line: len(id)}}
	}
	pool, pets, german := section("pool", "en", "Swimming pool", "can we swim", "is it heated"), section("pets1", "en", "Pets", "May we swim?"), section("hunde1", "de", "Hunde")
	base := knowledge.Base{Articles: []knowledge.Article{{Sections: []knowledge.Section{pool, pets, german}}}}
	all := []wording{{0, -1, "Swimming pool"}, {0, 0, "can we swim"}, {0, 1, "is it heated"}}
	own := answer{best: pool, confidence: .9, outright: true}
	tests := []struct {
		name    string
		answers []answer
		want    string
	}{
		{"each its own", []answer{own, own, own}, ""},
		{"another", []answer{{pets, .8, true}, own, own}, `people who ask "Swimming pool" get "Pets" (a.md:5) instead (0.80)`},
		{"another twice", []answer{{pets, .8, true}, own, {pets, .7, true}}, `people who ask "Swimming pool" get "Pets" (a.md:5) instead (0.80), as with 1 more phrasing`},
		{"another among choices", []answer{{pets, .8, false}, own, own}, ""},
		{"another that asks the same", []answer{own, {pets, .8, true}, own}, ""},
		{"another language's", []answer{{german, .8, true}, own, own}, ""},
		{"none", []answer{{}, own, own}, ""},
	}
	for _, test := range tests {
		l := newLinter(base, fstest.MapFS{}, time.Now())
		l.outranked(all, test.answers)
		var got, want []string
		for _, f := range l.found {
			got = append(got, f.Text)
		}
		if test.want != "" {
			want = []string{test.want}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: outranked = %q, want %q", test.name, got, want)
		}
	}
}
