package lint

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// Asking takes longer the more sections there are, so both together are bounded: questions times sections.
const (
	mostAsked   = 30_000_000
	mostRebuilt = 1000 // sections; to build the index again for more takes too long for advice
	parts       = 4    // that the phrasings are left out in, one after the other
)

// An answer is what came of asking a wording.
type answer struct {
	best       knowledge.Section // zero for none
	confidence float64
	outright   bool
}

// ask applies the rules that ask the index.
func (l *linter) ask(ctx context.Context, s *index.Snapshot) error {
	all := l.sample(l.wordings())
	answers, err := l.answers(ctx, s, all)
	if err != nil {
		return err
	}
	l.outranked(all, answers)
	if len(l.sections) > mostRebuilt {
		return nil
	}
	return l.leaveOut(ctx, all, answers)
}

// sample returns the wordings that there is time for: all of them, or every so-manieth.
func (l *linter) sample(all []wording) []wording {
	most := mostAsked / max(len(l.sections), 1)
	if len(all) <= most {
		return all
	}
	step := (len(all) + most - 1) / most
	var some []wording
	for i := 0; i < len(all); i += step {
		some = append(some, all[i])
	}
	return some
}

// answers asks each wording.
func (l *linter) answers(ctx context.Context, s *index.Snapshot, all []wording) ([]answer, error) {
	answers := make([]answer, len(all))
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	const atOnce = 32
	for from := 0; from < len(all); from += atOnce {
		work.Go(func() error {
			for i := from; i < min(from+atOnce, len(all)); i++ {
				hits, err := s.Search(ctx, index.Query{Text: all[i].text, Lang: l.sections[all[i].section].Lang}, 2)
				if err != nil {
					return fmt.Errorf("ask %q: %w", all[i].text, err)
				}
				answers[i] = l.answered(hits)
			}
			return nil
		})
	}
	return answers, work.Wait()
}

// answered is what the best two hits come to.
func (l *linter) answered(hits []index.Hit) answer {
	if len(hits) == 0 {
		return answer{}
	}
	return answer{hits[0].Section, hits[0].Confidence, l.outright(hits)}
}

// outranked finds sections whose own question is answered with another, once for each other section.
func (l *linter) outranked(all []wording, answers []answer) {
	type pair struct{ section, other knowledge.SectionID }
	first, more := map[pair]int{}, map[pair]int{}
	var order []pair
	for i, w := range all {
		if a := answers[i]; a.outright && l.rivals(w, a.best) && !l.sharesGist(w, a.best) {
			p := pair{l.sections[w.section].ID, a.best.ID}
			if _, ok := first[p]; !ok {
				first[p] = i
				order = append(order, p)
				continue
			}
			more[p]++
		}
	}
	for _, p := range order {
		w, a := all[first[p]], answers[first[p]]
		text := fmt.Sprintf("people who ask %q get %s instead (%.2f)", clip(w.text), name(a.best), a.confidence)
		if more[p] > 0 {
			text += fmt.Sprintf(", as with %s", plural(more[p], "more phrasing"))
		}
		advice := "say in the heading what tells the two apart, or write phrasings below it"
		if w.number >= 0 {
			advice = "if that section answers it better, move the phrasing there; else write more phrasings that tell the two apart"
		}
		l.report(Outranked, knowledge.Warning, w, text, advice)
	}
}

// rivals reports whether another section than the wording's own answers in its language.
func (l *linter) rivals(w wording, other knowledge.Section) bool {
	own := l.sections[w.section]
	return other.ID != own.ID && other.Lang == own.Lang
}

// sharesGist reports whether a section is asked for in the words of a wording too, which is a finding of its own.
func (l *linter) sharesGist(w wording, other knowledge.Section) bool {
	words := wordsOf(other.Lang)
	gist := words.gist(w.text)
	return slices.ContainsFunc(append([]string{other.Title}, other.Phrasings...), func(x string) bool { return words.gist(x) == gist })
}
