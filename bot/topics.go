package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/bot/markup"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// Bounds of the list of topics. Discord takes 25 buttons, one of which is the contact.
const (
	topicButtons = 24
	topicLines   = 60
	topicsNamed  = 8 // articles in the greeting
)

// welcome greets and says what the desk is.
func (t *turn) welcome() Reply {
	say := t.tongue.say
	text := t.withName(say.Welcome)
	settings := t.base.Settings
	if own := baseLang(settings.Lang); settings.Greeting != "" && (own == "" || own == t.tongue.lang) {
		text = settings.Greeting
	}
	var titles []string
	for _, a := range t.articles() {
		if title := "- " + markup.Escape(a.Title); a.Title != "" && !slices.Contains(titles, title) {
			titles = append(titles, title)
		}
	}
	if len(titles) > 0 {
		if left := len(titles) - topicsNamed; left > 0 {
			titles = append(titles[:topicsNamed], "- "+fill(say.TopicsRest, "count", strconv.Itoa(left)))
		}
		text = paragraphs(text, say.Knows, strings.Join(titles, "\n"))
	}
	reply := Reply{Outcome: Smalltalk, Text: text, Note: t.disclaimer(), Handoff: t.facts.contact}
	if len(t.base.Articles) > 0 {
		reply.Choices = []Choice{t.topicsChoice()}
	}
	t.offered(reply.Choices, nil)
	return reply
}

// withName puts in how the desk calls itself.
func (t *turn) withName(phrase string) string {
	desk := t.tongue.say.DeskUnnamed
	if name := t.base.Settings.Name; name != "" {
		desk = fill(t.tongue.say.Desk, "name", markup.Escape(name))
	}
	return fill(phrase, "desk", desk)
}

// disclaimer is staff's, else the built-in one.
func (t *turn) disclaimer() string {
	if own := strings.TrimSpace(t.base.Settings.Disclaimer); own != "" {
		return own
	}
	return t.tongue.say.Disclaimer
}

func (t *turn) topicsChoice() Choice {
	return Choice{Label: t.tongue.say.ShowTopics, Press: Press{Verb: Topics}}
}

// topics lists the articles with their sections: all in the text as far as it goes, some of each as buttons.
func (t *turn) topics() Reply {
	articles := t.articles()
	say := t.tongue.say
	var lines []string
	left := 0
	for _, a := range articles {
		if len(lines) >= topicLines {
			left += len(a.Sections)
			continue
		}
		lines = append(lines, "", "**"+markup.Escape(a.Title)+"**", "")
		for _, s := range a.Sections {
			if len(lines) >= topicLines {
				left++
				continue
			}
			lines = append(lines, "- "+markup.Escape(label(s)))
		}
	}
	text := strings.Join(lines, "\n")
	if left > 0 {
		text = paragraphs(text, fill(say.TopicsRest, "count", strconv.Itoa(left)))
	}
	reply := Reply{Outcome: Smalltalk, Text: paragraphs(say.Topics, strings.Trim(text, "\n")), Handoff: t.facts.contact}
	if len(articles) == 0 {
		reply.Text = say.NoTopics
	}
	for _, s := range spread(articles, topicButtons) {
		reply.Choices = append(reply.Choices, t.choice(s))
	}
	t.offered(reply.Choices, nil)
	return reply
}

// articles returns those in the language of the reply, else all, without sections that only call to get in touch.
func (t *turn) articles() []knowledge.Article {
	var own, all []knowledge.Article
	for _, a := range t.base.Articles {
		a.Sections = slices.DeleteFunc(slices.Clone(a.Sections), func(s knowledge.Section) bool { return s.Kind == knowledge.Contact })
		if len(a.Sections) == 0 {
			continue
		}
		all = append(all, a)
		if baseLang(a.Lang) == t.tongue.lang {
			own = append(own, a)
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// spread returns up to n sections, as many of each article as of any other, in their order.
func spread(articles []knowledge.Article, n int) []knowledge.Section {
	take := make([]int, len(articles))
	for taken, round := 0, 0; taken < n; round++ {
		before := taken
		for i, a := range articles {
			if taken < n && round < len(a.Sections) {
				take[i]++
				taken++
			}
		}
		if taken == before {
			break
		}
	}
	var sections []knowledge.Section
	for i, a := range articles {
		sections = append(sections, a.Sections[:take[i]]...)
	}
	return sections
}

// press replies to a button.
func (t *turn) press(p Press) Reply {
	switch p.Verb {
	case Topics:
		return t.topics()
	case Contact:
		return t.contact()
	}
	s, ok := t.snapshot.Section(p.Key)
	switch {
	case !ok:
	case p.Verb == Show:
		return t.picked(s, t.offeredPart(p))
	case p.Verb == More:
		return t.rest(s)
	case p.Verb == Helpful:
		return Reply{Outcome: Smalltalk, Text: t.tongue.say.Helpful, Section: s.ID}
	case p.Verb == Useless:
		return Reply{Outcome: Smalltalk, Text: t.tongue.say.Useless, Section: s.ID, Handoff: t.facts.contact}
	case p.Verb == Share:
		return t.share(s)
	}
	return t.oldButton()
}

// oldButton says that a button means nothing to this version of the program or of the knowledge.
func (t *turn) oldButton() Reply {
	reply := Reply{Outcome: Unanswered, Text: t.tongue.say.OldButton, Choices: []Choice{t.topicsChoice()}}
	t.offered(reply.Choices, nil)
	return reply
}

// picked answers with a section that somebody chose: its passage if it is known, else its opening.
func (t *turn) picked(s knowledge.Section, part index.Span) Reply {
	if part == (index.Span{}) {
		part = opening(s.Body)
	}
	reply := t.show(s, part)
	reply.Confidence = 1 // the person said so
	return reply
}

// offeredPart returns the passage behind a button of the last reply.
func (t *turn) offeredPart(p Press) index.Span {
	for _, o := range t.past.offers {
		if o.press == p {
			return o.part
		}
	}
	return index.Span{}
}

// share answers with what the person was shown, for the whole room to read.
func (t *turn) share(s knowledge.Section) Reply {
	if seen := t.past.shown; seen.key == s.ID.Key() {
		return t.picked(s, seen.part)
	}
	return t.picked(s, index.Span{})
}
