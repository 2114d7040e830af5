package teach

import (
	"strings"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// An action is what a button of a teacher does. As a key of the verb bot.Staff it is written
//
//	action ["." id ["." id]]
//
// at most 25 of the 48 characters that there are. A question's id is the Key of its text, a lesson's 11 letters and
// digits, a version's the start of its id.
type action string

// The actions, as encoded in buttons. Changing one breaks the buttons of messages already sent.
const (
	next     action = "m" // show the miss behind a question; the first one without
	phrasing action = "p" // a question is another phrasing of a section
	ask      action = "n" // ask for a new answer to a question
	write    action = "w" // the new answer that was typed
	outside  action = "o" // a question is out of scope
	another  action = "e" // ask which other section answers a question
	look     action = "l" // the words of it that were typed
	reason   action = "f" // ask why a lesson is to go live all the same
	force    action = "g" // the reason that was typed
	appeal   action = "F" // ask why a version of the files is to go live all the same
	override action = "G" // the reason that was typed
)

// press returns the button of an action.
func (a action) press(ids ...string) bot.Press {
	return bot.Press{Verb: bot.Staff, Key: knowledge.Key(strings.Join(append([]string{string(a)}, ids...), "."))}
}

// readPress takes a button apart; ids that are not there are empty.
func readPress(p bot.Press) (a action, first, second string) {
	name, ids, _ := strings.Cut(string(p.Key), ".")
	first, second, _ = strings.Cut(ids, ".")
	return action(name), first, second
}

// A question is what a button is about.
type question struct {
	text string
	lang string // BCP 47 base language; empty when unknown
}

// id names the question in buttons.
func (q question) id() string { return string(knowledge.SectionID("question: " + q.text).Key()) }

// plain is the question without what stands in the journal for names and numbers.
func (q question) plain() string {
	s := q.text
	for _, placeholder := range []string{"[name]", "[number]", "[e-mail]", "[link]", "[handle]"} {
		s = strings.ReplaceAll(s, placeholder, " ")
	}
	s = strings.NewReplacer(" ,", ",", " .", ".", " ?", "?", " !", "!").Replace(strings.Join(strings.Fields(s), " "))
	if s == "" {
		return q.text
	}
	return s
}
