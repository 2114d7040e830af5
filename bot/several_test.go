package bot

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

// TestSeveralQuestions expects what each question of a message asks for among the choices, and one answer for a message
// that asks one thing, however it is told.
func TestSeveralQuestions(t *testing.T) {
	d := open(t, clinic(), Config{Policy: DefaultPolicy})
	for _, test := range []struct {
		text string
		want []string // titles of the choices; none for an answer
	}{
		{"How much does it cost and does my insurance pay?", []string{"How much does it cost?", "Does my insurance pay?"}},
		{"1. what are the side effects\n2. what are the benefits", []string{"What are the side effects?", "What are the benefits?"}},
		{"Hi! What is ketamine, and what happens during a session? Thanks", []string{"What is ketamine?", "What happens during a session?"}},
		{"I can't pay, how much does it cost?", nil},
		{"What are the side effects, are there any side effects?", nil},
		{"What happens during a session, and is a nurse there with me?", nil},
		{"What are the side effects of ketamine?", nil},
	} {
		r := d.Answer(t.Context(), Message{Text: test.text})
		var got []string
		for _, c := range r.Choices {
			s, _ := d.mustSection(c.Press.Key)
			got = append(got, s.Title)
		}
		if want := map[bool]Outcome{true: Answered, false: Unsure}[test.want == nil]; r.Outcome != want || want == Unsure && !slices.Equal(got, test.want) {
			t.Errorf("Answer(%q) = %s with %q, want %s with %q", test.text, r.Outcome, got, want, test.want)
		}
	}
}

// TestQuestionsBesideAnAnswer expects what may answer a message's other questions among the choices, or below the answer.
func TestQuestionsBesideAnAnswer(t *testing.T) {
	d := open(t, clinic(), Config{Policy: DefaultPolicy})
	for _, test := range []struct {
		text    string
		outcome Outcome
		shown   knowledge.SectionID // empty for none
		choices []string
	}{
		{"What are the side effects, and can I drive afterwards?", Unsure, "", []string{"What are the side effects?", "What happens during a session?"}},
		{"What are the side effects? Is it bad for my bladder?", Unsure, "", []string{"What are the side effects?", "Who should not take ketamine?"}},
		{
			"do you open on fridays and what are the common side effects, nausea and dizziness", Answered,
			"therapy/What are the side effects?", []string{"North branch: Opening hours"},
		},
		{"what are the benefits and do i get money back", Answered, "therapy/What are the benefits?", nil},
	} {
		r := d.Answer(t.Context(), Message{Text: test.text})
		var got []string
		for _, c := range r.Choices {
			got = append(got, c.Label)
		}
		if r.Outcome != test.outcome || r.Section != test.shown || !slices.Equal(got, test.choices) {
			t.Errorf("Answer(%q) = %s, %q with %q, want %s, %q with %q", test.text, r.Outcome, r.Section, got, test.outcome, test.shown, test.choices)
		}
		if also := strings.Contains(r.Note, d.tongues[0].say.Also); also != (r.Outcome == Answered && len(got) > 0) {
			t.Errorf("Answer(%q) has the note %q", test.text, r.Note)
		}
	}
	c := newChat(t, d)
	c.say("do you open on fridays and what are the common side effects, nausea and dizziness", Answered, "What are the side effects?")
	c.say("yes", Answered, "Opening hours")
}

// TestWordsThatSayLittle expects small talk, unless staff wrote of just that.
func TestWordsThatSayLittle(t *testing.T) {
	base := clinic()
	base.Articles = append(base.Articles, article("tech", "en", "Our app", office, section{title: "App", body: "The app shows your appointments and your forms."}))
	d := open(t, base, Config{Policy: DefaultPolicy})
	for text, want := range map[string]Outcome{"app": Answered, "siri": Smalltalk, "so": Smalltalk, "what about it": Smalltalk, "those?": Smalltalk} {
		if got := d.Answer(t.Context(), Message{Text: text}).Outcome; got != want {
			t.Errorf("Answer(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestAskingForAPersonAboutSomething(t *testing.T) {
	d := open(t, clinic(), Config{Policy: DefaultPolicy})
	for _, text := range []string{"speak to a person about my bill", "I want to talk to someone because I am not happy with last week", "quiero hablar con alguien sobre mi factura"} {
		if got := d.Answer(t.Context(), Message{Text: text}).Outcome; got != HandedOff {
			t.Errorf("Answer(%q) = %s, want %s", text, got, HandedOff)
		}
	}
}

// TestQuestionWordsAlone asks of what was spoken of, where the words alone speak of something else.
func TestQuestionWordsAlone(t *testing.T) {
	base := clinic()
	base.Articles = append(base.Articles, article("rooms", "en", "Rooms", office, section{title: "Lockers", body: "Lockers are given out by the office. How much they cost hangs on the wall."}))
	d := open(t, base, Config{Policy: DefaultPolicy})
	if r := d.Answer(t.Context(), Message{Text: "how much?"}); len(r.Candidates) == 0 || r.Candidates[0].Section.Title != "How much does it cost?" || len(r.Choices) > 1 {
		t.Fatalf("Answer(how much?) = %s with %v, want what it costs alone where nothing was spoken of", r.Outcome, r.Choices)
	}
	c := newChat(t, d)
	c.say("lockers", Answered, "Lockers")
	r := c.say("how much?", Unsure, "")
	if len(r.Choices) != 2 || r.Choices[0].Label != "Lockers" || r.Choices[1].Label != "How much does it cost?" {
		t.Errorf("Answer(how much?) offers %v, want the lockers and what the treatment costs", r.Choices)
	}
}

func TestAgain(t *testing.T) {
	c := newChat(t, open(t, clinic(), Config{Policy: DefaultPolicy}))
	c.say("repeat that", Smalltalk, "")
	first := c.say("what are the benefits?", Answered, "What are the benefits?")
	if r := c.say("can you repeat that?", Answered, string(first.Section)); r.Text != first.Text {
		t.Errorf("repeated = %q, want %q", r.Text, first.Text)
	}
}
