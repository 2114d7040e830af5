package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An item is a paragraph, a heading or a list's item: one line, or several that were wrapped.
type item struct {
	number int      // of its first line, from 1
	lines  []string // as they stand in the text, to say what was left out
	text   string   // without marks and with single spaces
	mark   mark
	level  int  // of a marked heading: 1 for "#", 2 for "##"
	blanks int  // blank lines before it
	gone   bool // left out

	features
	score   int // how much it looks like a heading; see enough
	heading bool
}

// A mark is what the text itself says of a line's role.
type mark string

// The marks.
const (
	unmarked   mark = ""
	bullet     mark = "bullet"
	numbered   mark = "numbered"   // "2." or "2)"; text keeps the number
	underlined mark = "underlined" // by a line of = or -
	hashed     mark = "hashed"     // "## Heading"
	bold       mark = "bold"       // "**Heading**"
	asked      mark = "asked"      // "Q: ..."; text is without the label
	answered   mark = "answered"   // "A: ..."
)

var (
	bulletMark = regexp.MustCompile(`^[•◦▪▫‣⁃●○■□·➢➤►✓✔✅*+–—-]\s+`)
	loneBullet = regexp.MustCompile(`^[•◦▪▫‣⁃●○■□·➢➤►]$`)
	numberMark = regexp.MustCompile(`^(\d{1,2}(\.\d{1,2})*[.)]|\d{1,2}(\.\d{1,2})+|[IVX]{1,5}\.)\s+\S`)
	hashMark   = regexp.MustCompile(`^(#{1,6})\s+(\S.*?)\s*#*$`)
	boldMark   = regexp.MustCompile(`^(\*\*|__)([^*_].*?)(\*\*|__)(:?)$`)
	underlines = regexp.MustCompile(`^(={3,}|-{3,}|_{3,}|~{3,}|\*{3,})$`)
)

// line is one physical line.
type line struct {
	number int
	raw    string
	text   string // trimmed, without invisible characters
	blanks int
}

// invisible takes out what word processors and pages leave in text, and makes every space a plain one.
var invisible = strings.NewReplacer("\u00a0", " ", "\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u00ad", "", "\u2028", " ")

// split returns the lines that are not blank.
func split(text string) []line {
	var all []line
	blanks, number := 0, 0
	for raw := range strings.Lines(text) {
		number++
		raw = strings.TrimRight(raw, "\r\n")
		clean := strings.TrimSpace(invisible.Replace(raw))
		if clean == "" {
			blanks++
			continue
		}
		all = append(all, line{number, strings.TrimRightFunc(raw, unicode.IsSpace), clean, blanks})
		blanks = 0
	}
	return all
}

// unwrap makes items of lines: lines that an editor broke at a margin become one again.
func unwrap(lines []line) []item {
	margin := findMargin(lines)
	var items []item
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		it := item{number: l.number, lines: []string{l.raw}, text: l.text, blanks: l.blanks}
		for i+1 < len(lines) && lines[i+1].blanks == 0 && continues(it, lines[i], lines[i+1], margin) {
			i++
			it.lines = append(it.lines, lines[i].raw)
			it.text += " " + lines[i].text
		}
		if i+1 < len(lines) && lines[i+1].blanks == 0 && underlines.MatchString(lines[i+1].text) && len(it.lines) == 1 && !underlines.MatchString(it.text) {
			i++
			it.lines = append(it.lines, lines[i].raw)
			it.mark = underlined
			if it.level = 2; strings.HasPrefix(lines[i].text, "=") {
				it.level = 1
			}
		}
		it.readMark()
		if it.mark == answered && (len(items) == 0 || items[len(items)-1].mark != asked) {
			it.mark, it.text = unmarked, l.text // "A: Main Street 5"
		}
		items = append(items, it)
	}
	unmarkLoneDashes(items)
	return items
}

// unmarkLoneDashes takes a dash that no neighbour has for what it is: the signature below a quotation.
func unmarkLoneDashes(items []item) {
	dashed := func(i int) bool {
		if i < 0 || i >= len(items) || items[i].mark != bullet {
			return false
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(items[i].lines[0]))
		return first == '–' || first == '—'
	}
	for i := range items {
		if dashed(i) && !dashed(i-1) && !dashed(i+1) {
			items[i].mark = unmarked
			items[i].text = strings.Join(strings.Fields(strings.Join(items[i].lines, " ")), " ")
		}
	}
}

// continues reports whether next goes on with the item that line l ends so far.
func continues(it item, l, next line, margin int) bool {
	indented := strings.HasPrefix(next.raw, "  ") && bulletMark.MatchString(it.text) && !startsAnew(next.text)
	return wrapped(l, next, margin) || indented || loneBullet.MatchString(it.text)
}

// findMargin returns the width at which the text was wrapped, in characters; 0 when it was not. Wrapped text shows by
// lines that end just where the next word would no longer fit, and go on in small letters.
func findMargin(lines []line) int {
	var widths []int
	for i, l := range lines {
		if i+1 < len(lines) && lines[i+1].blanks == 0 {
			widths = append(widths, utf8.RuneCountInString(l.raw))
		}
	}
	if len(widths) < 4 {
		return 0
	}
	margin := slices.Max(widths)
	if margin < 40 || margin > 120 {
		return 0
	}
	full, runsOn, short := 0, 0, 0
	for i := range lines[:len(lines)-1] {
		switch {
		case lines[i+1].blanks > 0:
		case wrapped(lines[i], lines[i+1], margin):
			full++
			if first, _ := utf8.DecodeRuneInString(lines[i+1].text); !unicode.IsUpper(first) {
				runsOn++
			}
		default:
			short++
		}
	}
	if full < 3 || runsOn*2 < full || short > full*2 {
		return 0
	}
	return margin
}

// wrapped reports whether next continues l: its first word had no room left on l's line.
func wrapped(l, next line, margin int) bool {
	if margin == 0 || startsAnew(next.text) {
		return false
	}
	first, _, _ := strings.Cut(next.text, " ")
	const slack = 4 // editors differ in whether they count the space
	return utf8.RuneCountInString(l.raw)+1+utf8.RuneCountInString(first) > margin-slack
}

// startsAnew reports whether a line begins a list's item, a marked heading or an underline.
func startsAnew(text string) bool {
	return bulletMark.MatchString(text) || numberMark.MatchString(text) || hashMark.MatchString(text) || underlines.MatchString(text)
}

// readMark takes the mark off the text.
func (it *item) readMark() {
	switch {
	case it.mark == underlined:
	case hashMark.MatchString(it.text):
		m := hashMark.FindStringSubmatch(it.text)
		it.mark, it.level, it.text = hashed, len(m[1]), strings.Trim(m[2], "*_ ")
	case boldMark.MatchString(it.text):
		m := boldMark.FindStringSubmatch(it.text)
		it.mark, it.text = bold, m[2]+m[4]
	case bulletMark.MatchString(it.text):
		it.mark, it.text = bullet, it.text[len(bulletMark.FindString(it.text)):]
	case numberMark.MatchString(it.text):
		it.mark = numbered
	default:
		it.readLabel()
	}
	it.text = strings.Join(strings.Fields(it.text), " ")
}

// readLabel takes "Q:" and "A:" off the text. "P: 555-0100" is no question, whatever its letter means in Spanish.
func (it *item) readLabel() {
	m := Words().labels.FindStringSubmatch(it.text)
	if m == nil {
		return
	}
	rest := it.text[len(m[0]):]
	switch question := Words().question[strings.ToLower(m[1])]; {
	case !question:
		it.mark, it.text = answered, rest
	case strings.HasSuffix(rest, "?") || len(strings.Fields(rest)) > 2 && !phone.MatchString(rest):
		it.mark, it.text = asked, rest
	}
}
