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
		{"list without end", "lang: en\nrules: [", `line 2: the list that [ begins has no end; write ]`},
		{"tab", "lang: en\nrules:\n\t- name: r", `line 3: there is a tab here; indent with spaces`},
		{"key twice", "lang: en\nlang: es", `line 2: this key is written twice; keep one of the two`},
		{"quotes without end", "lang: en\nfillers: [\"a]", `line 2: the text that " begins has no end`},
		{"colon in a text", "lang: en\nrules:\n  - name: a: b", `line 3: the file cannot be read from here on; indent with spaces, and put quotes`},
		{"second document", "lang: en\n---\nlang: es", `line 3: below "---" begins a second file within the file`},
		{"text alone", "end the chat", `line 1: the file must have lines such as "key: value"`},
		{"list for text", "lang: [en]", `line 1: lang: there must be one piece of text here`},
		{"text for list", "lang: en\nfillers: really", `line 2: fillers must be a list; begin each of its items with "- "`},
		{"anchor", "lang: en\nfillers: [&a really]", `line 2: fillers: there must be one piece of text here`},
		{"empty item", "lang: en\nfillers:\n  -\n  - so", `line 3: fillers: there is nothing here`},
		{"list for table", "lang: en\nclasses: [a]", `line 2: classes must have lines such as "key: value"`},
		{"text for rule", "lang: en\nrules:\n  - suicide", `line 3: a rule must have lines such as "key: value"`},
		{"no kind", "lang: en\nrules:\n  - name: r", `line 3: rule "r": it has no kind; write kind: with one of`},
		{"unknown key", "lang: en\nrule: []", `line 2: the file has an unknown key "rule"; the keys are classes, examples`},
		{"no language", "rules: []", `lang is missing`},
		{"no name", "lang: en\nrules:\n  - kind: suicide", `line 3: a rule has no name; write name:`},
		{"unknown kind", "lang: en\nrules:\n  - name: r\n    kind: sad", `line 4: rule "r": there is no kind "sad"; write one of overdose, emergency`},
		{"no pattern", head, `line 3: rule "r": it has no pattern`},
		{"no example", head + "    when: [a b]", `line 3: rule "r": it has no example`},
		{"open group", head + "    when: [\"(a b\"]\n    must: [a b]", `line 5: rule "r": pattern "(a b": a ( is never closed`},
		{"closes nothing", head + "    when: [\"a) b\"]\n    must: [a b]", `")" closes nothing`},
		{"empty alternative", head + "    when: [\"a (b|)\"]\n    must: [a b]", `an empty alternative`},
		{"may be empty", head + "    when: [\"a?\"]\n    must: [a b]", `it matches no words at all`},
		{"starts with gap", head + "    when: [\"..2 a\"]\n    must: [a b]", `it starts with a gap`},
		{"gap too wide", head + "    when: [\"a ..99 b\"]\n    must: [a b]", `gap "..99": want ..1 to ..8`},
		{"unknown class", head + "    when: [<nobody> b]\n    must: [a b]", `there is no class <nobody>`},
		{"class in itself", "lang: en\nclasses:\n  a: [<a>]\nrules:\n  - name: r\n    kind: suicide\n    when: [<a>]\n    must: [a b]", `contains itself`},
		{"filler", head + "    when: [really b]\n    must: [a b]", `"really" is a filler`},
		{"must fails", head + "    when: [qwerty]\n    must: [asdf]", `line 6: rule "r": it does not find "asdf"; change a pattern`},
		{"not fails", head + "    when: [qwerty]\n    must: [qwerty]\n    not: [a qwerty b]", `line 7: rule "r": "a qwerty b" is found, by rule "r"; write what takes it back under unless`},
		{"name taken", "lang: en\nrules:\n  - name: self-harm\n    kind: suicide\n    when: [qwerty]\n    must: [qwerty]", `there is a rule of that name already`},
		{"unknown kind of examples", "lang: en\nexamples:\n  sad: [a b]", `line 3: examples: there is no kind "sad"; write one of overdose`},
		{"examples that disagree", "lang: en\nexamples:\n  abuse: [the blue room]\n  ordinary: [the blue room]", `the examples do not agree`},
		{"ordinary to a rule", "lang: en\nexamples:\n  ordinary: [i want to die]", `is found by rule`},
		{"exception without example", "lang: en\nexceptions:\n  - name: e\n    when: [a b]", `line 3: exception "e": it has no example`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Default().Extend([]byte(tt.yaml))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Extend(%q) error = %v, want one with %q", tt.yaml, err, tt.want)
			}
			for mistake := range strings.Lines(strings.TrimPrefix(err.Error(), "crisis rules: ")) {
				if !strings.HasPrefix(mistake, "line ") {
					t.Errorf("Extend(%q) says %q, want its line first", tt.yaml, mistake)
				}
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
