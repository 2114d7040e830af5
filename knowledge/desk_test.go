package knowledge

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSettings(t *testing.T) {
	text := `name: Harbor Clinic
lang: en-US
contact:
  label: Talk to our team
  link: https://harbor.example/contact
  phone: (512) 555-0100
  hours: Mon-Fri 9 to 5
greeting: |
  Hello!
  Ask me anything.
disclaimer: General information only.
helplines:
  - name: Samaritans
    call: 116 123
    chat: https://www.samaritans.org
    region: UK
    for: [suicide, self-harm]
    checked: 2026-03-01
  - {name: Emergency, call: 0112, text: 999, for: emergency}
synonyms:
  - [cost, price, fee]
  - kid, child
`
	base, problems := Load(files("desk.yaml", text, "a.md", "x"), Handoff{})
	wantProblems(t, problems)
	want := Settings{
		Name: "Harbor Clinic", Lang: "en",
		Contact:  Handoff{Label: "Talk to our team", URL: "https://harbor.example/contact", Phone: "(512) 555-0100", Hours: "Mon-Fri 9 to 5"},
		Greeting: "Hello!\nAsk me anything.", Disclaimer: "General information only.",
		Helplines: []Helpline{
			{Name: "Samaritans", Call: "116 123", Chat: "https://www.samaritans.org", Region: "UK", For: []string{"suicide", "self-harm"},
				Checked: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Source: Position{"desk.yaml", 13}},
			{Name: "Emergency", Call: "0112", Text: "999", For: []string{"emergency"}, Source: Position{"desk.yaml", 19}},
		},
		Synonyms: [][]string{{"cost", "price", "fee"}, {"kid", "child"}},
		Limits:   usualLimits, Gate: GateBlock,
	}
	if diff := cmp.Diff(want, base.Settings); diff != "" {
		t.Error(diff)
	}
	if got := base.Sections()[0].Handoff; got != want.Contact {
		t.Errorf("section's contact = %+v, want %+v", got, want.Contact)
	}
}

func TestSettingsByDefault(t *testing.T) {
	base, problems := Load(files("a.md", "x"), Handoff{URL: "help@clinic.example"})
	wantProblems(t, problems)
	s := base.Settings
	if s.Lang != "en" || s.Contact != (Handoff{Label: "Contact us", URL: "mailto:help@clinic.example"}) {
		t.Errorf("settings = %+v", s)
	}
	if len(s.Helplines) < 5 || s.Helplines[0].Call != "988" || s.Helplines[1].Call != "911" || s.Helplines[1].For[0] != "emergency" {
		t.Errorf("helplines = %+v, want 988, then 911", s.Helplines)
	}
	base, _ = Load(files("desk.yaml", "lang: es\ncontact: https://clinica.example", "a.md", "x"), Handoff{})
	if got := base.Settings.Contact.Label; got != "Contacto" {
		t.Errorf("label = %q, want Contacto", got)
	}
}

func TestSettingsMistakes(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"unknown keys, all of them", "nmae: x\nhelpline: []\nfoo: 1\n", []string{
			`desk.yaml:1: error: desk.yaml has an unknown key "nmae"; did you mean "name"?`,
			`desk.yaml:2: error: desk.yaml has an unknown key "helpline"; did you mean "helplines"?`,
			`desk.yaml:3: error: desk.yaml has an unknown key "foo"; known are contact, `}},
		{"repeated", "name: a\nname: b\n", []string{"desk.yaml:2: error: broken YAML"}},
		{"list for text", "name: [a]\n", []string{"desk.yaml:1: error: name must be text"}},
		{"no mapping", "- a\n", []string{"desk.yaml:1: error: desk.yaml is not written as"}},
		{"tab", "contact:\n\tlabel: x\n", []string{"desk.yaml:2: error: broken YAML"}},
		{"contact without address", "contact:\n  label: Call\n", []string{"desk.yaml:2: error: the contact has neither"}},
		{"unreachable helpline", "helplines:\n  - name: A\n  - call: 1\n", []string{
			`desk.yaml:2: error: the helpline "A" cannot be reached`, "desk.yaml:3: error: a helpline has no name"}},
		{"old number", "helplines:\n  - name: Lifeline\n    call: 1-800-273-8255\n", []string{"desk.yaml:2: warning: 1-800-273-8255 is the Lifeline's old number; write 988"}},
		{"number without a digit", "helplines:\n  - name: A\n    call: the office\n", []string{
			`desk.yaml:2: warning: call: "the office" of the helpline "A" has no digit, so nobody can call it; write the number`}},
		{"misspelt danger", "helplines:\n  - name: A\n    call: 1\n    for: [abuse, suicidal]\n", []string{
			`desk.yaml:4: error: for: "suicidal" is not understood; write one of suicide, self-harm, overdose, abuse, violence, emergency`}},
		{"danger that is no text", "helplines:\n  - name: A\n    call: 1\n    for:\n      - [abuse]\n", []string{"desk.yaml:5: error: for: "}},
		{"lonely synonym", "synonyms:\n  - [cost]\n", []string{"desk.yaml:2: warning: a group of synonyms needs two"}},
		{"synonyms by word", "synonyms:\n  cost: [price, fee]\n  kid: child\n", nil},
		{"two documents", "name: a\n---\nname: b\n", []string{"desk.yaml:3: error: \"---\" begins a second"}},
		{"nothing but a comment", "# name: a\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := Load(files("desk.yaml", test.text, "a.md", "x"), contact)
			wantProblems(t, problems, test.want...)
		})
	}
}

// TestMisspeltDanger keeps a helpline where what it is for is not understood.
func TestMisspeltDanger(t *testing.T) {
	tests := map[string][]string{
		"[suicide, abuse]":        {"suicide", "abuse"},
		"suicidal":                nil,
		"[suicidal]":              nil,
		"[abuse, suicidal]":       nil,
		"[[abuse], violence]":     nil,
		"{abuse: true}":           nil,
		"[emergency, suicidal]":   {"emergency"},
		"[]":                      nil,
		"[Suicide]":               nil,
		"[self-harm, 'overdose']": {"self-harm", "overdose"},
	}
	for written, want := range tests {
		base, _ := Load(files("desk.yaml", "helplines:\n  - {name: A, call: 1, for: "+written+"}\n", "a.md", "x"), contact)
		lines := base.Settings.Helplines
		if len(lines) != 1 || lines[0].Name != "A" {
			t.Errorf("for: %s: helplines = %+v, want A", written, lines)
			continue
		}
		if diff := cmp.Diff(want, lines[0].For); diff != "" {
			t.Errorf("for: %s: %s", written, diff)
		}
	}
}

func TestLink(t *testing.T) {
	tests := map[string]string{
		"https://a.example/x?y=1": "https://a.example/x?y=1", "HTTP://a.example": "HTTP://a.example", " a@b.example ": "mailto:a@b.example",
		"mailto:a@b.example?subject=Hi": "mailto:a@b.example?subject=Hi", "(512) 555-0100": "tel:5125550100", "+34 910 000 123": "tel:+34910000123",
		"988": "tel:988", "tel:+1-555-0100": "tel:+15550100", "www.a.example/contact": "https://www.a.example/contact", "t.me/clinic": "https://t.me/clinic",
		"": "",
	}
	for written, want := range tests {
		if got, err := link(written); got != want || err != nil {
			t.Errorf("link(%q) = %q, %v, want %q", written, got, err, want)
		}
	}
	for _, written := range []string{
		"javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://", "https:///x", "mailto:x", "tel:x",
		"call us", "@clinic", "12", "https://a.example/ x", "https://a.example/\"x", "//a.example", "ftp://a.example", "vbscript:x", "java\nscript:x",
	} {
		if got, err := link(written); err == nil {
			t.Errorf("link(%q) = %q, want an error", written, got)
		}
	}
}
