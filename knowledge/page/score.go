package page

import (
	"slices"
	"strings"

	"frontdesk/knowledge/lang"
)

// enough is the score from which a line is taken for a heading.
const enough = 3

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
	if it.mark == numbered && d.isListed(i) {
		return -10
	}
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
	case d.spaced && it.blanks > 0 && d.items[next].blanks == 0 && d.items[next].words >= 8:
		score += 2 // the first line of a block of text
	case d.items[next].fragment && d.items[next].isText() && d.items[next].mark == unmarked:
		score--
	default:
		score++
	}
	return score
}

// isListed reports whether a numbered line has another one right above or below it.
func (d *document) isListed(i int) bool {
	above, below := d.before(i), d.next(i)
	return above >= 0 && d.items[above].mark == numbered || below < len(d.items) && d.items[below].mark == numbered
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
	if len(words) > 11 || len(words) > 4 && !slices.ContainsFunc(words, lang.IsFunctionWord) {
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
