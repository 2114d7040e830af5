// Package lang holds what frontdesk knows of each human language, one folder a language, as data files.
// It is a leaf: whoever needs a file parses it. Another language is another folder here and nothing else.
//
//	words.txt           the words by which the language is told ([Detect])
//	articles.yaml       how headings, closing words and page furniture look in articles (package knowledge)
//	abbreviations.txt   words that take a full stop (package knowledge)
//	frequencies.tsv     how common words are: word, tab, log10 of its frequency per billion words
//	rewrites.tsv        spellings and contractions that are brought together (package index)
//	forms.txt           forms of a word that stemming leaves apart, such as those of verbs (package index)
//	thesaurus/          how people ask: words and phrases that stand for the same thing (package index)
//	asking.txt, leaning.txt
//	                    how questions open, and sentences that need the one before (package index)
//	archetypes/         what people ask and read on each subject, learned into archetypes*.bin by cmd/calibrate (package index)
//	vectors.bin         the word vectors that cmd/calibrate learned, of which words are near which (package index)
//	glossary-xx.tsv     what the language xx says for what people ask, in either's folder (package index)
//	smalltalk.txt       greetings, thanks, goodbyes, asking for a person, follow-ups (package bot)
//	phrases.yaml        what the desk itself says (package bot), and what languages are called ([Named])
//	discord.yaml, telegram.yaml, web.yaml
//	                    what only one platform needs: commands, labels (packages bot/…)
//	teach.yaml          what staff are told in their chats (package bot/teach)
//	crisis.yaml         rules that notice a person in danger (package bot/safety)
//	crisis-classes.txt  classes of words for the safety score (package bot/safety/score)
//	crisis/             sentences that the safety score learns from (cmd/crisis)
//	names.txt           how people's names look in messages, to be taken out (package bot/journal)
//	lint.txt            words that headings and questions can do without, and the like (package index/lint)
package lang

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// What the program reads. The sentences that cmd/calibrate and cmd/crisis learn from, in archetypes/ and crisis/, stay
// on disk: what was learned of them is in the program.
//
//go:embed */*.* */thesaurus
var files embed.FS

// Languages returns the BCP 47 codes of the languages that have a folder, sorted. The slice is the caller's own.
func Languages() []string { return slices.Clone(languages()) }

// Has reports whether a language has a folder.
func Has(code string) bool { return slices.Contains(languages(), code) }

var languages = sync.OnceValue(func() []string {
	var codes []string
	entries, _ := files.ReadDir(".")
	for _, e := range entries {
		if e.IsDir() {
			codes = append(codes, e.Name())
		}
	}
	return codes
})

// Base returns the language of a BCP 47 tag, in lower case: "es" of "es-419" and of "es_MX".
func Base(tag string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(code)
}

// File returns a language's data file. The error wraps [fs.ErrNotExist] when the language or the file is unknown.
func File(code, name string) ([]byte, error) { return fs.ReadFile(files, code+"/"+name) }

// Glob returns the names of a language's data files that match pattern, as [path.Match] has it, sorted. It returns
// none when the language has no folder.
func Glob(code, pattern string) ([]string, error) {
	names, err := fs.Glob(files, code+"/"+pattern)
	for i := range names {
		names[i] = names[i][len(code)+1:]
	}
	return names, err
}
