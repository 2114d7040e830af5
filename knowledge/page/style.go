package page

import "slices"

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

// A style is what the headings of a page have in common.
type style struct {
	counts map[form]int // lines that may be headings, by form
	common form         // of most of the headings; empty when there is none
	words  int          // the usual length
	titled int          // 1 when plain headings are written In Title Case, -1 when they are not, 0 when they vary
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
