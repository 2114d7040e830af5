package bot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadWhatGoesOn tells questions that are a case of what was spoken of, or point back at it, from others.
func TestReadWhatGoesOn(t *testing.T) {
	for _, test := range []struct {
		lang, text              string
		refers, object, further bool
	}{
		{"en", "even if im sick?", true, false, true},
		{"en", "what if its raining", true, false, false},
		{"en", "also on sundays?", true, false, true},
		{"en", "for children too?", true, false, true},
		{"en", "can my 14 yr old use it", true, true, false},
		{"en", "does it work for dogs", true, false, false},
		{"en", "do you sell towels too", false, false, false},
		{"en", "what if I want to stop halfway through a session", false, false, false},
		{"en", "am I too old", false, false, false},
		{"en", "what about the fees", false, false, false},
		{"es", "¿y si estoy enfermo?", true, false, false},
		{"es", "¿también los domingos?", true, false, true},
		{"es", "qué necesito para eso", true, true, false},
		{"es", "¿y los precios?", false, false, false},
	} {
		r := tongueOf(t, test.lang).grammar.read(test.text, split(test.text))
		if r.refers != test.refers || r.object != test.object || r.further != test.further {
			t.Errorf("read(%q) refers %v to an object %v, a case %v, want %v, %v, %v", test.text, r.refers, r.object, r.further, test.refers, test.object, test.further)
		}
	}
}

// tongueOf returns a language that the desk speaks.
func tongueOf(t testing.TB, code string) tongue {
	t.Helper()
	spoken, err := loadTongue(code)
	if err != nil {
		t.Fatalf("loadTongue(%q) = %v", code, err)
	}
	return spoken
}

func TestReadSmallTalk(t *testing.T) {
	messages := map[string]map[intent][]string{
		"en": {
			greeting: {"hi", "Hello!", "hey there", "Good morning team", "hiiii", "yo", "👋", "Hello, hello", "hi bot", "Hello there🖐🏻", "are you there?", "u there?", "happy Friday", "testing 1 2 3", "this is a test"},
			howAreU:  {"how are you?", "hi, how are you doing today", "how's it going", "hey what are you up to", "how are you feeling this morning everyone", "How r u"},
			thanks: {
				"thanks ur sweet", "you are so kind", "you're very helpful", "you're helpful, thank you", "thank you dear, you are very kind", "thanks hun", "cheers my love",
				"thanks", "Thank you so much!", "thanks mate thats brilliant", "thanks thats all", "ok thanks", "thx a lot :)",
				"that was very helpful, thank you", "cheers", "🙏🙏", "Great, thanks for your help", "hi, thanks", "thx 4 ur help",
			},
			bye:      {"bye", "goodbye!", "gg", "ggs all", "ok thanks bye", "see you later", "have a nice day", "good night", "Thanks, take care"},
			okay:     {"ok", "okay then", "okk", "stop", "app", "siri", "cool", "👍", "I see", "got it", "haha", "hmm ok", "never mind"},
			yes:      {"yes", "y", "yes please", "Yep!", "that's it", "sure", "yeah that one"},
			no:       {"no", "nope", "no thanks", "not really", "that's not it"},
			none:     {"none of these", "neither", "None of them, thanks", "something else"},
			identity: {"who are you?", "what are you", "What's your name?", "who am I talking to", "tell me about yourself", "who made you"},
			robot: {
				"are you a robot", "are you human?", "Are you a real person", "am I talking to a bot or a human?", "is this a bot",
				"are you real", "r u a bot", "is there a real person reading this?",
				"are you based on GPT", "ur a bot arent u", "u r a bot right", "you're a bot, aren't you", "you are just an ai, right?",
			},
			readers:  {"does anyone read this", "who reads these messages?", "is this chat monitored"},
			helpMe:   {"help", "help me please", "what can you do?", "I have a question", "can you help me?", "how do I use this", "good evening sir, could you please help me", "I'm new here, could you please help me", "hello dear, I have a problem. can you help me", "I am a new patient and need help"},
			contents: {"what can I ask?", "menu", "show me the list of topics please", "which topics do you cover", "go back", "start over"},
			insult:   {"fuck you", "you are useless", "stupid bot", "this bot is garbage", "you don't understand", "shut up", "wtf", "that isn't what I meant", "trash bot", "this is nonsense", "that's wrong", "no, that is not true", "I don't think you understood me", "you already said that", "you said that already", "you already told me that", "you've just told me the same thing", "stop repeating yourself", "you're not helpful", "you're no help", "you are not being helpful"},
			joke:     {"tell me a joke", "do you know any jokes?", "make me laugh", "i love you"},
			errand: {
				"what's the weather tomorrow", "hi, will it rain tonight?", "what is 7 times 8", "whats the time right now", "what day is it today",
				"Write me a short poem about cats", "what is the capital of France", "set an alarm for 7am",
			},
			again:  {"again", "repeat that please", "can you say that again?", "what did you say"},
			more:   {"y not?", "what about it", "those?", "more", "tell me more", "go on", "can you explain that in more detail?", "what else?", "and?", "I'd like to know more about this"},
			number: {"2", "number 2", "option 3 please", "the 1", "#2"},
			first:  {"the first", "first one please", "one", "I mean the first one"},
			second: {"the second one", "second", "2nd", "show me the second one"},
			third:  {"third", "the 3rd option"},
			last:   {"the last one", "the latter", "the other one"},
			person: {
				"I want to speak to a human", "speak 2 a human", "can i talk w/ some1", "can I talk to someone?", "talk to a person", "Can someone call me?", "please call me back",
				"is anyone there", "I'd like to speak with a real person please", "connect me to an agent", "human", "real person please",
				"get me a human", "could you put me through to the receptionist", "I don't want to talk to a bot", "who can I talk to?",
				"hello, is there anyone available to help?", "I need to talk to a therapist", "can I chat with an advisor now",
				"Can you transfer me to customer service?", "any mods here", "is a moderator around", "how do i get in touch with a human", "speak to the manager",
				"can someone call me back tomorrow morning", "please call me at 555 123 4567", "could you give me a ring after 5pm",
				"stop. give me a person", "I need help from a human", "livechat", "can you please just give me someone to speak with", "I just need somebody to talk to",
				"Is there somebody I can speak to on the telephone?", "can I talk to someone over the phone", "I'd like to speak with a person by phone please", "someone to talk to on the phone",
			},
			details: {
				"I want to complain", "your nurse was rude", "the lady at the front desk was so rude to me", "nobody picks up the phone", "why does nobody answer my emails", "this is unacceptable",
				"I have a complaint", "when can I call?", "phone number pls", "what's your phone number?", "email", "how can I contact you", "contact", "What number do I call?",
				"I'd like to make an appointment", "can I book an appointment", "book an appointment", "How do I schedule a consultation?",
				"do you have an email address?", "I need an appointment tomorrow", "how do I get in touch", "can I call you?",
				"I want to make a complaint", "schedule a first session please", "can I speak with the principal", "I'd like to see a midwife",
				"could I get an appointment tomorrow at 11 am", "phone num pls", "whats ur ph number", "tel no", "can I speak to a midwife on the phone tomorrow",
			},
		},
		"es": {
			greeting: {"hola", "¡Buenos días!", "buenas tardes a todos", "holaaa", "hola, buenas"},
			howAreU:  {"¿cómo estás?", "hola, ¿qué tal?", "como te va"},
			thanks:   {"gracias", "gracias querida", "¡Muchas gracias!", "mil gracias por tu ayuda", "vale, gracias", "perfecto, gracias", "eso es todo, gracias"},
			bye:      {"adiós", "hasta luego", "gracias, adiós", "nos vemos", "chao"},
			okay:     {"vale", "de acuerdo", "entendido", "no sé"},
			yes:      {"sí", "si, por favor", "claro que sí", "eso es", "sí, eso"},
			no:       {"no", "no, gracias", "para nada", "eso no es"},
			none:     {"ninguna de estas", "ninguno", "otra cosa"},
			identity: {"¿quién eres?", "¿Cómo te llamas?", "¿con quién hablo?"},
			robot:    {"¿eres un robot?", "eres un bot, ¿verdad?", "¿eres humano?", "¿estoy hablando con una persona real?", "¿hay alguien ahí detrás?", "eres un bot o una persona"},
			helpMe:   {"ayuda", "soy nueva aquí, ¿me puedes ayudar?", "¿qué puedes hacer?", "tengo una pregunta", "¿me puedes ayudar?"},
			contents: {"¿Qué te puedo preguntar?", "¿Qué puedo preguntar?", "ver el menú"},
			insult:   {"eres inútil", "vete a la mierda", "bot estúpido", "no entiendes nada", "no era lo que buscaba", "pinche robot", "eso ya me lo dijiste", "ya lo dijiste", "siempre respondes lo mismo"},
			joke:     {"cuéntame un chiste", "hazme reír"},
			errand:   {"qué tiempo hace hoy", "va a llover mañana?", "cuánto es 7 más 8", "qué hora es ahora", "escríbeme un poema"},
			more:     {"más", "cuéntame más", "¿y qué más?", "¿y?", "más detalles por favor", "¿puedes explicarlo más?"},
			number:   {"2", "la opción 2", "el número 3"},
			first:    {"la primera", "el primero por favor"},
			second:   {"la segunda", "el segundo"},
			last:     {"la última", "la otra"},
			person: {
				"quiero hablar con una persona", "¿puedo hablar con alguien?", "necesito hablar con un terapeuta", "¿pueden llamarme?",
				"ponme con un agente", "un humano por favor", "¿con quién puedo hablar?", "hola, quisiera hablar con alguien de la clínica",
				"¿me pueden llamar mañana?", "¿puedo hablar con alguien por teléfono?", "no quiero hablar con un robot",
			},
			details: {
				"me quiero quejar", "la recepcionista fue muy grosera conmigo", "nadie contesta el teléfono", "esto es inaceptable",
				"número de teléfono", "núm de teléfono", "¿cuál es su teléfono?", "¿cómo puedo contactar con ustedes?", "quiero pedir una cita",
				"¿cómo pido una cita?", "¿Puedo reservar una consulta?", "correo electrónico", "me gustaría agendar una cita", "¿Tienen WhatsApp?", "quisiera hablar con la tutora",
			},
		},
	}
	for code, groups := range messages {
		g := tongueOf(t, code).grammar
		for want, texts := range groups {
			for _, text := range texts {
				if r := g.read(text, split(text)); r.intent != want {
					t.Errorf("%s: read(%q) = intent %q, question %q, want intent %q", code, text, r.intent, r.question, want)
				}
			}
		}
	}
}

// Praise is no insult, however it is worded.
func TestPraiseIsNoInsult(t *testing.T) {
	for code, texts := range map[string][]string{
		"en": {
			"you are helpful", "you're helpful", "you're very helpful, thank you", "youre helping", "that was great", "you are not bad", "you're not stupid at all", "this bot is great",
			"good bot", "you're a great help", "you are so smart", "what a good answer", "that was helpful", "you are the best", "not bad", "you are really useful", "you did not waste my time",
			"this is brilliant", "that's right", "I love this bot",
		},
		"es": {
			"eres muy útil", "eres útil", "muchas gracias, eres genial", "qué buen bot", "me has ayudado mucho", "eres el mejor", "no está mal", "me sirve mucho", "no eres nada tonto", "qué bueno", "muy amable",
			"eso era lo que buscaba", "buena respuesta", "me entiendes muy bien", "esto sí me ayuda",
		},
	} {
		g := tongueOf(t, code).grammar
		for _, text := range texts {
			if r := g.read(text, split(text)); r.intent == insult {
				t.Errorf("%s: read(%q) = an insult", code, text)
			}
		}
	}
}

// The questions that the ranking is tuned on were written without a thought of small talk: none may be taken for it.
func TestSmallTalkStealsNoQuestion(t *testing.T) {
	files, err := filepath.Glob("../index/testdata/sets/*/questions.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no labelled questions: %v", err)
	}
	tongues, err := loadTongues()
	if err != nil {
		t.Fatalf("loadTongues() = %v", err)
	}
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for row := range strings.Lines(string(file)) {
			text, want, ok := strings.Cut(strings.TrimSpace(row), "\t")
			if !ok || want == "NONE" || strings.HasPrefix(row, "#") {
				continue
			}
			for _, tongue := range tongues {
				r := tongue.grammar.read(text, split(text))
				if r.intent != "" && r.intent != person && r.intent != details {
					t.Errorf("%s: read(%q) = intent %q, want a question about %q", name, text, r.intent, want)
				}
			}
		}
	}
}

func TestReadChoiceNumber(t *testing.T) {
	g := tongueOf(t, "en").grammar
	for text, want := range map[string]int{
		"2": 2, "option 3": 3, "the first one": 1, "second": 2, "third please": 3, "the last one": -1, "two": 2, "no 1": 1, "tell me more": 0,
	} {
		if r := g.read(text, split(text)); r.number != want {
			t.Errorf("read(%q).number = %d, want %d", text, r.number, want)
		}
	}
}

// What the knowledge should be asked, whatever stands around it.
func TestReadQuestions(t *testing.T) {
	type want struct {
		question string // empty for the whole text
		follows  bool
	}
	messages := map[string]map[string]want{
		"en": {
			"hi, what are the side effects?":                         {"what are the side effects", false},
			"hi what are the side effects of this medicine":          {"what are the side effects of this medicine", true},
			"thanks, and the cost?":                                  {"the cost", true},
			"ok thank you so much and what about driving after":      {"driving after", true},
			"What are the side effects in the long run? Thanks!":     {"What are the side effects in the long run", false},
			"Good morning, I have a question: who can benefit":       {"who can benefit", true},
			"and the benefits?":                                      {"the benefits", true},
			"damn it, I need the address of the north branch":        {"I need the address of the north branch", false},
			"you useless bot: where do I park for an early visit":    {"where do I park for an early visit", false},
			"great thank you one more question: who prescribes":      {"who prescribes", true},
			"yo where is the north branch exactly dude lol":          {"where is the north branch exactly", false},
			"it's urgent, which pharmacy stocks the lozenges":        {"which pharmacy stocks the lozenges", false},
			"What the hell is a dissociative medicine":               {"", false},
			"what about children":                                    {"children", true},
			"how long does that take?":                               {"", true},
			"side effects":                                           {"", true},
			"help me understand dissociation":                        {"", false},
			"can i talk to a therapist during the session?":          {"", false},
			"Can I call my wife from the clinic before I leave?":     {"", false},
			"is a real doctor present when the drug is given":        {"", false},
			"how do I cancel an appointment made by phone":           {"", false},
			"no insurance so what would the bill be":                 {"", false},
			"yes, but who pays for the second session":               {"who pays for the second session", true},
			"how do you say thank you in japanese":                   {"", false},
			"are you human trials the only evidence":                 {"", false},
			"what is the email policy for patients and relatives":    {"", false},
			"who are you to decide about my treatment plan":          {"", false},
			"more than two sessions in one week possible":            {"", false},
			"2 sessions or 3 sessions for a depressed person":        {"", false},
			"rubbish and garden waste":                               {"", false},
			"what if I want to stop halfway through a session":       {"", false},
			"do you pick up?":                                        {"", false},
			"is it rude to bring a friend to the session":            {"", true},
			"nobody answers the question of cost":                    {"", false},
			"what happens if nobody picks up my child":               {"", false},
			"you already said that before, why is it so expensive":   {"why is it so expensive", true},
			"you told me that already but who pays for it":           {"who pays for it", true},
			"do you help people who are new here":                    {"", false},
			"hello friend of mine brought me here":                   {"friend of mine brought me here", false},
			"my dear mother needs a session":                         {"", false},
			"can I have the sessions over the phone":                 {"", false},
			"is a good game allowed during the session":              {"", false},
			"who is helpful after a session":                         {"", false},
			"what do you tell a patient on the phone":                {"", false},
			"I'm a new patient, what do I bring":                     {"", false},
			"can I talk to my nurse on the phone during the session": {"", false},
		},
		"es": {
			"hola, ¿cuáles son los efectos secundarios?":            {"cuáles son los efectos secundarios", false},
			"gracias, ¿y el precio?":                                {"el precio", true},
			"joder, ¿cuándo empieza la primera sesión?":             {"cuándo empieza la primera sesión", false},
			"dónde queda la sucursal del norte compa porfa":         {"dónde queda la sucursal del norte", false},
			"¿y los beneficios?":                                    {"los beneficios", true},
			"¿cuánto dura eso?":                                     {"", true},
			"¿puedo hablar con mi terapeuta mientras dura la dosis": {"", false},
			"ayúdame a entender cómo actúa la ketamina":             {"", false},
			"¿cuántas sesiones se necesitan? Muchas gracias":        {"cuántas sesiones se necesitan", false},
		},
	}
	for code, table := range messages {
		g := tongueOf(t, code).grammar
		for text, w := range table {
			question := w.question
			if question == "" {
				question = text
			}
			r := g.read(text, split(text))
			if r.intent != "" || r.question != question || r.follows != w.follows || r.stripped != (w.question != "") {
				t.Errorf("%s: read(%q) = %+v, want question %q, follows %v", code, text, r, question, w.follows)
			}
		}
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"What's UP?":                "whats up ",
		"¿Qué TAL, Ángel?":          "que tal angel ",
		"h\u200bel\u202elo":         "hello ",
		"soooo goood":               "so god ",
		"👍👍🏽 ok":                    "ok ",
		"\ufffd\xff ??? \x00":       "",
		"room 1000, e-mail":         "room 1000 e mail ",
		"ｆｕｌｌ ｗｉｄｔｈ":                "full width ",
		"🙏🙏❤️":                      "🙏 ❤ ",
		"don’t":                     "dont ",
		strings.Repeat("?!", 5_000): "",
	} {
		var got string
		for _, w := range split(text) {
			if w.start < 0 || w.end > len(text) || w.start >= w.end {
				t.Errorf("split(%q) has the word %+v outside of the text", text, w)
			}
			got += w.text + " "
		}
		if got != want {
			t.Errorf("split(%.40q) = %q, want %q", text, got, want)
		}
	}
}

func TestParseGrammarNamesTheLine(t *testing.T) {
	for file, want := range map[string]string{
		"hello\n":                               "line 1: a pattern stands before the first intent",
		"# fine\n\nnonsense:\n":                 `line 3: no intent is called "nonsense"`,
		"greeting:\nhi (there\n":                `line 2: pattern "hi (there": "(" is never closed`,
		"greeting:\nhi there]\n":                `line 2: pattern "hi there]": "]" closes nothing`,
		"greeting:\nhi (a | b]\n":               `line 2: pattern "hi (a | b]": "(" is never closed`,
		"~ you u ya\n":                          `line 1: "~ you u ya" gives no spellings of one word`,
		"greeting:\nhi @all\n":                  `line 2: pattern "hi @all": no list is called "@all" above this line`,
		"@all = you | (them\ngreeting:\n@all\n": `line 3: pattern "@all": "(" is never closed`,
	} {
		if _, err := parseGrammar("en", []byte(file)); err == nil || err.Error() != want {
			t.Errorf("parseGrammar(%q) = %v, want %q", file, err, want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	g := tongueOf(b, "en").grammar
	const text = "what are the side effects of ketamine therapy and how long do they last for most people?"
	b.ReportAllocs()
	for b.Loop() {
		g.read(text, split(text))
	}
}

func BenchmarkLoadTongue(b *testing.B) {
	for b.Loop() {
		tongueOf(b, "en")
	}
}
