package index

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// A pairing is texts that belong together: a heading, ways to ask for it, and the answer's sentences.
type pairing struct {
	heading []feature // nil for none
	asked   [][]feature
	told    [][]feature
}

// texts returns all texts.
func (p *pairing) texts() [][]feature {
	all := slices.Concat(p.asked, p.told)
	if p.heading != nil {
		all = append(all, p.heading)
	}
	return all
}

// add adds a question, of kind "?", or else something told.
func (p *pairing) add(kind string, text []feature) {
	if kind == "?" {
		p.asked = append(p.asked, text)
	} else {
		p.told = append(p.told, text)
	}
}

// A topic is pairings from one article, each other's likeliest mistakes.
type topic []pairing

// pairs reads a language's files of pairs.
func (l *language) pairs(folder fs.FS) (all []topic, err error) {
	files, err := fs.Glob(folder, l.code+"/*.txt")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fs.ErrNotExist
	}
	for _, file := range files {
		data, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, err
		}
		var now topic
		number := 0
		for line := range strings.Lines(string(data)) {
			number++
			kind, text, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch {
			case strings.HasPrefix(kind, "["):
				all, now = append(all, now), nil
			case kind == "=":
				now = append(now, pairing{heading: l.textFeatures(text)})
			case kind != "." && kind != "?":
			case len(now) == 0:
				return nil, fmt.Errorf("%s:%d: a text stands before the first heading", file, number)
			default:
				now[len(now)-1].add(kind, l.textFeatures(text))
			}
		}
		all = append(all, now)
	}
	for i, t := range all {
		all[i] = slices.DeleteFunc(t, func(p pairing) bool { return len(p.asked) == 0 || len(p.told) == 0 })
	}
	return slices.DeleteFunc(all, func(t topic) bool { return len(t) == 0 }), nil
}

// archetypePairs takes each archetype for a topic of one pairing.
func (l *language) archetypePairs(folder fs.FS) (all []topic, err error) {
	at := map[string]int{}
	err = l.eachExample(folder, scales[len(scales)-1].examples, func(name, kind, text string) {
		n, known := at[name]
		if !known {
			n = len(all)
			at[name], all = n, append(all, topic{{}})
		}
		all[n][0].add(kind, l.textFeatures(text))
	})
	return slices.DeleteFunc(all, func(t topic) bool { return len(t[0].asked) == 0 || len(t[0].told) == 0 }), err
}

// textFeatures returns the features that a text has for word vectors.
func (l *language) textFeatures(text string) []feature { return l.vectorFeatures(l.words(text)) }
