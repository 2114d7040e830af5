package bot

import (
	"context"
	"strings"
	"testing"

	"go.uber.org/zap"

	"frontdesk/bot/safety"
	"frontdesk/index"
	"frontdesk/knowledge"
)

// inCrisis replies to a message in which a kind of danger was found.
func inCrisis(d *Desk, m Message, kind safety.Kind) Reply {
	return d.serve(m, Press{}, func(t *turn) Reply { return t.crisis(context.Background(), safety.Finding{Kind: kind, Lang: "en"}) })
}

func TestCrisisNamesTheHelplines(t *testing.T) {
	d := open(t, clinic(), Config{})
	const lifeline, violence, emergency = "988 Suicide & Crisis Lifeline", "Domestic Violence Hotline", "Emergency services"
	for _, test := range []struct {
		kind    safety.Kind
		want    []string // in this order
		without string
	}{
		{safety.Suicide, []string{"not have to carry this alone", lifeline, "call 988", "text 988", "https://988lifeline.org/chat", emergency, "call 911", "clinic.example/contact"}, violence},
		{safety.SelfHarm, []string{lifeline, emergency}, violence},
		{safety.Abuse, []string{"not your fault", violence, emergency}, lifeline},
		{safety.Violence, []string{emergency}, lifeline},
		{safety.Overdose, []string{"medical help right now", emergency}, lifeline},
		{safety.Emergency, []string{"medical emergency", emergency}, lifeline},
		{"something new", []string{emergency, "clinic.example/contact"}, lifeline},
	} {
		r := inCrisis(d, Message{Text: "xyzzy"}, test.kind)
		if r.Outcome != Crisis || r.Handoff != office || r.Section != "" || r.Title != "" || r.Note != "" {
			t.Errorf("%s: reply = %+v, want a crisis reply with nothing but its text and the handoff", test.kind, r)
		}
		rest := strings.ReplaceAll(r.Text, `\`, "")
		for _, want := range test.want {
			_, after, ok := strings.Cut(rest, want)
			if !ok {
				t.Errorf("%s: reply says %q, want %q in it, in the order %q", test.kind, r.Text, want, test.want)
				break
			}
			rest = after
		}
		if strings.Contains(strings.ReplaceAll(r.Text, `\`, ""), test.without) {
			t.Errorf("%s: reply says %q, want no %q in it", test.kind, r.Text, test.without)
		}
	}
}

// Who is meant for this very danger comes before who is meant for any.
func TestCrisisOrdersHelplines(t *testing.T) {
	lines := []knowledge.Helpline{
		{Name: "everything"}, {Name: "suicide", For: []string{"suicide"}}, {Name: "poison", For: []string{"overdose"}}, {Name: "911", For: []string{"emergency"}},
		{Name: "text"}, {Name: "home", For: []string{"abuse", "violence"}},
	}
	for kind, want := range map[safety.Kind]string{
		safety.Suicide:   "suicide everything 911 text",
		safety.Overdose:  "911 poison everything text",
		safety.Emergency: "911 everything text",
		safety.Abuse:     "home everything 911 text",
		safety.SelfHarm:  "everything 911 text",
	} {
		var got []string
		for _, h := range fitting(lines, kind) {
			got = append(got, h.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("fitting(%q) = %q, want %q", kind, got, want)
		}
	}
	only := []knowledge.Helpline{{Name: "suicide", For: []string{"suicide"}}}
	if got := fitting(only, safety.Abuse); len(got) != 1 {
		t.Errorf("fitting with none for the kind = %v, want all", got)
	}
}

// Nothing that breaks keeps the helplines away: no index, no settings, no panic.
func TestCrisisNeedsNothing(t *testing.T) {
	closed := build(t, clinic())
	if err := closed.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	d := NewDesk(index.NewLive(closed), DefaultPolicy, zap.NewNop())
	if r := inCrisis(d, Message{Text: "what are the side effects"}, safety.Suicide); r.Outcome != Crisis || !strings.Contains(r.Text, "988") {
		t.Errorf("reply on a closed index = %+v, want the helplines", r)
	}
	r := d.serve(Message{Text: "what are the side effects"}, Press{}, func(t *turn) Reply {
		t.snapshot = nil // which makes every search panic
		return t.crisis(context.Background(), safety.Finding{Kind: safety.Suicide})
	})
	if r.Outcome != Crisis || !strings.Contains(r.Text, "988") {
		t.Errorf("reply when the search panics = %+v, want the helplines", r)
	}
	r = inCrisis(open(t, knowledge.Base{}, Config{}), Message{}, safety.Suicide)
	if r.Outcome != Crisis || !strings.Contains(r.Text, "findahelpline.com") {
		t.Errorf("reply without any settings = %+v, want a way to find help", r)
	}
}

// What was a question as well is answered, below the helplines.
func TestCrisisAnswersBelow(t *testing.T) {
	base := clinic()
	section := base.Articles[0].Sections[5]
	r := inCrisis(open(t, base, Config{}), Message{Text: section.Title}, safety.Suicide)
	lines, answer := strings.Index(r.Text, "988"), strings.Index(r.Text, section.Body)
	if r.Outcome != Crisis || r.Section != section.ID || lines < 0 || answer < lines || strings.Index(r.Text, "clinic.example/contact") > answer {
		t.Errorf("reply = %+v, want helplines, contact, then the section %q", r, section.ID)
	}
	if r.Source.Article != section.Article || len(r.Candidates) == 0 {
		t.Errorf("reply has source %v and candidates %v, want the article's", r.Source, brief(r))
	}
}

// What only tells of distress is not: the nearest section would hurt. What is told beside a question does not blur it.
func TestCrisisAnswersQuestionsOnly(t *testing.T) {
	d := open(t, clinic(), Config{})
	asked := func(text string) Reply { return inCrisis(d, Message{Text: text}, safety.Suicide) }
	cost := asked("I will not be here for much longer, I have nothing left to lose. How much does it cost?")
	if !strings.Contains(cost.Text, "450 dollars") {
		t.Errorf("reply to a question after a story = %q, want the answer below", cost.Text)
	}
	for _, told := range []string{"suicidal thoughts", "ketamine side effects, nausea, dizziness, I took it all", "the savings plan goes to my sister", "is my sister alone now?"} {
		r := asked(told)
		if r.Outcome != Crisis || r.Section != "" || len(r.Choices) > 0 || strings.Contains(r.Text, "---") {
			t.Errorf("reply to %q = %q with section %q, want no section", told, r.Text, r.Section)
		}
		if len(r.Candidates) == 0 && told != "is my sister alone now?" {
			t.Errorf("reply to %q has no candidates", told)
		}
	}
}

func TestCrisisLanguage(t *testing.T) {
	d := open(t, clinic(), Config{})
	es := tongueOf(t, "es").say
	r := inCrisis(d, Message{Text: "no quiero seguir viviendo, ya no puedo más"}, safety.Suicide)
	if r.Lang != "es" || !strings.Contains(r.Text, es.CrisisLimits) || !strings.Contains(r.Text, "llama al 988") {
		t.Errorf("reply to Spanish = %q in %q, want Spanish", r.Text, r.Lang)
	}
	r = d.serve(Message{Text: "xyzzy", Lang: "en"}, Press{}, func(t *turn) Reply {
		return t.crisis(context.Background(), safety.Finding{Kind: safety.Suicide, Lang: "es"})
	})
	if r.Lang != "es" {
		t.Errorf("reply where only a Spanish rule matched is in %q, want es", r.Lang)
	}
}

// The rules come first, for whatever may follow, and leave nothing in the memory.
func TestAnswerChecksForCrisisFirst(t *testing.T) {
	d := open(t, clinic(), Config{})
	for text, lang := range map[string]string{
		"I want to kill myself":                     "en",
		"hi, I want to kill myself":                 "en",
		"thanks, but I am going to end my life":     "en",
		"quiero suicidarme":                         "es",
		"Does ketamine help with suicidal thoughts": "en",
	} {
		c := newChat(t, d)
		if r := d.Answer(context.Background(), c.message(text)); r.Outcome != Crisis || r.Lang != lang || !strings.Contains(r.Text, "988") {
			t.Errorf("Answer(%q) = %q in %q: %q, want a crisis reply in %q", text, r.Outcome, r.Lang, r.Text, lang)
		}
		if known := d.memory.recall(place{c.room, "test:ann"}, c.now); !known.at.IsZero() {
			t.Errorf("after Answer(%q) the memory holds %+v, want nothing", text, known)
		}
	}
}

// A mistake in staff's own rules leaves the built-in ones at work.
func TestBrokenCrisisFile(t *testing.T) {
	base := clinic()
	base.Settings.CrisisFile = []byte("{ this is : [ not rules")
	r := open(t, base, Config{}).Answer(context.Background(), Message{Text: "I want to kill myself"})
	if r.Outcome != Crisis {
		t.Errorf("Answer with a broken crisis file = %q, want a crisis reply", r.Outcome)
	}
}

// TestCrisisBehindALongText is answered in the language of the danger, not of what stands in front of it.
func TestCrisisBehindALongText(t *testing.T) {
	d := open(t, clinic(), Config{Policy: DefaultPolicy})
	r := d.Answer(t.Context(), Message{Text: strings.Repeat("¿cuáles son los efectos secundarios? ", 100_000) + "i want to kill myself"})
	if r.Outcome != Crisis || r.Lang != "en" {
		t.Errorf("Answer = %s in %q, want %s in English", r.Outcome, r.Lang, Crisis)
	}
}
