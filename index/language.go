package index

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/standard" // for languages without an analyzer of their own
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"           // one for each folder of knowledge/lang
	_ "github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/mapping"

	"golang.org/x/sync/errgroup"

	"frontdesk/knowledge/lang"
)

// A language is what is known of one human language: bleve's analyzer for it, how common its words are, how its
// spellings are brought together and which words mean the same. It is read from knowledge/lang, once a process, and
// does not change.
type language struct {
	code       string
	analyzer   analysis.Analyzer
	frequency  map[string]float32 // log10 of occurrences per billion words
	lexicon    *lexicon           // the words of frequency, for spelling
	rewrites   *rewrites
	forms      *forms
	glossaries sync.Map // code of another language → *glossary
	thesaurus  *thesaurus
	facts      facts
	leaning    leaning
	asking     *asking
	subjects   []*archetypes // by scale; none for none
	vectors    *wordVectors  // nil for none
}

// languages keeps what was read. The data is embedded, so every reader gets the same.
var languages struct {
	mu    sync.Mutex
	known map[string]func() (*language, error)
}

// loadLanguage returns the language with this BCP 47 base code. One without a folder gets bleve's analyzer of that
// name if there is one, the standard analyzer otherwise, and no data.
func loadLanguage(code string) (*language, error) {
	languages.mu.Lock()
	if languages.known == nil {
		languages.known = map[string]func() (*language, error){}
	}
	read, ok := languages.known[code]
	if !ok {
		read = sync.OnceValues(func() (*language, error) { return readLanguage(code) })
		languages.known[code] = read
	}
	languages.mu.Unlock()
	l, err := read() // outside of the lock, so that several languages are read at once
	if err != nil {
		return nil, fmt.Errorf("read language %q: %w", code, err)
	}
	return l, nil
}

func readLanguage(code string) (*language, error) {
	l := &language{code: code, analyzer: mapping.NewIndexMapping().AnalyzerNamed(analyzerName(code)), frequency: map[string]float32{}}
	text, err := optional(code, "rewrites.tsv")
	if err != nil {
		return nil, err
	}
	l.rewrites = parseRewrites(text)
	if l.forms, err = readForms(code); err != nil {
		return nil, err
	}
	frequencies, err := optional(code, "frequencies.tsv")
	if err != nil {
		return nil, err
	}
	var beside errgroup.Group // the frequencies and the thesaurus take longest, and need nothing of each other
	beside.Go(func() error { return l.readFrequencies(frequencies) })
	if l.leaning, err = readLeaning(code); err != nil {
		return nil, err
	}
	if l.asking, err = readAsking(code); err != nil {
		return nil, err
	}
	if text, err = thesaurusFiles(code); err != nil {
		return nil, err
	}
	l.thesaurus = newThesaurus(1 << 14)
	for line := range strings.Lines(text) {
		l.thesaurus.add(l, line)
	}
	if l.subjects, err = readArchetypes(code); err != nil {
		return nil, err
	}
	if l.vectors, err = readVectors(code); err != nil {
		return nil, err
	}
	if err := beside.Wait(); err != nil {
		return nil, fmt.Errorf("frequencies.tsv: %w", err)
	}
	return l, nil
}

// readFrequencies reads lines of word, tab, log frequency. The words go through the rewrites like all others.
func (l *language) readFrequencies(text string) error {
	var buf []string
	for line := range strings.Lines(text) {
		word, value, _ := strings.Cut(strings.TrimSpace(line), "\t")
		f, err := strconv.ParseFloat(value, 32)
		if err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
		if buf = l.rewrites.apply(buf[:0], normalise(word)); len(buf) == 1 {
			l.frequency[buf[0]] = max(l.frequency[buf[0]], float32(f))
		}
	}
	l.lexicon = newLexicon(maps.All(l.frequency))
	return nil
}

// analyzerName returns the analyzer bleve has for a language.
func analyzerName(code string) string {
	if code != "" && mapping.NewIndexMapping().AnalyzerNamed(code) != nil {
		return code
	}
	return "standard"
}

// optional returns a language's data file of text, empty when there is none.
func optional(code, name string) (string, error) {
	data, err := optionalData(code, name)
	return string(bytes.TrimSpace(data)), err
}

// optionalData returns a language's data file, nil when there is none.
func optionalData(code, name string) ([]byte, error) {
	data, err := lang.File(code, name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, nil
	}
	return data, err
}

// words returns the words of text, normalised and rewritten: contractions written out, spellings brought together.
func (l *language) words(text string) []string {
	raw := split(l.rewrites.writeOut(normalise(text)))
	return l.rewrites.applyAll(make([]string, 0, len(raw)+4), raw)
}
