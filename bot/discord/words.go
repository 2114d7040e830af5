package discord

import (
	"github.com/bwmarrin/discordgo"

	"frontdesk/knowledge/lang"
)

// words are the few that only Discord needs, a discord.yaml: names of commands, and labels of what no other platform has.
// All that is said in answer to a question comes from the desk.
type words struct {
	Ask          string `yaml:"ask"`
	AskHelp      string `yaml:"ask_help"`
	Question     string `yaml:"question"`
	QuestionHelp string `yaml:"question_help"`
	Contact      string `yaml:"contact"`
	ContactHelp  string `yaml:"contact_help"`
	Topics       string `yaml:"topics"`
	TopicsHelp   string `yaml:"topics_help"`
	Privacy      string `yaml:"privacy"`
	PrivacyHelp  string `yaml:"privacy_help"`
	Forget       string `yaml:"forget"`
	ForgetHelp   string `yaml:"forget_help"`
	FromFAQ      string `yaml:"from_faq"` // the message command
	Share        string `yaml:"share"`    // the button under a private answer
	Pick         string `yaml:"pick"`     // in a closed menu

	Misses      string `yaml:"misses"` // staff's, with what follows
	MissesHelp  string `yaml:"misses_help"`
	Why         string `yaml:"why"`
	WhyHelp     string `yaml:"why_help"`
	WhyHere     string `yaml:"why_here"` // on a message
	Console     string `yaml:"console"`
	ConsoleHelp string `yaml:"console_help"`
	TooLong     string `yaml:"too_long"` // in a form, whose field cannot hold what there is
}

var wording = lang.NewWording[words]("discord.yaml")

// wordsFor returns the words in a base language, in English where there are none.
func wordsFor(code string) words {
	w, _ := wording.In(code)
	return w
}

// english returns the words by which commands are registered, and told apart when they come back.
func english() words { return wordsFor("en") }

// localized returns the translations of one word under the names that Discord has for the languages: es-ES and es-419 for
// Spanish.
func localized(pick func(words) string) map[discordgo.Locale]string {
	names := map[discordgo.Locale]string{}
	for _, code := range wording.Others() {
		for locale := range discordgo.Locales {
			if lang.Base(string(locale)) == code {
				names[locale] = pick(wordsFor(code))
			}
		}
	}
	return names
}
