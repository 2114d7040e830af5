package markup

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// A printer writes blocks for one platform.
type printer interface {
	// print returns the blocks as one message.
	print(blocks []block) string
	// size returns how much of the platform's limit the blocks take, in the platform's units.
	size(blocks []block) int
}

// split packs blocks into messages of at most limit. It cuts between blocks; a block too long for a message of its
// own is cut after a sentence, else between words, else anywhere.
func split(blocks []block, p printer, limit int) []string {
	var messages []string
	var now []block
	flush := func() {
		if len(now) > 0 {
			messages = append(messages, p.print(now))
			now = nil
		}
	}
	for len(blocks) > 0 {
		next := blocks[0]
		if p.size(append(now, next)) <= limit {
			now = append(now, next)
			blocks = blocks[1:]
			continue
		}
		flush()
		if p.size([]block{next}) <= limit {
			continue
		}
		head, tail := cut(next, p, limit)
		now = []block{head}
		blocks = blocks[1:]
		if len(tail.runs) > 0 {
			blocks = append([]block{tail}, blocks...)
		}
	}
	flush()
	return messages
}

var (
	sentenceEnds = regexp.MustCompile(`[.!?…。！？]["'”’)\]]*\s+`)
	lineEnds     = regexp.MustCompile(`\n`)
	wordEnds     = regexp.MustCompile(`\s+`)
)

// cut divides a block so that the head fits the limit and is not empty.
func cut(b block, p printer, limit int) (head, tail block) {
	text := b.text()
	ways := []*regexp.Regexp{sentenceEnds, wordEnds}
	if b.kind == code {
		ways = []*regexp.Regexp{lineEnds, wordEnds}
	}
	for _, way := range ways {
		var at []int
		for _, m := range way.FindAllStringIndex(text, -1) {
			at = append(at, m[1])
		}
		if head, tail, ok := cutAt(b, p, limit, at); ok {
			return head, tail
		}
	}
	var at []int
	for i := range text {
		at = append(at, i)
	}
	head, tail, ok := cutAt(b, p, limit, at[1:])
	switch {
	case ok:
		return head, tail
	case b.runs[0].link != "": // an address that no message has room for
		b = unlinked(b)
		if p.size([]block{b}) <= limit {
			return b, block{}
		}
		return cut(b, p, limit)
	}
	// Not one character fits beside the block's own markup: give it without.
	_, size := utf8.DecodeRuneInString(text)
	return divide(block{runs: b.runs}, size)
}

// unlinked returns a block without the link that it begins with.
func unlinked(b block) block {
	runs := slices.Clone(b.runs)
	for i := range runs {
		if runs[i].link == b.runs[0].link {
			runs[i].link = ""
		}
	}
	b.runs = runs
	return b
}

// cutAt divides at the furthest of the offsets whose head fits; false when none does.
func cutAt(b block, p printer, limit int, at []int) (head, tail block, ok bool) {
	n := sort.Search(len(at), func(i int) bool {
		head, _ := divide(b, at[i])
		return p.size([]block{head}) > limit
	})
	if n == 0 {
		return b, block{}, false
	}
	head, tail = divide(b, at[n-1])
	return head, tail, true
}

// divide cuts a block at a byte offset of its text.
func divide(b block, at int) (head, tail block) {
	head, tail = b, b
	head.runs, tail.runs = nil, nil
	tail.marker = ""
	for _, r := range b.runs {
		switch {
		case at >= len(r.text):
			head.runs = append(head.runs, r)
		case at <= 0:
			tail.runs = append(tail.runs, r)
		default:
			left, right := r, r
			left.text, right.text = r.text[:at], r.text[at:]
			head.runs = append(head.runs, left)
			tail.runs = append(tail.runs, right)
		}
		at -= len(r.text)
	}
	if n := len(head.runs); n > 0 && b.kind != code {
		head.runs[n-1].text = strings.TrimRight(head.runs[n-1].text, " \n")
	}
	return head, tail
}

// utf16Len returns the length of s in UTF-16 code units, in which Telegram counts.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// join writes blocks one after the other.
func join(blocks []block, write func(block) string) string {
	var s strings.Builder
	for i, b := range blocks {
		if i > 0 {
			s.WriteString(between(b))
		}
		s.WriteString(write(b))
	}
	return s.String()
}

// between returns what stands between a block and the one before it.
func between(b block) string {
	if b.tight {
		return "\n"
	}
	return "\n\n"
}

// indent returns the white space before a list item's block.
func indent(b block) string {
	if b.kind != item || b.level < 1 {
		return ""
	}
	return strings.Repeat("   ", b.level-1)
}

// lead returns a list item's marker with the space behind it.
func lead(b block) string {
	if b.marker == "" {
		return ""
	}
	return b.marker + " "
}
