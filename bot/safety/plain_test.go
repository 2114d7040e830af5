package safety

import (
	"reflect"
	"strings"
	"testing"

	"frontdesk/knowledge/lang"
)

// TestReadPlain holds the built-in files to the plain YAML that the desk starts fast with, read as a full parser does.
func TestReadPlain(t *testing.T) {
	for _, code := range lang.Languages() {
		data, err := lang.File(code, "crisis.yaml")
		if err != nil {
			continue
		}
		got, plain := readPlain(string(data))
		if !plain {
			t.Errorf("%s/crisis.yaml is not plain", code)
		}
		want, err := parseSource(data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("readPlain(%s/crisis.yaml) differs from parseSource, %v", code, err)
		}
	}
}

// TestReadPlainRefuses leaves to the full parser what is more than plain.
func TestReadPlainRefuses(t *testing.T) {
	const rule = "lang: en\nrules:\n  - name: r\n    kind: suicide\n    when:\n"
	for _, data := range []string{
		"lang: 'en'", "lang: en\nexamples:\n  abuse:\n    - a", "lang: en # english", "lang: &a en", "lang:", "language: en", "lang: en\nfillers: [a, b", "lang: en\nfillers: [a\n  b]",
		"lang: en\nfillers: [[a]]", "lang: en\nfillers: [\"a\\\"\"]", "lang: en\nfillers: [a] [b]", "lang: en\nfillers: a", "lang: en\nclasses: {a: [b]}",
		"lang: en\nclasses:\n  a: [b]\n  a: [c]", "lang: en\nrules:\n- name: r", "lang: en\nrules:\n  - kind: suicide",
		rule + "      - |\n        a", rule + "      - a: b", rule + "      - a\n        b", rule + "      -  a", rule + "      - {a: b}", rule + "      -", rule + "      - a #b",
		"lang: en\nexceptions:\n- name: e", "lang: en\nexceptions:\n  - of: [abuse]", "lang: en\nexceptions:\n  - name: e\n    of: abuse",
		"lang: en\nexceptions:\n  - name: e\n    kind: abuse", "lang: en\nexceptions:\n  - name: e\n    when: [a]\n    when: [b]",
		rule + "      - a\n    when:\n      - b", rule + "      - 'a'", rule + "    else: [a]", "---\nlang: en", "lang: en\n\tfillers: [a]",
	} {
		if s, plain := readPlain(data); plain {
			t.Errorf("readPlain(%q) = %v, want it refused", data, s)
		}
	}
}

func FuzzReadPlain(f *testing.F) {
	f.Add("lang: en\nfillers: [a, \"b c\",\n  d]\nclasses:\n  c: [x]\nrules:\n  - name: r\n    kind: abuse\n    when:\n      - a <c>\n    must: [a x]\n")
	f.Add("lang: en # a\n")
	f.Add("lang: en\nexceptions:\n  - name: e\n    of: [abuse, suicide]\n    when:\n      - a b\n    not: [a b]\n")
	f.Add("lang: en\nspellings:\n  a b: [ab]\n")
	f.Fuzz(func(t *testing.T, data string) {
		got, plain := readPlain(data)
		if !plain || strings.ContainsFunc(data, func(r rune) bool { return r < ' ' && r != '\n' || r > '~' }) {
			return
		}
		want, err := parseSource([]byte(data))
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("readPlain(%q) = %+v, want %+v", data, got, want)
		}
	})
}
