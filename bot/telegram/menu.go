package telegram

import (
	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"frontdesk/knowledge/lang"
)

// descriptions say what the commands in menus do, a telegram.yaml. These few words are needed by Telegram alone; all that is
// said in answer to somebody comes from the desk.
type descriptions struct {
	Ask     string `yaml:"ask"`
	Topics  string `yaml:"topics"`
	Contact string `yaml:"contact"`
	Help    string `yaml:"help"`
	Privacy string `yaml:"privacy"`
	Forget  string `yaml:"forget"`

	Misses  string `yaml:"misses"` // staff's, with the two below
	Why     string `yaml:"why"`
	Console string `yaml:"console"`
}

var wording = lang.NewWording[descriptions]("telegram.yaml")

// A menu is the list behind the button beside the text field, in one language.
type menu struct {
	lang     string                // as Telegram names it; empty for everybody without a menu in their language
	commands []tgbotapi.BotCommand // everybody's
	staff    []tgbotapi.BotCommand // what staff have besides
}

// menus returns the menu for everybody, in English, and those in other languages.
func menus() []menu {
	english, _ := wording.In()
	all := []menu{menuOf("", english)}
	for _, code := range wording.Others() {
		words, _ := wording.In(code)
		all = append(all, menuOf(code, words))
	}
	return all
}

func menuOf(code string, say descriptions) menu {
	return menu{code,
		[]tgbotapi.BotCommand{
			{Command: "ask", Description: say.Ask},
			{Command: "topics", Description: say.Topics},
			{Command: "contact", Description: say.Contact},
			{Command: "help", Description: say.Help},
			{Command: "privacy", Description: say.Privacy},
			{Command: "forget", Description: say.Forget},
		},
		[]tgbotapi.BotCommand{
			{Command: "misses", Description: say.Misses},
			{Command: "why", Description: say.Why},
			{Command: "console", Description: say.Console},
		},
	}
}
