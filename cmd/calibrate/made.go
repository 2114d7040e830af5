package main

import (
	"context"
	"slices"
	"strings"

	"frontdesk/index"
	"frontdesk/index/eval"
	"frontdesk/knowledge"
)

// Labelled sets have few questions of two kinds that matter, so they are made. A heading asked word for word is
// answered by its section, and so is one without the words of the topic, and a word of it that no other has. And a
// question may match a heading to the letter and still be about something else, such as "what are the side effects of
// ibuprofen" where only ketamine is spoken of: a heading or an answerable question, a preposition, and a thing that the
// knowledge does not mention.
const (
	mostMade    = 40  // of a kind, of one set
	longMade    = 12  // words: longer questions are not added to
	fewSections = 40  // a larger knowledge base speaks of more than its sections' words tell
	realBody    = 200 // bytes of text in a section, in the mean: tables of intents have no real answers
)

// A tongue is what such questions are made with in a language.
type tongue struct{ things, prepositions, it string }

// tongues are those that sets are written in, by their code.
var tongues = map[string]tongue{
	"en": {"ibuprofen aspirin botox tattoo passport mortgage motorbike trampoline divorce chess violin bitcoin iphone " +
		"insulin yoga karate pottery wedding funeral adoption visa surfing ballet piano skiing pension solar tractor " +
		"caravan microwave tennis lottery crossword laptop sunscreen perfume sourdough falconry scuba vasectomy braces " +
		"chemotherapy penicillin melatonin cannabis prozac hypnosis acupuncture liposuction marathon golf drone",
		"of for with about on", "it"},
	"es": {"ibuprofeno aspirina bótox tatuaje pasaporte hipoteca motocicleta trampolín divorcio ajedrez violín bitcoin iphone " +
		"insulina karate cerámica boda funeral adopción visado surf ballet piano esquí pensión tractor " +
		"caravana microondas lotería crucigrama portátil perfume cetrería submarinismo vasectomía ortodoncia " +
		"quimioterapia penicilina cannabis prozac hipnosis acupuntura liposucción maratón golf dron",
		"de para con sobre en", "eso"},
}

// What a question that was made counts beside one that people asked.
const (
	headingShare = 0.8
	keywordShare = 0.5
	foreignShare = 1.5
	phrasedShare = 0.2 // of foreignShare, where the questions' sections have phrasings: there a stranger is often meant
)

// made makes questions of a set's headings and questions.
func made(ctx context.Context, snapshot *index.Snapshot, questions []eval.Question) ([]lesson, error) {
	var all []lesson
	ask := func(q eval.Question, share float32) error {
		l, err := snapshot.Lesson(ctx, index.Query{Text: q.Text})
		if err == nil {
			if len(q.Want) == 0 {
				share *= 1 - l.Phrased*(1-phrasedShare)
			}
			all = append(all, label(l, q, share))
		}
		return err
	}
	base := snapshot.Base()
	mentioned, sections := text(base), len(base.Sections())
	if sections == 0 {
		return nil, nil
	}
	in, ok := tongues[base.Sections()[0].Lang]
	if !ok || sections > fewSections || len(mentioned) < realBody*sections {
		return nil, nil
	}
	headings := few(base.Sections(), func(s knowledge.Section) bool {
		return s.Kind == knowledge.Answer && len(strings.Fields(s.Title)) > 1
	})
	for i, s := range headings {
		if err := ask(eval.Question{Text: s.Title, Want: []string{s.Title}}, headingShare); err != nil {
			return nil, err
		}
		if word, ok := keyword(s, base.Sections()); ok {
			if err := ask(eval.Question{Text: word, Want: []string{s.Title}}, keywordShare); err != nil {
				return nil, err
			}
		}
		if short, ok := in.withoutTopic(s); ok {
			if err := ask(eval.Question{Text: short, Want: []string{s.Title}}, headingShare); err != nil {
				return nil, err
			}
		}
		if turned, ok := in.foreign(s.Title, i, mentioned); ok {
			if err := ask(eval.Question{Text: turned}, foreignShare); err != nil {
				return nil, err
			}
		}
	}
	answerable := few(questions, func(q eval.Question) bool { return len(q.Want) > 0 })
	for i, q := range answerable {
		if turned, ok := in.foreign(q.Text, i, mentioned); ok {
			if err := ask(eval.Question{Text: turned}, foreignShare/2); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// keyword returns the longest word that a section's heading alone has among all sections' headings, as people type who
// search and do not ask; false when it has none that is long enough to tell anything.
func keyword(s knowledge.Section, all []knowledge.Section) (string, bool) {
	const telling = 5 // letters
	longest := ""
	for _, w := range strings.Fields(strings.ToLower(s.Title)) {
		w = strings.Trim(w, "?!.,:;()\"'")
		if len(w) < max(telling, len(longest)+1) {
			continue
		}
		if !slices.ContainsFunc(all, func(other knowledge.Section) bool {
			return other.ID != s.ID && strings.Contains(strings.ToLower(other.Title), w)
		}) {
			longest = w
		}
	}
	return longest, longest != "" && !strings.Contains(strings.ToLower(s.Article), longest)
}

// withoutTopic returns a heading as people ask it who know what they talk about: with "it" for the words that the
// article's title has too. False when there are none, or nothing else.
func (t tongue) withoutTopic(s knowledge.Section) (string, bool) {
	topic := strings.Fields(strings.ToLower(s.Article))
	var kept []string
	dropped := false
	for _, w := range strings.Fields(s.Title) {
		if len(w) > 3 && slices.Contains(topic, strings.ToLower(strings.Trim(w, "?!.,:"))) {
			if !dropped {
				kept = append(kept, t.it)
			}
			dropped = true
			continue
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " "), dropped && len(kept) > 2
}

// foreign turns a question to something that the knowledge does not mention; false when it cannot.
func (t tongue) foreign(question string, i int, mentioned string) (string, bool) {
	nouns, before := strings.Fields(t.things), strings.Fields(t.prepositions)
	thing := nouns[i*7%len(nouns)]
	if n := len(strings.Fields(question)); n < 2 || n > longMade || strings.Contains(mentioned, thing) {
		return "", false
	}
	return strings.TrimRight(question, "?!. ") + " " + before[i%len(before)] + " " + thing, true
}

// few returns some of list that pass, evenly spread.
func few[T any](list []T, pass func(T) bool) []T {
	var all, some []T
	for _, x := range list {
		if pass(x) {
			all = append(all, x)
		}
	}
	n := min(len(all), mostMade)
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// text returns all that the sections say, in lower case.
func text(base knowledge.Base) string {
	var b strings.Builder
	for _, s := range base.Sections() {
		b.WriteString(s.Title + " " + strings.Join(s.Phrasings, " ") + " " + s.Body + "\n")
	}
	return strings.ToLower(b.String())
}
