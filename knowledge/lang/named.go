package lang

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// Named returns the BCP 47 code of a language by what people call it in any of the languages that have a folder, with its
// accents or without: "es" for "Spanish", "español" and "espanol". It is false for what is no such name.
func Named(name string) (code string, ok bool) {
	code, ok = named()[strings.ToLower(name)]
	return code, ok
}

// named holds the languages that phrases.yaml names, by their names. It panics when a file is broken, which the tests
// rule out.
var named = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for _, in := range Languages() {
		data, err := File(in, "phrases.yaml")
		if err != nil {
			continue // nothing is called anything in this one
		}
		var said struct {
			Languages map[string]string `yaml:"languages"` // by code
		}
		if err := yaml.Unmarshal(data, &said); err != nil {
			panic(fmt.Sprintf("%s/phrases.yaml: %v", in, err))
		}
		for _, code := range slices.Backward(slices.Sorted(maps.Keys(said.Languages))) { // the first of two codes for one name counts
			name := strings.ToLower(said.Languages[code])
			codes[name], codes[withoutAccents(name)] = code, code
		}
	}
	return codes
})
