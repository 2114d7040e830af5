package page

import (
	"slices"
	"strings"

	"frontdesk/knowledge/lang"
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
	case it.ending == ':':
		return "colon"
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
	titled int          // 1 when plain headings are written In Title Case, -1 when they are not, 0 when they vary
}

// findHeadings decides which lines behind the lead are headings, and then which of the lead's.
func (d *document) findHeadings() {
	s := style{counts: d.countForms()}
	var sure []int
	for i := d.lead; i < len(d.items); i++ {
		if it := &d.items[i]; it.canBeHeading() {
			if it.score = d.score(i, s); it.score >= enough {
				sure = append(sure, i)
			}
		}
	}
	s.learn(d, sure)
	for i := d.lead; i < len(d.items); i++ {
		var run []int
		for ; i < len(d.items) && (d.items[i].gone || d.items[i].canBeHeading()); i++ {
			if !d.items[i].gone {
				run = append(run, i)
			}
		}
		d.decideRun(run, s)
	}
	d.settleLead(s)
}

// countForms counts the lines that may be headings because something else follows them.
func (d *document) countForms() map[form]int {
	counts := map[form]int{}
	for i, it := range d.items {
		if next := d.next(i); it.isMarked() || it.canBeHeading() && next < len(d.items) && d.items[next].mark != it.mark {
			counts[it.form()]++
		} else if it.canBeHeading() && it.mark == unmarked && next < len(d.items) && d.items[next].isText() {
			counts[it.form()]++
		}
	}
	return counts
}

// learn takes what is common from the lines that look most like headings.
func (s *style) learn(d *document, sure []int) {
	forms, lengths := map[form]int{}, []int{}
	titled, plain := 0, 0
	for _, i := range sure {
		it := d.items[i]
		forms[it.form()]++
		lengths = append(lengths, it.words)
		if it.form() == "plain" && it.words > 1 && RoleOf(it.text) != Contact {
			if plain++; it.title {
				titled++
			}
		}
	}
	for f, n := range forms {
		if n*5 >= len(sure)*3 {
			s.common = f
		}
	}
	if slices.Sort(lengths); len(lengths) > 0 {
		s.words = lengths[len(lengths)/2]
	}
	switch {
	case plain >= 3 && titled*5 >= plain*4:
		s.titled = 1
	case plain >= 3 && titled*5 <= plain:
		s.titled = -1
	}
}

// score weighs what speaks for item i being a heading.
func (d *document) score(i int, s style) int {
	it := d.items[i]
	if it.isMarked() {
		return 10
	}
	return d.scoreForm(it, s) + d.scorePlace(i) - d.captionness(it)
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
	case it.ending == ':' && s.counts["colon"] < 2:
		score--
	}
	if RoleOf(it.text) != Answer {
		score += 3
	}
	if it.title || d.words.asks(it.normal) {
		score++
	}
	switch {
	case it.words <= 8:
		score++
	case it.words >= 12 && !it.isQuestion():
		score -= 2
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
	case it.isQuestion():
		score--
	default:
		score -= 3
	}
	switch next := d.next(i); {
	case next == len(d.items):
		score -= 10
	case d.items[next].fragment && d.items[next].isText() && d.items[next].mark == unmarked:
		score--
	default:
		score++
	}
	return score
}

// captionness counts what makes a line look like words below a picture.
func (d *document) captionness(it item) int {
	if it.isQuestion() || it.isMarked() || it.mark == numbered || it.ending == ':' {
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
	if len(words) >= 4 && holds(it.normal, d.names) {
		signs++
	}
	if len(words) > 9 || len(words) > 4 && !slices.ContainsFunc(words, lang.IsFunctionWord) {
		signs++
	}
	return signs
}

// asks reports whether a line begins like a question, as "When to see a doctor" does.
func (v Vocabulary) asks(normal string) bool {
	first, _, more := strings.Cut(normal, " ")
	return more && v.questionWords[first]
}

// showsAction finds what pictures are described with: somebody doing something, such as "Woman sitting on a sofa". A
// heading that begins with the action, such as "Booking a visit", is none.
func (v Vocabulary) showsAction(words []string) bool {
	somebody := false
	for i, w := range words {
		somebody = somebody || v.people[w]
		if i == 0 || i+1 >= len(words) || len(w) < 5 {
			continue
		}
		for _, ending := range v.verbEndings {
			if strings.HasSuffix(w, ending) && (somebody || v.captionLinks[words[i+1]] && !v.captionLinks[words[i-1]]) {
				return true
			}
		}
	}
	return false
}

// decideRun decides over a run of lines that may be headings and have no text between them: mostly a single heading,
// else headings with captions and buttons, or the items of a list whose marks were lost.
func (d *document) decideRun(run []int, s style) {
	if len(run) == 0 {
		return
	}
	above := d.before(run[0])
	led := above >= 0 && d.items[above].ending == ':' && !d.items[above].heading
	bare := d.endsBare(run)
	for n, i := range run {
		it := &d.items[i]
		it.heading = it.score-s.stranger(*it) >= enough
		if bare {
			it.heading = it.heading && it.isMarked()
		}
		if listed := len(run) > 2 && n > 0 || led && len(run) > 1; listed && !d.standsOut(n, run) {
			it.heading = false
		}
	}
	for n := 1; n < len(run); n++ {
		d.decidePair(run[n-1], run[n], s)
	}
	for n, i := range run {
		beside := n > 0 && d.items[run[n-1]].heading || n+1 < len(run) && d.items[run[n+1]].heading
		it := d.items[i]
		if signs := d.captionness(it); !it.heading && !it.gone && !led && signs > 0 && (signs > 1 || beside || it.words > 5) {
			d.leave(i, "caption")
		}
	}
}

// endsBare reports whether the page ends with this run, and nothing in it but the first line can be the text below a
// heading: the fields of a form, a menu.
func (d *document) endsBare(run []int) bool {
	if d.next(run[len(run)-1]) < len(d.items) {
		return false
	}
	return !slices.ContainsFunc(run[1:], func(i int) bool { return d.items[i].words > 4 })
}

// stranger returns how much speaks against a plain line because the page's headings look different.
func (s style) stranger(it item) int {
	if it.form() != "plain" || RoleOf(it.text) != Answer {
		return 0
	}
	points := 0
	if s.words > 0 && it.words > 2*s.words+2 {
		points += 2
	}
	if it.words > 1 && (s.titled == 1 && !it.title || s.titled == -1 && it.title) {
		points++
	}
	if s.common != "" && s.common != "plain" && it.words > 6 {
		points++
	}
	return points
}

// standsOut reports whether the nth line of a run is no item of a list: its form is another, or it is the last, and
// set apart from the lines above it or taken up by the text below.
func (d *document) standsOut(n int, run []int) bool {
	it := d.items[run[n]]
	if it.form() != "plain" || RoleOf(it.text) != Answer {
		return true
	}
	if n < len(run)-1 || n == 0 {
		return false
	}
	above := d.items[run[n-1]]
	return it.blanks > above.blanks && above.blanks == 0 || it.blanks > d.gap || d.takesUp(d.next(run[n]), run[n]) > 0
}

// takesUp returns the share of line i's telling words that item text, a paragraph, uses.
func (d *document) takesUp(text, i int) float64 {
	if text >= len(d.items) || d.items[text].words < 6 {
		return 0
	}
	telling, used := 0, 0
	for w := range strings.FieldsSeq(d.items[i].normal) {
		if len(w) < 4 || lang.IsFunctionWord(w) {
			continue
		}
		telling++
		if stem := w[:min(len(w), 6)]; strings.Contains(" "+d.items[text].normal, " "+stem) {
			used++
		}
	}
	if telling == 0 {
		return 0
	}
	return float64(used) / float64(telling)
}

// decidePair decides over a line and the one right behind it: a heading with a caption, a button above a heading, or
// a heading above another.
func (d *document) decidePair(a, b int, s style) {
	up, low := &d.items[a], &d.items[b]
	switch {
	case !up.heading || low.isMarked() || low.mark == numbered || low.gone:
		return
	case RoleOf(up.text) == Contact && low.heading:
		up.heading = false
		d.leave(a, "button")
	case up.form() == s.common && low.form() != s.common && s.common != "plain":
		low.heading = false
		if d.standsAlone(b) {
			d.leave(b, "caption")
		}
	case low.heading && up.form() != low.form() && d.captionness(*up) > 0:
		up.heading = false
		d.leave(a, "caption")
	case low.heading && up.form() == low.form() && !low.isQuestion():
		d.decideTwins(a, b)
	}
}

// decideTwins decides over two plain lines of which either may be the heading and the other a caption, or the upper
// one a heading above the lower. It asks which of them looks like a caption, then which of them the text takes up.
func (d *document) decideTwins(a, b int) {
	up, low := &d.items[a], &d.items[b]
	signs, lowSigns := d.captionness(*up), d.captionness(*low)
	takesUp, takesLow := d.takesUp(d.next(b), a), d.takesUp(d.next(b), b)
	switch {
	case lowSigns > signs || lowSigns == signs && signs > 0 || signs == 0 && takesUp > takesLow && low.words > 3:
		low.heading = false
		if d.standsAlone(b) {
			d.leave(b, "caption")
		}
	case signs > 0:
		up.heading = false
		d.leave(a, "caption")
	}
}

// standsAlone reports whether a line stands between blank lines, above a paragraph, as a caption does.
func (d *document) standsAlone(i int) bool {
	next := d.next(i)
	return d.spaced && d.items[i].blanks > 0 && next < len(d.items) && d.items[next].blanks > 0 && d.items[next].words >= 12
}
