package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge/lang"
)

// maxLead is how many lines may stand above the first paragraph; where there are more, they are the article itself.
const maxLead = 12

// findLead finds what stands above the first paragraph: the site's name, the title, a tagline, a category.
func (d *document) findLead() {
	d.lead = len(d.items)
	seen := 0
	for i, it := range d.items {
		if it.gone {
			continue
		}
		if seen++; seen > maxLead || it.mark == bullet || d.isParagraph(i) {
			d.lead = i
			break
		}
	}
	if d.lead == len(d.items) || seen > maxLead {
		d.lead = 0 // all short: then only the first line can be the title
		for i, it := range d.items {
			if !it.gone {
				if it.canBeHeading() && !it.isQuestion() {
					d.lead = i + 1
				}
				break
			}
		}
	}
	d.title = d.bestTitle()
	d.findNames()
}

// isParagraph reports whether item i is running text: long, or the answer to a question.
func (d *document) isParagraph(i int) bool {
	it := d.items[i]
	if it.canBeHeading() {
		return false
	}
	if it.words >= 15 || it.mark == answered || it.details && it.words > 2 {
		return true
	}
	above := d.before(i)
	if above < 0 {
		return false
	}
	up := d.items[above]
	return up.isMarked() || up.mark == numbered || up.isQuestion() || it.isSentence() && up.isSentence()
}

// bestTitle returns the index of the lead's line that names the article; -1 when there is none.
func (d *document) bestTitle() int {
	counts := d.countWords()
	lines := map[string]int{}
	for _, it := range d.items[:d.lead] {
		lines[it.normal]++
	}
	best, most := -1, 0.0
	for i, it := range d.items[:d.lead] {
		if it.gone || it.words > 24 || it.details || !it.canBeHeading() && it.words <= maxHeading {
			continue
		}
		score := 0.7*float64(min(it.words, 7)) + 4*d.topicality(it, counts)
		if it.title {
			score++
		}
		if it.isQuestion() || strings.Contains(it.text, ": ") {
			score++
		}
		if it.isMarked() && it.level == 1 {
			score += 10
		}
		if lines[it.normal] > 1 && it.words < 4 || strings.Contains(it.text, " | ") {
			score -= 4 // the site's name
		}
		if it.lowercase {
			score -= 2
		}
		if score > most {
			best, most = i, score
		}
	}
	for i, it := range d.items[:d.lead] { // "Our Clinic – Pelvic Therapy" above "Pelvic Therapy"
		if best >= 0 && !it.gone && it.words > 1 && it.canBeHeading() && it.normal != d.items[best].normal && strings.HasSuffix(d.items[best].normal, " "+it.normal) {
			return i
		}
	}
	return best
}

// countWords counts the words of the paragraphs below the lead.
func (d *document) countWords() map[string]int {
	counts := map[string]int{}
	for _, it := range d.items[d.lead:] {
		if it.gone || it.canBeHeading() {
			continue
		}
		for w := range strings.FieldsSeq(it.normal) {
			counts[w]++
		}
	}
	return counts
}

// topicality is the share of a line's telling words that the text below the lead uses.
func (d *document) topicality(it item, counts map[string]int) float64 {
	telling, used := 0, 0
	for w := range strings.FieldsSeq(it.normal) {
		if lang.IsFunctionWord(w) {
			continue
		}
		if telling++; counts[w] > 0 {
			used++
		}
	}
	if telling == 0 {
		return 0
	}
	return float64(used) / float64(telling)
}

// findNames takes the site's names from the lead's other lines: the short ones in capitals, and of those the first
// word where it is no word of the language.
func (d *document) findNames() {
	for i, it := range d.items[:d.lead] {
		if i == d.title || it.gone || it.words > 6 || !it.title && it.words > 1 || it.isSentence() || it.isQuestion() {
			continue
		}
		name, _, _ := strings.Cut(it.normal, " | ")
		d.names = append(d.names, name)
		first, _, _ := strings.Cut(name, " ")
		if utf8.RuneCountInString(first) > 4 && !lang.Knows(first) && !strings.ContainsFunc(first, unicode.IsDigit) {
			d.names = append(d.names, first)
		}
	}
}

// settleLead decides over the lead's lines once the style of the headings is known: the last of them may be the first
// heading. What is neither title nor heading nor running text is left out.
func (d *document) settleLead(s style) {
	last := d.before(d.lead)
	if last >= 0 && d.lead < len(d.items) && d.opensFirstSection(last, s) {
		d.items[last].heading = true
		if last == d.title {
			d.title = -1
			lead := d.lead
			d.lead = last
			d.title = d.bestTitle()
			d.lead = lead
		}
	}
	for i := range d.items[:d.lead] {
		it := d.items[i]
		switch {
		case it.gone || it.heading || i == d.title:
		case it.isText() && i > d.title && it.isSentence():
			// a sentence below the title introduces the article
		default:
			d.leave(i, "above the article: the site's name, a tagline or a category")
		}
	}
}

// opensFirstSection reports whether the lead's last line is the heading of the text below it, and not the title.
func (d *document) opensFirstSection(last int, s style) bool {
	it := d.items[last]
	if !it.canBeHeading() {
		return false
	}
	sameForm := s.common != "" && it.form() == s.common
	switch {
	case it.mark == asked || RoleOf(it.text) == Introduction:
		return true
	case it.isQuestion() && s.counts["question"] > 2 && d.otherTitle(last):
		return true
	case it.isMarked() && it.level == 1 && last == d.title:
		return false
	case s.common == "plain" || s.common == "":
		return last != d.title && sameForm && d.captionness(it) == 0 && s.stranger(it) == 0 && !d.isName(last) && !d.amongDates(last)
	}
	return sameForm
}

// amongDates reports whether a line of the lead stands beside a date, an author or other furniture below the title, as
// categories do.
func (d *document) amongDates(at int) bool {
	if d.title < 0 || d.title > at {
		return false
	}
	for _, it := range d.items[d.title+1 : d.lead] {
		if it.gone {
			return true
		}
	}
	return false
}

// otherTitle reports whether a line of the lead but the given one can be the title.
func (d *document) otherTitle(but int) bool {
	for i, it := range d.items[:d.lead] {
		if i != but && !it.gone && it.canBeHeading() && it.words > 2 && !d.isName(i) {
			return true
		}
	}
	return false
}

// isName reports whether a line of the lead comes twice there, as a site's name does.
func (d *document) isName(at int) bool {
	for i, it := range d.items[:d.lead] {
		if i != at && it.normal == d.items[at].normal {
			return true
		}
	}
	return false
}
