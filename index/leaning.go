package index

import "strings"

// leaning tells how sentences begin that lean on the one before: by words, or phrases with spaces between. It is read
// from leaning.txt.
type leaning map[string]lean

// A lean is how much a sentence needs the one before.
type lean uint8

// The leans, from none.
const (
	upright lean = iota
	carries      // carries on, and may open a paragraph: "then", "however"
	points       // points at something said before: "this", "because of that"
)

// leaningWords is the most words in a phrase.
const leaningWords = 4

// readLeaning reads leaning.txt: lines of words that point, lines "+ phrase, phrase" of phrases that do, and lines
// "~ words" of words that carry on.
func readLeaning(code string) (leaning, error) {
	text, err := optional(code, "leaning.txt")
	if err != nil {
		return nil, err
	}
	all := leaning{}
	for line := range strings.Lines(text) {
		rest := normalise(line[1:])
		switch line[0] {
		case '#':
		case '+':
			for phrase := range strings.SplitSeq(rest, ",") {
				all[strings.Join(strings.Fields(phrase), " ")] = points
			}
		case '~':
			for _, w := range strings.Fields(rest) {
				all[w] = carries
			}
		default:
			for _, w := range strings.Fields(normalise(line)) {
				all[w] = points
			}
		}
	}
	return all, nil
}

// of returns how much a sentence leans.
func (l leaning) of(sentence string) lean {
	most := upright
	words := split(normalise(clip(sentence, 64)))
	for n := range min(len(words), leaningWords) {
		most = max(most, l[strings.Join(words[:n+1], " ")])
	}
	return most
}
