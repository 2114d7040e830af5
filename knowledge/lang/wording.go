package lang

import (
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"
)

// base is the language that stands in for those that have no words.
const base = "en"

// A Wording is what the program says in one place, as a W in each language that has a file for it.
type Wording[W any] struct{ read func() map[string]W }

// NewWording returns the wording that a YAML file in the languages' folders holds, which is read when it is first used. The
// files are part of the program, like its source: one that is not as W has it panics.
func NewWording[W any](file string) Wording[W] {
	return Wording[W]{sync.OnceValue(func() map[string]W {
		all := map[string]W{}
		for _, code := range Languages() {
			data, err := File(code, file)
			if err != nil {
				continue // the language does without
			}
			var words W
			if err := yaml.UnmarshalWithOptions(data, &words, yaml.Strict()); err != nil {
				panic(fmt.Sprintf("%s/%s: %v", code, file, err))
			}
			all[code] = words
		}
		return all
	})}
}

// In returns the words in the first of some languages, as BCP 47 tags, that there are words in, else in English, and the
// code of the language that they are in.
func (w Wording[W]) In(tags ...string) (words W, code string) {
	all := w.read()
	for _, tag := range tags {
		code := Base(tag)
		if words, ok := all[code]; ok {
			return words, code
		}
	}
	return all[base], base
}

// Others returns the codes of the languages besides English that there are words in, sorted.
func (w Wording[W]) Others() []string {
	var others []string
	for _, code := range Languages() {
		if _, ok := w.read()[code]; ok && code != base {
			others = append(others, code)
		}
	}
	return others
}
