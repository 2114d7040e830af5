package bot

import (
	"strings"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// maxChoices is how many sections an unsure reply offers.
const maxChoices = 3

// offer asks which of the sections found is meant.
func (t *turn) offer(hits []index.Hit) Reply {
	var sections []knowledge.Section
	var parts []index.Span
	for _, hit := range hits {
		if len(sections) == maxChoices || hit.Confidence < t.config.Policy.Maybe/4 {
			break
		}
		sections = append(sections, hit.Section)
		parts = append(parts, hit.Passage)
	}
	return t.ask(sections, parts)
}

// ask asks which of some sections is meant, and remembers the passages behind them.
func (t *turn) ask(sections []knowledge.Section, parts []index.Span) Reply {
	reply := Reply{Outcome: Unsure, Text: t.tongue.say.UnsureMany}
	if len(sections) == 1 {
		reply.Text = t.tongue.say.UnsureOne
	}
	for _, s := range sections {
		reply.Choices = append(reply.Choices, t.choice(s))
	}
	t.next.shown = view{}
	t.offered(reply.Choices, parts)
	t.next.unsure = true
	return reply
}

// offered remembers buttons and, where they are known, the passages behind them.
func (t *turn) offered(choices []Choice, parts []index.Span) {
	t.next.offers, t.next.unsure = nil, false
	for i, c := range choices {
		o := offer{press: c.Press}
		if i < len(parts) {
			o.part = parts[i]
		}
		t.next.offers = append(t.next.offers, o)
	}
}

// choice is a button that shows a section. Where several sections have the same title, it says whose it is.
func (t *turn) choice(s knowledge.Section) Choice {
	name := label(s)
	if t.facts.repeated[strings.ToLower(s.Title)] {
		above := s.Article
		if n := len(s.Above); n > 0 {
			above = s.Above[n-1]
		}
		if above != "" && above != name {
			name = above + ": " + name
		}
	}
	return Choice{Label: name, Press: Press{Show, s.ID.Key()}}
}

// label names a section, which may have no title, as an introduction.
func label(s knowledge.Section) string {
	for _, name := range []string{s.Title, s.Article} {
		if strings.TrimSpace(name) != "" {
			return name
		}
	}
	return string(s.ID)
}
