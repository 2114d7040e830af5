package index

import (
	"fmt"
	"strings"

	"frontdesk/knowledge/lang"
)

// A glossary says in another language what people ask, word by word: enough to find a section that staff wrote in that
// language, not to be read. A language's files glossary-CODE.tsv, or the other's with this one's code, have what one
// says on a line, a tab, what the other says, with commas between words and phrases that say the same.
type glossary struct {
	said    map[string]string // stems with spaces between → the other language's words
	longest int               // of what is said, in words
}

// glossary returns the words of another language for this one's; an empty one where none was written.
func (l *language) glossary(to string) (*glossary, error) {
	if g, ok := l.glossaries.Load(to); ok {
		return g.(*glossary), nil
	}
	g := &glossary{said: map[string]string{}}
	text, err := optional(l.code, "glossary-"+to+".tsv")
	if err != nil {
		return nil, fmt.Errorf("read glossary: %w", err)
	}
	reversed := text == ""
	if reversed {
		if text, err = optional(to, "glossary-"+l.code+".tsv"); err != nil {
			return nil, fmt.Errorf("read glossary: %w", err)
		}
	}
	for line := range strings.Lines(text) {
		ours, theirs, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		if reversed {
			ours, theirs = theirs, ours
		}
		said, _, _ := strings.Cut(theirs, ",")
		for our := range strings.SplitSeq(ours, ",") {
			stems := l.stems(l.words(our))
			add(g.said, strings.Join(stems, " "), said)
			g.longest = max(g.longest, len(stems))
		}
	}
	kept, _ := l.glossaries.LoadOrStore(to, g)
	return kept.(*glossary), nil
}

// translate puts words into the other language. Words that it has not stay as they are, names among them, but for those
// that only hold a sentence together. False when it has none of them.
func (l *language) translate(g *glossary, words []string) (string, bool) {
	stems := l.stems(words)
	var out []string
	some := false
	for i := 0; i < len(words); {
		said, n := "", 0
		for n = min(g.longest, len(stems)-i); n > 0 && said == ""; n-- {
			said = g.said[strings.Join(stems[i:i+n], " ")]
		}
		switch {
		case said != "":
			out, some = append(out, said), true
			n++ // the loop went one further
		case !lang.IsFunctionWord(words[i]):
			out = append(out, words[i])
			n = 1
		default:
			n = 1
		}
		i += n
	}
	return strings.Join(out, " "), some
}

// forShelf returns a question in the words of the sections in a language, and whether it was translated for that: one
// that is written in another language is, as far as that has words for it.
func forShelf(text, askedIn string, to *language) (string, bool, error) {
	if askedIn == "" || askedIn == to.code {
		return text, false, nil
	}
	from, err := loadLanguage(askedIn)
	if err != nil {
		return "", false, err
	}
	g, err := from.glossary(to.code)
	if err != nil || len(g.said) == 0 {
		return text, false, err
	}
	if said, ok := from.translate(g, from.words(clip(text, maxText))); ok {
		return said, true, nil
	}
	return text, false, nil
}
