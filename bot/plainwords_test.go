package bot

import (
	"context"
	"testing"

	"frontdesk/knowledge"
)

// A number where nothing was offered may be one that staff wrote about, as those of errors are.
func TestNumberThatIsAQuestion(t *testing.T) {
	base := clinic()
	base.Articles = append(base.Articles, article("errors", "en", "Messages of our app", office,
		section{title: "Message 5012", body: "The app has lost the connection. Start it again."}))
	d := open(t, base, Config{})
	newChat(t, d).say("5012", Answered, "Message 5012")
	if r := newChat(t, d).say("5013", Smalltalk, ""); r.Text != d.tongues[0].say.Help {
		t.Errorf("Answer(%q) = %q, want help", "5013", r.Text)
	}
}

// Where nothing tells the language of a question, its answer does; what the platform reports counts more.
func TestLanguageOfTheAnswer(t *testing.T) {
	base := clinic()
	base.Articles = append(base.Articles, article("ritmo", "es", "Zarzuela", office,
		section{title: "Zarzuela", body: "La zarzuela se ensaya los jueves por la tarde en el salón de actos."},
		section{title: "Cafetería", body: "Servimos desayunos y comidas todos los días laborables."},
		section{title: "Normas de la casa", body: "No se puede fumar en ninguna sala, y los perros esperan fuera."},
		section{title: "Cómo llegar", body: "La parada de autobús está delante de la puerta."}))
	for platform, want := range map[string]string{"": "es", "en-GB": "en"} {
		d := open(t, base, Config{}) // one that remembers nobody
		m := newChat(t, d).message("Zarzuela")
		m.Lang = platform
		if r := d.Answer(context.Background(), m); r.Outcome != Answered || r.Lang != want {
			t.Errorf("Answer(Zarzuela) with the platform's %q = %q in %q with note %q, want it answered in %q", platform, r.Outcome, r.Lang, r.Note, want)
		}
	}
}

// A word that two languages share does not change the one that somebody writes in.
func TestLanguageStays(t *testing.T) {
	for first, want := range map[string]string{"what are the side effects?": "en", "¿cuáles son los efectos secundarios?": "es"} {
		c := newChat(t, open(t, clinic(), Config{}))
		for _, text := range []string{first, "alcohol", "no", "k"} {
			if r := c.desk.Answer(context.Background(), c.message(text)); r.Lang != want {
				t.Errorf("after %q Answer(%q) = %q in %q, want it in %q", first, text, r.Text, r.Lang, want)
			}
		}
	}
}

// A contact that is a phone number and no link is not called a link.
func TestHandoffByPhone(t *testing.T) {
	base := clinic()
	base.Settings.Contact = knowledge.Handoff{Label: "Call us", URL: "tel:5550100", Phone: "555-0100"}
	d := open(t, base, Config{})
	if r := newChat(t, d).say("can I talk to a person?", HandedOff, ""); r.Text != d.tongues[0].say.UsePhone {
		t.Errorf("handed off to a phone number with %q, want %q", r.Text, d.tongues[0].say.UsePhone)
	}
}
