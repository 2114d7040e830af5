package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	copyright = regexp.MustCompile(`(?i)©|(\(c\)|copyright)\s*(19|20)\d\d`)
	year      = regexp.MustCompile(`\b(19|20)\d\d\b`)
	numeric   = regexp.MustCompile(`^\d{1,4}([./-]\d{1,4}){2}$`)
)

// maxFurniture is the number of words that a line of furniture may have, unless it is a sentence about cookies.
const maxFurniture = 12

// dropFurniture leaves out what pages put around their articles.
func (d *document) dropFurniture() {
	begun := false // the article's text has
	for i := range d.items {
		it := d.items[i]
		begun = begun || it.isSentence() && it.words >= 10
		switch {
		case it.normal == "":
			d.leave(i, "ornament")
		case it.isMarked() || d.isRelated(it):
			// staff made it a heading, or dropRelated takes it
		case d.isFurniture(it) || d.isFurnitureHere(i):
			d.leave(i, "part of the page around the article")
		case it.isDate(d.words) && !begins(it.normal, d.words.authors) && (i < maxLead || i >= len(d.items)-maxLead):
			d.leave(i, "date")
		case it.isDate(d.words) && !begun:
			d.leave(i, "author")
		case d.isCaption(it):
			d.leave(i, "caption")
		}
	}
	d.dropRelated()
}

// isFurnitureHere reports whether item i is one of the words that are furniture at the edge of the text or beside
// other furniture, and may else be a heading or the label of a phone number.
func (d *document) isFurnitureHere(i int) bool {
	furniture := func(i int) bool {
		it := d.items[i]
		return it.gone || d.words.furnitureWords[it.normal] || d.isFurniture(it)
	}
	if !d.words.furnitureWords[strings.TrimRight(d.items[i].normal, " 0123456789")] {
		return false
	}
	if i == 0 || i == len(d.items)-1 {
		return true
	}
	return !d.items[i+1].details && (furniture(i-1) || furniture(i+1))
}

// dropRelated leaves out lists of other pages: "You may also like" and the short lines below it, up to the next text.
func (d *document) dropRelated() {
	for i := range d.items {
		if d.items[i].gone || !d.isRelated(d.items[i]) {
			continue
		}
		d.leave(i, "links to other pages")
		for j := d.next(i); j < len(d.items); j = d.next(j) {
			it, following := d.items[j], d.next(j)
			if it.words > maxHeading || it.isSentence() || following < len(d.items) && d.items[following].isSentence() && d.items[following].words > 5 {
				break
			}
			d.leave(j, "link to another page")
		}
	}
}

// Furniture reports whether a line, looked at by itself, belongs to a page and not to its article, and why.
func Furniture(text string) (why string, ok bool) {
	d := document{words: Words()}
	it := item{text: text, lines: []string{text}}
	it.features = featuresOf(text, d.words)
	switch {
	case it.normal == "":
		return "", false
	case d.words.contents[it.normal]:
		return "table of contents", true
	case d.isRelated(it):
		return "links to other pages", true
	case d.isFurniture(it):
		return "part of the page around the article", true
	case it.isDate(d.words):
		return "date or author", true
	}
	return "", false
}

// isFurniture reports whether a line belongs to the page and not to the article.
func (d *document) isFurniture(it item) bool {
	v := d.words
	if holds(it.normal, v.sentences) && it.words <= 40 || copyright.MatchString(it.text) && it.words <= 30 {
		return true
	}
	if it.words > maxFurniture || it.isSentence() && it.words > 6 || it.isQuestion() {
		return v.furniture[it.normal]
	}
	label, _, labelled := strings.Cut(it.text, ":")
	return v.furniture[strings.TrimRight(it.normal, " 0123456789")] && !it.details ||
		labelled && (v.furnitureLabels[normal(label)] || slices.Contains(v.openings, normal(label))) ||
		!it.isSentence() && begins(it.normal, v.openings) && !it.details && (it.hasFurnitureForm(v) || year.MatchString(it.text)) ||
		endsWithAny(it.normal, v.closers) && strings.ContainsFunc(it.normal, unicode.IsDigit) ||
		v.isPath(it.text)
}

// hasFurnitureForm tells "Posted in Health, Therapy" from "Topics we cover in a session": behind the opening stand
// names, dates or nothing.
func (it item) hasFurnitureForm(v Vocabulary) bool {
	rest := it.text
	for _, o := range v.openings {
		if n := len(strings.Fields(o)); strings.HasPrefix(it.normal+" ", o+" ") && n < len(strings.Fields(it.text)) {
			if tail := strings.Join(strings.Fields(it.text)[n:], " "); len(tail) < len(rest) {
				rest = tail
			}
		}
	}
	for _, w := range strings.Fields(rest) {
		first := []rune(strings.TrimLeft(w, "“\"'("))
		if len(first) > 0 && unicode.IsLower(first[0]) && len(first) > 3 {
			return false
		}
	}
	return true
}

// isPath reports whether a line shows where in a site the page is, "Home > Blog > Therapy", or where else one may go,
// "Home | About | Contact".
func (v Vocabulary) isPath(text string) bool {
	for _, mark := range []string{" > ", " » ", " / ", " › ", " | "} {
		parts := strings.Split(text, mark)
		known := func(s string) bool { return v.furniture[normal(s)] || v.furnitureWords[normal(s)] }
		if len(parts) > 2 && slices.ContainsFunc(parts, known) {
			return true
		}
	}
	return false
}

// isDate reports whether a line is a date, an author, or both: "March 3, 2025", "By Jane Doe | 5 comments".
func (it item) isDate(v Vocabulary) bool {
	if it.words > maxFurniture || it.isSentence() || it.isQuestion() {
		return false
	}
	if numeric.MatchString(strings.TrimSpace(it.text)) {
		return true
	}
	words := strings.Fields(it.normal)
	months, other := 0, 0
	for _, w := range words {
		switch {
		case v.months[w]:
			months++
		case strings.ContainsFunc(w, unicode.IsDigit), v.weekdays[w], len(w) < 3:
		default:
			other++
		}
	}
	if months > 0 && year.MatchString(it.text) && (other == 0 || begins(it.normal, v.authors)) {
		return true
	}
	return begins(it.normal, v.authors) && it.isName() || months > 0 && year.MatchString(it.text) && other <= 4 && strings.ContainsAny(it.text, "|•·–—")
}

// isName reports whether all words behind the first, but short ones, begin with a capital: "By Dr. Ana de la Cruz".
func (it item) isName() bool {
	words := strings.Fields(it.text)
	if len(words) < 2 || len(words) > 8 {
		return false
	}
	for _, w := range words[1:] {
		if r := []rune(w); unicode.IsLower(r[0]) && len(r) > 3 {
			return false
		}
	}
	return true
}

// isCaption reports whether a line says of itself that it belongs to a picture: "Figure 2: ...", "Photo: ...".
func (d *document) isCaption(it item) bool {
	if it.words > 25 {
		return false
	}
	label, rest, labelled := strings.Cut(it.text, ":")
	if labelled && rest != "" && slices.Contains(d.words.captions, strings.TrimRight(normal(label), " 0123456789")) {
		return true
	}
	return !it.isSentence() && !it.isQuestion() && it.words > 2 && begins(it.normal, d.words.captions) && strings.ContainsFunc(strings.Fields(it.normal)[1], unicode.IsDigit)
}

// isRelated reports whether a line opens a list of other pages.
func (d *document) isRelated(it item) bool { return slices.Contains(d.words.related, it.normal) }

// dropContents leaves out a table of contents: lines that come again further down as headings, and the line above
// them that says so.
func (d *document) dropContents() {
	last := map[string]int{}
	for i, it := range d.items {
		if !it.gone && it.canBeHeading() {
			last[entry(it.normal)] = i
		}
	}
	comesAgain := func(i int) bool { return last[entry(d.items[i].normal)] > i && d.items[i].words <= maxHeading }
	for i := range d.items {
		if d.items[i].gone {
			continue
		}
		labelled := d.words.contents[d.items[i].normal]
		from := i
		if labelled {
			from = d.next(i)
		}
		end := from
		for end < len(d.items) && comesAgain(end) {
			end = d.next(end)
		}
		if labelled {
			d.leave(i, "table of contents")
		}
		if entries := end - from; entries >= 3 || labelled && entries > 0 {
			for j := from; j < end; j++ {
				if !d.items[j].gone {
					d.leave(j, "table of contents")
				}
			}
		}
	}
}

// entry returns how a heading shows in a table of contents: without its number.
func entry(normal string) string {
	return strings.TrimLeft(normal, "0123456789 ")
}

func endsWithAny(s string, endings []string) bool {
	for _, e := range endings {
		if s == e || strings.HasSuffix(s, " "+e) {
			return true
		}
	}
	return false
}
