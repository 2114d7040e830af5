package page

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge/lang"
)

// features are what shows in a line by itself.
type features struct {
	normal    string // for comparing
	words     int
	ending    rune // the last character, behind closing quotation marks and brackets
	lowercase bool // begins with a small letter
	title     bool // most words begin with a capital
	capitals  bool // nothing but capitals
	details   bool // holds an e-mail address, a link, a phone number, opening hours or a price
	quoted    bool // begins with a quotation mark, or is signed like a quotation
	leadsIn   bool // ends with a colon, above a list or as a clause: "You will need to bring:"
	fragment  bool // too short to be the text below a heading: "$120"
}

var (
	mail     = regexp.MustCompile(`\S@\S+\.\S`)
	website  = regexp.MustCompile(`(?i)https?://|www\.|\b[a-z0-9-]+\.(com|org|net|edu|gov|example|health|clinic)\b`)
	phone    = regexp.MustCompile(`\+?\d[\d\s().-]{6,}\d`)
	daytime  = regexp.MustCompile(`(?i)\b\d{1,2}([:.h]\d{2})?\s*(a\.?m\b|p\.?m\b|hrs?\b|h\b|uhr\b)|\b\d{1,2}:\d{2}\b`)
	street   = regexp.MustCompile(`^\d{1,5}[A-Za-z]?,?\s+\p{Lu}`)
	amount   = regexp.MustCompile(`[$€£]\s?\d|\d\s?[$€£]`)
	postcode = regexp.MustCompile(`,\s*[A-Z]{2}\s+\d{4,5}\b|,\s*\d{5}\b`)
)

// measure fills in the features of all items, and how the document spaces its paragraphs.
func (d *document) measure() {
	counts, apart := map[int]int{}, 0
	for i := range d.items {
		it := &d.items[i]
		it.features = featuresOf(it.text, d.words)
		if i > 0 && it.blanks > 0 {
			apart++
			counts[it.blanks]++
		}
	}
	for i := range d.items {
		it := &d.items[i]
		listed := i+1 < len(d.items) && d.items[i+1].mark == bullet
		it.leadsIn = it.ending == ':' && !it.isMarked() && (it.words > 5 || listed && it.words > 2)
	}
	d.title = -1
	d.spaced = apart*5 >= len(d.items)
	d.gap = 1
	for blanks, n := range counts {
		if n > counts[d.gap] || n == counts[d.gap] && blanks < d.gap {
			d.gap = blanks
		}
	}
}

func featuresOf(text string, v Vocabulary) features {
	f := features{normal: normal(text)}
	words := strings.Fields(text)
	f.words = len(words)
	f.ending, _ = utf8.DecodeLastRuneInString(strings.TrimRight(text, `"'”’»)]* `))
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, `"'“‘«([¿¡* `))
	f.lowercase = unicode.IsLower(first)
	f.title, f.capitals = letterCase(words)
	f.details = f.words <= maxCall && holdsDetails(text, words, v)
	f.fragment = f.words < 3 && !f.isSentence() && !f.isQuestion() || !strings.ContainsFunc(text, unicode.IsLetter)
	f.quoted = strings.ContainsAny(text[:min(3, len(text))], "\"“«") || strings.HasPrefix(text, "—") || strings.HasPrefix(text, "– ")
	return f
}

// holdsDetails reports whether a line tells how to reach somebody, when, or for how much.
func holdsDetails(text string, words []string, v Vocabulary) bool {
	question := strings.HasSuffix(text, "?")
	return mail.MatchString(text) || website.MatchString(text) || phone.MatchString(text) || postcode.MatchString(text) ||
		len(daytime.FindAllString(text, 2)) > 1 || namesDays(words, v) || amount.MatchString(text) && !question
}

// letterCase reports whether most words that carry meaning begin with a capital, and whether there are only capitals.
func letterCase(words []string) (title, capitals bool) {
	upper, counted, small, large, others := 0, 0, 0, 0, 0
	for i, w := range words {
		w = strings.TrimLeft(w, `"'“‘«([¿¡*`)
		for _, r := range w {
			if unicode.IsLower(r) {
				small++
			} else if unicode.IsUpper(r) {
				large++
			}
		}
		first, _ := utf8.DecodeRuneInString(w)
		if i > 0 && unicode.IsUpper(first) {
			others++
		}
		if i == 0 || !unicode.IsLetter(first) || lang.IsFunctionWord(strings.Trim(w, ".,:;?!")) {
			continue
		}
		if counted++; unicode.IsUpper(first) {
			upper++
		}
	}
	if counted == 0 {
		return others > 0 && others == len(words)-1, small == 0 && large >= 4
	}
	return upper*5 >= counted*3, small == 0 && large >= 4
}

// namesDays reports whether a line tells opening hours: it is short and begins with a weekday, or a span of them.
func namesDays(words []string, v Vocabulary) bool {
	if len(words) < 2 || len(words) > 9 {
		return false
	}
	first := strings.FieldsFunc(words[0], func(r rune) bool { return strings.ContainsRune("–-/:,", r) })
	return len(first) > 0 && v.weekdays[normal(first[0])]
}

// isQuestion reports whether a line asks something.
func (f features) isQuestion() bool { return f.ending == '?' || f.ending == '？' }

// isSentence reports whether a line ends like one.
func (f features) isSentence() bool { return strings.ContainsRune(".!…;,。！", f.ending) }

// maxHeading is the number of words that a heading may have.
const maxHeading = 16

// isMarked reports whether the text itself says that the line is a heading.
func (it item) isMarked() bool {
	return it.mark == underlined || it.mark == hashed || it.mark == asked || it.mark == bold && it.words <= maxHeading
}

// canBeHeading reports whether a line, looked at by itself, may be one.
func (it item) canBeHeading() bool {
	switch {
	case it.gone || !strings.ContainsFunc(it.normal, unicode.IsLetter):
		return false
	case it.isMarked():
		return true
	case it.mark == bullet || it.mark == answered || len(it.lines) > 2 || it.leadsIn:
		return false
	case it.words > maxHeading || it.isSentence() && !(it.ending == '!' && RoleOf(it.text) == Contact):
		return false
	case it.lowercase && !it.isQuestion():
		return false
	}
	return !it.details && !it.quoted && !(street.MatchString(it.text) && !it.isQuestion() && it.mark != numbered && strings.ContainsAny(it.text, ","))
}

// isText reports whether a line is surely no heading: it goes on, ends like a sentence, or is part of a list.
func (it item) isText() bool { return !it.canBeHeading() }
