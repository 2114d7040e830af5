package lang

import (
	"slices"
	"testing"
)

func TestDetect(t *testing.T) {
	tests := []struct{ text, want string }{
		{"How much does it cost?", "en"}, {"side effects", "en"}, {"can i bring my dog", "en"}, {"opening hours", "en"}, {"is it safe", "en"},
		{"parking?", "en"}, {"do u take insurance", "en"}, {"hola, a que hora abren", "es"}, {"¿Cuánto cuesta una sesión?", "es"},
		{"cuanto cuesta", "es"}, {"efectos secundarios", "es"}, {"puedo llevar a mi perro", "es"}, {"horario", "es"}, {"¿Es seguro?", "es"},
		{"duele mucho?", "es"}, {"necesito una cita para mañana", "es"}, {"aceptan seguro médico", "es"}, {"me siento muy mal", "es"},
		{"I have anxiety and depression, can you help me?", "en"}, {"tengo ansiedad y depresión", "es"}, {"no", ""}, {"PTSD", ""}, {"???", ""}, {"", ""},
		{"Wie viel kostet das und wann haben Sie geöffnet?", ""}, {"Сколько это стоит?", ""}, {"これはいくらですか", ""},
		{"E77", ""}, {"y2k", ""}, {"code E77 on the display", "en"}, {"código E77 en la pantalla", "es"},
		{"The word taco is Spanish, but this sentence is not.", "en"},
	}
	for _, test := range tests {
		got, ok := Detect(test.text, nil)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("Detect(%q) = %q, %v, want %q", test.text, got, ok, test.want)
		}
	}
	if got, ok := Detect("¿Cuánto cuesta una sesión?", []string{"en"}); ok {
		t.Errorf("Detect among English only = %q, want none", got)
	}
}

func TestWords(t *testing.T) {
	for word, want := range map[string]bool{"The": true, "cuando": true, "ketamine": false} {
		if got := IsFunctionWord(word); got != want {
			t.Errorf("IsFunctionWord(%q) = %v, want %v", word, got, want)
		}
	}
	if !Knows("benefit") || Knows("larkfield") {
		t.Error("Knows is wrong about benefit or larkfield")
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("¿Qué? what")
	f.Add("cuándo open \xff 時間 when")
	f.Fuzz(func(t *testing.T, text string) {
		code, ok := Detect(text, nil)
		if ok != (code != "") || ok && !slices.Contains(Languages(), code) {
			t.Errorf("Detect(%q) = %q, %v, want a language and true, or neither", text, code, ok)
		}
		if again, _ := Detect(text, []string{code}); ok && again != code {
			t.Errorf("Detect(%q) among %q alone = %q", text, code, again)
		}
	})
}

func TestDetectAfter(t *testing.T) {
	for _, test := range []struct {
		before, text, want string
	}{
		{"en", "alcohol?", "en"},
		{"es", "alcohol?", "es"},
		{"", "alcohol", "es"}, // what Detect makes of it
		{"en", "no", "en"},
		{"en", "k", "en"},
		{"en", "cuánto cuesta", "es"},
		{"es", "what does it cost", "en"},
		{"es", "opening hours", "en"},
		{"en", "¿y el alcohol?", "es"},
		{"xx", "how much is it", "en"},
		{"en", "???", ""},
	} {
		if got, _ := DetectAfter(test.before, test.text, []string{"en", "es"}); got != test.want {
			t.Errorf("DetectAfter(%q, %q) = %q, want %q", test.before, test.text, got, test.want)
		}
	}
}
