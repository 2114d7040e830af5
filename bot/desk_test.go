package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
)

// The outcomes, each message the first in its room.
func TestAnswerOutcomes(t *testing.T) {
	d := open(t, clinic(), Config{})
	for _, test := range []struct {
		text    string
		lang    string // of the reply
		outcome Outcome
		section string // the end of its id
	}{
		{"What are the side effects?", "en", Answered, "What are the side effects?"},
		{"hi, what are the side effects?", "en", Answered, "What are the side effects?"},
		{"how much does it cost", "en", Answered, "How much does it cost?"},
		{"thanks, and the price?", "en", Answered, "How much does it cost?"},
		{"what are the benefits", "en", Answered, "What are the benefits?"},
		{"parking?", "en", Unanswered, ""},
		{"xyzzy", "en", Unanswered, ""},
		{"7", "en", Smalltalk, ""},
		{"can I talk to someone?", "en", HandedOff, ""},
		{"what is your phone number", "en", HandedOff, ""},
		{"I'd like to book an appointment", "en", HandedOff, ""},
		{"hi", "en", Smalltalk, ""},
		{"thanks mate", "en", Smalltalk, ""},
		{"are you a robot", "en", Smalltalk, ""},
		{"help", "en", Smalltalk, ""},
		{"you are useless", "en", Smalltalk, ""},
		{"tell me more", "en", Smalltalk, ""},
		{"what's the weather tomorrow?", "en", Smalltalk, ""},
		{"yes", "en", Smalltalk, ""},
		{"", "en", Smalltalk, ""},
		{"?!?!", "en", Smalltalk, ""},
		{"🤔🤔", "en", Unanswered, ""},
		{"¿Cuáles son los efectos secundarios?", "es", Answered, "¿Cuáles son los efectos secundarios?"},
		{"hola, ¿cuáles son los beneficios?", "es", Answered, "¿Cuáles son los beneficios?"},
		{"¿Hay aparcamiento para bicicletas?", "es", Unanswered, ""},
		{"quiero hablar con una persona", "es", HandedOff, ""},
		{"¿cuál es su número de teléfono?", "es", HandedOff, ""},
		{"hola", "es", Smalltalk, ""},
		{"muchas gracias", "es", Smalltalk, ""},
		{"¿eres un robot?", "es", Smalltalk, ""},
	} {
		r := d.Answer(context.Background(), Message{Text: test.text})
		if r.Outcome != test.outcome || !strings.HasSuffix(string(r.Section), test.section) || test.section == "" && r.Section != "" || r.Lang != test.lang {
			t.Errorf("Answer(%q) = %q in %q with section %q, want %q in %q with %q; candidates %v",
				test.text, r.Outcome, r.Lang, r.Section, test.outcome, test.lang, test.section, brief(r))
		}
	}
}

func TestAnsweredReplyIsComplete(t *testing.T) {
	base := clinic()
	r := open(t, base, Config{}).Answer(context.Background(), Message{Text: "How much does it cost?"})
	want := base.Articles[1].Sections[0]
	if r.Title != want.Title || r.Text != want.Body || r.Source != (Source{want.Article, want.URL}) || r.Handoff != billing {
		t.Errorf("Answer = %+v, want the title, text, article and handoff of %+v", r, want)
	}
	if len(r.Candidates) == 0 || r.Confidence != r.Candidates[0].Confidence || r.Candidates[0].Section.ID != r.Section {
		t.Errorf("Answer has confidence %v and candidates %v, want those of the section shown", r.Confidence, brief(r))
	}
}

// Choices for sections with the same title say whose they are.
func TestUnsureChoices(t *testing.T) {
	c := newChat(t, open(t, clinic(), Config{Policy: never}))
	r := c.say("opening hours", Unsure, "")
	var labels []string
	for _, choice := range r.Choices {
		labels = append(labels, choice.Label)
	}
	for _, want := range []string{"North branch: Opening hours", "South branch: Opening hours"} {
		if !slices.Contains(labels, want) {
			t.Errorf("choices are %q, want %q among them", labels, want)
		}
	}
	if len(labels) > maxChoices {
		t.Errorf("%d choices, want at most %d", len(labels), maxChoices)
	}
	if len(labels) == 0 {
		return
	}
	r = c.press(r.Choices[0].Press)
	if r.Outcome != Answered || r.Title != "Opening hours" || r.Confidence != 1 {
		t.Errorf("Press(a choice) = %+v, want that section", r)
	}
}

// Staff's own words for small talk go before the desk's.
func TestStaffsSmallTalk(t *testing.T) {
	base := clinic()
	base.Articles = append(base.Articles, article("manners", "en", "Manners", office,
		section{title: "Thank you", body: "It is our pleasure at Willow Clinic.", phrasings: []string{"thanks a lot", "many thanks", "thank you so much"}},
		section{title: "How do I book an appointment?", body: "Fill in the form on our website.", phrasings: []string{"make an appointment"}},
		section{title: "Our garden", body: "Our garden is open in all weather.", phrasings: []string{"can I sit outside", "is there a garden", "how is the weather today"}},
		section{title: "When it rains tomorrow", body: "If it will rain, the walk tomorrow is off."},
	))
	c := newChat(t, open(t, base, Config{}))
	c.say("thank you so much", Answered, "Thank you")
	c.say("how do I book an appointment", Answered, "How do I book an appointment?")
	c.say("how is the weather today", Answered, "Our garden")
	r := c.say("will it rain tomorrow", Smalltalk, "")
	if len(r.Choices) != 1 || r.Choices[0].Label != "When it rains tomorrow" || r.Handoff == (knowledge.Handoff{}) {
		t.Errorf("Answer(an errand that a section answers) = %+v, want that section to choose, and the contact", r)
	}
	c.say("1", Answered, "When it rains tomorrow")
	c.say("what is 7 times 8", Smalltalk, "")
	c.say("bye", Smalltalk, "")
	base.Settings.Rooms = map[string]knowledge.Room{"public": {Replies: knowledge.ToAsker}}
	if r := open(t, base, Config{}).Answer(t.Context(), Message{Text: "will it rain tomorrow", Addressed: Mention, Room: "test:hall"}); len(r.Choices) > 0 {
		t.Errorf("Answer(an errand) names %v to a room that should not read it", r.Choices)
	}
	r = c.say("much appreciated", Answered, "Thank you")
	if r.Confidence != 1 || len(r.Candidates) == 0 || r.Candidates[0].Section.Title != "Thank you" {
		t.Errorf("Answer(much appreciated) = %q with confidence %.2f, want staff's own section as the best candidate, sure", r.Title, r.Confidence)
	}
}

// A call to get in touch that staff wrote hands off with their text.
func TestContactSection(t *testing.T) {
	base := clinic()
	base.Articles = append(base.Articles, article("visit", "en", "Visiting us", office,
		section{title: "Reach out to us", body: "We answer the telephone from nine to five. Our number is 555-0100.", kind: knowledge.Contact},
	))
	d := open(t, base, Config{})
	for _, text := range []string{"can I talk to someone?", "phone number please", "how do I reach out to you"} {
		r := newChat(t, d).say(text, HandedOff, "Reach out to us")
		if !strings.Contains(r.Text, "nine to five") || r.Handoff != office {
			t.Errorf("Answer(%q) = %q with handoff %v, want staff's text", text, r.Text, r.Handoff)
		}
	}
}

func TestContact(t *testing.T) {
	for _, test := range []struct {
		name    string
		contact knowledge.Handoff
		want    []string
	}{
		{"link, phone and hours", office, []string{"link below"}},
		{"phone alone", knowledge.Handoff{Phone: "555-0100", Hours: "Mon-Fri 9-5"}, []string{"555-0100", "Mon-Fri 9-5"}},
		{"none", knowledge.Handoff{}, []string{"member of our staff"}},
	} {
		base := clinic()
		base.Settings.Contact = test.contact
		for i := range base.Articles {
			for j := range base.Articles[i].Sections {
				base.Articles[i].Sections[j].Handoff = knowledge.Handoff{}
			}
		}
		r := open(t, base, Config{}).Contact(Message{})
		if r.Outcome != HandedOff || r.Handoff != test.contact {
			t.Errorf("%s: Contact() = %q with %v, want a handoff to %v", test.name, r.Outcome, r.Handoff, test.contact)
		}
		for _, want := range test.want {
			if !strings.Contains(strings.ReplaceAll(r.Text, `\-`, "-"), want) {
				t.Errorf("%s: Contact() says %q, want %q in it", test.name, r.Text, want)
			}
		}
	}
}

// Who writes in Spanish is shown to the contact of the Spanish articles.
func TestContactByLanguage(t *testing.T) {
	base := clinic()
	enEspanol := knowledge.Handoff{Label: "Escríbenos", URL: "https://clinic.example/contacto"}
	for i := range base.Articles[4].Sections {
		base.Articles[4].Sections[i].Handoff = enEspanol
	}
	d := open(t, base, Config{})
	for text, want := range map[string]knowledge.Handoff{
		"quiero hablar con una persona": enEspanol, "¿dónde puedo aparcar la bicicleta?": enEspanol, "I want to talk to a person": office, "parking?": office,
	} {
		if r := d.Answer(context.Background(), Message{Text: text}); r.Handoff != want {
			t.Errorf("Answer(%q) hands off to %v, want %v", text, r.Handoff, want)
		}
	}
	base.Settings.Contact = knowledge.Handoff{}
	if r := open(t, base, Config{}).Contact(Message{Lang: "en"}); r.Handoff != office {
		t.Errorf("Contact() without one for the desk = %v, want the one that most sections have", r.Handoff)
	}
}

func TestDisclaimer(t *testing.T) {
	c := newChat(t, open(t, clinic(), Config{}))
	disclaimer := tongueOf(t, "en").say.Disclaimer
	has := func(r Reply) bool { return strings.Contains(r.Note, disclaimer) }
	if r := c.say("how much does it cost", Answered, "How much does it cost?"); !has(r) {
		t.Errorf("first reply has the note %q, want the disclaimer", r.Note)
	}
	if r := c.say("what are the side effects", Answered, "What are the side effects?"); has(r) {
		t.Errorf("second reply has the note %q, want no disclaimer", r.Note)
	}
	if r := c.say("are you human?", Smalltalk, ""); !has(r) {
		t.Errorf("reply to whether it is human has the note %q, want the disclaimer", r.Note)
	}
	c.now = c.now.Add(6 * 24 * time.Hour)
	if r := c.say("what are the side effects", Answered, "What are the side effects?"); has(r) {
		t.Errorf("reply after six days has the note %q, want no disclaimer", r.Note)
	}
	c.now = c.now.Add(7 * 24 * time.Hour)
	if r := c.say("what are the side effects", Answered, "What are the side effects?"); strings.Count(r.Note, disclaimer) != 1 {
		t.Errorf("reply after a week has the note %q, want the disclaimer once", r.Note)
	}
	if r := newChat(t, open(t, clinic(), Config{})).say("hello", Smalltalk, ""); strings.Count(r.Note, disclaimer) != 1 {
		t.Errorf("greeting has the note %q, want the disclaimer once", r.Note)
	}
}

// What people ask in one language and staff wrote in another is offered as such.
func TestOtherLanguage(t *testing.T) {
	c := newChat(t, open(t, clinic(), Config{}))
	spanish := clinic().Articles[4].Sections[0]
	c.say("what are the side effects", Answered, "What are the side effects?")
	if r := c.press(Press{Show, spanish.ID.Key()}); r.Note != "This answer is in Spanish." || r.Lang != "en" {
		t.Errorf("Press(a Spanish section) in an English chat has note %q in %q, want one in English that says so", r.Note, r.Lang)
	}
	c.say("¿cuáles son los beneficios?", Answered, "¿Cuáles son los beneficios?")
	if r := c.press(Press{Show, spanish.ID.Key()}); r.Note != "" || r.Lang != "es" {
		t.Errorf("Press(a Spanish section) in a Spanish chat has note %q in %q, want none in Spanish", r.Note, r.Lang)
	}
}

func TestReplyLanguage(t *testing.T) {
	spanish := clinic()
	spanish.Settings.Lang = "es"
	for _, test := range []struct {
		name string
		base knowledge.Base
		m    Message
		want string
	}{
		{"what they write", clinic(), Message{Text: "muchas gracias", Lang: "en"}, "es"},
		{"a question", spanish, Message{Text: "what are the side effects of this", Lang: "es"}, "en"},
		{"the platform's", clinic(), Message{Text: "Zzyzx?", Lang: "es-419"}, "es"},
		{"one we do not speak", clinic(), Message{Text: "Zzyzx?", Lang: "fr"}, "en"},
		{"the desk's", spanish, Message{Text: "Zzyzx?"}, "es"},
	} {
		if r := open(t, test.base, Config{}).Answer(context.Background(), test.m); r.Lang != test.want {
			t.Errorf("%s: Answer(%q) is in %q, want %q", test.name, test.m.Text, r.Lang, test.want)
		}
	}
}

// What does not tell its language is taken to be in that of the conversation.
func TestConversationKeepsItsLanguage(t *testing.T) {
	d := open(t, clinic(), Config{})
	for opening, want := range map[string]string{"what are the side effects?": "en", "¿cuáles son los efectos secundarios?": "es"} {
		c := newChat(t, d)
		c.room += RoomID(want)
		d.Answer(context.Background(), c.message(opening))
		for _, text := range []string{"Zzyzx?", "2", "no"} {
			if r := d.Answer(context.Background(), c.message(text)); r.Lang != want {
				t.Errorf("Answer(%q) after %q is in %q, want %q", text, opening, r.Lang, want)
			}
		}
	}
}

// TestWelcomeOfOneArticle expects its headings, up to a bound, without that of an introduction.
func TestWelcomeOfOneArticle(t *testing.T) {
	one := func(titles ...string) string {
		a := article("swim", "en", "Our pool", office)
		for _, title := range titles {
			a.Sections = append(a.Sections, article("swim", "en", "Our pool", office, section{title: title, body: "Words on " + title + "."}).Sections...)
		}
		_, list, _ := strings.Cut(open(t, knowledge.Base{Articles: []knowledge.Article{a}}, Config{}).Welcome(Message{}).Text, "\n\n- ")
		return "- " + list
	}
	for _, test := range []struct {
		titles []string
		want   string
	}{
		{[]string{"Our pool", "Fees", "Hours"}, "- Fees\n- Hours"},
		{[]string{"Our pool"}, "- Our pool"},
		{strings.Split("abcdefghij", ""), "- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h\n- and 2 more. Just ask."},
	} {
		if got := one(test.titles...); got != test.want {
			t.Errorf("Welcome() lists %q, want %q", got, test.want)
		}
	}
}

// TestHelloBack expects the whole greeting once, and a short one from then on.
func TestHelloBack(t *testing.T) {
	d := open(t, clinic(), Config{Policy: DefaultPolicy})
	c := newChat(t, d)
	whole := d.Welcome(c.message("")).Text
	say := d.tongues[0].say
	if r := c.say("hi", Smalltalk, ""); r.Text != say.Hello {
		t.Errorf("Answer(hi) after the greeting = %q, want %q", r.Text, say.Hello)
	}
	if r := c.say("hola", Smalltalk, ""); !strings.Contains(r.Note, tongueOf(t, "es").say.Disclaimer) {
		t.Errorf("Answer(hola) after the greeting in English = %+v, want the whole in Spanish", r)
	}
	c.say("what are the side effects?", Answered, "What are the side effects?")
	c.say("good morning", Smalltalk, "")
	c.say("more", Smalltalk, "") // of the side effects, as before
	c.now = c.now.Add(time.Hour)
	if r := c.say("hello", Smalltalk, ""); r.Text != whole {
		t.Errorf("Answer(hello) an hour later = %q, want %q", r.Text, whole)
	}
	if r := d.Answer(t.Context(), Message{Text: "hi"}); r.Text != whole {
		t.Errorf("Answer(hi) without a room = %q, want %q", r.Text, whole)
	}
	if r := d.Welcome(c.message("")); r.Text != whole {
		t.Errorf("Welcome() again = %q, want %q", r.Text, whole)
	}
}

func TestWelcomeAndTopics(t *testing.T) {
	base := clinic()
	d := open(t, base, Config{})
	r := d.Welcome(Message{})
	for _, want := range []string{"Willow Clinic", "a program, not a person", "Ketamine therapy", "Prices and insurance"} {
		if !strings.Contains(r.Text, want) {
			t.Errorf("Welcome() = %q, want %q in it", r.Text, want)
		}
	}
	if strings.Contains(r.Text, "Terapia") || !strings.Contains(r.Note, "not for emergencies") || r.Handoff != office {
		t.Errorf("Welcome() = %+v, want the English articles, the disclaimer and the contact", r)
	}
	if r := d.Welcome(Message{Lang: "es"}); r.Lang != "es" || !strings.Contains(r.Text, "- ¿Qué es la ketamina?\n") {
		t.Errorf("Welcome() in Spanish = %q in %q, want the headings of the only Spanish article", r.Text, r.Lang)
	}
	r = d.Topics(Message{})
	if len(r.Choices) != 11 || !strings.Contains(r.Text, "How much does it cost?") || r.Handoff != office {
		t.Errorf("Topics() = %+v, want the eleven English sections", r)
	}

	base.Settings.Greeting, base.Settings.Disclaimer = "Welcome to **Willow**!", "Staff say: just a program."
	r = open(t, base, Config{}).Welcome(Message{})
	if !strings.HasPrefix(r.Text, "Welcome to **Willow**!") || r.Note != "Staff say: just a program." {
		t.Errorf("Welcome() = %q with note %q, want staff's words", r.Text, r.Note)
	}
	r = open(t, base, Config{}).Welcome(Message{Lang: "es"})
	if es := tongueOf(t, "es").say; strings.Contains(r.Text, "Welcome") || r.Note != es.Disclaimer {
		t.Errorf("Welcome() in Spanish = %q with note %q, want none of staff's English words", r.Text, r.Note)
	}
	if r := open(t, knowledge.Base{}, Config{}).Topics(Message{}); r.Text == "" || len(r.Choices) != 0 {
		t.Errorf("Topics() of nothing = %+v, want it to say so", r)
	}
}

func TestTopicsAreBounded(t *testing.T) {
	var base knowledge.Base
	for _, id := range []knowledge.ArticleID{"a", "b", "c"} {
		var sections []section
		for i := range 100 {
			sections = append(sections, section{title: string(id) + strings.Repeat("x", i), body: "text"})
		}
		base.Articles = append(base.Articles, article(id, "en", string(id), office, sections...))
	}
	base.Articles[1].Sections = base.Articles[1].Sections[:2]
	r := open(t, base, Config{}).Topics(Message{})
	count := map[byte]int{}
	for _, choice := range r.Choices {
		count[choice.Label[0]]++
	}
	if count['a'] != 11 || count['b'] != 2 || count['c'] != 11 {
		t.Errorf("Topics() has choices %v, want 11 of a, 2 of b, 11 of c", count)
	}
	if listed := strings.Count(r.Text, "\n- "); listed != topicsListed || !strings.Contains(r.Text, "and 142 more. Just ask.") || strings.Contains(r.Text, "**b**") {
		t.Errorf("Topics() lists %d sections, want %d, then how many are left out: %q", listed, topicsListed, r.Text)
	}
}

// A search that fails is no reason to leave a person without a reply.
func TestFailedSearchHandsOff(t *testing.T) {
	d := open(t, clinic(), Config{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for text, want := range map[string]Outcome{"what are the side effects": Unanswered, "hi": Smalltalk, "can I talk to someone": HandedOff} {
		r := d.Answer(ctx, Message{Text: text})
		if r.Outcome != want || r.Text == "" || r.Handoff != office {
			t.Errorf("Answer(%q) without a search = %+v, want %q with a handoff", text, r, want)
		}
	}
	r := d.serve(Message{}, Press{}, func(*turn) Reply { panic("boom") })
	if r.Outcome != Unanswered || r.Text == "" || r.Handoff != office {
		t.Errorf("reply after a panic = %+v, want one that hands off", r)
	}
}

type journal struct {
	exchanges []Exchange
	broken    bool
}

func (j *journal) Record(e Exchange) {
	j.exchanges = append(j.exchanges, e)
	if j.broken {
		panic("disk on fire")
	}
}

func TestJournalHearsOfExchanges(t *testing.T) {
	kept := &journal{broken: true}
	c := newChat(t, open(t, clinic(), Config{Journal: kept}))
	r := c.say("how much does it cost", Answered, "How much does it cost?")
	c.press(Press{Helpful, r.Section.Key()})
	c.desk.Suggest(context.Background(), c.message("how"), 5)
	if len(kept.exchanges) != 2 {
		t.Fatalf("the journal heard of %d exchanges, want 2", len(kept.exchanges))
	}
	asked, pressed := kept.exchanges[0], kept.exchanges[1]
	if asked.Outcome != Answered || asked.Section != r.Section || asked.Confidence != r.Confidence || asked.Room != c.room || asked.Lang != "en" || asked.At.IsZero() {
		t.Errorf("Record(%+v), want the exchange %+v", asked, r)
	}
	if pressed.Press.Verb != Helpful || pressed.Section != r.Section {
		t.Errorf("Record(%+v), want a button pressed", pressed)
	}
}

func TestJournalHearsOfQuestionsOnly(t *testing.T) {
	for _, test := range []struct {
		text, query string
	}{
		{"how much does it cost", "how much does it cost"},
		{"do you sell bicycles", "do you sell bicycles"},
		{"hi", ""},
		{"can I talk to someone", ""},
		{"I want to kill myself", ""},
		{"how much does it cost, I want to kill myself", ""},
	} {
		kept := &journal{}
		c := newChat(t, open(t, clinic(), Config{Journal: kept}))
		c.desk.Answer(context.Background(), c.message(test.text))
		if e := kept.exchanges[0]; e.Text != test.query || e.From != "test:ann" {
			t.Errorf("Record(%+v) for %q, want the text %q of test:ann", e, test.text, test.query)
		}
	}
}

func TestJournalHearsOfChoices(t *testing.T) {
	pick := func(by func(*chat, Reply)) (asked, picked Exchange) {
		kept := &journal{}
		c := newChat(t, open(t, clinic(), Config{Policy: never, Journal: kept}))
		r := c.desk.Answer(context.Background(), c.message("opening hours"))
		if r.Outcome != Unsure {
			t.Fatalf("Answer(opening hours) = %q, want %q", r.Outcome, Unsure)
		}
		by(c, r)
		return kept.exchanges[0], kept.exchanges[1]
	}
	for name, test := range map[string]struct {
		by     func(*chat, Reply)
		chosen bool
	}{
		"button":       {func(c *chat, r Reply) { c.press(r.Choices[1].Press) }, true},
		"words":        {func(c *chat, r Reply) { c.desk.Answer(context.Background(), c.message("the second one")) }, true},
		"none of them": {func(c *chat, r Reply) { c.desk.Answer(context.Background(), c.message("none of these")) }, false},
		"another": {func(c *chat, r Reply) {
			c.press(Press{Show, clinic().Articles[1].Sections[0].ID.Key()})
		}, false},
	} {
		asked, picked := pick(test.by)
		if len(asked.Nearest) < 2 || asked.Text != "opening hours" {
			t.Errorf("Record(%+v), want the question and the sections nearest to it", asked)
		}
		if picked.Chosen != test.chosen || picked.Text != "" || test.chosen && picked.Section != asked.Nearest[1] {
			t.Errorf("%s: Record(%+v), want chosen %v and no text", name, picked, test.chosen)
		}
	}
}

func TestSuggest(t *testing.T) {
	d := open(t, clinic(), Config{})
	got := d.Suggest(context.Background(), Message{Text: "what are the side"}, 3)
	if len(got) == 0 || got[0].Title != "What are the side effects?" {
		t.Errorf("Suggest = %v, want the question that goes on like this", got)
	}
}

// TestWhoReadsThis expects staff's section on privacy where they wrote one, and the desk's own words else and about itself.
func TestWhoReadsThis(t *testing.T) {
	base := clinic()
	own := open(t, base, Config{Policy: DefaultPolicy})
	base.Articles = append(base.Articles, article("privacy", "en", "Your data", office,
		section{
			title: "Is this chat private?", body: "Nobody reads along. Messages that found no answer are kept for a month, without your name.",
			phrasings: []string{"who can read what I write here", "do you save this conversation", "does a nurse see my messages", "where do my messages go"},
		},
		section{title: "Who will treat me?", body: "A physician and a licensed therapist work together.", phrasings: []string{"are you doctors", "who are the people who treat me"}},
	))
	d := open(t, base, Config{Policy: DefaultPolicy})
	for text, want := range map[string]knowledge.SectionID{
		"who reads these messages": "privacy/Is this chat private?",
		"who reads my messages?":   "privacy/Is this chat private?",
		"are you a robot":          "",
		"who are you":              "",
		"who made you":             "",
		"are you a doctor":         "",
		"what can you do":          "",
	} {
		if r := d.Answer(t.Context(), Message{Text: text}); r.Section != want {
			t.Errorf("Answer(%q) = %s with %q, want %q", text, r.Outcome, r.Section, want)
		} else if want != "" && !strings.Contains(r.Note, d.tongues[0].say.Disclaimer) {
			t.Errorf("Answer(%q) has the note %q, want that this is a program", text, r.Note)
		}
		if r := own.Answer(t.Context(), Message{Text: text}); r.Outcome != Smalltalk {
			t.Errorf("Answer(%q) without such a section = %s, want small talk", text, r.Outcome)
		}
	}
}
