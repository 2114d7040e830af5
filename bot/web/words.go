package web

import "frontdesk/knowledge/lang"

// words are the few that only the page needs, a web.yaml. All that is said in answer to a question comes from the desk.
type words struct {
	Desk        string `yaml:"desk"`     // the page's title, where the organisation has no name
	Subtitle    string `yaml:"subtitle"` // under the organisation's name
	Skip        string `yaml:"skip"`     // a link to the field, for who cannot see where it is
	Talk        string `yaml:"talk"`     // names the conversation for screen readers
	Ask         string `yaml:"ask"`      // above the field
	Example     string `yaml:"example"`  // inside it
	Send        string `yaml:"send"`
	You         string `yaml:"you"`         // before what the person wrote
	Looking     string `yaml:"looking"`     // while an answer is awaited
	Suggestions string `yaml:"suggestions"` // names the list under the field
	Source      string `yaml:"source"`      // before an article's title
	NewTab      string `yaml:"new_tab"`     // after a link that opens one
	Choices     string `yaml:"choices"`     // names the buttons under an answer
	Related     string `yaml:"related"`     // names those that lead to neighbours of what is shown
	Rate        string `yaml:"rate"`        // before the two below
	Helpful     string `yaml:"helpful"`
	Useless     string `yaml:"useless"`
	Danger      string `yaml:"danger"` // above the helplines
	Call        string `yaml:"call"`
	Text        string `yaml:"text"`
	Chat        string `yaml:"chat"`
	Failed      string `yaml:"failed"`  // no answer came
	Limited     string `yaml:"limited"` // too many questions
	TooLong     string `yaml:"too_long"`
	Unspoken    string `yaml:"unspoken"` // staff's rules allow no answer
}

var wording = lang.NewWording[words]("web.yaml")

// wordsFor returns the words in a language, in English where there are none.
func wordsFor(tag string) words {
	w, _ := wording.In(tag)
	return w
}
