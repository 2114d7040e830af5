package page

import (
	"slices"
	"strings"
)

// A form is how a heading shows. Headings of one page mostly share one.
type form string

func (it item) form() form {
	switch {
	case it.isMarked() || it.mark == numbered:
		return form(it.mark)
	case it.isQuestion():
		return "question"
	case it.capitals:
		return "capitals"
	}
	return "plain"
}

// enough is the score from which a line is taken for a heading.
const enough = 3

// A style is what the headings of a page have in common.
type style struct {
	counts map[form]int // lines that may be headings, by form
	common form         // of most of the headings; empty when there is none
	words  int          // the usual length
}

// findHeadings decides which lines behind the lead are headings, and then which of the lead's.
func (d *document) findHeadings() {
	s := style{counts: d.countForms()}
	scores := make([]int, len(d.items))
	var sure []int
	for i := d.lead; i < len(d.items); i++ {
		if d.items[i].canBeHeading() {
			scores[i] = d.score(i, s)
			if scores[i] >= enough {
				sure = append(sure, i)
			}
		}
	}
	s.learn(d, sure)
	for i := d.lead; i < len(d.items); i++ {
		if it := d.items[i]; it.gone || !it.canBeHeading() {
			continue
		}
		end := i
		for end < len(d.items) && (d.items[end].gone || d.items[end].canBeHeading()) {
			end++
		}
		d.decideRun(i, end, scores, s)
		i = end
	}
	d.settleLead(s)
}

// countForms counts the lines that may be headings because text follows them.
func (d *document) countForms() map[form]int {
	counts := map[form]int{}
	for i, it := range d.items {
		next := d.next(i)
		if it.canBeHeading() && next < len(d.items) && d.items[next].mark != it.mark || it.isMarked() {
			counts[it.form()]++
		}
	}
	return counts
}

// learn takes the common form and the usual length from the lines that look most like headings.
func (s *style) learn(d *document, sure []int) {
	forms, lengths := map[form]int{}, []int{}
	for _, i := range sure {
		forms[d.items[i].form()]++
		lengths = append(lengths, d.items[i].words)
	}
	for f, n := range forms {
		if n*5 >= len(sure)*3 {
			s.common = f
		}
	}
	if slices.Sort(lengths); len(lengths) > 0 {
		s.words = lengths[len(lengths)/2]
	}
}

// score weighs what speaks for item i being a heading.
func (d *document) score(i int, s style) int {
	it := d.items[i]
	if it.isMarked() {
		return 10
	}
	return d.scoreForm(it, s) + d.scorePlace(i) - d.captionness(it)*2
}

func (d *document) scoreForm(it item, s style) int {
	score := 0
	switch {
	case it.isQuestion():
		score += 3
	case it.mark == numbered && s.counts[form(numbered)] >= 2:
		score += 4
	case it.mark == numbered:
		score -= 2
	case it.capitals && s.counts["capitals"] >= 2:
		score += 3
	}
	if RoleOf(it.text) != Answer {
		score += 3
	}
	if it.title {
		score++
	}
	switch {
	case it.words <= 8:
		score++
	case it.words >= 12 && !it.isQuestion():
		score -= 2
	}
	if it.ending == ':' {
		score--
	}
	return score
}

// scorePlace weighs the blank lines before a line and what follows it.
func (d *document) scorePlace(i int) int {
	it, score := d.items[i], 0
	switch previous := d.before(i); {
	case !d.spaced || previous < 0:
		score++
	case it.blanks > d.gap:
		score += 2
	case it.blanks > 0:
		score++
	case it.isQuestion() || d.items[previous].heading:
		score--
	default:
		score -= 3
	}
	switch next := d.next(i); {
	case next == len(d.items):
		score -= 10
	case d.items[next].mark == bullet && it.ending == ':':
		score--
	case d.items[next].isText():
		score++
	}
	return score
}

// captionness counts what makes a line look like words below a picture.
func (d *document) captionness(it item) int {
	if it.isQuestion() || it.isMarked() || it.mark == numbered {
		return 0
	}
	signs := 0
	words := strings.Fields(it.normal)
	if len(words) > 2 && d.words.captionStarts[words[0]] {
		signs++
	}
	if d.words.showsAction(words) {
		signs++
	}
	if len(words) >= 4 && d.namesSite(it.normal) {
		signs++
	}
	if len(words) > 9 {
		signs++
	}
	return signs
}

// showsAction finds what alternative texts of pictures are made of: someone doing something, such as "Woman sitting
// on a sofa". A heading that begins with the action, "Booking a visit", is none.
func (v Vocabulary) showsAction(words []string) bool {
	for i, w := range words {
		if i == 0 || i+1 >= len(words) || len(w) < 6 {
			continue
		}
		for _, ending := range v.verbEndings {
			if strings.HasSuffix(w, ending) && v.function[words[i+1]] {
				return true
			}
		}
	}
	return false
}

// namesSite reports whether a line holds the name of the site, as it stands above the title.
func (d *document) namesSite(normal string) bool { return holds(normal, d.names) }

// decideRun decides over items from..end, which all may be headings and have no text between them.
func (d *document) decideRun(from, end int, scores []int, s style) {
	var run []int
	for i := from; i < end; i++ {
		if !d.items[i].gone {
			run = append(run, i)
		}
	}
	for n, i := range run {
		it := &d.items[i]
		it.heading = scores[i] >= enough && !s.odd(*it)
		if len(run) > 2 && n > 0 && n < len(run)-1 && it.form() == "plain" {
			it.heading = false // the lines of a list
		}
	}
	for n, i := range run {
		if n > 0 && d.items[run[n-1]].heading {
			d.decidePair(run[n-1], i, s)
		}
	}
	for n, i := range run {
		if it := d.items[i]; !it.heading && !it.gone && d.captionness(it) > 0 && (it.words >= 6 || d.captionness(it) > 1 || n > 0 || len(run) > 1) {
			d.leave(i, "caption")
		}
	}
}

// odd reports whether a line is much longer than the page's headings are.
func (s style) odd(it item) bool {
	return s.words > 0 && !it.isMarked() && !it.isQuestion() && it.words > 2*s.words+3
}

// decidePair decides over heading a and the line b right behind it: a caption, a heading below a, or a button above b.
func (d *document) decidePair(a, b int, s style) {
	up, low := &d.items[a], &d.items[b]
	switch {
	case low.isMarked() || low.mark == numbered:
		return
	case RoleOf(up.text) == Contact && low.heading:
		up.heading = false
		d.leave(a, "button")
	case up.form() == s.common && low.form() != s.common && (s.common != "plain"):
		low.heading = false
		d.leave(b, "caption")
	case low.heading && up.form() != s.common && d.captionness(*up) > 0:
		up.heading = false
		d.leave(a, "caption")
	}
}
