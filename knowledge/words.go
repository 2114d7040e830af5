package knowledge

import (
	"sync"

	"github.com/goccy/go-yaml"

	"frontdesk/knowledge/lang"
)

// words are what a language's articles.yaml says.
type words struct {
	ContactUs  string `yaml:"contact us"` // the default label of a contact, and the title of a call to contact without heading
	Conclusion string `yaml:"conclusion"` // the title of closing words without heading
}

// wordsOf returns a language's words, or the English ones for a language that has none.
func wordsOf(code string) words {
	all := allWords()
	if w, ok := all[code]; ok {
		return w
	}
	return all["en"]
}

var allWords = sync.OnceValue(func() map[string]words {
	all := map[string]words{}
	for _, code := range lang.Languages() {
		data, err := lang.File(code, "articles.yaml")
		if err != nil {
			continue // a language without the file uses the English words
		}
		var w words
		if err := yaml.Unmarshal(data, &w); err != nil {
			panic("knowledge/lang/" + code + "/articles.yaml: " + err.Error()) // embedded, and read by a test
		}
		all[code] = w
	}
	return all
})
