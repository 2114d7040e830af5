package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/bot/markup"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// Bounds of the list of topics. Discord takes 25 buttons, one of which is the contact.
const (
	topicButtons = 24
	topicsListed = 60 // sections in the text
	topicsNamed  = 8  // articles, or sections of the only one, in the greeting
)

// welcome greets and says what the desk is.
func (t *turn) welcome() Reply {
	say := t.tongue.say
	text := t.withName(say.Welcome)
	if own := t.base.Settings.Greeting; own != "" && t.staffsLanguage() {
		text = own
	}
	if named := t.named(); len(named) > 0 {
		if left := len(named) - topicsNamed; left > 0 {
			named = append(named[:topicsNamed], "- "+fill(say.TopicsRest, "count", strconv.Itoa(left)))
		}
		text = paragraphs(text, say.Knows, strings.Join(named, "\n"))
	}
	reply := Reply{Outcome: Smalltalk, Text: text, Note: t.disclaimer(), Handoff: t.office()}
	if len(t.base.Articles) > 0 {
		reply.Choices = []Choice{t.topicsChoice()}
	}
	t.offered(reply.Choices, nil)
	return reply
}

// named lists the articles' titles; the sections' where there is but one article, whose title says little more than the
// desk's name.
func (t *turn) named() []string {
	articles := t.articles()
	var names []string
	for _, a := range articles {
		names = append(names, a.Title)
	}
	if len(articles) == 1 {
		for _, s := range articles[0].Sections {
			names = append(names, s.Title)
		}
		if only := names[1:]; slices.ContainsFunc(only, func(name string) bool { return name != "" && name != names[0] }) {
			names = slices.DeleteFunc(only, func(name string) bool { return name == names[0] }) // of an introduction
		}
	}
	var lines []string
	for _, name := range names {
		if line := "- " + markup.Escape(name); name != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
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
	if own := strings.TrimSpace(t.base.Settings.Disclaimer); own != "" && t.staffsLanguage() {
		return own
	}
	return t.tongue.say.Disclaimer
}

// staffsLanguage reports whether the reply is in the language that staff wrote the settings in.
func (t *turn) staffsLanguage() bool {
	own := lang.Base(t.base.Settings.Lang)
	return own == "" || own == t.tongue.lang
}

func (t *turn) topicsChoice() Choice {
	return Choice{Label: t.tongue.say.ShowTopics, Press: Press{Verb: Topics}}
}

// topics lists the articles with their sections: all in the text as far as it goes, some of each as buttons.
func (t *turn) topics() Reply {
	articles := t.articles()
	say := t.tongue.say
	texts := []string{say.Topics}
	listed, left := 0, 0
	for _, a := range articles {
		fit := min(len(a.Sections), topicsListed-listed)
		listed, left = listed+fit, left+len(a.Sections)-fit
		if fit == 0 {
			continue
		}
		var lines []string
		for _, s := range a.Sections[:fit] {
			lines = append(lines, "- "+markup.Escape(label(s)))
		}
		texts = append(texts, "**"+markup.Escape(a.Title)+"**", strings.Join(lines, "\n"))
	}
	if left > 0 {
		texts = append(texts, fill(say.TopicsRest, "count", strconv.Itoa(left)))
	}
	if len(articles) == 0 {
		texts = []string{say.NoTopics}
	}
	reply := Reply{Outcome: Smalltalk, Text: paragraphs(texts...), Handoff: t.office()}
	for _, s := range spread(articles, topicButtons) {
		reply.Choices = append(reply.Choices, t.choice(s))
	}
	t.offered(reply.Choices, nil)
	return reply
}

// articles returns those in the language of the reply, else all, without sections that only call to get in touch or
// that may not be served.
func (t *turn) articles() []knowledge.Article {
	var own, all []knowledge.Article
	for _, a := range t.base.Articles {
		a.Sections = slices.DeleteFunc(slices.Clone(a.Sections), func(s knowledge.Section) bool {
			return s.Kind == knowledge.Contact || !t.serves(s)
		})
		if len(a.Sections) == 0 {
			continue
		}
		all = append(all, a)
		if lang.Base(a.Lang) == t.tongue.lang {
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
