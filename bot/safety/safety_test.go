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
			t.Errorf("%s: %v", src.Lang.text, err)
		}
		for _, rule := range src.Rules {
			for _, l := range rule.Must {
				if _, ok := r.Check(l.text); !ok {
					t.Errorf("%s: line %d: the score overrules %q: %q", src.Lang.text, l.at, l.text, r.Explain(l.text))
				}
			}
		}
		for _, e := range src.Exceptions {
			for _, l := range e.Must {
				if _, ok := r.Check(l.text); !ok {
					t.Errorf("%s: line %d: %q is not noticed: %q", src.Lang.text, l.at, l.text, r.Explain(l.text))
				}
			}
			for _, l := range e.Not {
				if found, ok := r.Check(l.text); ok {
					t.Errorf("%s: line %d: Check(%q) = %v, want nothing: %q", src.Lang.text, l.at, l.text, found, r.Explain(l.text))
				}
			}
		}
	}
}

// TestAnimalsHideNobody: an animal in the message takes nothing from what the score makes of the people in it.
func TestAnimalsHideNobody(t *testing.T) {
	for _, text := range []string{
		"the whole house has a headache and the cat's collapsed, it's an old boiler",
		"gave the dog antifreeze and he's next",
		"he threatened to kill me and my dog",
		"my husband kicked my dog and said I am next",
		"my cat is fine but my baby is not breathing",
		"The only thing keeping me alive is my dog and he's dying",
		"my dog was barking and my son fell and he is bleeding a lot",
		"we were attacked by a dog and my friend is bleeding a lot",
		"le duele la cabeza a toda la casa y el gato se ha desmayado, caldera vieja",
		"dijo que nos va a matar a mí y a mi perro",
	} {
		if _, ok := Default().Check(text); !ok {
			t.Errorf("Check(%q) = nothing: %q", text, Default().Explain(text))
		}
	}
}
