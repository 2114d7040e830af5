package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
)

var (
	office  = knowledge.Handoff{Label: "Write to the office", URL: "https://clinic.example/contact", Phone: "555-0100", Hours: "Mon-Fri 9-5"}
	billing = knowledge.Handoff{Label: "Ask billing", URL: "mailto:billing@clinic.example"}
)

const longSession = `A session takes about three hours from door to door. You settle into a reclining chair, and a nurse measures your blood pressure before anything else happens.

The medicine is given as a lozenge or as an injection. Within ten minutes most people notice a floating feeling. Colours may look brighter, sounds may seem far away, and time may stretch or shrink. Your therapist stays in the room the whole time and speaks only when you wish.

After about an hour the strongest effects fade. You rest, drink some water, and talk over what came up with your therapist. The nurse measures your blood pressure again.

You may not drive until you have slept a full night. Somebody must take you home. Please bring comfortable clothes, a blanket if you like your own, and headphones. Do not eat for four hours before the session, and drink only clear liquids for two hours before it. If you wear contact lenses, take them out before the medicine is given, and leave jewellery at home.`

// clinic is a small knowledge base, in English and in Spanish.
func clinic() knowledge.Base {
	therapy := article("therapy", "en", "Ketamine therapy", office,
		section{title: "What is ketamine?", body: "Ketamine is an anaesthetic. In low doses it changes how the brain handles glutamate."},
		section{title: "What happens during a session?", body: longSession},
		section{title: "What are the side effects?", body: "The common side effects are nausea, dizziness and a rise in blood pressure. They pass within a few hours."},
		section{title: "What are the benefits?", body: "Many people feel relief from depression within a day. The benefit often lasts for one to two weeks."},
		section{title: "Who should not take ketamine?", body: "People with uncontrolled high blood pressure, psychosis or a bladder disease should not take it."},
		section{title: "Does ketamine help with suicidal thoughts?", body: "Studies show that suicidal thoughts often ease within hours. The effect does not last without further care."},
	)
	money := article("money", "en", "Prices and insurance", billing,
		section{title: "How much does it cost?", body: "A session costs 450 dollars. The first talk is free."},
		section{title: "Does my insurance pay?", body: "Most insurers pay for the therapy hours, not for the medicine."},
		section{title: "What is the savings plan?", body: "Members of the savings plan pay a tenth less."},
	)
	north := article("north", "en", "North branch", office, section{title: "Opening hours", body: "We open from Monday to Friday at eight."})
	south := article("south", "en", "South branch", office, section{title: "Opening hours", body: "We open from Monday to Friday at ten."})
	spanish := article("terapia", "es", "Terapia con ketamina", office,
		section{title: "¿Qué es la ketamina?", body: "La ketamina es un anestésico. En dosis bajas cambia cómo el cerebro maneja el glutamato."},
		section{title: "¿Cuáles son los efectos secundarios?", body: "Los efectos secundarios más comunes son náuseas, mareo y un aumento de la presión arterial. Pasan en unas horas."},
		section{title: "¿Cuáles son los beneficios?", body: "Muchas personas sienten alivio de la depresión en un día."},
	)
	return knowledge.Base{
		Settings: knowledge.Settings{
			Name: "Willow Clinic", Lang: "en", Contact: office, Zone: zone("UTC"),
			Helplines: []knowledge.Helpline{
				{Name: "988 Suicide & Crisis Lifeline", Call: "988", Text: "988", Chat: "https://988lifeline.org/chat", Hours: "24/7", Region: "US", For: []string{"suicide", "self-harm"}},
				{Name: "Domestic Violence Hotline", Call: "1-800-799-7233", For: []string{"abuse"}},
				{Name: "Emergency services", Call: "911", For: []string{"emergency"}},
			},
		},
		Articles: []knowledge.Article{therapy, money, north, south, spanish},
		Version:  "1",
	}
}

// zone returns the time zone with a name.
func zone(name string) knowledge.Zone {
	z, err := knowledge.LoadZone(name)
	if err != nil {
		panic(err)
	}
	return z
}

type section struct {
	title, body string
	phrasings   []string
	kind        knowledge.Kind
}

func article(id knowledge.ArticleID, lang, title string, contact knowledge.Handoff, sections ...section) knowledge.Article {
	a := knowledge.Article{ID: id, Title: title, Lang: lang, URL: "https://clinic.example/" + string(id), Handoff: contact}
	for _, s := range sections {
		if s.kind == "" {
			s.kind = knowledge.Answer
		}
		a.Sections = append(a.Sections, knowledge.Section{
			ID: knowledge.SectionID(string(id) + "/" + s.title), Kind: s.kind, ArticleID: id, Article: title, Title: s.title,
			Body: s.body, Phrasings: s.phrasings, Lang: lang, URL: a.URL, Handoff: contact,
		})
	}
	return a
}

// build indexes a base; the test closes it.
func build(t testing.TB, base knowledge.Base) *index.Snapshot {
	t.Helper()
	s, err := index.Build(context.Background(), base, index.Options{})
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	return s
}

// open returns a desk over a base.
func open(t testing.TB, base knowledge.Base, c Config) *Desk {
	t.Helper()
	s := build(t, base)
	t.Cleanup(func() { s.Close() })
	if c.Policy == (Policy{}) {
		c.Policy = DefaultPolicy
	}
	return New(index.NewLive(s), c, zap.NewNop())
}

// A chat is one person in one room, with a clock that goes a minute a message.
type chat struct {
	testing.TB
	desk *Desk
	room RoomID
	now  time.Time
}

func newChat(t testing.TB, d *Desk) *chat {
	return &chat{TB: t, desk: d, room: "test:" + RoomID(t.Name()), now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
}

func (c *chat) message(text string) Message {
	c.now = c.now.Add(time.Minute)
	return Message{Room: c.room, From: "test:ann", Text: text, At: c.now}
}

// say sends a text and checks the outcome and the end of the section's id that comes back.
func (c *chat) say(text string, outcome Outcome, section string) Reply {
	c.Helper()
	r := c.desk.Answer(context.Background(), c.message(text))
	if r.Outcome != outcome || !strings.HasSuffix(string(r.Section), section) || section == "" && r.Section != "" {
		c.Errorf("Answer(%q) = %q with section %q, want %q with %q; candidates %v", text, r.Outcome, r.Section, outcome, section, brief(r))
	}
	return r
}

func (c *chat) press(p Press) Reply { return c.desk.Press(context.Background(), c.message(""), p) }

// brief returns a reply's candidates as text.
func brief(r Reply) []string {
	var all []string
	for _, hit := range r.Candidates[:min(3, len(r.Candidates))] {
		all = append(all, string(hit.Section.ID)+" "+strings.TrimRight(time.Duration(hit.Confidence*1e9).String(), "s"))
	}
	return all
}
