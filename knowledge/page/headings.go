package page

import "slices"

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
		if signs := d.captionness(it); !it.heading && !it.gone && !led && signs > 0 && (signs > 1 || beside) {
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

// standsOut reports whether the nth line of a run is no item of a list: its form is another, or it is the last, and
// set apart from the lines above it or taken up by the text below.
func (d *document) standsOut(n int, run []int) bool {
	it := d.items[run[n]]
	if it.form() != "plain" && !d.amongQuestions(n, run) || RoleOf(it.text) != Answer {
		return true
	}
	if n < len(run)-1 || n == 0 {
		return false
	}
	above := d.items[run[n-1]]
	return it.blanks > above.blanks && above.blanks == 0 || it.blanks > d.gap || d.takesUp(d.next(run[n]), run[n]) > 0
}

// amongQuestions reports whether a run's nth line is one of three questions or more without answers between them: they
// are asked of the reader.
func (d *document) amongQuestions(n int, run []int) bool {
	questions := 0
	for _, i := range run {
		if it := d.items[i]; it.isQuestion() && !it.isMarked() {
			questions++
		}
	}
	return d.items[run[n]].isQuestion() && questions > 2
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
