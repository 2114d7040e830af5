package safety

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestEvasions writes the same things in the ways people write past a filter, or by voice, or with bad eyes.
func TestEvasions(t *testing.T) {
	for _, text := range []string{
		"I WANT TO DIE", "i want to die.", "I. want to die", "i wanttt to dieee", "i waaaant to dieeeee",
		"i w\u200bant to d\u200bie", "i want to d\u0336i\u0336e\u0336", "і wаnt tо diе", "𝓘 𝔀𝓪𝓷𝓽 𝓽𝓸 𝓭𝓲𝓮", "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
		"ⓘ ⓦⓐⓝⓣ ⓣⓞ ⓓⓘⓔ", "i want to d1e", "i want 2 die", "iwanttodie", "i w a n t t o d i e", "wanna die", "i want to d.i.e",
		"k!ll myself", "ki11 my5elf", "k*ll myself", "kill my self", "kill-myself", "killmyself", "kms", "KMS!!!",
		"s u i c i d e", "s.u.i.c.i.d.e", "sui cide", "suic1de", "su1c1d3", "$uicide", "suicdie", "sucide", "sewerslide", "suicideeee", "s**cide",
		"i don’t want to live", "i don't want to live", "i dont want to live", "i do not want to live", "i don`t want to live",
		"quiero morir", "QUIERO MORIR", "kiero morir", "q u i e r o m o r i r", "quiero morirrr", "me kiero matar", "suisidarme", "quitarme la vída",
	} {
		if found, ok := Default().Check(text); !ok || found.Kind != Suicide {
			t.Errorf("Check(%q) = %v, %v, want suicide", text, found, ok)
		}
	}
}

// TestLongAndStrange reads messages as long as any is read, of the same few characters over and over.
func TestLongAndStrange(t *testing.T) {
	for _, of := range []string{"@", "$", "a@", "@ ", "!", "s*****e ", "a ", "a1", ".", "\n", "\n ", "a\u0301", "i want to "} {
		start := time.Now()
		Default().Check(strings.Repeat(of, bound/len(of)))
		if took := time.Since(start); took > 5*time.Second { // milliseconds on an idle machine
			t.Errorf("Check of %q many times takes %v", of, took)
		}
	}
}

func TestMostUrgentFirst(t *testing.T) {
	for text, want := range map[string]Kind{
		"i want to die and i took 40 pills":    Overdose,
		"he hits me and i want to kill myself": Suicide,
		"he hits me and i cut myself again":    SelfHarm,
		"he choked me and now i cant breathe":  Emergency,
	} {
		if found, _ := Default().Check(text); found.Kind != want {
			t.Errorf("Check(%q) = %v, want %s", text, found, want)
		}
	}
}

func TestZeroRulesFindNothing(t *testing.T) {
	const text = "i want to die"
	none := new(Rules)
	if found, ok := none.Check(text); ok {
		t.Errorf("Check = %v, want nothing", found)
	}
	if sure, unsure := none.Found(text); len(sure)+len(unsure) > 0 {
		t.Errorf("Found = %v, %v, want nothing", sure, unsure)
	}
	if words := none.Words(text); len(words) > 0 {
		t.Errorf("Words = %q, want none", words)
	}
	if why := none.Explain(text); len(why) > 0 {
		t.Errorf("Explain = %q, want nothing", why)
	}
}

// TestLongText looks at the head and the tail of what is longer than any platform's message.
func TestLongText(t *testing.T) {
	padding := strings.Repeat("what does a session cost? ", 50_000) // 1.3 MB
	for _, text := range []string{"i want to die " + padding, padding + " i want to die"} {
		if _, ok := Default().Check(text); !ok {
			t.Errorf("Check of %d bytes found nothing", len(text))
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"", " ", "i want to die", "k!ll mys3lf", "s u i c i d e", "wanttodie", "????", "\xff\xfe", "💀🔪", "a\u0301\u0301\u0301",
		strings.Repeat("*", 50), strings.Repeat("want", 50), strings.Repeat("a ", 50), strings.Repeat("1.", 50), "مرحبا", "¿¡",
	} {
		f.Add(seed, uint16(1))
	}
	r := Default()
	f.Fuzz(func(t *testing.T, text string, times uint16) {
		if n := int(times); len(text) > 0 && len(text)*n <= 1<<20 {
			text = strings.Repeat(text, n)
		}
		found, ok := r.Check(text)
		if found.Rule == "internal-error" {
			t.Fatalf("Check(%.100q) panicked within", text)
		}
		if ok == (found == Finding{}) {
			t.Errorf("Check(%.100q) = %v, %v", text, found, ok)
		}
		if utf8.ValidString(text) && strings.TrimSpace(text) == "" && ok {
			t.Errorf("Check of blanks = %v", found)
		}
	})
}

func FuzzParsePattern(f *testing.F) {
	f.Add("a (b|c d)? ..2 <self> .")
	f.Add("((((")
	r := newResolver(Default().sources)
	f.Fuzz(func(t *testing.T, pattern string) {
		if len(pattern) > 200 {
			return
		}
		if _, err := r.parse("en", pattern); err != nil && strings.Contains(err.Error(), "runtime error") {
			t.Error(err)
		}
	})
}
