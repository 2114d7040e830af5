package index

// complete widens a run of sentences until it makes sense alone: a sentence that leans on the one before brings it
// along, and a list or a table comes whole unless it is long, with the words that lead in to it.
func (s *shelf) complete(d *document, from, to int) (int, int) {
	from = s.begin(d, from, to)
	to = d.wholeList(to)
	if d.leadsIn(to) {
		return from, d.led(to)
	}
	for !d.isList(to) && to+1 < len(d.sentences) && d.size(from, to) < longPassage/3 && // a few words alone are a poor answer
		d.sentences[to+1].Block == d.sentences[to].Block && d.size(from, to+1) <= longPassage {
		if d.leadsIn(to + 1) {
			if led := d.led(to + 1); led > to+1 && d.size(from, led) <= longList {
				to = led
			}
			break
		}
		to++
	}
	return from, to
}

// size returns the bytes that a run of sentences takes.
func (d *document) size(from, to int) int { return d.sentences[to].End - d.sentences[from].Start }

// begin returns the sentence from which a run makes sense.
func (s *shelf) begin(d *document, from, to int) int {
	for steps := 0; from > 0 && steps < 2; steps++ {
		switch {
		case d.listed(from):
			if first, last := d.list(from); d.size(first, last) <= longList {
				from = first
				if from > 0 && d.leadsIn(from-1) {
					from--
				}
			}
			return from
		case !s.leans(d, from):
			return from
		case d.listed(from - 1):
			first, _ := d.list(from - 1)
			if first > 0 && d.leadsIn(first-1) {
				first--
			}
			if d.size(first, to) > longPassage {
				return from
			}
			from = first
		default:
			from--
		}
	}
	return from
}

// led returns the last sentence of what a lead-in announces: the list behind it, or as much of a long one as a passage
// holds; the sentence behind it where that is no list.
func (d *document) led(leadIn int) int {
	to := min(leadIn+1, len(d.sentences)-1)
	if to == leadIn || !d.isList(to) {
		return to
	}
	first, last := d.list(to)
	for to < last && d.size(first, to+1) <= longList {
		to++
	}
	return to
}

// wholeList returns the last sentence of the list or table that sentence i stands in, unless that is long; i itself
// outside of lists.
func (d *document) wholeList(i int) int {
	if !d.listed(i) {
		return i
	}
	if first, last := d.list(i); d.size(first, last) <= longList {
		return last
	}
	return i
}

// list returns the first and the last sentence of the block that sentence i stands in.
func (d *document) list(i int) (first, last int) {
	first, last = i, i
	for first > 0 && d.sentences[first-1].Block == d.sentences[i].Block {
		first--
	}
	for last+1 < len(d.sentences) && d.sentences[last+1].Block == d.sentences[i].Block {
		last++
	}
	return first, last
}

// listed reports whether a sentence stands in a list or a table, be it a paragraph below an item.
func (d *document) listed(i int) bool {
	first, _ := d.list(i)
	return d.isList(first)
}

// leans reports whether a sentence makes no sense without the one before it. One that opens a paragraph and only
// carries on does.
func (s *shelf) leans(d *document, i int) bool {
	lean := s.lang.leaning.of(d.sentences[i].Text)
	return lean == points || lean == carries && d.sentences[i].Block == d.sentences[i-1].Block
}

// leadsIn reports whether a sentence announces what follows.
func (d *document) leadsIn(i int) bool {
	text := d.sentences[i].Text
	return text[len(text)-1] == ':'
}

// isRow reports whether a sentence is a table's row.
func (d *document) isRow(i int) bool { return d.section.Body[d.sentences[i].Start] == '|' }

// isList reports whether a sentence is a list item or a table row: it starts a line of its own with a marker.
func (d *document) isList(i int) bool {
	body, start := d.section.Body, d.sentences[i].Start
	if start > 0 && body[start-1] != '\n' && body[start-1] != ' ' {
		return false
	}
	switch c := body[start]; {
	case c == '|', c == '+' && start+1 < len(body) && body[start+1] == ' ':
		return true
	case c == '-' || c == '*':
		return start+1 < len(body) && body[start+1] == ' '
	case c >= '0' && c <= '9':
		for _, c := range body[start:min(start+5, len(body))] {
			if c == '.' || c == ')' {
				return true
			}
			if c < '0' || c > '9' {
				return false
			}
		}
	}
	return false
}
