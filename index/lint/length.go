package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"frontdesk/knowledge"
)

const (
	longText = 3000 // letters: as much as a chat shows in one or two messages
	shortEnd = 500  // letters that either side of a cut should have
)

// lengths finds sections that are too long for a chat, and says where to cut them.
func (l *linter) lengths() {
	for _, s := range l.sections {
		if len(s.Body) < longText {
			continue
		}
		paragraphs := paragraphsOf(s.Body)
		total := 0
		for _, p := range paragraphs {
			total += p.size
		}
		if total < longText {
			continue
		}
		text := fmt.Sprintf("%q has about %d words, more than people read in a chat", clip(s.Title), total/6)
		at, ok := middle(paragraphs, total)
		if !ok {
			l.add(LongSection, knowledge.Notice, s, 0, text, "part it into sections, each with the question that it answers as its heading")
			continue
		}
		where := ""
		if line := l.places.find(s, paragraphs[at].source); line > 0 {
			where = fmt.Sprintf(" (line %d)", line)
		}
		l.add(LongSection, knowledge.Notice, s, 0, text,
			fmt.Sprintf("cut it with a heading of its own above %q%s", start(paragraphs[at].text), where))
	}
}

// A paragraph is a block of a text that can stand below a heading.
type paragraph struct {
	text   string // as it is read, its first sentence
	source string // as it is written
	size   int    // letters
}

// paragraphsOf cuts a text. A list belongs to what introduces it.
func paragraphsOf(body string) []paragraph {
	var all []paragraph
	last := -1
	for _, s := range knowledge.Sentences(body) {
		if s.Block != last {
			last = s.Block
			if n := len(all); n == 0 || !introduces(all[n-1].source) {
				all = append(all, paragraph{text: s.Text})
			}
		}
		p := &all[len(all)-1]
		if p.source == "" {
			p.source, _, _ = strings.Cut(body[s.Start:s.End], "\n")
		}
		p.size += utf8.RuneCountInString(s.Text) + 1
	}
	return all
}

// introduces reports whether something has to follow a text.
func introduces(source string) bool {
	return strings.HasSuffix(strings.TrimRight(source, " *_\n"), ":")
}

// middle returns the paragraph that starts nearest the middle; false when none leaves enough on both sides.
func middle(paragraphs []paragraph, total int) (at int, ok bool) {
	before, nearest := 0, total
	for i, p := range paragraphs {
		distance := max(total-2*before, 2*before-total)
		if before >= shortEnd && total-before >= shortEnd && distance < nearest {
			at, nearest, ok = i, distance, true
		}
		before += p.size
	}
	return at, ok
}

// start returns the first words of a text.
func start(text string) string {
	words := strings.Fields(text)
	if len(words) <= 6 {
		return clip(text)
	}
	return clip(strings.Join(words[:6], " ") + " …")
}
