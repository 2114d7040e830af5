package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/index"
)

// maxSentences is how many sentences of a message are searched by themselves.
const maxSentences = 12

// apart searches the sentences of a message in which the whole found no answer: who tells a story first, or asks for
// several things, is not understood at once. Where the message puts a single question, and that points back at nothing,
// what it finds is the answer; else what the questions find is offered, and after them what the other sentences find.
func (t *turn) apart(ctx context.Context, text string, whole finding) (finding, error) {
	said := sentences(text)
	if len(said) < 2 {
		return whole, nil
	}
	slices.SortStableFunc(said, func(a, b string) int { return asks(b) - asks(a) })
	var sure, doubtful, told []index.Hit // found by questions, by questions that are not clear, by the other sentences
	if whole.outcome == Unsure {
		sure = append(sure, whole.hits[0])
	}
	for i, s := range said[:min(len(said), maxSentences)] {
		r := t.tongue.grammar.read(s, split(s))
		if r.intent != "" {
			continue
		}
		found, err := t.findAlone(ctx, s, r)
		switch {
		case err != nil:
			return whole, err
		case found.settled() && i == 0 && asks(s) > asks(said[1]) && !r.leans:
			return found, nil
		case found.settled() && asks(s) > 0:
			sure = append(sure, found.hits[0])
		case found.settled():
			told = append(told, found.hits[0])
		case found.outcome == Unsure && asks(s) > 0:
			doubtful = append(doubtful, found.hits[0])
		}
	}
	if len(sure)+len(told) < 2 && whole.outcome == Unsure || len(sure)+len(told) == 0 {
		return whole, nil
	}
	return offering(appendNew(nil, slices.Concat(sure, doubtful, told))), nil
}

// asks returns 1 for a sentence that ends as a question does, 0 for others.
func asks(sentence string) int {
	if strings.HasSuffix(sentence, "?") {
		return 1
	}
	return 0
}

// sentences cuts what a person wrote at the marks that end sentences, or clauses that stand alone, and at line breaks. The
// marks stay with what they end; what holds no word falls away.
func sentences(text string) []string {
	var all []string
	start := 0
	cut := func(end int) {
		if s := strings.TrimSpace(text[start:end]); len(split(s)) > 0 {
			all = append(all, s)
		}
		start = end
	}
	for end := 0; end < len(text); {
		r, size := utf8.DecodeRuneInString(text[end:])
		end += size
		next, _ := utf8.DecodeRuneInString(text[end:])
		switch {
		case r == '\n':
			cut(end)
		case strings.ContainsRune(".?!:;…。？！", r) && (unicode.IsSpace(next) || end >= len(text)):
			cut(end)
		}
	}
	cut(len(text))
	return all
}
