package safety

import (
	"slices"
	"strings"
)

// maxPieces and maxJoined bound what rejoin tries: words torn into at most so many pieces, of so many letters in all.
const (
	maxPieces = 5
	maxJoined = 14
	maxLetter = 40 // letters of a spaced-out text

	maxLetterStarts = 3 // letters at which a spaced-out text is tried to begin
)

// rejoin puts together a word that spaces tore apart: "s u i c i d e", "sui cide". It returns how many tokens the
// word was made of, 0 when there is none.
func (l *lexicon) rejoin(tokens []token, spaced bool) ([]int32, int) {
	if n := letters(tokens); spaced && n >= 3 {
		if ids := l.whole(join(tokens[:n])); ids != nil {
			return ids, n
		}
	}
	var b [maxJoined]byte
	joined := append(b[:0], tokens[0].text...)
	for i := 1; i < len(tokens) && i < maxPieces; i++ {
		if tokens[i].end || len(joined)+len(tokens[i].text) > maxJoined {
			break
		}
		joined = append(joined, tokens[i].text...)
		if id, tells := l.telling[string(joined)]; tells && len(joined) >= shortestTolerant {
			return []int32{id}, i + 1
		}
	}
	return nil, 0
}

// letters counts the tokens of one character at the start.
func letters(tokens []token) int {
	for i, t := range tokens {
		if t.end || len(t.text) != 1 || i == maxLetter {
			return i
		}
	}
	return len(tokens)
}

func join(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.text)
	}
	return b.String()
}

// whole reads letters that were spaced out: as a telling word, or as several words with a telling one among them.
func (l *lexicon) whole(letters string) []int32 {
	if id, known := l.telling[letters]; known {
		return []int32{id}
	}
	if id, known := l.tellShape[skeleton(letters)]; known {
		return []int32{id}
	}
	if _, known := l.spelt[letters]; known {
		if ids := l.repair(nil, letters); slices.ContainsFunc(ids, l.tells) {
			return ids
		}
	}
	return l.segment(letters, 2)
}

// The bounds of segment: how long a run of words may be, and a single word of it.
const (
	maxRun  = 120
	maxWord = 14
)

// segment cuts text into known words, as few as can be, with a telling one among them. It returns nil when that is
// not possible, or, to leave real words alone, when there are fewer than min words or fewer than eight letters.
func (l *lexicon) segment(text string, min int) []int32 {
	if len(text) < 4 || len(text) > maxRun || min > 2 && len(text) < 6 {
		return nil
	}
	var pieces, back [maxRun + 1]uint8 // by end: words up to there, 0 for none; length of the last
	for to := 1; to <= len(text); to++ {
		for size := 1; size <= to && size <= maxWord; size++ {
			from := to - size
			if from > 0 && pieces[from] == 0 || pieces[to] > 0 && pieces[from]+1 >= pieces[to] {
				continue
			}
			if l.piece(text[from:to]) {
				pieces[to], back[to] = pieces[from]+1, uint8(size)
			}
		}
	}
	n := int(pieces[len(text)])
	if n == 0 || n < min && (n < 2 || len(text) < 8) {
		return nil
	}
	var words []string
	for to := len(text); to > 0; to -= int(back[to]) {
		words = append(words, text[to-int(back[to]):to])
	}
	var ids []int32
	for _, word := range slices.Backward(words) {
		ids = l.repair(ids, word)
	}
	if !slices.ContainsFunc(ids, l.tells) {
		return nil
	}
	return ids
}

// piece reports whether w may be a part of words written together: a known word, of one letter only if people
// write such a word.
func (l *lexicon) piece(w string) bool {
	if len(w) == 1 {
		return strings.Contains("iauyo24", w) && l.ids[w] != wordUnknown
	}
	_, known := l.ids[w]
	_, spelt := l.spelt[w]
	return known || spelt && len(w) >= 4
}
