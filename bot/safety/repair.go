package safety

import (
	"slices"
	"strings"
)

// read returns the numbers of a message's words, sentence ends included, one at the start and one at the end.
func (l *lexicon) read(text string) []int32 {
	tokens := split(fold(text))
	out := make([]int32, 1, len(tokens)+8)
	out[0] = wordEnd
	for i := 0; i < len(tokens); {
		if tokens[i].end {
			out = append(out, wordEnd)
			i++
			continue
		}
		if ids, n := l.rejoin(tokens[i:]); n > 0 {
			out = append(out, ids...)
			i += n
			continue
		}
		out = l.repair(out, tokens[i].text)
		i++
	}
	out = slices.DeleteFunc(append(out, wordEnd), func(id int32) bool { return id == wordFiller })
	return unbreak(slices.CompactFunc(out, func(a, b int32) bool { return a == wordEnd && b == wordEnd }))
}

// unbreak takes out the ends between three or more sentences of one word: "I. Want. To. Die."
func unbreak(words []int32) []int32 {
	out := words[:0:len(words)]
	for i := 0; i < len(words); {
		run := 0
		for i+2*run+2 < len(words) && words[i+2*run] == wordEnd && words[i+2*run+2] == wordEnd {
			run++
		}
		out = append(out, words[i])
		i++
		if run >= 3 {
			for k := range run {
				out = append(out, words[i+2*k])
			}
			i += 2*run - 1
		}
	}
	return out
}

// maxPieces and maxJoined bound what rejoin tries: words torn into at most so many pieces, of so many letters in all.
const (
	maxPieces = 5
	maxJoined = 14
	maxLetter = 40 // letters of a spaced-out text
)

// rejoin puts together a word that spaces tore apart: "s u i c i d e", "sui cide". It returns how many tokens the
// word was made of, 0 when there is none.
func (l *lexicon) rejoin(tokens []token) ([]int32, int) {
	if n := letters(tokens); n >= 3 {
		for to := n; to >= 3; to-- {
			if ids := l.whole(join(tokens[:to])); ids != nil {
				return ids, to
			}
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

// repair appends the numbers of the word or words that text stands for.
func (l *lexicon) repair(out []int32, text string) []int32 {
	if id, known := l.ids[text]; known {
		return append(out, id)
	}
	if l.ordinary[text] {
		return append(out, wordUnknown)
	}
	if right, known := l.spelt[text]; known {
		for _, w := range right {
			out = append(out, l.ids[w])
		}
		return out
	}
	plain, digits := shape(text)
	switch {
	case digits:
		if len(strings.TrimLeft(text, "0")) > 1 {
			return append(out, wordLarge)
		}
		return append(out, wordSmall)
	case !plain:
		return l.unmask(out, text)
	}
	return l.respell(out, text)
}

// shape reports whether a word has no digits and signs, and whether it has nothing but digits.
func shape(text string) (plain, digits bool) {
	plain, digits = true, true
	for i := range len(text) {
		digit := '0' <= text[i] && text[i] <= '9'
		digits = digits && digit
		plain = plain && !digit && strings.IndexByte(signs, text[i]) < 0
	}
	return plain, digits
}

// unmask reads a word with digits or signs in it: as letters (k1ll, $uicide), as blanked letters (s**cide), as words
// written together (want2die), or as a number with its unit (30mg).
func (l *lexicon) unmask(out []int32, text string) []int32 {
	if len(text) >= 3 {
		if id, known := l.skeletons[skeleton(text)]; known {
			return append(out, id)
		}
		if id := l.blanked(text); id != wordUnknown {
			return append(out, id)
		}
		if ids := l.segment(text, 2); ids != nil {
			return append(out, ids...)
		}
		if id := l.nearest(skeleton(text)); id != wordUnknown {
			return append(out, id)
		}
	}
	for len(text) > 0 {
		class := func(b byte) int {
			switch {
			case '0' <= b && b <= '9':
				return 1
			case strings.IndexByte(signs, b) >= 0:
				return 2
			}
			return 0
		}
		kind, to := class(text[0]), 1
		for to < len(text) && class(text[to]) == kind {
			to++
		}
		if kind != 2 {
			out = l.repair(out, text[:to])
		}
		text = text[to:]
	}
	return out
}

// blanked finds the telling word in which stars stand for letters. At least half the letters must be there.
func (l *lexicon) blanked(text string) int32 {
	stars := strings.Count(text, "*")
	if stars == 0 || stars > len(text)/2 {
		return wordUnknown
	}
	best := wordUnknown
	for w, id := range l.telling {
		if len(w) == len(text) && (best == wordUnknown || id < best) && fits(text, w) {
			best = id
		}
	}
	return best
}

func fits(masked, word string) bool {
	for i := range len(word) {
		if masked[i] != '*' && masked[i] != word[i] {
			return false
		}
	}
	return true
}

// respell reads a word of letters that nobody knows: stretched, misspelt, written together with others, or with
// letters that look like others.
func (l *lexicon) respell(out []int32, text string) []int32 {
	if stretched(text) {
		if id, known := l.collapsed[collapse(text)]; known {
			return append(out, id)
		}
	}
	if id := l.nearest(text); id != wordUnknown {
		return append(out, id)
	}
	if id, known := l.tellShape[skeleton(text)]; known && len(text) >= 4 {
		return append(out, id)
	}
	if ids := l.segment(text, 3); ids != nil {
		return append(out, ids...)
	}
	return append(out, wordUnknown)
}

// nearest returns the telling word that is one letter more, less, other or swapped away.
func (l *lexicon) nearest(text string) int32 {
	if len(text) < shortestTolerant-1 || len(text) > maxJoined+1 {
		return wordUnknown
	}
	best := wordUnknown
	consider := func(v string) {
		for _, id := range l.near[v] {
			if (best == wordUnknown || id < best) && oneApart(text, l.names[id]) {
				best = id
			}
		}
	}
	consider(text)
	for _, v := range shorter(text) {
		consider(v)
	}
	return best
}

// oneApart reports whether one letter put in, left out, changed or swapped with the next makes a into b.
func oneApart(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(a) <= 1 && len(b) <= 1
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
