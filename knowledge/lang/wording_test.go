package lang

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// spoken are the files of what the program says.
var spoken = []string{"phrases.yaml", "discord.yaml", "teach.yaml", "telegram.yaml", "web.yaml"}

// Every language says everything that English says, with the same things to fill in.
func TestWordingIsComplete(t *testing.T) {
	places := regexp.MustCompile(`\{\w+\}`)
	of := func(s string) string {
		all := places.FindAllString(s, -1)
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	for _, file := range spoken {
		english := flat(t, base, file)
		for _, code := range Languages() {
			words := flat(t, code, file)
			for key, text := range english {
				switch other := words[key]; {
				case strings.TrimSpace(other) == "":
					t.Errorf("%s/%s says nothing for %s", code, file, key)
				case of(text) != of(other):
					t.Errorf("%s/%s: %s holds %q, want %q", code, file, key, of(other), of(text))
				}
			}
			if len(words) != len(english) {
				t.Errorf("%s/%s has %d texts, want %d", code, file, len(words), len(english))
			}
		}
	}
}

// flat returns the texts of a language's file by their path.
func flat(t *testing.T, code, file string) map[string]string {
	t.Helper()
	data, err := File(code, file)
	if err != nil {
		t.Fatalf("File(%q, %q): %v", code, file, err)
	}
	var tree any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		t.Fatalf("%s/%s: %v", code, file, err)
	}
	texts := map[string]string{}
	var walk func(path string, node any)
	walk = func(path string, node any) {
		switch node := node.(type) {
		case map[string]any:
			for key, below := range node {
				walk(path+"."+key, below)
			}
		case []any:
			for i, below := range node {
				walk(fmt.Sprintf("%s[%d]", path, i), below)
			}
		default:
			texts[path] = fmt.Sprint(node)
		}
	}
	walk("", tree)
	return texts
}

func TestWordingIn(t *testing.T) {
	w := NewWording[struct {
		Ask, Topics, Contact, Help, Privacy, Forget, Misses, Why, Console string
	}]("telegram.yaml")
	for _, test := range []struct {
		tags []string
		want string
	}{
		{nil, "en"}, {[]string{"es-419"}, "es"}, {[]string{"es_MX"}, "es"}, {[]string{"xx", "es"}, "es"}, {[]string{"en", "es"}, "en"},
	} {
		if words, got := w.In(test.tags...); got != test.want || words.Ask == "" {
			t.Errorf("In(%q) = %+v in %q, want words in %q", test.tags, words, got, test.want)
		}
	}
	if got := w.Others(); !slices.Contains(got, "es") || slices.Contains(got, "en") {
		t.Errorf("Others() = %q, want es and not en", got)
	}
}
