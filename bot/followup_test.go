package bot

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// never is a policy that always asks.
var never = Policy{Sure: 2, Maybe: .1}

func TestPickingAChoice(t *testing.T) {
	d := open(t, clinic(), Config{Policy: never})
	ask := func(t *testing.T) (*chat, []string) {
		c := newChat(t, d)
		r := c.say("opening hours", Unsure, "")
		var ids []string
		for _, choice := range r.Choices {
			s, _ := d.mustSection(choice.Press.Key)
			ids = append(ids, string(s.ID))
		}
		if len(ids) < 2 {
			t.Fatalf("choices are %v, want two or more", ids)
		}
		return c, ids
	}
	for text, n := range map[string]int{
		"1": 0, "the first one": 0, "option 2": 1, "second please": 1, "the last one": -1, "la segunda": 1, "el primero": 0,
	} {
		t.Run(text, func(t *testing.T) {
			c, ids := ask(t)
			if n < 0 {
				n = len(ids) - 1
			}
			c.say(text, Answered, ids[n])
			c.say("9", Smalltalk, "")
			c.say("and the last one?", Answered, ids[len(ids)-1]) // which were offered stays known until the next question
			c.say("2", Answered, ids[1])
			c.say("What is the savings plan?", Unsure, "")
		})
	}
	for text, outcome := range map[string]Outcome{
		"yes": Unsure, "more": Unsure, "17": Unsure, "no": Unanswered, "none of these": Unanswered, "ninguna": Unanswered,
		"thanks": Smalltalk, "can I talk to a person?": HandedOff,
	} {
		t.Run(text, func(t *testing.T) {
			c, ids := ask(t)
			if r := c.say(text, outcome, ""); outcome == Unsure && len(r.Choices) != len(ids) {
				t.Errorf("Answer(%q) offers %v, want the same choices again", text, r.Choices)
			}
		})
	}
	t.Run("thanks between", func(t *testing.T) {
		c, ids := ask(t)
		c.say("thanks", Smalltalk, "")
		c.say("2", Answered, ids[1])
	})
	t.Run("too late", func(t *testing.T) {
		c, _ := ask(t)
		c.now = c.now.Add(time.Hour)
		c.say("2", Smalltalk, "")
	})
	t.Run("somebody else", func(t *testing.T) {
		c, _ := ask(t)
		m := c.message("2")
		m.From = "test:bob"
		if r := d.Answer(context.Background(), m); r.Outcome != Smalltalk {
			t.Errorf("another person's 2 = %q, want small talk", r.Outcome)
		}
	})
	t.Run("without a room", func(t *testing.T) {
		d.Answer(context.Background(), Message{Text: "opening hours"})
		if r := d.Answer(context.Background(), Message{Text: "2"}); r.Outcome != Smalltalk || r.Note != "" {
			t.Errorf("2 in no room = %q with note %q, want small talk and nothing more", r.Outcome, r.Note)
		}
	})
}

// mustSection looks a section up in what serves now.
func (d *Desk) mustSection(k knowledge.Key) (knowledge.Section, bool) {
	s, release := d.live.Acquire()
	defer release()
	return s.Section(k)
}

func TestYesTakesTheOnlyChoice(t *testing.T) {
	d := open(t, clinic(), Config{})
	s := clinic().Articles[0].Sections[2]
	for _, text := range []string{"yes", "Yes please!", "that's it", "sí"} {
		c := newChat(t, d)
		d.serve(c.message(""), Press{}, func(t *turn) Reply { return t.offer([]index.Hit{{Section: s, Confidence: .3}}) })
		c.say(text, Answered, string(s.ID))
	}
}

func TestTellMeMore(t *testing.T) {
	d := open(t, clinic(), Config{})
	s := clinic().Articles[0].Sections[1]
	end := strings.Index(s.Body, "\n\n")
	show := func(c *chat, part index.Span) Reply {
		return d.serve(c.message(""), Press{}, func(t *turn) Reply { return t.show(s, part) })
	}
	for _, text := range []string{"tell me more", "more", "go on", "cuéntame más", "1", "yes please"} {
		c := newChat(t, d)
		if r := show(c, index.Span{Start: 0, End: end}); r.Text != s.Body[:end] || len(r.Choices) != 1 {
			t.Fatalf("a long section is shown as %+v, want its passage and a choice for the rest", r)
		}
		r := c.say(text, Answered, string(s.ID))
		if r.Text != s.Body[end+2:] || len(r.Choices) != 0 {
			t.Errorf("Answer(%q) = %q, want what follows the passage", text, r.Text)
		}
		c.say("more", Smalltalk, "")
	}
	c := newChat(t, d)
	show(c, index.Span{Start: end + 2, End: strings.LastIndex(s.Body, "\n\n")})
	if r := c.say("more", Answered, string(s.ID)); r.Text != s.Body {
		t.Errorf("more after a passage in the middle = %q, want the whole section", r.Text)
	}
	c = newChat(t, d)
	c.say("what are the side effects", Answered, "What are the side effects?")
	c.say("tell me more", Smalltalk, "")
	c.say("xyzzy", Unanswered, "")
	c.say("tell me more", Smalltalk, "")
}

func TestFollowUpQuestions(t *testing.T) {
	c := newChat(t, open(t, clinic(), Config{}))
	c.say("what are the side effects", Answered, "What are the side effects?")
	c.say("and the benefits?", Answered, "What are the benefits?")
	c.say("ok, what about the insurance", Answered, "Does my insurance pay?")

	c = newChat(t, open(t, clinic(), Config{}))
	c.say("¿cuáles son los efectos secundarios?", Answered, "¿Cuáles son los efectos secundarios?")
	c.say("¿y los beneficios?", Answered, "¿Cuáles son los beneficios?")
}

// What nobody wrote about stays unanswered, whatever was spoken of before.
func TestMemoryAddsNoAnswer(t *testing.T) {
	d := open(t, clinic(), Config{})
	for _, text := range []string{"and the parking?", "what about it?", "is it vegan?", "and yoga?", "what about xyzzy", "y el aparcamiento?"} {
		alone := newChat(t, d)
		alone.room += "-alone"
		fresh := d.Answer(context.Background(), alone.message(text))
		c := newChat(t, d)
		c.say("what are the side effects", Answered, "What are the side effects?")
		r := d.Answer(context.Background(), c.message(text))
		if fresh.Outcome == Unanswered && r.Outcome != Unanswered {
			t.Errorf("Answer(%q) = %q after a question, want unanswered as without one", text, r.Outcome)
		}
	}
}

// The last topic chooses among what the question alone finds, and nothing else.
func TestResolve(t *testing.T) {
	base := clinic()
	a, b, other := base.Articles[2].Sections[0], base.Articles[3].Sections[0], base.Articles[0].Sections[0]
	hits := func(all ...index.Hit) []index.Hit { return all }
	hit := func(s knowledge.Section, confidence float64) index.Hit {
		return index.Hit{Section: s, Confidence: confidence}
	}
	p, now := Policy{Sure: .5, Maybe: .2, Margin: .1}, time.Now()
	undecided := hits(hit(a, .4), hit(b, .38), hit(other, .05))
	for _, test := range []struct {
		name   string
		alone  []index.Hit
		joined []index.Hit
		want   Outcome
		first  knowledge.SectionID
	}{
		{"the topic decides", undecided, hits(hit(b, .9), hit(a, .1)), Answered, b.ID},
		{"the topic is as undecided", undecided, hits(hit(b, .5), hit(a, .45)), Unsure, a.ID},
		{"the topic is sure of another", undecided, hits(hit(other, .9)), Unsure, a.ID},
		{"alone there is none", hits(hit(a, .1)), hits(hit(a, .9)), Unanswered, a.ID},
		{"alone it is sure", hits(hit(a, .9)), hits(hit(b, .9)), Answered, a.ID},
		{"alone it is sure, but the topic finds another of its hits", hits(hit(a, .6), hit(b, .35)), hits(hit(b, .9)), Answered, b.ID},
		{"joined finds nothing", undecided, nil, Unsure, a.ID},
	} {
		before := slices.Clone(test.alone)
		f := resolve(p, settle(p, test.alone, now), settle(p, test.joined, now))
		if f.outcome != test.want || f.hits[0].Section.ID != test.first || f.guessed != (test.first == b.ID) {
			t.Errorf("%s: resolve = %q with %q first (guessed %v), want %q with %q", test.name, f.outcome, f.hits[0].Section.ID, f.guessed, test.want, test.first)
		}
		for i := range before {
			if test.alone[i].Section.ID != before[i].Section.ID {
				t.Errorf("%s: resolve changed the hits it was given", test.name)
			}
		}
	}
}

// A guess that memory helped with does not become what the next question goes on from.
func TestGuessDoesNotStick(t *testing.T) {
	d := open(t, clinic(), Config{})
	base := clinic()
	topic, guess := base.Articles[0].Sections[2], base.Articles[0].Sections[3]
	c := newChat(t, d)
	d.serve(c.message(""), Press{}, func(t *turn) Reply { return t.show(topic, index.Span{}) })
	d.serve(c.message(""), Press{}, func(t *turn) Reply {
		return t.tell(finding{hits: []index.Hit{{Section: guess, Confidence: .9}}, outcome: Answered, guessed: true})
	})
	remembered := d.memory.recall(place{c.room, "test:ann"}, c.now)
	if remembered.topic != topic.ID.Key() || remembered.shown.key != guess.ID.Key() {
		t.Errorf("remembered topic %q and shown %q, want %q and %q", remembered.topic, remembered.shown.key, topic.ID.Key(), guess.ID.Key())
	}
}

// Where all stands in one article, that alone does not tell what "how much?" is about.
func TestBareQuestionInOneArticle(t *testing.T) {
	base := knowledge.Base{Articles: []knowledge.Article{article("pool", "en", "Our pool", office,
		section{title: "Is there a sauna?", body: "Yes, a Finnish sauna on the upper floor. It costs 6 dollars on top of the swim."},
		section{title: "How much does it cost to swim?", body: "A swim costs 7 dollars, and 4 dollars for children. How much a card of ten costs is on the board."},
		section{title: "When are you open?", body: "From seven in the morning until nine in the evening."},
		section{title: "What should I bring?", body: "A towel, a swimsuit and a coin for the locker."},
	)}}
	c := newChat(t, open(t, base, Config{}))
	c.say("is there a sauna", Answered, "Is there a sauna?")
	r := c.say("how much?", Unsure, "")
	if len(r.Choices) != 2 || r.Choices[0].Label != "Is there a sauna?" || r.Choices[1].Label != "How much does it cost to swim?" {
		t.Errorf("after the sauna Answer(how much?) offers %v, want the sauna and the swim", r.Choices)
	}
	c.say("is there a sauna", Answered, "Is there a sauna?")
	if again := c.say("how much is it", Unsure, ""); !reflect.DeepEqual(again.Choices, r.Choices) {
		t.Errorf("after the sauna Answer(how much is it) offers %v, want %v", again.Choices, r.Choices)
	}
	c.say("what should i bring", Answered, "What should I bring?")
	if r := c.say("when is it open?", Answered, "When are you open?"); len(r.Choices) > 0 {
		t.Errorf("after what to bring, which names no time, Answer(when is it open?) offers %v", r.Choices)
	}
}

// TestTopicThatTells asks for a time or a price that nothing but what was spoken of last, or was offered last, has.
func TestTopicThatTells(t *testing.T) {
	base := knowledge.Base{Articles: []knowledge.Article{article("rules", "en", "Our rules", office,
		section{title: "Appeals", body: "If you think your ban was unfair, write to us within 30 days."},
		section{title: "Titles and colours", body: "Whoever gives 5 dollars may choose the colour of their name."},
		section{title: "Maps", body: "The map is on the website."},
	)}}
	c := newChat(t, open(t, base, Config{Policy: DefaultPolicy}))
	c.say("appeals", Answered, "Appeals")
	c.say("how long do i have?", Answered, "Appeals")
	c.say("maps", Answered, "Maps")
	if r := c.say("how often?", Unanswered, ""); len(r.Candidates) > 0 && r.Candidates[0].Section.Title == "Maps" && r.Candidates[0].Confidence > DefaultPolicy.Maybe {
		t.Errorf("Answer(how often?) = %+v after a section that names no times", r)
	}
	c = newChat(t, open(t, base, Config{Policy: never}))
	c.say("titles and colours", Unsure, "")
	if r := c.say("how much is it", Unsure, ""); r.Choices[0].Label != "Titles and colours" {
		t.Errorf("Answer(how much is it) offers %v first, want what was offered before, which has a price", r.Choices)
	}
}

// gym has sections that are easily taken for one another where nothing was spoken of.
func gym() knowledge.Base {
	return knowledge.Base{Articles: []knowledge.Article{article("gym", "en", "Our gym", office,
		section{title: "Opening hours", body: "Monday to Friday from 6 am to 10 pm, Saturdays and Sundays from 8 am to 6 pm."},
		section{title: "Membership fees", body: "A full membership is 34 dollars a month. There is no joining fee."},
		section{title: "Cancelling a membership", body: "Give one month's notice in writing. If you are ill or injured, a doctor's note ends the contract at once."},
		section{title: "Cancelling a class", body: "Cancel a class in the app up to four hours before it starts. After that we charge 5 dollars, even when you are ill."},
		section{title: "The pool", body: "The pool is 25 metres long. Lanes are free for swimmers in the mornings."},
		section{title: "Age limits", body: "You may train in the weights room from 16. From 14 you may use it together with a parent."},
		section{title: "Personal training", body: "An hour with a trainer costs 40 dollars. Ask for Rosa or Imran at the desk."},
		section{title: "Parking", body: "There are 60 spaces behind the building, free for two hours."},
	)}}
}

// TestGoingOnFromTheTopic asks what may be meant of the section before, or of one that is found alone.
func TestGoingOnFromTheTopic(t *testing.T) {
	c := newChat(t, open(t, gym(), Config{Policy: DefaultPolicy}))
	for _, test := range []struct {
		topic, text string
		outcome     Outcome
		first       string // title of the section or of the first choice
		among       string // title that is among the choices, too
	}{
		{"cancelling a membership", "even if im sick?", Unsure, "Cancelling a membership", "Cancelling a class"},
		{"cancelling a class", "even if im sick?", Answered, "Cancelling a class", ""},
		{"the pool", "also on sundays?", Unsure, "The pool", "Opening hours"},
		{"personal training", "for members too?", Unsure, "Personal training", "Membership fees"},
		{"the pool", "is parking free too?", Answered, "Parking", ""},
		{"the pool", "is it free", Unsure, "The pool", "Membership fees"},
		{"the pool", "is it open on mondays", Answered, "Opening hours", ""},
		{"opening hours", "is it possible to park", Unsure, "Parking", ""},
		{"opening hours", "also on sundays?", Answered, "Opening hours", ""},
		{"the pool", "what about parking", Answered, "Parking", ""},
		{"personal training", "with rosa?", Unsure, "Personal training", ""},
		{"personal training", "with oksana?", Unanswered, "", ""},
		{"age limits", "what about 15", Answered, "Age limits", ""},
		{"cancelling a membership", "what about 15", Unanswered, "", ""},
	} {
		c.desk.Answer(t.Context(), c.message(test.topic))
		r := c.desk.Answer(t.Context(), c.message(test.text))
		titles := []string{r.Title}
		if r.Outcome == Unsure {
			titles = nil
			for _, choice := range r.Choices {
				titles = append(titles, choice.Label)
			}
		}
		if r.Outcome != test.outcome || test.first != "" && titles[0] != test.first || test.among != "" && !slices.Contains(titles, test.among) {
			t.Errorf("after %q Answer(%q) = %s with %q, want %s with %q first and %q", test.topic, test.text, r.Outcome, titles, test.outcome, test.first, test.among)
		}
	}
}

// TestWhatWasOfferedTells asks for the price of what was offered, of which not the first has one.
func TestWhatWasOfferedTells(t *testing.T) {
	d := open(t, gym(), Config{Policy: DefaultPolicy})
	c := newChat(t, d)
	sections := gym().Articles[0].Sections
	d.serve(c.message(""), Press{}, func(t *turn) Reply {
		return t.tell(finding{hits: []index.Hit{{Section: sections[0], Confidence: .4}, {Section: sections[6], Confidence: .3}}, outcome: Unsure})
	})
	if r := c.say("how much is it?", Unsure, ""); r.Choices[0].Label != "Personal training" {
		t.Errorf("Answer(how much is it?) offers %v, want personal training first", r.Choices)
	}
}
