package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/index"
)

// several finds the answers of a message that puts several questions: "how long is it, and can I drive home?". Where two of
// them or more have answers of their own all are to be offered, even if one section seems to answer the whole: that
// would pass over the others.
func (t *turn) several(ctx context.Context, text string) (finding, error) {
	all := finding{outcome: Unsure, several: true}
	questions := t.questions(text)
	if len(questions) < 2 {
		return all, nil
	}
	for _, q := range questions[:min(len(questions), maxSentences)] {
		r := t.tongue.grammar.read(q, split(q))
		if r.intent == details { // what staff wrote about booking may be an answer too
			r = reading{question: q}
		}
		if r.intent != "" {
			continue
		}
		found, err := t.findAlone(ctx, q, r)
		if err != nil {
			return found, err
		}
		if found.settled() && !slices.ContainsFunc(all.hits, sameSection(found.hits[0])) {
			all.hits = append(all.hits, found.hits[0])
			all.best = max(all.best, found.best)
		}
	}
	return all, nil
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
		and := t.tongue.grammar.longest(words[i:], func(in intent) bool { return in == lead })
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
