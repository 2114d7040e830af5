package bot

import "slices"

// An intent is what a message does when it asks nothing of the knowledge. Its name is that of its group of patterns
// in smalltalk.txt.
type intent string

// The intents. docs/conversation.md says what each is answered with.
const (
	greeting intent = "greeting"
	howAreU  intent = "how are you"
	thanks   intent = "thanks"
	bye      intent = "goodbye"
	okay     intent = "okay"
	yes      intent = "yes"
	no       intent = "no"
	identity intent = "who are you"
	robot    intent = "are you human"
	readers  intent = "who reads this"
	helpMe   intent = "help"
	contents intent = "topics" // they want to see what they can ask
	insult   intent = "insult"
	joke     intent = "joke"
	errand   intent = "errand" // what any assistant is asked: the weather, a sum, a poem

	person  intent = "person"  // they want a human
	details intent = "contact" // they want a phone number, an e-mail address, an appointment

	more   intent = "more"   // of the section just shown
	again  intent = "again"  // the last reply once more
	number intent = "number" // one of the choices just offered, by its number
	first  intent = "first"
	second intent = "second"
	third  intent = "third"
	last   intent = "last"
	none   intent = "none" // of the choices just offered

	filler intent = "filler" // says nothing: "please", "so"
	closer intent = "closer" // says nothing at the end of a message: "bro", "lol"
	lead   intent = "lead"   // opens a question that goes on from the last one: "what about"
	refers intent = "refers" // points at something said before: "it", "that"
	object intent = "object" // what a question is about that ends with it: "use it"
	aCase  intent = "case"   // opens or ends a case of what was said before: "even if", "too"
	ifs    intent = "if"     // opens what may be one: "what if"
	asking intent = "asking" // question words that ask nothing of their own: "how much"
	matter intent = "matter" // opens what somebody wants a human for: "about", "because"
)

// intents holds them all, the more telling first: what is two things at once, such as "ok thanks bye", is taken for
// the first of them.
var intents = []intent{
	person, details, robot, readers, identity, contents, helpMe, joke, errand, insult, more, again, none, first, second, third, last, number,
	no, yes, bye, thanks, howAreU, greeting, okay, filler, closer, lead, object, refers, aCase, ifs, asking, matter,
}

// telling returns the more telling of two intents; either may be empty.
func telling(a, b intent) intent {
	if a == "" || b != "" && slices.Index(intents, b) < slices.Index(intents, a) {
		return b
	}
	return a
}

// courtesies, and the opposite, may stand around a question and are none of it.
var courtesies = []intent{insult, greeting, howAreU, thanks, bye, okay, yes, no, filler}

// plain intents are each said for one reason alone.
var plain = []intent{greeting, howAreU, thanks, bye, yes, no}

// parts are the intents that a whole message does not have: what is nothing but courtesies is told by courteous.
var parts = append([]intent{lead, object, refers, aCase, ifs, asking, matter, closer}, courtesies...)

// A reading is what the desk makes of a message before it looks into the knowledge.
type reading struct {
	intent   intent // empty for a question
	lang     string // the language whose patterns fitted; empty when none did
	bare     bool   // of nothing but fillers or words that point at something: "app", "it"; they may name what staff write of
	number   int    // of the choice meant, from 1; -1 for the last, 0 for none
	question string // the message, or what courtesies and lead leave of it
	stripped bool   // they left less than the message
	follows  bool   // the question may go on from the last one
	leans    bool   // it says so: "what about", "it"
	refers   bool   // it says so of what it asks, and names no other topic: "it", "what if"
	further  bool   // it asks no more than of a case of what was said before: "even if", "too"
	object   bool   // what was said before is what it is about: "use it"
	elliptic bool   // it is nothing but question words: "how much?"
}

// picks reports whether a message does nothing but pick one of some choices.
func (r reading) picks() bool {
	return slices.Contains([]intent{number, first, second, third, last}, r.intent)
}

// read reads a message that consists of words.
func (g *grammar) read(text string, words []word) reading {
	rest, said, whole := g.strip(words)
	if whole != "" {
		return reading{intent: whole, lang: g.lang, number: choiceNumber(whole, rest)}
	}
	if len(rest) == 0 {
		if said == filler {
			return reading{intent: okay, lang: g.lang, bare: true}
		}
		return reading{intent: said, lang: g.lang}
	}
	r := reading{question: text, object: len(rest) > 2 && g.ends(rest, object), further: g.isCase(rest)}
	r.leans = g.pointsBack(rest) || r.object || r.further
	r.refers = r.leans || len(rest) <= caseWords && g.opens(rest, ifs) > 0
	opens := g.opens(rest, lead)
	if opens == len(rest) {
		return reading{intent: more, lang: g.lang}
	}
	if g.only(rest[opens:], []intent{refers, filler}) != "" {
		return reading{intent: more, lang: g.lang, bare: true}
	}
	if _, _, whole := g.strip(rest[opens:]); opens > 0 && whole != "" {
		return reading{intent: whole, lang: g.lang, number: choiceNumber(whole, rest), leans: true, elliptic: true, question: text}
	}
	r.leans = r.leans || opens > 0
	r.elliptic = g.only(rest[opens:], []intent{asking}) != ""
	r.follows = r.leans || len(rest) <= 3
	if opens > 0 || said != "" {
		rest = rest[opens:]
		r.stripped, r.lang = true, g.lang
		r.question = text[rest[0].start:rest[len(rest)-1].end]
	}
	return r
}

// strip takes the courtesies off both ends. It returns what is left, the most telling of what was taken off, and
// the intent of what is left when all of it is of one.
func (g *grammar) strip(words []word) (rest []word, said, whole intent) {
	all := g.courteous(words)
	for len(words) > 0 {
		taken := match{}
		for _, m := range g.matches(words) {
			if m.words == len(words) && !slices.Contains(parts, m.intent) {
				whole = telling(whole, m.intent)
			}
			if g.parted(words, m) {
				taken = taken.or(m)
			}
		}
		if whole != "" {
			return words, said, whole
		}
		if taken.words == 0 || all != "" {
			break
		}
		said = telling(said, taken.intent)
		words = words[taken.words:]
	}
	if all != "" {
		return nil, all, ""
	}
	if cut := g.tail(words); cut < len(words) {
		rest, _, whole = g.strip(words[:cut])
		return rest, thanks, whole
	}
	return words, said, ""
}

// partedWords bounds how far behind a courtesy others are looked for, before a mark.
const partedWords = 16

// parted reports whether a match is a courtesy that can be told from what follows it: "no, what is it?" opens with
// one, and "ok thanks: what is it?" with two, "no insurance" with none. Fillers need no mark behind them.
func (g *grammar) parted(words []word, m match) bool {
	if m.intent == filler || !slices.Contains(courtesies, m.intent) {
		return m.intent == filler
	}
	var ends [partedWords]bool // where a run of courtesies may end, in words behind the match
	ends[0] = true
	for at := range partedWords {
		if !ends[at] {
			continue
		}
		rest := words[m.words+at:]
		if len(rest) == 0 || rest[0].gap || g.opens(rest, lead) > 0 {
			return true
		}
		for _, next := range g.matches(rest) {
			if to := at + next.words; to < len(ends) && slices.Contains(courtesies, next.intent) {
				ends[to] = true
			}
		}
	}
	return false
}

// tailWords bounds how far from the end a closing courtesy may begin.
const tailWords = 8

// tail returns where courtesies begin that close the message behind a mark, as in "how long is it? thanks a lot", or
// closers without one, as in "how long is it bro".
func (g *grammar) tail(words []word) int {
	for at := max(1, len(words)-tailWords); at < len(words); at++ {
		if words[at].gap && g.courteous(words[at:]) != "" || g.only(words[at:], []intent{closer}) != "" {
			return at
		}
	}
	return len(words)
}

// courteous returns the most telling intent of words that hold nothing but courtesies; empty for any others.
func (g *grammar) courteous(words []word) intent { return g.only(words, courtesies) }

// only returns the most telling intent of words that are all of some intents; empty for any others.
func (g *grammar) only(words []word, wanted []intent) intent {
	var said intent
	for len(words) > 0 {
		taken := match{}
		for _, m := range g.matches(words) {
			if slices.Contains(wanted, m.intent) {
				taken = taken.or(m)
			}
		}
		if taken.words == 0 {
			return ""
		}
		said = telling(said, taken.intent)
		words = words[taken.words:]
	}
	return said
}

// seeks reports whether words ask for a human and say what about: "speak to a person about my bill".
func (g *grammar) seeks(words []word) bool {
	n := g.opens(words, person)
	return n > 0 && g.opens(words[n:], matter) > 0
}

// pointsBack reports whether a word points at something said before.
func (g *grammar) pointsBack(words []word) bool {
	for i := range words {
		if g.opens(words[i:], refers) > 0 {
			return true
		}
	}
	return false
}

// How many words a case of what was said before has at most, by how it opens ("even if I am ill?") and how it ends ("on
// Sundays too?"). A longer one says by itself what it is of.
const (
	caseWords  = 6
	briefWords = 4
)

// isCase reports whether words open or end as a case of what was said before does.
func (g *grammar) isCase(words []word) bool {
	return len(words) <= caseWords && g.opens(words, aCase) > 0 || len(words) <= briefWords && g.ends(words, aCase)
}

// opens returns how many of the first words are of an intent: the most that are.
func (g *grammar) opens(words []word, with intent) int {
	n := 0
	for _, m := range g.matches(words) {
		if m.intent == with {
			n = m.words
		}
	}
	return n
}

// ends reports whether the last words are of an intent.
func (g *grammar) ends(words []word, with intent) bool {
	for i := range words {
		if g.only(words[i:], []intent{with}) != "" {
			return true
		}
	}
	return false
}

// choiceNumber returns which choice the words of an intent name.
func choiceNumber(in intent, words []word) int {
	switch in {
	case first:
		return 1
	case second:
		return 2
	case third:
		return 3
	case last:
		return -1
	case number:
		for _, w := range words {
			if n := 0; isNumber(w.text) && len(w.text) <= 3 {
				for _, digit := range w.text {
					n = 10*n + int(digit-'0')
				}
				return n
			}
		}
	}
	return 0
}
