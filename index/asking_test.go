package index

import "testing"

func TestAsks(t *testing.T) {
	for _, test := range []struct {
		lang, sentence string
		want           bool
	}{
		{"en", "How long is the wait", true},
		{"en", "and the wait?", true},
		{"en", "I have nothing left", false},
		{"en", "they are beating her", false},
		{"es", "cuánto cuesta", true},
		{"es", "¿Y el precio", true},
		{"es", "no puedo más", false},
		{"xx", "how long", false},
		{"xx", "how long?", true},
		{"en", "", false},
	} {
		if got, err := Asks(test.lang, test.sentence); got != test.want || err != nil {
			t.Errorf("Asks(%q, %q) = %v, %v, want %v", test.lang, test.sentence, got, err, test.want)
		}
	}
}

func TestTells(t *testing.T) {
	for _, test := range []struct {
		lang, question, text string
		want, known          bool
	}{
		{"en", "how much is it?", "The sauna costs $6.", true, true},
		{"en", "how much?", "Bring a towel.", false, true},
		{"en", "how long does it take", "Most are home within two hours.", true, true},
		{"en", "how long does it take", "Most are home soon.", false, true},
		{"en", "how many?", "For up to 8 guests.", true, true},
		{"en", "why?", "Bring a towel.", false, false}, // only a reader can tell
		{"en", "what does it cost?", "The sauna is $6.", true, true},
		{"en", "what does it cost?", "Bring a towel.", false, true},
		{"es", "¿cuánto cuesta?", "La sauna cuesta 6 €.", true, true},
		{"es", "¿cuándo empieza?", "Los sábados por la mañana.", true, true},
		{"es", "¿cuándo empieza?", "Traiga una toalla.", false, true},
		{"xx", "how much?", "Bring a towel.", false, false},
	} {
		if got, known, err := Tells(test.lang, test.question, test.text); err != nil || got != test.want || known != test.known {
			t.Errorf("Tells(%q, %q, %q) = %t, %t, %v, want %t, %t", test.lang, test.question, test.text, got, known, err, test.want, test.known)
		}
	}
}
