package discord

import "github.com/bwmarrin/discordgo"

// words are the few that only Discord needs: names of commands, and labels of what no other platform has. All that
// is said in answer to a question comes from the desk.
type words struct {
	ask, askHelp, question, questionHelp string
	contact, contactHelp                 string
	topics, topicsHelp                   string
	privacy, privacyHelp                 string
	forget, forgetHelp                   string
	fromFAQ                              string // the message command
	share                                string // the button under a private answer
	pick                                 string // in a closed menu

	misses, missesHelp, why, whyHelp, whyHere, console, consoleHelp string // staff's; whyHere on a message
	tooLong                                                         string // in a form whose field cannot hold what there is
}

var english = words{
	ask: "ask", askHelp: "Ask a question", question: "question", questionHelp: "What would you like to know?",
	contact: "contact", contactHelp: "How to reach a person",
	topics: "topics", topicsHelp: "What I can answer",
	privacy: "privacy", privacyHelp: "What I keep",
	forget: "forget", forgetHelp: "Forget what you remember of me",
	fromFAQ: "Answer from FAQ",
	share:   "Share in channel",
	pick:    "Choose one",

	misses: "misses", missesHelp: "Questions without an answer",
	why: "why", whyHelp: "Why a question gets the answer it gets", whyHere: "Why this answer?",
	console: "console", consoleHelp: "Open the staff page",
	tooLong: "Too long to show here: what you type takes the place of all of it",
}

var spanish = words{
	ask: "preguntar", askHelp: "Haz una pregunta", question: "pregunta", questionHelp: "¿Qué quieres saber?",
	contact: "contacto", contactHelp: "Cómo hablar con una persona",
	topics: "temas", topicsHelp: "Lo que puedo responder",
	privacy: "privacidad", privacyHelp: "Lo que guardo",
	forget: "olvidar", forgetHelp: "Olvidar lo que recuerdas de mí",
	fromFAQ: "Responder con las FAQ",
	share:   "Compartir en el canal",
	pick:    "Elige una",

	misses: "sinrespuesta", missesHelp: "Preguntas sin respuesta",
	why: "porque", whyHelp: "Por qué una pregunta recibe su respuesta", whyHere: "¿Por qué esta respuesta?",
	console: "consola", consoleHelp: "Abrir la página del equipo",
	tooLong: "Demasiado largo para mostrarlo: lo que escribas sustituye a todo",
}

// wordsFor returns the words in a base language, in English where we have none.
func wordsFor(lang string) words {
	if lang == "es" {
		return spanish
	}
	return english
}

// localized returns the translations of one word under the names that Discord has for the languages.
func localized(pick func(words) string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.SpanishES: pick(spanish), discordgo.SpanishLATAM: pick(spanish)}
}
