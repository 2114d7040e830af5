package lint

import (
	"slices"
	"strings"
	"testing"
)

func TestLinksIn(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"no link", nil},
		{"[a](b.md) and [c](<d e.md> \"title\")", []string{"b.md", "d e.md"}},
		{"![map](map.png)", []string{"map.png"}},
		{"[![map](map.png)](#where)", []string{"#where", "map.png"}},
		{"<https://a.example/x> but <me@a.example>", []string{"https://a.example/x"}},
		{"[here][1]\n\n[1]: other.md#part", []string{"other.md#part"}},
		{"`[code](x)` and \\[no](x)", nil},
		{"- [in a list](#a)\n\n> [in a quotation](#b)", []string{"#a", "#b"}},
		{"[empty]()", []string{""}},
	}
	for _, test := range tests {
		if got := linksIn(test.text); !slices.Equal(got, test.want) {
			t.Errorf("linksIn(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzLinksIn reads any text without a panic, and reads what it was given: an address is part of the text but for
// what Markdown and web addresses escape.
func FuzzLinksIn(f *testing.F) {
	for _, seed := range []string{"[a](b)", "![a](<b c>)", "[a][b]\n\n[b]: c", "<http://a>", "[](#)", "[a](b\\)c)", "[[a](b)](c)", "[a](/%zz?#"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			return
		}
		for _, link := range linksIn(text) {
			if !strings.ContainsAny(link, "\\&%\x00") && !strings.Contains(text, link) {
				t.Errorf("linksIn(%q) has %q, which is not in it", text, link)
			}
		}
	})
}

func TestSlug(t *testing.T) {
	for heading, want := range map[string]string{"Where can I park?": "where-can-i-park", "¿Cuánto cuesta?": "cuánto-cuesta", "A – B": "a--b"} {
		if got := slug(heading); got != want {
			t.Errorf("slug(%q) = %q, want %q", heading, got, want)
		}
	}
}
