package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/index"
)

// leaningLeast is how likely a section must be to be offered for a question that leans on the rest of its message: "is it
// bad for me?" says little by itself.
const leaningLeast = .3

// several finds the answers of a message that puts several questions: "how long is it, and can I drive home?". Where two of
// them or more have answers of their own all are to be offered, even if one section seems to answer the whole: that
// would pass over the others. What may answer one of them is offered, too: behind those that do, or below the answer
// to the whole.
func (t *turn) several(ctx context.Context, text string, whole finding) (finding, error) {
	questions := t.questions(text)
	if len(questions) < 2 {
		return whole, nil
	}
	var sure, doubtful []index.Hit
	for _, q := range questions[:min(len(questions), maxSentences)] {
		r := t.tongue.grammar.read(q, split(q))
		if r.intent == details { // what staff wrote about booking may be an answer too
			r = reading{question: q}
		}
		if r.intent != "" {
			continue
		}
		found, err := t.findAlone(ctx, q, r)
		switch {
		case err != nil:
			return found, err
		case found.settled() && r.leans && t.isOf(sure, q): // "where can I park, and is it free?" asks of parking
		case found.settled():
			sure = appendNew(sure, found.hits[:1])
		case found.outcome == Unsure && !r.elliptic && (!r.leans || found.best >= leaningLeast):
			doubtful = appendNew(doubtful, found.hits[:1])
		}
	}
	all := appendNew(sure, doubtful)
	switch {
	case len(all) < 2, len(sure) < 2 && whole.guessed:
		return whole, nil
	case len(sure) < 2 && whole.settled():
		whole.also = slices.DeleteFunc(all, sameSection(whole.hits[0]))
		return whole, nil
	}
	f := offering(all)
	f.several = len(sure) > 0
	return f, nil
}

// isOf reports whether the last section found for a message speaks of a question that follows.
func (t *turn) isOf(found []index.Hit, question string) bool {
	return len(found) > 0 && t.speaks(found[len(found)-1].Section, question) >= speaksOfSome
}

// appendNew appends the hits of sections that are not among all.
func appendNew(all, hits []index.Hit) []index.Hit {
	for _, hit := range hits {
		if !slices.ContainsFunc(all, sameSection(hit)) {
			all = append(all, hit)
		}
	}
	return all
}

// questions returns the parts of a message that ask, in their order.
func (t *turn) questions(text string) []string {
	var all []string
	for _, sentence := range sentences(text) {
		for _, clause := range t.clauses(sentence) {
			if t.asks(clause) {
				all = append(all, clause)
			}
		}
	}
	return all
}

// clauses cuts a sentence where a question opens behind a comma or an "and".
func (t *turn) clauses(sentence string) []string {
	var all []string
	words, start, begun := split(sentence), 0, 0
	for i := 1; i < len(words); i++ {
		and := t.tongue.grammar.opens(words[i:], lead)
		opener := i + and
		if len(all) == maxSentences {
			break
		}
		if !words[i].gap && and == 0 || i-begun < 2 || opener+1 >= len(words) || !t.opens(sentence[words[opener].start:]) {
			continue
		}
		all = append(all, strings.TrimSpace(sentence[start:words[i].start]))
		start, begun = words[opener].start, opener
	}
	return append(all, strings.TrimSpace(sentence[start:]))
}

// asks reports whether a text puts a question, with its mark or without.
func (t *turn) asks(text string) bool { return asks(text) > 0 || t.opens(text) }

// openingBytes is how much of a text tells how it opens.
const openingBytes = 128

// opens reports whether a text opens as a question does in the language of the reply.
func (t *turn) opens(text string) bool {
	opening := strings.ToValidUTF8(text[:min(len(text), openingBytes)], "")
	asks, err := index.Asks(t.tongue.lang, strings.TrimRight(opening, "?!. "))
	return err == nil && asks
}
