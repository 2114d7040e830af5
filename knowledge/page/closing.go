package page

import (
	"slices"
	"strings"
)

// A stretch is the text of one part while the page is put together: indices of items.
type stretch struct {
	part  Part
	items []int
}

// page puts the parts together.
func (d *document) page() Page {
	var p Page
	if d.title >= 0 {
		p.Title, p.Line = d.items[d.title].text, d.items[d.title].number
	}
	for _, s := range d.closing(d.stretches()) {
		if s.part.Line == 0 {
			s.part.Line = d.items[s.items[0]].number
		}
		s.part.Body = d.body(s.items)
		p.Parts = append(p.Parts, s.part)
	}
	slices.SortStableFunc(d.left, func(a, b LeftOut) int { return a.Line - b.Line })
	p.LeftOut = d.left
	return p
}

// stretches cuts the items at the headings. A heading with nothing but another heading below it encloses that one, or
// is left out where it cannot.
func (d *document) stretches() []stretch {
	var all []stretch
	var above []int // headings
	now := stretch{part: Part{Role: Introduction}}
	used := map[int]bool{}
	end := func() {
		if len(now.items) == 0 {
			return
		}
		all = append(all, now)
		for _, i := range above {
			used[i] = true
		}
	}
	for i, it := range d.items {
		switch {
		case it.gone || i == d.title:
		case !it.heading:
			now.items = append(now.items, i)
		default:
			end()
			for len(above) > 0 && !d.encloses(above[len(above)-1], i) {
				above = above[:len(above)-1]
			}
			now = stretch{part: Part{Role: d.roleOf(it), Title: it.text, Line: it.number}}
			for _, up := range above {
				now.part.Above = append(now.part.Above, d.items[up].text)
			}
			above = append(above, i)
		}
	}
	end()
	for i, it := range d.items {
		if it.heading && !it.gone && !used[i] {
			d.leave(i, "heading without text")
		}
	}
	return all
}

// roleOf is RoleOf, with the site's name read as "us": "Call Harbor Clinic today".
func (d *document) roleOf(it item) Role {
	role := RoleOf(it.text)
	for _, name := range d.names {
		if role == Answer && holds(it.normal, []string{name}) {
			role = RoleOf(strings.Replace(it.normal, name, "us", 1))
		}
	}
	return role
}

// encloses reports whether heading a stands above heading b: its mark says so, nothing stands between them, or b is
// one more of the headings that begin right below a and look different from it, such as the questions of a FAQ.
func (d *document) encloses(a, b int) bool {
	up, low := d.items[a], d.items[b]
	if up.level > 0 && low.level > 0 {
		return up.level < low.level
	}
	first := d.next(a)
	return first == b || d.items[first].heading && d.items[first].form() == low.form() && low.form() != up.form()
}

// closing cuts closing words off the last answer: they belong to no heading.
func (d *document) closing(all []stretch) []stretch {
	last := -1
	for i, s := range all {
		if s.part.Role == Answer {
			last = i
		}
	}
	if last < 0 {
		return all
	}
	cut, role := d.closingFrom(all[last])
	if cut == 0 {
		return all
	}
	if d.concludes(all[last], cut-1) {
		cut, role = cut-1, Conclusion
	}
	items := all[last].items
	all[last].items = items[:cut]
	end := stretch{part: Part{Role: role}, items: items[cut:]}
	return append(all[:last+1:last+1], append([]stretch{end}, all[last+1:]...)...)
}

// closingFrom returns which of a part's items, from 1, begins the closing words, and whether they do more than call
// people to get in touch; 0 when the part has none.
func (d *document) closingFrom(s stretch) (cut int, role Role) {
	const most = 6 // closing words are short
	n := len(s.items)
	for i := max(1, n-most); i < n; i++ {
		it := d.items[s.items[i]]
		if it.mark != unmarked || it.isQuestion() && it.words < 12 {
			continue
		}
		if d.onlyCalls(s.items[i:]) && !d.aboutContact(s.part.Title) {
			return i, Contact
		}
		opens := begins(it.normal, d.words.closings)
		apart := d.spaced && it.blanks > d.gap && it.words >= 12
		if (opens || apart) && d.isProse(s.items[i:]) {
			return i, Conclusion
		}
	}
	return 0, Answer
}

// concludes reports whether the nth paragraph of a part, which stands right above closing words, belongs to them: it
// speaks of the article's subject and no longer of the part's.
func (d *document) concludes(s stretch, n int) bool {
	if n < 1 || d.title < 0 || s.part.Title == "" {
		return false
	}
	heading := d.before(s.items[0])
	it := d.items[s.items[n]]
	return it.mark == unmarked && it.words >= 12 && heading >= 0 && d.takesUp(s.items[n], d.title) > 0 && d.takesUp(s.items[n], heading) == 0
}

// isProse reports whether the items are paragraphs and not a list's.
func (d *document) isProse(items []int) bool {
	for _, i := range items {
		if d.items[i].mark != unmarked {
			return false
		}
	}
	return true
}

// onlyCalls reports whether every item calls people to get in touch.
func (d *document) onlyCalls(items []int) bool {
	for _, i := range items {
		if !d.isCall(d.items[i]) {
			return false
		}
	}
	return true
}

// maxCall is the number of words that a call to get in touch may have.
const maxCall = 45

// isCall reports whether a paragraph does nothing but call people to get in touch.
func (d *document) isCall(it item) bool {
	if it.words > maxCall || it.mark != unmarked {
		return false
	}
	opens := begins(it.normal, d.words.closings)
	for w := range strings.FieldsSeq(it.normal) {
		if d.words.conditions[w] && !opens {
			return false
		}
	}
	first, _, _ := strings.Cut(it.normal, " ")
	return d.words.contactVerbs[first] && (it.details || holds(it.normal, d.words.contactCalls)) ||
		begins(it.normal, d.words.contactCalls) || it.words <= 25 && holds(it.normal, d.words.contactCalls)
}

// aboutContact reports whether a heading is about getting in touch, so that a call below it answers it.
func (d *document) aboutContact(title string) bool {
	for w := range strings.FieldsSeq(normal(title)) {
		if d.words.contactVerbs[w] || d.words.contactTopics[w] {
			return true
		}
	}
	return false
}
