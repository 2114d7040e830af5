package safety

import "testing"

// TestBuiltin compiles the built-in rules and runs every example that stands beside them, those of exceptions together
// with the score, which does not read what they explain.
func TestBuiltin(t *testing.T) {
	r, err := builtin()
	if err != nil {
		t.Error(err)
	}
	for _, src := range r.sources {
		for _, err := range r.tryExamples(src) {
			t.Errorf("%s: %v", src.Lang, err)
		}
		for _, rule := range src.Rules {
			for _, l := range rule.Must {
				if _, ok := r.Check(l.text); !ok {
					t.Errorf("%s: line %d: the score overrules %q: %q", src.Lang, l.at, l.text, r.Explain(l.text))
				}
			}
		}
		for _, e := range src.Exceptions {
			for _, l := range e.Must {
				if _, ok := r.Check(l.text); !ok {
					t.Errorf("%s: line %d: %q is not noticed: %q", src.Lang, l.at, l.text, r.Explain(l.text))
				}
			}
			for _, l := range e.Not {
				if found, ok := r.Check(l.text); ok {
					t.Errorf("%s: line %d: Check(%q) = %v, want nothing: %q", src.Lang, l.at, l.text, found, r.Explain(l.text))
				}
			}
		}
	}
}
