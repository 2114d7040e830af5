package safety

import "strings"

// read returns the numbers of a message's words, sentence ends included, one at the start and one at the end; and
// the words as they stand for a reader, those that no file names included.
func (l *lexicon) read(text string) (ids []int32, words []string) {
	tokens := split(fold(text))
	ids = make([]int32, 1, len(tokens)+8)
	ids[0] = wordEnd
	words = make([]string, 1, len(tokens)+8)
	words[0] = "."
	run := 0 // where the single letters at hand began
	for i := 0; i < len(tokens); {
		if len(tokens[i].text) != 1 {
			run = i + 1
		}
		from, n := len(ids), 1
		var joined []int32
		if tokens[i].end {
			ids = append(ids, wordEnd)
		} else if joined, n = l.rejoin(tokens[i:], i-run < maxLetterStarts); n > 0 {
			ids = append(ids, joined...)
			run = i + n
		} else {
			ids, n = l.repair(ids, tokens[i].text), 1
		}
		ids, words = l.settle(ids, words, from, tokens[i].text)
		i += n
	}
	ids, words = append(ids, wordEnd), append(words, ".")
	if n := len(ids); ids[n-2] == wordEnd {
		ids, words = ids[:n-1], words[:n-1]
	}
	return ids, words
}

// settle appends the words of the numbers from on, which text stands for, and drops fillers and repeated ends.
func (l *lexicon) settle(ids []int32, words []string, from int, text string) ([]int32, []string) {
	kept := ids[:from]
	for _, id := range ids[from:] {
		switch {
		case id == wordFiller, id == wordEnd && kept[len(kept)-1] == wordEnd:
			continue
		case id == wordUnknown:
			words = append(words, text)
		case id == wordEnd:
			words = append(words, ".")
		case id == wordSmall:
			words = append(words, "1")
		case id == wordLarge:
			words = append(words, "10")
		default:
			words = append(words, l.names[id])
		}
		kept = append(kept, id)
	}
	return kept, words
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
