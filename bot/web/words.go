package web

// words are the few that only the page needs. All that is said in answer to a question comes from the desk.
type words struct {
	Desk        string // the page's title, where the organisation has no name
	Subtitle    string // under the organisation's name
	Skip        string // a link to the field, for who cannot see where it is
	Talk        string // names the conversation for screen readers
	Ask         string // above the field
	Example     string // inside it
	Send        string
	You         string // before what the person wrote
	Looking     string // while an answer is awaited
	Suggestions string // names the list under the field
	Source      string // before an article's title
	NewTab      string // after a link that opens one
	Choices     string // names the buttons under an answer
	Related     string // names those that lead to neighbours of what is shown
	Rate        string // before the two below
	Helpful     string
	Useless     string
	Danger      string // above the helplines
	Call, Text  string
	Chat        string
	Failed      string // no answer came
	Limited     string // too many questions
	TooLong     string
	Unspoken    string // staff's rules allow no answer
}

var english = words{
	Desk: "Information desk", Subtitle: "Automated information desk", Skip: "Skip to your question",
	Talk: "Conversation", Ask: "Your question", Example: "What does it cost?", Send: "Ask", You: "You:",
	Looking: "Looking for the answer…", Suggestions: "Questions like this", Source: "From", NewTab: "(opens in a new tab)",
	Choices: "Choose one", Related: "Related questions", Rate: "Did this help?", Helpful: "Yes", Useless: "No",
	Danger: "In danger now?", Call: "Call", Text: "Text", Chat: "Chat",
	Failed:   "No answer came. Please look whether you are online, then ask again.",
	Limited:  "Those were many questions in a short time. Please wait a moment, then ask again.",
	TooLong:  "That is more than can be read here. Please ask in fewer words.",
	Unspoken: "Questions are not answered here at the moment.",
}

var spanish = words{
	Desk: "Información", Subtitle: "Información automática", Skip: "Ir a tu pregunta",
	Talk: "Conversación", Ask: "Tu pregunta", Example: "¿Cuánto cuesta?", Send: "Preguntar", You: "Tú:",
	Looking: "Buscando la respuesta…", Suggestions: "Preguntas parecidas", Source: "De", NewTab: "(se abre en otra pestaña)",
	Choices: "Elige una", Related: "Preguntas relacionadas", Rate: "¿Te ha servido?", Helpful: "Sí", Useless: "No",
	Danger: "¿Estás en peligro?", Call: "Llamar al", Text: "Enviar un SMS:", Chat: "Chatear",
	Failed:   "No ha llegado ninguna respuesta. Mira si tienes conexión y pregunta otra vez.",
	Limited:  "Han sido muchas preguntas en poco tiempo. Espera un momento y pregunta otra vez.",
	TooLong:  "Es más de lo que se puede leer aquí. Pregunta con menos palabras.",
	Unspoken: "Aquí no se responden preguntas en este momento.",
}

// wordsFor returns the words in a base language, in English where we have none.
func wordsFor(lang string) words {
	if lang == "es" {
		return spanish
	}
	return english
}
