package safety

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestExtend(t *testing.T) {
	r, err := Default().Extend([]byte(`
lang: en
classes:
  kin: [pawpaw]
rules:
  - name: local bridge
    kind: suicide
    when: ["(go|going) to the old mill ..2 alone tonight"]
    must: [I am going to the old mill all alone tonight]
    not: [is the old mill open tonight]
exceptions:
  - name: our band
    of: [suicide]
    when: [the suicides in concert]
    not: [when do The Suicides in Concert start]
`))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Kind{
		"going to the old mill alone tonight":        Suicide,
		"tickets for the suicides in concert please": "",
		"my pawpaw hits me":                          Abuse,
		"i want to die":                              Suicide,
	} {
		if found, _ := r.Check(text); found.Kind != want {
			t.Errorf("Check(%q) = %v, want kind %q", text, found, want)
		}
	}
	if found, _ := Default().Check("going to the old mill alone tonight"); found.Rule == "local bridge" {
		t.Error("Extend changed the rules that it was called on")
	}
}

func TestExtendErrors(t *testing.T) {
	const head = "lang: en\nrules:\n  - name: r\n    kind: suicide\n"
	for _, tt := range []struct{ name, yaml, want string }{
		{"no yaml", "rules: [", `crisis rules`},
		{"unknown key", "lang: en\nrule: []", `unknown field "rule"`},
		{"no language", "rules: []", `lang is missing`},
		{"no name", "lang: en\nrules:\n  - kind: suicide", `rule 1 has no name`},
		{"unknown kind", "lang: en\nrules:\n  - name: r\n    kind: sad", `line 3: rule "r": kind "sad" is none of`},
		{"no pattern", head, `line 3: rule "r": it has no pattern`},
		{"no example", head + "    when: [a b]", `line 3: rule "r": it has no example`},
		{"open group", head + "    when: [\"(a b\"]\n    must: [a b]", `line 5: pattern "(a b": a ( is never closed`},
		{"closes nothing", head + "    when: [\"a) b\"]\n    must: [a b]", `")" closes nothing`},
		{"empty alternative", head + "    when: [\"a (b|)\"]\n    must: [a b]", `an empty alternative`},
		{"may be empty", head + "    when: [\"a?\"]\n    must: [a b]", `it matches no words at all`},
		{"starts with gap", head + "    when: [\"..2 a\"]\n    must: [a b]", `it starts with a gap`},
		{"gap too wide", head + "    when: [\"a ..99 b\"]\n    must: [a b]", `gap "..99": want ..1 to ..8`},
		{"unknown class", head + "    when: [<nobody> b]\n    must: [a b]", `there is no class <nobody>`},
		{"class in itself", "lang: en\nclasses:\n  a: [<a>]\nrules:\n  - name: r\n    kind: suicide\n    when: [<a>]\n    must: [a b]", `contains itself`},
		{"filler", head + "    when: [really b]\n    must: [a b]", `"really" is a filler`},
		{"must fails", head + "    when: [qwerty]\n    must: [asdf]", `line 6: it does not find "asdf"`},
		{"not fails", head + "    when: [qwerty]\n    must: [qwerty]\n    not: [a qwerty b]", `line 7: "a qwerty b" is found`},
		{"name taken", "lang: en\nrules:\n  - name: self-harm\n    kind: suicide\n    when: [qwerty]\n    must: [qwerty]", `there is a rule of that name already`},
		{"unknown kind of examples", "lang: en\nexamples:\n  sad: [a b]", `examples: kind "sad" is none of`},
		{"examples that disagree", "lang: en\nexamples:\n  abuse: [the blue room]\n  ordinary: [the blue room]", `the examples do not agree`},
		{"ordinary to a rule", "lang: en\nexamples:\n  ordinary: [i want to die]", `is found by rule`},
		{"exception without example", "lang: en\nexceptions:\n  - name: e\n    when: [a b]", `line 3: exception "e": it has no example`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Default().Extend([]byte(tt.yaml))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Extend(%q) error = %v, want one with %q", tt.yaml, err, tt.want)
			}
			if _, ok := r.Check("i want to die"); !ok {
				t.Errorf("after Extend(%q) the rules notice nothing", tt.yaml)
			}
		})
	}
}

// TestMaybe lets the score overrule the patterns under maybe where it is sure, and nowhere else.
func TestMaybe(t *testing.T) {
	r, err := Default().Extend([]byte(`
lang: en
rules:
  - name: lavender
    kind: suicide
    when: [lavender gate tonight]
    maybe: [lavender gate]
    must: [lavender gate tonight, the lavender gate]
`))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"how much is a ticket to the lavender gate and when do you open?":   "",
		"how much is a ticket to the lavender gate tonight?":                "lavender",
		"i cannot go on, i will be at the lavender gate, tell them i tried": "lavender",
	} {
		if found, _ := r.Check(text); found.Rule != want {
			t.Errorf("Check(%q) = %v, want rule %q; %q", text, found, want, r.Explain(text))
		}
	}
	if found, _ := r.With(nil).Check("how much is a ticket to the lavender gate?"); found.Rule != "lavender" {
		t.Errorf("Check without a score = %v, want the rule to stand", found)
	}
}

// TestDocumentedExample extends the rules by the example of the documentation.
func TestDocumentedExample(t *testing.T) {
	doc, err := os.ReadFile("../../docs/safety.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(doc)
	if example == nil {
		t.Fatal("docs/safety.md has no yaml example")
	}
	if _, err := Default().Extend(example[1]); err != nil {
		t.Error(err)
	}
}
