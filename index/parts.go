package index

import "strings"

// A part is a piece of a message with what it counts beside the piece that asks.
type part struct {
	words []string
	share float32
}

const (
	longMessage = 22  // words; in a shorter message every word counts alike
	aside       = 0.5 // what the parts of a long message that ask nothing count
)

// parts cuts a long message at commas and sentence ends and finds the parts that ask: those that end with a question
// mark or open with a question word. The rest tells the story. A short message, or one that asks nowhere, is one part.
func (l *language) parts(text string) []part {
	whole := l.words(text)
	if len(whole) < longMessage {
		return []part{{whole, 1}}
	}
	var parts []part
	asks := false
	for start := 0; start < len(text); {
		end := strings.IndexAny(text[start:], ",;.!?\n¿")
		if end < 0 {
			end = len(text) - start
		}
		p := part{l.words(text[start : start+end]), aside}
		if end < len(text)-start && text[start+end] == '?' || l.opens(p.words) {
			p.share, asks = 1, true
		}
		if len(p.words) > 0 {
			parts = append(parts, p)
		}
		start += end + 1
	}
	if !asks {
		return []part{{whole, 1}}
	}
	return parts
}

// opens reports whether a question word stands among the first words.
func (l *language) opens(words []string) bool {
	for _, w := range words[:min(len(words), 3)] {
		if l.asking.opens[w] {
			return true
		}
	}
	return false
}
